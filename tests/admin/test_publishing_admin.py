"""Drafts, the buttons that publish, and what readers and the index see of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from fibro.publishing.models import Redirect
from fibro.search.models import SearchDocument
from tests.admin.admin_forms import filled
from tests.factories import ArticleFactory, TipFactory, TriggerFactory

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"
MAY_CHANGE = ("articles.view_article", "articles.change_article", "articles.add_article")
TYPED = {"title": "Rest", "slug": "rest", "gist": "Rest helps.", "body": "<p>Words.</p>"}


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def press(client, article, button, **typed):
    data = filled(client.get(change(article))) | typed | {button: "1"}
    return client.post(change(article), data, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


class TestDrafts:
    def test_a_new_page_is_a_draft(self, admin_client):
        page = admin_client.get(ADD)
        assert "A new page is a draft" in page.content.decode()
        admin_client.post(ADD, filled(page) | TYPED)
        article = Article.objects.get()
        assert not article.live
        assert not SearchDocument.objects.exists()

    def test_a_draft_may_be_half_written(self, admin_client):
        response = admin_client.post(
            ADD, filled(admin_client.get(ADD)) | {"title": "A", "slug": "a"}
        )
        assert response.status_code == 302

    def test_the_slug_follows_the_title_only_at_first(self, admin_client):
        assert "django-admin-prepopulated" in admin_client.get(ADD).content.decode()
        fields = admin_client.get(ADD).context["adminform"].prepopulated_fields
        assert [each["field"].name for each in fields] == ["slug"]
        later = admin_client.get(change(ArticleFactory()))
        assert later.context["adminform"].prepopulated_fields == []

    def test_a_live_page_says_that_saving_is_seen(self, admin_client):
        page = admin_client.get(change(ArticleFactory())).content.decode()
        assert "This page is live: saving changes what readers see." in page

    def test_only_a_live_page_can_be_viewed_on_the_site(self, admin_client):
        live, draft = ArticleFactory(), ArticleFactory(live=False)
        address = live.get_absolute_url()
        assert f'href="{address}"' in admin_client.get(change(live)).content.decode()
        assert draft.get_absolute_url() not in admin_client.get(change(draft)).content.decode()

    def test_state_in_words(self, admin_client):
        now, hour = timezone.now(), timezone.timedelta(hours=1)
        ArticleFactory(title="A", live=False)
        ArticleFactory(title="B")
        ArticleFactory(title="C", go_live_at=now + hour)
        ArticleFactory(title="D", expire_at=now - hour)
        states = {"draft": "A", "live": "B", "scheduled": "C", "expired": "D"}
        for state, title in states.items():
            page = admin_client.get(LIST, {"state": state})
            assert [article.title for article in page.context["cl"].result_list] == [title]
            assert f">{state.capitalize()}</td>" in page.content.decode()
            form = admin_client.get(change(page.context["cl"].result_list[0]))
            assert form.status_code == 200


class TestButtons:
    def test_save_and_publish(self, admin_client):
        article = ArticleFactory(live=False, first_published_at=None, last_published_at=None)
        response = press(admin_client, article, "_publish", gist="New words.")
        article.refresh_from_db()
        assert article.live
        assert article.gist == "New words."
        assert f"“{article}” is live: readers can see it." in messages(response)
        assert SearchDocument.objects.get().gist == "New words."
        assert response.redirect_chain == [(change(article), 302)]
        assert "Published." in {entry.get_change_message() for entry in LogEntry.objects.all()}

    def test_a_new_page_can_be_published_at_once(self, admin_client):
        data = filled(admin_client.get(ADD)) | TYPED | {"_publish": "1"}
        admin_client.post(ADD, data)
        assert Article.objects.live().get().title == "Rest"

    def test_what_is_missing_is_said_and_what_was_typed_is_saved(self, admin_client):
        article = ArticleFactory(live=False, gist="")
        response = press(admin_client, article, "_publish", body="<p>Typed.</p>")
        article.refresh_from_db()
        assert not article.live
        assert article.body == "<p>Typed.</p>"
        assert any("fill in: gist" in message for message in messages(response))

    def test_save_and_unpublish(self, admin_client):
        article = ArticleFactory()
        press(admin_client, article, "_unpublish", title="Renamed")
        article.refresh_from_db()
        assert (article.live, article.title) == (False, "Renamed")
        assert not SearchDocument.objects.exists()

    def test_an_error_in_the_form_publishes_nothing(self, admin_client):
        article = ArticleFactory(live=False)
        response = press(admin_client, article, "_publish", slug="not a slug")
        assert response.context["errors"]
        assert not Article.objects.live().exists()

    def test_buttons_are_shown_to_those_who_may(self, editor_client, admin_client):
        draft, live = ArticleFactory(live=False), ArticleFactory()
        assert 'name="_publish"' in admin_client.get(change(draft)).content.decode()
        assert 'name="_unpublish"' in admin_client.get(change(live)).content.decode()
        client = editor_client(*MAY_CHANGE)
        for article in (draft, live):
            assert "publish" not in "".join(
                line
                for line in client.get(change(article)).content.decode().splitlines()
                if 'type="submit"' in line
            )

    def test_a_forged_button_saves_but_does_not_publish(self, editor_client):
        article = ArticleFactory(live=False)
        response = press(editor_client(*MAY_CHANGE), article, "_publish", title="Typed")
        article.refresh_from_db()
        assert (article.live, article.title) == (False, "Typed")
        assert any("may not publish" in message for message in messages(response))

    def test_who_may_publish_can(self, editor_client):
        article = ArticleFactory(live=False)
        press(editor_client(*MAY_CHANGE, "articles.publish_article"), article, "_publish")
        article.refresh_from_db()
        assert article.live


class TestActions:
    def act(self, client, action, *articles):
        data = {"action": action, "_selected_action": [article.pk for article in articles]}
        return client.post(LIST, data, follow=True)

    def test_publish_and_unpublish(self, admin_client):
        whole, half = ArticleFactory(live=False), ArticleFactory(live=False, gist="")
        response = self.act(admin_client, "publish_selected", whole, half)
        assert list(Article.objects.live()) == [whole]
        assert len(messages(response)) == 2
        self.act(admin_client, "unpublish_selected", whole)
        assert not Article.objects.live().exists()

    def test_they_are_offered_to_those_who_may(self, editor_client):
        article = ArticleFactory(live=False)
        client = editor_client(*MAY_CHANGE)
        assert "publish_selected" not in client.get(LIST).content.decode()
        self.act(client, "publish_selected", article)
        assert not Article.objects.live().exists()


class TestWhatFollows:
    def test_a_live_page_that_moves_leaves_a_redirect(self, admin_client):
        article = ArticleFactory(slug="old")
        press(admin_client, article, "_save", slug="new")
        assert Redirect.objects.target_of("/articles/old/") == "/articles/new/"

    def test_saving_refreshes_the_index_with_tags_and_topics(self, admin_client):
        article, trigger = ArticleFactory(), TriggerFactory(slug="sleep")
        article.tags.add("Pain")
        press(
            admin_client,
            article,
            "_save",
            **{
                "placements-TOTAL_FORMS": "1",
                "placements-0-trigger": str(trigger.pk),
                "placements-0-position": "",
                "placements-0-article": str(article.pk),
            },
        )
        document = SearchDocument.objects.get(kind="article")
        assert document.triggers == ["sleep"]
        assert document.tags == ["pain"]

    def test_renaming_a_topic_reaches_its_articles(self, admin_client):
        trigger = TriggerFactory(slug="sleep")
        ArticleFactory(triggers=[trigger])
        address = reverse("admin:triggers_trigger_change", args=[trigger.pk])
        admin_client.post(address, filled(admin_client.get(address)) | {"slug": "rest"})
        assert SearchDocument.objects.get(kind="article").triggers == ["rest"]

    def test_deleting_a_topic_reaches_its_tips(self, admin_client):
        trigger = TriggerFactory()
        TipFactory(triggers=[trigger])
        address = reverse("admin:triggers_trigger_delete", args=[trigger.pk])
        admin_client.post(address, {"post": "yes"})
        assert SearchDocument.objects.get().triggers == []


class TestMistakes:
    def test_what_was_typed_comes_back(self, admin_client):
        article = ArticleFactory()
        response = press(
            admin_client, article, "_save", title="", gist="Long and careful words.", slug="a b"
        )
        page = response.content.decode()
        assert response.context["errors"]
        assert "Long and careful words." in page
        assert 'value="a b"' in page

    def test_an_unknown_citation_is_named_with_the_nearest_key(self, admin_client):
        from tests.factories import SourceFactory

        SourceFactory(key="arnold2004")
        article = ArticleFactory()
        response = press(admin_client, article, "_save", body="<p>So it is [@arnold2005].</p>")
        page = response.content.decode()
        assert "No source has the key “arnold2005”. Did you mean @arnold2004?" in page
        assert "So it is [@arnold2005]" in page

    def test_pasted_markup_is_cleaned(self, admin_client):
        article = ArticleFactory()
        body = '<h1>Big</h1><p style="color:red" onclick="x()">Words</p><script>x()</script>'
        press(admin_client, article, "_save", body=body)
        article.refresh_from_db()
        assert article.body == "Big<p>Words</p>"
