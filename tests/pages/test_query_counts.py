"""The number of queries does not grow with the number of rows, on any public page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ArticleFactory,
    CareCardFactory,
    ClaimFactory,
    FactorFactory,
    GlossaryTermFactory,
    LinkFactory,
    SitePageFactory,
    SourceFactory,
    TagPageFactory,
    TipCollectionFactory,
    TipFactory,
    TriggerFactory,
)

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/triggers/",
    "/triggers/hub/",
    "/triggers/hub/feed/",
    "/articles/",
    "/articles/?trigger=hub&tag=pain",
    "/articles/hub/",
    "/tags/",
    "/tags/pain/",
    "/tags/pain/feed/",
    "/tips/",
    "/tips/?energy=low&minutes=15&trigger=hub",
    "/tips/hub/",
    "/tip/hub/",
    "/glossary/",
    "/a-to-z/",
    "/evidence/",
    "/evidence/?trigger=hub&kind=goes_with&order=certainty",
    "/evidence.csv",
    "/sources/",
    "/sources/hub2020/",
    "/search/?q=number",
    "/search/?q=number&trigger=hub&kind=article",
    "/hub/",
    "/feed/",
    "/sitemap.xml",
    "/nowhere/",
]


LIMITS = {"/triggers/hub/": 11, "/articles/hub/": 9}  # every other page: at most 8


class Site:
    """A site whose every list grows by one row of each kind at a time."""

    def __init__(self):
        self.source = SourceFactory(key="hub2020")
        self.trigger = TriggerFactory(slug="hub")
        self.factor = FactorFactory(slug="hub", trigger=self.trigger)
        self.collection = TipCollectionFactory(slug="hub", triggers=[self.trigger])
        self.card = CareCardFactory(on_all_triggers=True, on_all_articles=True)
        self.tag_page = TagPageFactory(name="Pain", slug="pain")
        self.page = SitePageFactory(slug="hub", body="<p>[@hub2020]</p>", care_cards=[self.card])
        self.tip = TipFactory(slug="hub", triggers=[self.trigger])
        self.article = ArticleFactory(
            slug="hub", body="<h2>A</h2><p>[@hub2020]</p>", triggers=[self.trigger]
        )
        self.article.tags.add("Pain")
        self.grow()

    def grow(self):
        source = SourceFactory()
        CareCardFactory(on_all_triggers=True, on_all_articles=True)
        ClaimFactory(trigger=self.trigger, sources=[self.source, source])
        other = TriggerFactory()
        factor = FactorFactory(trigger=other)
        LinkFactory(from_factor=self.factor, to_factor=factor).sources.add(self.source)
        tip = TipFactory(triggers=[self.trigger], sources=[source])
        self.collection.collected_tips.create(tip=tip)
        TipCollectionFactory(triggers=[self.trigger], tips=[tip, self.tip])
        article = ArticleFactory(triggers=[self.trigger], body=f"<p>[@hub2020; @{source.key}]</p>")
        article.tags.add("Pain")
        extra = TagPageFactory()
        article.tags.add(extra.tag)
        self.article.tags.add(extra.tag)
        GlossaryTermFactory().sources.add(source)
        SitePageFactory()


def queries(client, page):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(page)
        b"".join(response)  # streamed pages ask while they are read
    return [query["sql"] for query in captured]


def test_no_page_asks_more_for_more_rows(client):
    site = Site()
    few = {page: queries(client, page) for page in PAGES}
    for _ in range(19):
        site.grow()
    many = {page: queries(client, page) for page in PAGES}
    grown = {
        page: (len(few[page]), len(many[page]))
        for page in PAGES
        if len(few[page]) != len(many[page])
    }
    assert grown == {}


def test_the_cost_of_each_page_is_known(client):
    Site()
    over = {page: n for page in PAGES if (n := len(queries(client, page))) > LIMITS.get(page, 8)}
    assert over == {}
