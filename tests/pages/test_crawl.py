"""A reader follows every link of the starter site: nothing is missing, nothing breaks, nothing
comes from elsewhere and nothing is kept on their device."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
EXPECTED = [
    *("/triggers/sleep/", "/triggers/overview/", "/triggers/treatment/", "/articles/", "/tags/"),
    *("/articles/exercise-without-payback/", "/tags/pain/", "/tips/", "/tips/flare-day/"),
    *("/glossary/", "/a-to-z/", "/evidence/", "/evidence.csv", "/sources/", "/sources/clauw2014/"),
    *("/search/", "/about/", "/how-we-write-and-review/", "/evidence-grades/", "/privacy/"),
    *("/accessibility/", "/disclaimer/", "/contact/", "/help-now/", "/newly-diagnosed/"),
    *("/for-family-and-carers/", "/feed/", "/triggers/sleep/feed/", "/tags/pain/feed/"),
]


class PageReader(HTMLParser):
    """links: what a reader can follow; loads: what a browser fetches itself; ids: its anchors."""

    def __init__(self, html):
        super().__init__()
        self.links, self.loads, self.ids, self.inline = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if "style" in attrs or any(name.startswith("on") for name in attrs):
            self.inline.append((tag, attrs))
        if tag == "a":
            self.links.append(attrs.get("href", ""))
        elif tag == "link":
            alternate = attrs.get("rel") in ("alternate", "canonical")
            (self.links if alternate else self.loads).append(attrs["href"])
        elif tag in ("script", "img", "iframe", "source", "form"):
            address = attrs.get("src") or attrs.get("action")
            if address:
                self.loads.append(address)


@pytest.fixture(scope="module")
def crawled(starter, django_db_blocker):
    """{address: (response, PageReader)}, following each filter parameter of each page once."""
    with django_db_blocker.unblock():
        return crawl(Client())


def crawl(client):
    seen, queue, sampled = {}, ["/"], set()
    while queue:
        address = queue.pop()
        if address in seen:
            continue
        response = client.get(address)
        html = "text/html" in response["Content-Type"]
        page = PageReader(response.content.decode() if html else "")
        seen[address] = response, page
        for link in page.links:
            target, _ = urldefrag(urljoin(HOST + address, link))
            if not target.startswith(HOST + "/"):
                continue
            parts = urlsplit(target)
            sample = (parts.path, frozenset(parse_qs(parts.query)))
            if parts.query and sample in sampled:
                continue
            if len(sample[1]) > 1:
                continue  # one parameter at a time is enough
            sampled.add(sample)
            queue.append(target.removeprefix(HOST))
    return seen


def test_the_whole_site(crawled):
    assert {
        address: r.status_code for address, (r, _) in crawled.items() if r.status_code != 200
    } == {}
    assert set(EXPECTED) - set(crawled) == set()
    assert len(crawled) > 250

    cookies = [address for address, (response, _) in crawled.items() if response.cookies]
    assert cookies == []

    foreign = [
        (address, load)
        for address, (_, page) in crawled.items()
        for load in page.loads
        if not urljoin(HOST + address, load).startswith(HOST + "/")
    ]
    assert foreign == []

    assert [(address, page.inline) for address, (_, page) in crawled.items() if page.inline] == []

    twice = {
        address: double
        for address, (_, page) in crawled.items()
        if (double := {each for each in page.ids if page.ids.count(each) > 1})
    }
    assert twice == {}

    dangling = set()
    for address, (_, page) in crawled.items():
        for link in page.links:
            target, anchor = urldefrag(urljoin(HOST + address, link))
            target = crawled.get(target.removeprefix(HOST))
            if anchor and target and anchor not in target[1].ids:
                dangling.add((address, link))
    assert dangling == set()


def test_no_page_keeps_unresolved_marks(crawled):
    for address, (response, _) in crawled.items():
        if response.streaming:
            continue
        text = response.content.decode()
        for mark in (
            "[@",
            "{{",
            "&lt;p&gt;",
            "&lt;sup",
            "Editor:",
            "is missing from our list",
            ">None<",
        ):
            assert mark not in text, (address, mark)
