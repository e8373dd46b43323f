"""Addresses that pages cannot take, and pages that cannot go."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from articles.models import LINKED_SITE_PAGES, SitePage
from fibro.publishing.workflow import unpublish
from tests.factories import FactorFactory, LinkFactory, SitePageFactory, TriggerFactory
from triggers.models import Factor, Trigger

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["admin", "articles", "tips", "search", "feed", "evidence"])
def test_a_site_page_cannot_take_the_sites_own_address(slug):
    with pytest.raises(ValidationError, match="taken by the site itself"):
        SitePage(slug=slug, title="A").full_clean()


def test_nor_can_a_topic():
    with pytest.raises(ValidationError, match="taken by the site itself"):
        Trigger(slug="compare", title="A").full_clean()


def test_any_other_address_is_free():
    SitePage(slug="our-team", title="A").full_clean()


def test_the_pages_that_templates_link_to_stay():
    page = SitePageFactory(slug="help-now")
    with pytest.raises(ValidationError, match="stays live"):
        unpublish(obj=page, by=None)
    page.refresh_from_db()
    assert page.live


def test_the_list_of_those_pages_is_true():
    linked = {
        slug
        for template in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for slug in re.findall(r"'site_page' '([a-z-]+)'", template.read_text())
    }
    assert linked <= LINKED_SITE_PAGES


def test_a_factor_goes_with_its_topic():
    topic = TriggerFactory(live=False)
    factor = FactorFactory(trigger=topic)
    LinkFactory(from_factor=factor)
    topic.delete()
    assert not Factor.objects.filter(pk=factor.pk).exists()
