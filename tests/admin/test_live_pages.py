"""Editing what readers see: dated, never emptied, and only by those who may publish."""

import pytest
from taggit.models import Tag

from articles.models import Article, ArticlePlacement
from fibro.publishing.models import Redirect
from fibro.search.models import SearchDocument
from tests.admin.admin_forms import filled
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    FactorFactory,
    LinkFactory,
    SitePageFactory,
    TriggerFactory,
)

pytestmark = pytest.mark.django_db


def save(client, address, **changes):
    return client.post(address, filled(client.get(address)) | changes)


def test_saving_a_live_page_moves_its_public_date(admin_client, url_of):
    article = ArticleFactory()
    assert save(admin_client, url_of(article, "change"), gist="Another gist.").status_code == 302
    before, article = article, Article.objects.get()
    assert article.gist == "Another gist."
    assert article.last_published_at > before.last_published_at
    assert article.first_published_at == before.first_published_at


def test_saving_without_a_change_does_not(admin_client, url_of):
    article = ArticleFactory()
    save(admin_client, url_of(article, "change"))
    assert Article.objects.get().last_published_at == article.last_published_at


def test_a_live_page_is_not_emptied(admin_client, url_of):
    article = ArticleFactory()
    response = save(admin_client, url_of(article, "change"), gist="", title="Kept as typed")
    assert response.status_code == 200
    assert "unpublish it before you empty it" in response.content.decode()
    assert "Kept as typed" in response.content.decode()
    assert Article.objects.get().gist


def test_without_the_permission_to_publish_a_live_page_is_read_only(editor_client, url_of):
    client = editor_client("articles.change_article", "articles.view_article")
    live, draft = ArticleFactory(), ArticleFactory(live=False)
    assert client.get(url_of(live, "change")).status_code == 200
    assert client.post(url_of(live, "change"), {"gist": "x"}).status_code == 403
    assert save(client, url_of(draft, "change"), gist="Edited.").status_code == 302


def test_a_claim_on_a_live_topic_needs_a_source(admin_client, url_of):
    claim = ClaimFactory()
    address = url_of(claim.trigger, "change")
    response = save(admin_client, address, **{"claims-0-sources": []})
    assert "every claim needs a source" in response.content.decode()
    assert claim.sources.exists()


def test_a_topic_with_an_unsourced_claim_is_not_published(admin_client, url_of):
    topic = TriggerFactory(live=False)
    ClaimFactory(trigger=topic, key="bare", sources=[])
    response = save(admin_client, url_of(topic, "change"), _publish="1")
    topic.refresh_from_db()
    assert not topic.live
    messages = admin_client.get(response["Location"]).content.decode()
    assert "a source for claim bare" in messages


def test_a_page_that_must_stay_can_neither_move_nor_go(admin_client, url_of):
    page = SitePageFactory(slug="help-now")
    save(admin_client, url_of(page, "change"), slug="elsewhere", _unpublish="1")
    page.refresh_from_db()
    assert page.slug == "help-now"
    assert page.live
    assert admin_client.post(url_of(page, "delete"), {"post": "yes"}).status_code == 403


def test_a_factor_that_moves_leaves_nothing_with_its_old_topic(admin_client, url_of):
    old, new = TriggerFactory(), TriggerFactory()
    factor = FactorFactory(trigger=old)
    link = LinkFactory(from_factor=factor)
    link.sources.add(ClaimFactory(trigger=TriggerFactory()).sources.get())
    save(admin_client, url_of(factor, "change"), trigger=str(new.pk))
    key = link.sources.get().key
    citing = SearchDocument.objects.citing(key).values_list("title", flat=True)
    assert old.title not in citing
    assert new.title in citing


def test_a_new_article_goes_last_in_a_topics_list(admin_client, url_of):
    topic = TriggerFactory()
    ArticleFactory.create_batch(3, triggers=[topic])
    ArticlePlacement.objects.update(position=7)
    article = ArticleFactory(triggers=[])
    address = url_of(article, "change")
    added = {"placements-TOTAL_FORMS": "1", "placements-0-trigger": str(topic.pk)}
    added |= {"placements-0-article": str(article.pk), "placements-0-id": ""}
    save(admin_client, address, **added, **{"placements-0-position": ""})
    assert article.placements.get().position == 8


@pytest.mark.parametrize("slug", ["müdigkeit", "日本", "a b"])
def test_a_tags_address_has_plain_letters(admin_client, url_of, slug):
    response = admin_client.post(url_of(Tag, "add"), {"name": "Tired", "slug": slug})
    assert response.status_code == 200
    assert not Tag.objects.exists()


def test_a_tag_made_in_passing_has_plain_letters_too(client):
    article = ArticleFactory(slug="a")
    article.tags.add("Größe")
    assert Tag.objects.get().slug.isascii()
    assert client.get("/articles/a/").status_code == 200


class TestRedirects:
    def add(self, client, url_of, old, new):
        address = url_of(Redirect, "add")
        return client.post(
            address, filled(client.get(address)) | {"old_path": old, "new_path": new}
        )

    def test_to_an_address_that_moved_leads_to_where_it_is_now(self, admin_client, url_of):
        Redirect.objects.leave("/articles/b/", "/articles/c/")
        self.add(admin_client, url_of, "/articles/a/", "/articles/b/")
        assert dict(Redirect.objects.values_list("old_path", "new_path")) == {
            "/articles/a/": "/articles/c/",
            "/articles/b/": "/articles/c/",
        }

    def test_a_circle_is_refused(self, admin_client, url_of):
        Redirect.objects.leave("/articles/b/", "/articles/a/")
        response = self.add(admin_client, url_of, "/articles/a/", "/articles/b/")
        assert "or leads to it" in response.content.decode()

    @pytest.mark.parametrize("old", ["/articles/", "/tips", "/admin/", "/search/?q=a"])
    def test_the_sites_own_addresses_cannot_be_taken(self, admin_client, url_of, old):
        response = self.add(admin_client, url_of, old, "/articles/b/")
        assert "an address of the site itself" in response.content.decode()

    def test_an_escaped_address_is_understood(self, admin_client, url_of):
        self.add(admin_client, url_of, "/articles/caf%C3%A9/", "/articles/b/")
        assert Redirect.objects.get().old_path == "/articles/café/"
