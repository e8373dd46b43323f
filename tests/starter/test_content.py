"""The starter content itself: all of it is there, cited, reviewable, and in the vetted words."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from taggit.models import Tag

from articles.models import Article, ArticlePlacement, SitePage, TagPage
from fibro.publishing.models import Publishable
from fibro.reading.fields import RichTextField
from fibro.reading.models import GlossaryTerm
from fibro.reading.rendering import plain_text, render
from fibro.search.models import CrisisTerm, Misspelling, SearchDocument, SynonymSet
from fibro.sources.citations import Bibliography, cited_keys
from fibro.sources.models import Source
from fibro.starter.files import CONTENT, ContentFiles
from fibro.starter.kinds import KINDS, read
from fibro.starter.loading import load
from triggers.models import (
    CareCard,
    Claim,
    CrisisContact,
    Factor,
    Link,
    Loop,
    Tip,
    TipCollection,
    Trigger,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

COUNTS = {
    Trigger: 11,
    Claim: 169,
    Factor: 14,
    Link: 33,
    Loop: 3,
    Tip: 61,
    TipCollection: 14,
    CareCard: 8,
    CrisisContact: 8,
    GlossaryTerm: 104,
    SynonymSet: 161,
    Misspelling: 31,
    CrisisTerm: 29,
    Tag: 16,
    TagPage: 16,
    Source: 89,
    SitePage: 10,
    Article: 34,
}
PUBLISHABLE = [model for model in apps.get_models() if issubclass(model, Publishable)]


@cache
def records():
    return read(ContentFiles())


def of_kind(name):
    return [record for record in records() if record.kind == name]


def row_of(record):
    """The row that was loaded from a record."""
    kind = next(kind for kind in KINDS if kind.name == record.kind)
    named = record.columns | {
        f"{name}__slug": key for name, key in record.links.items() if key is not None
    }
    fields = {
        f"{name}__slug" if name in record.links else name for name in kind.same[0]
    }  # by slug: no link of a record leads to a source or a tip
    return kind.model.objects.get(**{name: named[name] for name in fields})


def rich_texts():
    """(object, text) for every stored rich text."""
    for model in {kind.model for kind in KINDS}:
        for field in model._meta.fields:
            if isinstance(field, RichTextField):
                for obj in model.objects.all():
                    yield obj, getattr(obj, field.name)


def letters(text):
    """A text without its spacing, so that markup between two words makes no difference."""
    return "".join(text.split())


def words_of_markdown(text):
    """The words that a Markdown text of ours shows: no marks, no link targets, no citations."""
    text = re.sub(r"\s*\[@[^\]]*\]", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\|[-| :]+\|$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*(#+|-|\d+\.|>)( |$)", "", text, flags=re.MULTILINE)
    return re.sub(r"\*|\||\\$", "", text, flags=re.MULTILINE)


# All of it


@pytest.mark.parametrize(("model", "number"), COUNTS.items(), ids=lambda value: str(value))
def test_all_of_it_is_there(model, number):
    assert model.objects.count() == number


def test_nothing_was_skipped(starter):
    assert starter.total("skipped") == 0
    assert starter.notes == []


def test_nine_factors_are_topics():
    assert (
        Factor.objects.exclude(trigger=None).count()
        == Trigger.objects.filter(role="trigger").count()
        == 9
    )


def test_everything_is_live_and_searchable():
    for model in PUBLISHABLE:
        assert model.objects.live().count() == model.objects.count()
    in_search = sum(model.objects.count() for model in PUBLISHABLE) + GlossaryTerm.objects.count()
    assert SearchDocument.objects.count() == in_search


def test_nothing_says_that_it_was_reviewed():
    for model in PUBLISHABLE:
        assert not model.objects.exclude(reviewed_on=None, reviewed_by=None).exists()


def test_the_site_says_that_nothing_was_reviewed():
    for slug in ("about", "how-we-write-and-review", "disclaimer"):
        body = plain_text(SitePage.objects.get(slug=slug).body)
        assert "It has not yet been reviewed by a clinician on this site" in body


def test_topics_articles_and_pages_stand_in_the_files_order():
    for folder, model in (("triggers", Trigger), ("pages", SitePage)):
        order = ContentFiles().parsed(f"{folder}/index.yaml")
        assert list(model.objects.values_list("slug", flat=True)) == order
    order = ContentFiles().parsed("articles/index.yaml")
    for trigger in Trigger.objects.all():
        placed = ArticlePlacement.objects.filter(trigger=trigger)
        slugs = list(placed.values_list("article__slug", flat=True))
        assert slugs == sorted(slugs, key=order.index)
        assert list(placed.values_list("position", flat=True)) == list(range(len(slugs)))


# The words


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_word_of_the_files_is_in_the_database(kind):
    for record in of_kind(kind.name):
        row = row_of(record)
        for name, value in record.columns.items():
            stored = getattr(row, name)
            if name in kind.markdown:
                stored = letters(plain_text(stored))
                value = letters(words_of_markdown(value))
            assert stored == value, f"{record.name}: {name}"
        for name, keys in record.relations.items():
            key = {"sources": "key"}.get(name, "slug")
            related = getattr(row, name).values_list(key, flat=True)
            assert sorted(related) == sorted(keys), f"{record.name}: {name}"


def test_every_word_of_the_claims_is_in_the_database():
    for topic in of_kind("trigger"):
        claims = list(Claim.objects.filter(trigger__slug=topic.key))
        assert len(claims) == len(topic.children["claims"])
        for claim, values in zip(claims, topic.children["claims"], strict=True):
            assert {name: getattr(claim, name) for name in values.columns} == values.columns
            keys = claim.sources.values_list("key", flat=True)
            assert sorted(keys) == sorted(values.relations["sources"])


def test_collections_and_loops_keep_their_order():
    for record in of_kind("tip_collection"):
        tips = row_of(record).collected_tips.values_list("tip__key", flat=True)
        assert list(tips) == [row.links["tip"] for row in record.children["collected_tips"]]
    for record in of_kind("loop"):
        steps = row_of(record).steps.values_list("factor__slug", flat=True)
        assert list(steps) == [row.links["factor"] for row in record.children["steps"]]
    assert Loop.objects.get(title="Boom and bust").steps.count() == 0


def test_care_cards_keep_their_wording_when_they_are_rendered():
    for record in of_kind("care_card"):
        shown = render(CareCard.objects.get(slug=record.key).body, Bibliography())
        without_marks = re.sub(r"\s*<sup.*?</sup>", "", shown.html)
        expected = letters(words_of_markdown(record.columns["body"]))
        assert letters(plain_text(without_marks)) == expected


def test_care_cards_lead_to_the_help_page():
    told = [card for card in CareCard.objects.all() if "Go to" in card.body]
    assert len(told) == 3
    for card in told:
        assert 'Go to <a href="/help-now/"><strong>Help now</strong></a>' in card.body


def test_no_markdown_is_left_in_what_readers_see():
    for obj, text in rich_texts():
        assert not re.search(r"\*\*|^#|\]\(", text), obj
    plain = re.compile(r"\*\*|\[@|\]\(")
    for record in records():
        markdown = next(kind for kind in KINDS if kind.name == record.kind).markdown
        for _, values in record.rows():
            for name, value in values.columns.items():
                if name not in markdown and isinstance(value, str):
                    assert not plain.search(value), f"{record.name}: {name}"


def test_notes_for_editors_stay_on_the_desk():
    assert Article.objects.filter(editor_notes__contains="Editor:").count() == 3
    for record in records():
        for _, values in record.rows():
            public = values.columns | {"editor_notes": ""}
            assert "Editor:" not in str(public), record.name
    for document in SearchDocument.objects.all():
        assert "Editor:" not in document.gist + document.body


def test_files_say_what_they_are():
    for path in CONTENT.rglob("*.yaml"):
        if path.name != "index.yaml":
            assert path.read_text().startswith("# Starter content"), path
            assert "No clinician has signed it off" in path.read_text().partition("\n")[0], path
    for path in (CONTENT / "pages").glob("*.md"):
        assert "No clinician has signed it off" in path.read_text(), path
    assert "No clinician has signed it off" in (CONTENT / "README.md").read_text()


# Sources


def test_every_cited_key_is_a_source():
    known = set(Source.objects.values_list("key", flat=True))
    for obj, text in rich_texts():
        assert set(cited_keys(text)) <= known, obj


def test_every_source_is_cited_by_something():
    cited = {key for _, text in rich_texts() for key in cited_keys(text)}
    for model in (Claim, Tip, Link, GlossaryTerm):
        cited.update(model.objects.values_list("sources__key", flat=True))
    assert set(Source.objects.values_list("key", flat=True)) - cited == set()


def test_every_claim_and_link_has_a_source():
    assert not Claim.objects.filter(sources=None).exists()
    assert not Link.objects.filter(sources=None).exists()


def test_unchecked_details_are_known_and_not_shown():
    unchecked = Source.objects.exclude(unconfirmed=[])
    assert unchecked.count() == 18
    assert all(source.note for source in unchecked)
    assert Source.objects.get(key="kato2006").byline == ""


# Articles


def test_articles_have_350_to_800_words():
    lengths = {
        article.slug: len(plain_text(article.body).split()) for article in Article.objects.all()
    }
    assert {slug: n for slug, n in lengths.items() if not 350 <= n <= 800} == {}


def test_articles_cite_their_listed_sources_and_no_others():
    for article in Article.objects.all():
        listed = ContentFiles().parsed(f"articles/{article.slug}.md")["sources"]
        assert set(cited_keys(article.body)) == set(listed), article.slug


def test_each_sentence_that_cites_names_listed_sources():
    for record in of_kind("article"):
        listed = set(ContentFiles().parsed(record.file)["sources"])
        for sentence in re.split(r"(?<=[.?!:])\s+|\n", record.columns["body"]):
            assert set(cited_keys(sentence)) <= listed, f"{record.name}: {sentence}"


def test_articles_are_complete():
    for article in Article.objects.all():
        assert 3 <= len(article.key_points) <= 5, article.slug
        assert article.kind, article.slug
        assert article.certainty, article.slug
        assert article.meta_description, article.slug
        assert article.tags.exists(), article.slug
        assert len(article.gist.split()) <= 60, article.slug


def test_internal_links_lead_somewhere():
    addresses = {obj.get_absolute_url() for model in PUBLISHABLE for obj in model.objects.live()}
    addresses.add(reverse("glossary"))
    for obj, text in rich_texts():
        for href in re.findall(r'href="(/[^"]*)"', text):
            assert href.partition("#")[0] in addresses, f"{obj}: {href}"


# Care


def test_care_cards_stand_where_care_yaml_puts_them():
    tips = {tip.key: tip for tip in Tip.objects.all()}
    triggers = {trigger.slug: trigger for trigger in Trigger.objects.all()}
    articles = {article.slug: article for article in Article.objects.all()}
    checked = 0
    for entry in ContentFiles().part("care.yaml", "cards"):
        card = CareCard.objects.get(slug=entry["slug"])
        places = set(entry["used_on"])
        for trigger in triggers.values():
            stands = CareCard.objects.for_trigger(trigger).contains(card)
            assert stands == bool({"all triggers", trigger.slug} & places)
        for article in articles.values():
            listed = ContentFiles().parsed(f"articles/{article.slug}.md")["care"]
            stands = CareCard.objects.for_article(article).contains(card)
            assert stands == (bool({"all articles", article.slug} & places) or card.slug in listed)
        for tip in tips.values():
            assert tip.care_cards.contains(card) == (tip.key in places)
        checked += len(places & {*tips, *triggers, *articles, "all triggers", "all articles"})
        assert card.before_text == (card.slug == "post_exertional")
    used_on = [entry["used_on"] for entry in ContentFiles().part("care.yaml", "cards")]
    assert checked == sum(map(len, used_on)) > 100


def test_help_now_says_everything_that_was_vetted():
    """The page is its cards, the contacts, and its own words; no sentence may be lost."""
    page = SitePage.objects.get(slug="help-now")
    cards = page.care_cards.all()
    assert {card.slug for card in cards} == {"emergency", "same_day", "soon", "suicidal_thoughts"}
    said = [plain_text(page.body)]
    said += [f"{card.heading} {plain_text(card.body)}" for card in cards]
    for contact in CrisisContact.objects.all():
        said += [contact.country, contact.emergency, contact.crisis_line, contact.urgent_advice]
    said = letters(" ".join(said))
    # What the page said a little differently, and what stands for it now.
    instead = {
        "If not: call a crisis line, or ask for an urgent doctor's appointment today.": (
            "If not: call a crisis line or ask for an urgent doctor's appointment today."
        ),
        "See the top of this page.": "Go to Help now.",
        "This page is general safety advice.": "This is general safety advice.",
    }
    table = {"Where you are", "Emergency", "Crisis line", "Urgent advice", "Ask locally"}
    vetted = words_by_sentence((Path(__file__).parent / "vetted_help_now.md").read_text())
    assert len(vetted) > 90
    missing = [
        sentence
        for sentence in vetted
        if letters(instead.get(sentence, sentence)) not in said and sentence not in table
    ]
    assert missing == []
    assert page.body.count("<p>") == 1  # nothing of the cards is there twice


def words_by_sentence(markdown):
    cells = markdown.replace("|", "\n")
    lines = [words_of_markdown(line).strip() for line in cells.splitlines()]
    sentences = (sentence for line in lines for sentence in re.split(r"(?<=[.?!])\s+", line))
    return [sentence for sentence in sentences if sentence.strip("- ")]


# The second run


def test_a_second_run_writes_nothing_and_hardly_asks():
    with CaptureQueriesContext(connection) as queries:
        report = load(ContentFiles())
    assert report.total("unchanged") == sum(map(report.total, ("unchanged", "created", "updated")))
    assert report.notes == []
    assert len(queries) <= 5
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
