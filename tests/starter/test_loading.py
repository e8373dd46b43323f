"""The command's promises: what is new or changed is loaded, what editors did is kept."""

import io
import threading
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from taggit.models import Tag

from articles.models import Article, SitePage, TagPage
from fibro.publishing import workflow
from fibro.publishing.changes import changed
from fibro.publishing.models import Contributor
from fibro.search.models import SearchDocument
from fibro.sources.models import Source
from fibro.starter.models import StarterRecord
from triggers.models import CareCard, Claim, Link, Tip, TipCollection, Trigger

pytestmark = pytest.mark.django_db


def outcomes(report):
    """{outcome: number} over all kinds, without the zeroes."""
    return {
        outcome: report.total(outcome)
        for outcome in ("created", "updated", "unchanged", "skipped")
        if report.total(outcome)
    }


ALL = 22  # records in the small content folder


class TestFirstRun:
    @pytest.fixture(autouse=True)
    def _loaded(self, content):
        self.report = content.load()

    def test_everything_is_created(self):
        assert outcomes(self.report) == {"created": ALL}
        assert self.report.notes == []
        assert StarterRecord.objects.count() == ALL

    def test_source(self):
        source = Source.objects.get(key="first2001")
        assert source.authors == ["First Jr, Ann B.", "A group"]
        assert (source.year, source.month, source.day) == (2001, 4, None)
        assert (source.container_title, source.doi) == ("Journal", "10.1/x")
        assert (source.unconfirmed, source.note) == (["volume"], "from knowledge")
        assert source.byline == "First Jr AB, A group"

    def test_topic_with_claims_and_factor(self):
        sleep = Trigger.objects.live().get(slug="sleep")
        assert sleep.what_it_is == "<p>Sleep is <strong>rest</strong> [@first2001].</p>"
        assert list(sleep.claims.values_list("key", flat=True)) == ["slp-f1", "slp-f2"]
        claim = sleep.claims.get(key="slp-f1")
        assert (claim.number_text, claim.numerator, claim.denominator) == ("about 1 in 5", 1, 5)
        assert claim.number_group == "people"
        assert sleep.factor.links_out.get().to_factor.slug == "mood"

    def test_loop_drops_the_step_that_closes_it(self):
        (loop,) = Trigger.objects.get(slug="sleep").factor.loops.all()
        assert [step.factor.slug for step in loop.steps.all()] == ["sleep", "mood"]

    def test_tip_and_collection_keep_their_order(self):
        tip = Tip.objects.live().get(key="one-t1")
        assert (tip.slug, tip.body_position, tip.cost) == ("lie-down", "lying", "")
        collection = TipCollection.objects.live().get(slug="bad-night")
        assert [each.tip.key for each in collection.collected_tips.all()] == ["one-t2", "one-t1"]

    def test_article(self):
        article = Article.objects.live().get(slug="about-sleep")
        assert [tag.name for tag in article.tags.all()] == ["Pain"]
        assert article.editor_notes == "Editor: check the number."
        assert article.placements.get().trigger.slug == "sleep"

    def test_care_cards_stand_where_the_files_put_them(self):
        sleep, rest = Trigger.objects.get(slug="sleep"), Trigger.objects.get(slug="rest")
        slugs = CareCard.objects.values_list("slug", flat=True)
        assert list(slugs.for_trigger(sleep)) == ["everywhere"]
        assert list(slugs.for_trigger(rest)) == ["everywhere", "sometimes"]
        assert list(slugs.for_tips(Tip.objects.filter(key="one-t1"))) == ["sometimes"]
        assert list(slugs.for_article(Article.objects.get())) == ["everywhere", "sometimes"]
        assert Article.objects.get().care_cards.get().slug == "sometimes"
        assert SitePage.objects.get().care_cards.get().slug == "everywhere"
        assert CareCard.objects.get(slug="sometimes").before_text

    def test_search_knows_every_live_page_with_its_relations(self):
        assert SearchDocument.objects.count() == 9  # two topics, two tips, one of five others
        assert "Lie down" in SearchDocument.objects.get(kind="tip_collection").body
        sleep = SearchDocument.objects.get(kind="trigger", url__endswith="/sleep/")
        assert sleep.sources == ["first2001", "second2002"]
        assert SearchDocument.objects.get(kind="article").tags == ["pain"]


