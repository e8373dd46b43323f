"""What is not live is on no public surface: page, list, count, search, feed or sitemap."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fibro.publishing.changes import changed
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    FactorFactory,
    LinkFactory,
    SitePageFactory,
    SourceFactory,
    TagPageFactory,
    TipCollectionFactory,
    TipFactory,
    TriggerFactory,
)
from triggers.models import Loop

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
HIDDEN = {
    "draft": lambda now: {"live": False},
    "scheduled": lambda now: {"go_live_at": now + HOUR},
    "expired": lambda now: {"expire_at": now - HOUR},
}
SURFACES = [
    "/",
    "/triggers/",
    "/triggers/open/",
    "/triggers/open/feed/",
    "/articles/",
    "/articles/?trigger=open",
    "/articles/open/",
    "/tags/",
    "/tags/open/",
    "/tags/open/feed/",
    "/tips/",
    "/tips/open/",
    "/tip/open/",
    "/a-to-z/",
    "/evidence/",
    "/evidence.csv",
    "/search/?q=zebra",
    "/search/?q=open",
    "/feed/",
    "/sitemap.xml",
    "/zebra/",
]


def make_open_site():
    trigger = TriggerFactory(slug="open", title="Open trigger")
    FactorFactory(slug="open", trigger=trigger)
    tag_page = TagPageFactory(name="Open", slug="open")
    article = ArticleFactory(slug="open", title="Open article", triggers=[trigger])
    article.tags.add("Open")
    tip = TipFactory(slug="open", triggers=[trigger])
    collection = TipCollectionFactory(slug="open", triggers=[trigger], tips=[tip])
    return trigger, tag_page, collection, article


def make_zebras(state, trigger, collection, article):
    """One page of each kind in the state, all called zebra, tied to the open ones."""
    zebra = TriggerFactory(slug="zebra-trigger", title="Zebra trigger", **state)
    ClaimFactory(trigger=zebra, text="A zebra claim.")
    factor = FactorFactory(slug="zebra", name="Zebra factor", trigger=zebra)
    link = LinkFactory(from_factor=factor, to_factor=trigger.factor, mechanism="By zebra.")
    link.sources.add(SourceFactory(key="zebra1999", title="A striped study"))
    loop = Loop.objects.create(title="Zebra loop", told="Round and round with a zebra.")
    for each in (factor, trigger.factor):
        loop.steps.create(factor=each)
    hidden = ArticleFactory(
        slug="zebra-article", title="Zebra article", triggers=[trigger, zebra], **state
    )
    hidden.tags.add("Open", "Zebra")
    changed(hidden)
    TagPageFactory(name="Zebra", slug="zebra", **state)
    tip = TipFactory(slug="zebra-tip", title="Zebra tip", triggers=[trigger], **state)
    collection.collected_tips.create(tip=tip)
    TipCollectionFactory(slug="zebras", title="Zebra tips", triggers=[trigger], **state)
    SitePageFactory(slug="zebra-page", title="Zebra page", **state)
    article.triggers.through.objects.create(article=article, trigger=zebra)
    article.tags.add("Zebra")
    for each in (trigger, collection, article):
        changed(each)
    return [
        "/triggers/zebra-trigger/",
        "/triggers/zebra-trigger/feed/",
        "/articles/zebra-article/",
        "/tags/zebra/",
        "/tags/zebra/feed/",
        "/tip/zebra-tip/",
        "/tips/zebras/",
        "/zebra-page/",
        "/card/triggers/zebra-trigger.png",
        "/card/articles/zebra-article.png",
    ]


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_pages_are_nowhere(client, state):
    trigger, _, collection, article = make_open_site()
    addresses = make_zebras(HIDDEN[state](timezone.now()), trigger, collection, article)
    for address in addresses:
        assert client.get(address).status_code == 404, address
    for surface in SURFACES:
        response = client.get(surface)
        body = b"".join(response).decode().lower()
        left = body
        for asked in ("“zebra”", 'value="zebra"', "search: zebra", "testserver/zebra/", "q=zebra"):
            left = left.replace(asked, "")
        assert "zebra" not in left, surface


def test_the_same_pages_are_everywhere_once_live(client):
    """The matrix can fail: live zebras are seen on every surface that lists them."""
    trigger, _, collection, article = make_open_site()
    addresses = make_zebras({"live": True}, trigger, collection, article)
    for address in addresses:
        assert client.get(address).status_code == 200, address
    blind = [
        surface
        for surface in SURFACES
        if b"zebra" not in b"".join(client.get(surface)).lower() and surface != "/tip/open/"
    ]
    assert blind == []


def test_counts_count_live_articles_only(client):
    trigger, *_ = make_open_site()
    for state in HIDDEN.values():
        hidden = ArticleFactory(triggers=[trigger], **state(timezone.now()))
        hidden.tags.add("Open")
    assert "(1 article)" in client.get("/tags/").content.decode()
    assert "1 article<" in client.get("/tags/open/").content.decode()
    filters = client.get("/articles/").context["filters"].filters
    assert [option.count for each in filters for option in each.options] == [1, 1]
