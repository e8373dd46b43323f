"""live() is the one rule for what the public may see."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles.models import Article
from fibro.search.models import SearchDocument
from tests.factories import ArticleFactory

NOW = timezone.now()
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "visible"),
    [
        ({"live": False}, False),
        ({"live": True}, True),
        ({"live": True, "go_live_at": NOW - HOUR}, True),
        ({"live": True, "go_live_at": NOW}, True),
        ({"live": True, "go_live_at": NOW + HOUR}, False),
        ({"live": True, "expire_at": NOW + HOUR}, True),
        ({"live": True, "expire_at": NOW}, False),
        ({"live": False, "go_live_at": NOW - HOUR}, False),
    ],
)
def test_live_looks_at_the_switch_and_both_times(state, visible):
    ArticleFactory(**state)
    assert Article.objects.live(at=NOW).exists() is visible
    assert SearchDocument.objects.live(at=NOW).exists() is visible


def test_a_live_page_is_dated():
    with pytest.raises(IntegrityError, match="live_is_dated"):
        Article.objects.create(slug="a", title="A", live=True)


def test_a_page_expires_after_it_goes_live():
    with pytest.raises(IntegrityError, match="expires_after_go_live"):
        ArticleFactory(go_live_at=NOW, expire_at=NOW - HOUR)


def test_a_review_names_its_reviewer():
    with pytest.raises(IntegrityError, match="review_is_whole"):
        ArticleFactory(reviewed_on=NOW.date())


def test_a_half_written_draft_can_be_kept():
    Article.objects.create(slug="half", title="")