class TestLaterRuns:
    @pytest.fixture(autouse=True)
    def _loaded(self, content):
        content.load()

    def test_nothing_changed_writes_nothing(self, content, django_assert_max_num_queries):
        with django_assert_max_num_queries(5) as queries:
            report = content.load()
        assert outcomes(report) == {"unchanged": ALL}
        written = ("INSERT", "UPDATE", "DELETE")
        assert not [q for q in queries.captured_queries if q["sql"].startswith(written)]

    def test_a_changed_text_updates_what_nobody_edited(self, content):
        old_claim = Claim.objects.get(key="slp-f2").pk
        content.change("triggers/sleep.yaml", "Sleep may help.", "Sleep may help a bit.")
        content.change("articles/about-sleep.md", "Nights matter", "Nights may matter")
        report = content.load()
        assert outcomes(report) == {"updated": 2, "unchanged": ALL - 2}
        claim = Claim.objects.get(key="slp-f2")
        assert (claim.pk, claim.text) == (old_claim, "Sleep may help a bit.")
        assert "Nights may matter" in Article.objects.get().body
        assert "Nights may matter" in SearchDocument.objects.get(kind="article").body
        assert outcomes(content.load()) == {"unchanged": ALL}

    def test_a_claim_that_left_the_text_leaves_the_topic(self, content):
        text = (content.root / "triggers/sleep.yaml").read_text()
        start, end = text.index("- id: slp-f2"), text.index("unknowns:")
        (content.root / "triggers/sleep.yaml").write_text(text[:start] + text[end:])
        content.load()
        assert [claim.key for claim in Claim.objects.all()] == ["slp-f1"]

    def test_the_loaders_own_changes_are_not_taken_for_an_editors(self, content):
        """A link stands in its topic's snapshot, and a tip's address in its collection's."""
        content.change("links.yaml", "Bad nights.", "Bad nights may do it.")
        content.change("tips.yaml", "Lie down\n", "Lie down a while\n")
        assert outcomes(content.load()) == {"updated": 2, "unchanged": ALL - 2}
        content.change("triggers/sleep.yaml", "Sleep may matter.", "Sleep may matter much.")
        content.change("collections.yaml", "For a bad night.", "For bad nights.")
        assert outcomes(content.load()) == {"updated": 2, "unchanged": ALL - 2}

    def test_what_shows_a_changed_record_is_refreshed(self, content):
        content.change("tips.yaml", "Lie down\n", "Lie down a while\n")
        content.change("links.yaml", "sources: [first2001]", "sources: [second2002]")
        content.load()
        assert "Lie down a while" in SearchDocument.objects.get(kind="tip_collection").body
        assert Link.objects.get().sources.get().key == "second2002"

    def test_an_editors_change_is_kept_and_reported(self, content):
        article = Article.objects.get()
        article.gist = "An editor's words."
        article.save()
        content.change("articles/about-sleep.md", "What is known of sleep.", "Something else.")
        for _ in range(2):
            report = content.load(list_edited=True)
            assert outcomes(report) == {"skipped": 1, "unchanged": ALL - 1}
            assert report.edited == []
            assert report.notes == [
                "article/about-sleep: kept the editor's version; "
                "the text in articles/about-sleep.md has changed"
            ]
        assert Article.objects.get().gist == "An editor's words."

    @pytest.mark.parametrize(
        "edit",
        [
            lambda: Claim.objects.filter(key="slp-f1").update(text="An editor's claim."),
            lambda: Claim.objects.get(key="slp-f2").delete(),
            lambda: Claim.objects.get(key="slp-f1").sources.add(
                Source.objects.get(key="second2002")
            ),
            lambda: Link.objects.update(mechanism="An editor's mechanism."),
            lambda: Trigger.objects.get(slug="sleep").care_cards.add(
                CareCard.objects.get(slug="sometimes")
            ),
        ],
        ids=["claim", "claim deleted", "claim's source", "link", "care card"],
    )
    def test_an_edit_of_what_belongs_to_a_page_is_an_edit_of_the_page(self, content, edit):
        edit()
        content.change("triggers/sleep.yaml", "Sleep may matter.", "Something else.")
        assert outcomes(content.load())["skipped"] == 1
        assert Trigger.objects.get(slug="sleep").gist == "Sleep may matter."

    def test_an_edit_under_an_unchanged_text_is_left_quietly(self, content):
        Tip.objects.filter(key="one-t1").update(text="An editor's tip.")
        report = content.load()
        assert outcomes(report) == {"unchanged": ALL}
        assert report.notes == report.edited == []
        assert content.load(list_edited=True).edited == ["tip/one-t1"]
        assert Tip.objects.get(key="one-t1").text == "An editor's tip."

    def test_an_edit_elsewhere_is_still_an_edit_after_an_update(self, content):
        Tip.objects.filter(key="one-t1").update(text="An editor's tip.")
        content.change("tips.yaml", "Sit up for a while.", "Sit up.")
        assert outcomes(content.load()) == {"updated": 1, "unchanged": ALL - 1}
        content.change("tips.yaml", "Lie down for a while.", "Lie down.")
        assert outcomes(content.load()) == {"skipped": 1, "unchanged": ALL - 1}

    @pytest.mark.parametrize("text_changed", [False, True])
    def test_what_an_editor_deleted_stays_deleted(self, content, text_changed):
        Article.objects.get().delete()
        if text_changed:
            content.change("articles/about-sleep.md", "Nights matter", "Nights may matter")
        report = content.load()
        assert outcomes(report) == {"skipped": 1, "unchanged": ALL - 1}
        assert report.notes == [
            "article/about-sleep: an editor deleted it; it was not loaded again"
        ]
        assert not Article.objects.exists()

    def test_what_names_a_deleted_thing_goes_without_it(self, content):
        CareCard.objects.get(slug="sometimes").delete()
        content.change("care.yaml", "[one-t1, rest]", "[one-t1, one-t2, rest]")
        report = content.load()
        assert outcomes(report) == {"updated": 1, "skipped": 1, "unchanged": ALL - 2}
        assert "tip/one-t2: care_cards without “sometimes”: no longer there" in report.notes

    def test_a_text_that_cites_a_deleted_source_is_not_loaded(self, content):
        Source.objects.get(key="first2001").delete()
        content.change("articles/about-sleep.md", "Nights matter", "Nights may matter")
        report = content.load()
        assert (
            "article/about-sleep: it needs source first2001, which is no longer on the site"
            in report.notes
        )
        assert "Nights matter" in Article.objects.get().body

    def test_an_unpublished_page_is_updated_and_stays_unpublished(self, content):
        workflow.unpublish(obj=Article.objects.get(), by=None)
        content.change("articles/about-sleep.md", "Nights matter", "Nights may matter")
        assert outcomes(content.load()) == {"updated": 1, "unchanged": ALL - 1}
        article = Article.objects.get()
        assert "Nights may matter" in article.body
        assert not article.live
        assert not SearchDocument.objects.filter(kind="article").exists()

    def test_signed_off_words_are_not_replaced(self, content):
        reviewer = Contributor.objects.create(name="Dr Example", slug="dr-example")
        Article.objects.update(reviewed_on=date(2026, 1, 2), reviewed_by=reviewer)
        content.change("articles/about-sleep.md", "Nights matter", "Nights may matter")
        report = content.load()
        assert report.notes == [
            "article/about-sleep: kept the version that was signed off; "
            "the text in articles/about-sleep.md has changed"
        ]
        assert "Nights matter" in Article.objects.get().body

    def test_a_record_that_left_the_files_is_left_and_reported(self, content):
        (content.root / "glossary.yaml").write_text("[]\n")
        report = content.load()
        assert report.notes == ["glossary_term/ache: no longer in the content files; left as it is"]
        assert SearchDocument.objects.filter(kind="glossary_term").exists()


