"""What the database itself refuses, whoever writes to it."""

import pytest
from django.db import IntegrityError

from articles.models import Article, ArticlePlacement
from fibro.sources.models import Source
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    FactorFactory,
    LinkFactory,
    TipCollectionFactory,
    TipFactory,
    TriggerFactory,
)
from triggers.models import Claim, Link, Tip, Trigger

pytestmark = pytest.mark.django_db


def link_to_itself():
    factor = FactorFactory()
    LinkFactory(from_factor=factor, to_factor=factor)


def same_link_twice():
    link = LinkFactory()
    LinkFactory(from_factor=link.from_factor, to_factor=link.to_factor)


def same_tip_twice_in_a_collection():
    tip = TipFactory()
    TipCollectionFactory(tips=[tip, tip])


def article_twice_under_a_trigger():
    trigger = TriggerFactory()
    article = ArticleFactory(triggers=[trigger])
    ArticlePlacement.objects.create(article=article, trigger=trigger)


REFUSED = {
    "link_not_to_itself": link_to_itself,
    "link_once": same_link_twice,
    "link_certainty_listed": lambda: Link.objects.filter(pk=LinkFactory().pk).update(certainty="x"),
    "tip_once_in_collection": same_tip_twice_in_a_collection,
    "article_once_in_trigger": article_twice_under_a_trigger,
    "claim_kind_listed": lambda: ClaimFactory(kind="proof"),
    "claim_certainty_listed": lambda: ClaimFactory(certainty="certain"),
    "claim_number_is_whole": lambda: ClaimFactory(numerator=3, denominator=2),
    "claim_number_is": lambda: ClaimFactory(numerator=3),
    "triggers_claim_key": lambda: [ClaimFactory(key="same") for _ in range(2)],
    "trigger_certainty_listed": lambda: TriggerFactory(certainty="certain"),
    "trigger_role_listed": lambda: TriggerFactory(role="x"),
    "triggers_trigger_slug": lambda: [TriggerFactory(slug="same") for _ in range(2)],
    "articles_article_slug": lambda: [ArticleFactory(slug="same") for _ in range(2)],
    "article_kind_listed": lambda: ArticleFactory(kind="x"),
    "tip_energy_listed": lambda: TipFactory(energy="x"),
    "tip_minutes_in_order": lambda: TipFactory(minutes_min=9, minutes_max=3),
    "source_type_listed": lambda: Source.objects.create(key="a", title="A", type="x"),
    "source_status_listed": lambda: Source.objects.create(key="a", title="A", status="x"),
    "source_month_range": lambda: Source.objects.create(key="a", title="A", month=13),
    "trigger_live_is_dated": lambda: Trigger.objects.create(slug="a", title="A", live=True),
    "tip_live_is_dated": lambda: Tip.objects.create(slug="a", title="A", live=True),
    "article_live_is_dated": lambda: Article.objects.create(slug="a", title="A", live=True),
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_refused(constraint):
    with pytest.raises(IntegrityError, match=constraint):
        REFUSED[constraint]()


def test_a_claim_gets_a_key_of_its_own():
    claim = Claim.objects.create(
        trigger=TriggerFactory(), text="A.", kind="about", certainty="limited"
    )
    assert claim.key.startswith("new-")
    assert claim.get_absolute_url().endswith(f"#claim-{claim.key}")


def test_a_draft_may_leave_nearly_everything_empty():
    Trigger.objects.create(slug="half")
    Tip.objects.create(slug="half")
    Article.objects.create(slug="half")
