"""The index follows every change; search finds words wherever they stand, best first."""

import pytest
from django.core.management import call_command

from articles.models import Article
from fibro.publishing.changes import changed, removed
from fibro.search.models import CrisisTerm, SearchDocument
from tests.factories import ArticleFactory, GlossaryTermFactory, TipFactory, TriggerFactory

pytestmark = pytest.mark.django_db


def found(client, query, **filters):
    page = client.get("/search/", {"q": query} | filters).context["page"]
    return [document.title for document in page]


class TestIndex:
    def test_a_change_is_found_at_once(self, client):
        article = ArticleFactory(title="About sleep")
        article.title = "About zebras"
        article.save()
        changed(article)
        assert found(client, "zebras") == ["About zebras"]
        assert found(client, "sleep") == []

    def test_a_removed_page_is_not_found(self, client):
        term = GlossaryTermFactory(term="Zebra")
        removed(term)
        assert found(client, "zebra") == []

    def test_a_trigger_that_moves_takes_its_pages_along(self):
        trigger = TriggerFactory(slug="old")
        ArticleFactory(triggers=[trigger], title="Filed")
        TipFactory(triggers=[trigger])
        trigger.slug = "new"
        trigger.save()
        changed(trigger)
        slugs = SearchDocument.objects.values_list("triggers", flat=True)
        assert list(slugs) == [["new"]] * 3

    def test_what_was_read_before_an_edit_does_not_come_back(self):
        stale = ArticleFactory()
        Article.objects.update(live=False)
        changed(stale)
        assert not SearchDocument.objects.exists()

    def test_reindex_rebuilds_all_and_drops_orphans(self):
        article = ArticleFactory(title="Kept")
        GlossaryTermFactory(term="Word")
        SearchDocument.objects.filter(object_id=article.pk).delete()
        SearchDocument.objects.create(kind="tip", object_id="999", url="/", title="Orphan")
        call_command("reindex", verbosity=0)
        assert sorted(SearchDocument.objects.values_list("title", flat=True)) == ["Kept", "Word"]


class TestMatching:
    def test_where_the_word_stands_decides_the_order(self, client):
        ArticleFactory(title="In the body", body="<p>A zebra.</p>")
        ArticleFactory(title="In the gist", gist="A zebra.")
        ArticleFactory(title="A zebra in the title")
        assert found(client, "zebra") == ["A zebra in the title", "In the gist", "In the body"]

    def test_stems_accents_and_case_do_not_matter(self, client):
        ArticleFactory(title="Ménière and sleeping")
        assert found(client, "meniere SLEEP") == ["Ménière and sleeping"]

    def test_any_word_is_enough_where_all_find_nothing(self, client):
        ArticleFactory(title="About sleep")
        assert found(client, "why does sleep hurt zebras") == ["About sleep"]

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("sleep-hygiene", ["Sleep hygiene"]),
            ("sleep - hygiene", ["Sleep hygiene"]),
            ("sleep/hygiene", ["Sleep hygiene"]),
            ("sleep -hygiene", ["Sleep alone"]),
            ('"hygiene sleep"', ["Sleep hygiene", "Sleep alone"]),
            ("zzz -sleep", []),
            ("-", []),
        ],
    )
    def test_hyphens_and_quotation_marks(self, client, query, titles):
        ArticleFactory(title="Sleep alone")
        ArticleFactory(title="Sleep hygiene")
        assert found(client, query) == titles

    def test_filters_by_kind_and_topic(self, client):
        trigger = TriggerFactory(slug="sleep", title="Zebra trigger")
        ArticleFactory(title="Zebra article", triggers=[trigger])
        ArticleFactory(title="Zebra elsewhere")
        assert found(client, "zebra", kind="trigger") == ["Zebra trigger"]
        assert found(client, "zebra", kind="article", trigger="sleep") == ["Zebra article"]

    def test_nothing_found_offers_ways_on(self, client):
        TriggerFactory(title="Sleep disturbance")
        page = client.get("/search/?q=zebra").content.decode()
        assert 'href="/help-now/"' in page
        assert 'href="/contact/"' in page
        assert "Sleep disturbance" in page


class TestCrisis:
    @pytest.fixture(autouse=True)
    def _terms(self):
        for phrase in ("want to die", "can't go on", "self-harm", "suicide"):
            CrisisTerm.objects.create(phrase=phrase)

    @pytest.mark.parametrize(
        "query",
        [
            "i WANT to  die",
            "I can’t go on.",
            "self harm",
            "Suicide?",
            "is it selfharm or self-harm",
        ],
    )
    def test_help_stands_first(self, client, query):
        page = client.get("/search/", {"q": query}).content.decode()
        assert 0 < page.find('id="help-now-panel"') < page.find("search-form")

    def test_it_may_stand_at_the_end_of_a_long_story(self, client):
        page = client.get("/search/", {"q": "so tired " * 60 + "want to die"}).content.decode()
        assert 'id="help-now-panel"' in page

    @pytest.mark.parametrize("query", ["sleep", "diet", "", "suicidetest", "go on"])
    def test_other_words_show_no_panel(self, client, query):
        page = client.get("/search/", {"q": query}).content.decode()
        assert "help-now-panel" not in page