def test_what_an_editor_already_made_is_left_and_reported(content):
    mine = Article.objects.create(slug="about-sleep", title="An editor's article")
    Tip.objects.create(slug="sit-up", title="An editor's tip")
    report = content.load()
    assert outcomes(report) == {"created": ALL - 2, "skipped": 2}
    assert "article/about-sleep: an editor already made “An editor's article”" in report.notes
    mine.refresh_from_db()
    assert (mine.title, mine.live) == ("An editor's article", False)
    assert outcomes(content.load()) == {"unchanged": ALL - 2, "skipped": 2}


def test_a_tag_that_is_in_use_already_gets_its_page(content):
    Tag.objects.create(slug="pain", name="Pain")
    report = content.load()
    assert report.notes == ["tag/pain: an editor already made “Pain”"]
    assert TagPage.objects.live().get().tag.slug == "pain"


def test_a_second_edit_by_changed_only(content):
    """Saving without changing anything is not an edit."""
    content.load()
    article = Article.objects.get()
    article.save()
    changed(article)
    content.change("articles/about-sleep.md", "Nights matter", "Nights may matter")
    assert outcomes(content.load())["updated"] == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_not_collide(content):
    reports, errors = [], []

    def run():
        try:
            reports.append(content.load())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(map(str, map(outcomes, reports))) == [
        str({"created": ALL}),
        str({"unchanged": ALL}),
    ]


class TestCommand:
    def run(self, content, **options):
        out = io.StringIO()
        call_command("load_starter", content=content.root, stdout=out, **options)
        return out.getvalue()

    def test_tells_the_counts_of_each_kind_and_then_each_skip(self, content):
        Tip.objects.create(slug="sit-up", title="An editor's tip")
        told = [" ".join(line.split()) for line in self.run(content).splitlines()]
        assert "sources 2 created" in told
        assert "tips 1 created, 1 skipped" in told
        assert told[-2:] == [
            "tip/one-t2: an editor already made “An editor's tip”",
            "tip_collection/bad-night: collected_tips without “tip one-t2”: no longer there",
        ]

    def test_says_in_one_line_that_nothing_changed(self, content):
        self.run(content)
        assert self.run(content) == f"Starter content: {ALL} records, all unchanged.\n"

    def test_lists_quiet_edits_when_asked(self, content):
        self.run(content)
        Tip.objects.filter(key="one-t1").update(text="An editor's tip.")
        told = self.run(content, verbosity=2)
        assert "tip/one-t1: edited on the site; its text here has not changed" in told

    def test_check_touches_no_row(self, content, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert self.run(content, check=True) == f"{ALL} records, nothing wrong with them.\n"
