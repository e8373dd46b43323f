"""Sources that are cited, tags that are worn, addresses that moved."""

import pytest
from django.urls import reverse
from taggit.models import Tag

from fibro.publishing.models import Redirect
from fibro.search.models import SearchDocument
from fibro.sources.models import Source
from tests.admin.admin_forms import filled
from tests.factories import (
    ArticleFactory,
    CareCardFactory,
    ClaimFactory,
    GlossaryTermFactory,
    LinkFactory,
    SitePageFactory,
    SourceFactory,
    TagPageFactory,
    TipFactory,
    TriggerFactory,
)

pytestmark = pytest.mark.django_db


def address(obj, page="change"):
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{page}", args=[obj.pk])


def save(client, obj, **typed):
    return client.post(address(obj), filled(client.get(address(obj))) | typed)


class TestSources:
    @pytest.fixture
    def source(self):
        return SourceFactory(key="arnold2004")

    def cite_everywhere(self, source):
        ClaimFactory(sources=[source], key="claim-1")
        TipFactory(sources=[source], title="Rest a while")
        LinkFactory().sources.add(source)
        GlossaryTermFactory(term="Fatigue").sources.add(source)
        body = "<p>See [@other1999; @arnold2004].</p>"
        ArticleFactory(title="An article", body=body)
        TriggerFactory(title="A topic", how_it_may_lead_to_pain=body)
        SitePageFactory(title="A page", body=body)
        CareCardFactory(heading="A card", body=body)

    def test_a_cited_source_stays_and_says_where_it_is_cited(self, admin_client, source):
        self.cite_everywhere(source)
        for answer in (
            admin_client.get(address(source, "delete")),
            admin_client.post(address(source, "delete"), {"post": "yes"}),
            admin_client.get(address(source)),
        ):
            page = answer.content.decode()
            for name in ("claim-1", "Rest a while", "Link: ", "Fatigue", "An article", "A topic"):
                assert name in page
            assert "A page" in page
            assert "A card" in page
        assert Source.objects.filter(pk=source.pk).exists()

    def test_nor_can_it_be_deleted_from_the_list(self, admin_client, source):
        ClaimFactory(sources=[source])
        data = {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"}
        admin_client.post("/admin/sources/source/", data)
        assert Source.objects.filter(pk=source.pk).exists()

    def test_a_longer_key_is_another_source(self, admin_client, source):
        ArticleFactory(body="<p>See [@arnold2004b].</p>")
        admin_client.post(address(source, "delete"), {"post": "yes"})
        assert not Source.objects.filter(pk=source.pk).exists()

    def test_the_key_is_fixed_once_it_exists(self, admin_client, source):
        save(admin_client, source, key="other", title="New title")
        source.refresh_from_db()
        assert (source.key, source.title) == ("arnold2004", "New title")

    @pytest.mark.parametrize("words", ["Arnold, Lesley", "arnold2004", "10.1000/x"])
    def test_search(self, admin_client, words):
        SourceFactory(key="arnold2004", doi="10.1000/x")
        SourceFactory(key="wolfe2016", authors=["Wolfe, Frederick"])
        found = admin_client.get("/admin/sources/source/", {"q": words}).context["cl"].result_list
        assert [each.key for each in found] == ["arnold2004"]


class TestTags:
    def test_renaming_leaves_a_redirect_and_reaches_the_index(self, admin_client):
        page = TagPageFactory(name="Sleep", slug="sleep")
        article = ArticleFactory()
        article.tags.add("Sleep")
        save(admin_client, page.tag, name="Rest", slug="rest")
        assert Redirect.objects.target_of("/tags/sleep/") == "/tags/rest/"
        documents = {each.kind: each for each in SearchDocument.objects.all()}
        assert documents["article"].tags == ["rest"]
        assert documents["tag_page"].title == "Rest"
        assert documents["tag_page"].url == "/tags/rest/"

    def test_capitals_make_no_second_tag(self, admin_client):
        Tag.objects.create(name="Sleep", slug="sleep")
        blank = filled(admin_client.get("/admin/taggit/tag/add/"))
        data = blank | {"name": "sleep", "slug": "sleep-2"}
        response = admin_client.post("/admin/taggit/tag/add/", data)
        assert "There is a tag “sleep” already" in response.content.decode()

    def test_a_tag_in_use_stays(self, admin_client):
        article = ArticleFactory(title="Worn by this")
        article.tags.add("Sleep")
        tag = Tag.objects.get()
        answer = admin_client.post(address(tag, "delete"), {"post": "yes"})
        assert "Worn by this" in answer.content.decode()
        assert Tag.objects.exists()

    def test_a_tag_with_a_page_stays(self, admin_client):
        page = TagPageFactory()
        admin_client.post(address(page.tag, "delete"), {"post": "yes"})
        assert Tag.objects.exists()

    def test_an_article_wears_the_tags_chosen(self, admin_client):
        article = ArticleFactory()
        article.tags.add("Old")
        new = Tag.objects.create(name="New, with a comma", slug="new")
        save(admin_client, article, tags=[str(new.pk)])
        assert list(article.tags.all()) == [new]

    def test_counts(self, admin_client):
        ArticleFactory().tags.add("Sleep")
        assert ">1</td>" in admin_client.get("/admin/taggit/tag/").content.decode()


class TestRedirects:
    ADD = "/admin/publishing/redirect/add/"

    def add(self, client, old, new):
        return client.post(self.ADD, {"old_path": old, "new_path": new})

    def test_a_whole_address_keeps_its_path(self, admin_client):
        self.add(admin_client, "https://example.org/old?x=1", "new//page")
        assert Redirect.objects.target_of("/old/") == "/new/page/"

    def test_chains_are_flattened_and_circles_refused(self, admin_client):
        self.add(admin_client, "/a/", "/b/")
        self.add(admin_client, "/b/", "/c/")
        assert Redirect.objects.target_of("/a/") == "/c/"
        self.add(admin_client, "/c/", "/b/")
        assert Redirect.objects.target_of("/c/") is None
        assert Redirect.objects.target_of("/b/") == "/c/"

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("/a/", "/a"),
            ("/", "/b/"),
            ("/a/", "https://example.org"),
            ("http://[", "/b/"),
            ("", ""),
        ],
    )
    def test_nonsense_is_a_form_error(self, admin_client, old, new):
        response = self.add(admin_client, old, new)
        assert response.status_code == 200
        assert response.context["errors"]
