"""A snapshot holds everything an editor edits, and nothing else."""

import pytest

from fibro.publishing.snapshots import capture, fingerprint
from fibro.publishing.workflow import publish
from tests.factories import (
    ArticleFactory,
    CareCardFactory,
    ClaimFactory,
    FactorFactory,
    LinkFactory,
    SourceFactory,
    TipCollectionFactory,
    TipFactory,
    TriggerFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def trigger():
    trigger = TriggerFactory(slug="sleep")
    ClaimFactory(trigger=trigger, key="slp-f1", sources=[SourceFactory(key="a1")])
    LinkFactory(from_factor=FactorFactory(slug="sleep", trigger=trigger))
    return trigger


def test_relations_are_named_by_natural_keys(trigger):
    snapshot = capture(trigger)
    assert snapshot["fields"]["slug"] == "sleep"
    claim = snapshot["children"]["claims"][0]
    assert claim["fields"]["trigger"] == ["sleep"]
    assert claim["relations"]["sources"] == [["a1"]]
    assert snapshot["children"]["factor.links_out"][0]["fields"]["from_factor"] == ["sleep"]


def test_tags_and_placements_of_an_article(trigger):
    article = ArticleFactory(triggers=[trigger])
    article.tags.add("pain", "fatigue")
    snapshot = capture(article)
    assert snapshot["tags"] == ["fatigue", "pain"]
    assert snapshot["children"]["placements"][0]["fields"]["trigger"] == ["sleep"]


def change_text(trigger):
    trigger.gist = "Something else."


def change_claim(trigger):
    trigger.claims.update(text="Something else.")


def add_claim_source(trigger):
    trigger.claims.get().sources.add(SourceFactory())


def add_claim(trigger):
    ClaimFactory(trigger=trigger)


def change_link(trigger):
    trigger.factor.links_out.update(mechanism="Something else.")


def add_care_card(trigger):
    trigger.care_cards.add(CareCardFactory())


@pytest.mark.parametrize(
    "edit", [change_text, change_claim, add_claim_source, add_claim, change_link, add_care_card]
)
def test_every_edit_changes_the_fingerprint(trigger, edit):
    before = fingerprint(trigger)
    edit(trigger)
    assert fingerprint(trigger) != before


def test_publishing_does_not_change_the_fingerprint(trigger):
    before = fingerprint(trigger)
    publish(obj=trigger, by=None)
    assert fingerprint(trigger) == before


def test_the_order_of_collected_tips_counts():
    collection = TipCollectionFactory(tips=[TipFactory(), TipFactory()])
    before = fingerprint(collection)
    first, second = collection.collected_tips.all()
    first.position, second.position = 1, 0
    first.save()
    second.save()
    assert fingerprint(collection) != before
