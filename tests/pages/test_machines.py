"""What pages tell machines: descriptions, cards, canonical addresses, feeds, search, sitemap."""

from datetime import UTC, date, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from fibro import card_images
from fibro.publishing.models import Contributor
from tests.factories import (
    ArticleFactory,
    GlossaryTermFactory,
    SitePageFactory,
    SourceFactory,
    TagPageFactory,
    TipCollectionFactory,
    TipFactory,
    TriggerFactory,
)
from tests.pages.page_reader import see

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
ATOM = "{http://www.w3.org/2005/Atom}"
TITLES = {
    "long": "Why sleep does not refresh you, and what the long studies say of it " * 3,
    "one word": "m" * 200,
    "accents": "Łódź, fibromyalgié – naïve ‘quotes’ …",
    "right to left": "الألم العضلي الليفي والنوم",
    "marks and emoji": "a\u0301\u0302\u200f\u202e💤 \t x",
    "markup": "</script><b>&amp;",
}


class TestDescriptions:
    def test_a_review_is_told_only_when_it_happened(self, client):
        reviewer = Contributor.objects.create(name="Dr A. Example", slug="a", role="GP")
        ArticleFactory(slug="a", reviewed_by=reviewer, reviewed_on=date(2026, 3, 1))
        ArticleFactory(slug="b")
        reviewed = see(client, "/articles/a/").described("MedicalWebPage")
        assert reviewed["lastReviewed"] == "2026-03-01"
        assert reviewed["reviewedBy"]["name"] == "Dr A. Example"
        assert reviewed["reviewedBy"]["jobTitle"] == "GP"
        plain = see(client, "/articles/b/").described("MedicalWebPage")
        assert not {"lastReviewed", "reviewedBy", "author"} & plain.keys()

    def test_authors_stand_on_the_page_too(self, client):
        author = Contributor.objects.create(name="B. Writer", slug="b")
        TipFactory(slug="t", authors=[author])
        page = see(client, "/tip/t/")
        assert page.described("MedicalWebPage")["author"] == [
            {"@type": "Person", "name": "B. Writer"}
        ]
        assert "Written by B. Writer" in page.text

    def test_dates_are_those_of_the_sites_own_zone(self, client):
        late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
        ArticleFactory(slug="a", first_published_at=late, last_published_at=late)
        page = see(client, "/articles/a/")
        assert page.described("MedicalWebPage")["datePublished"] == "2026-07-01"
        assert "First published 1 July 2026" in page.text

    def test_only_confirmed_addresses_of_sources(self, client):
        SourceFactory(key="sure", doi="10.1/a<b>c")
        SourceFactory(key="unsure", title="Unsure study", doi="10.1/x", unconfirmed=["DOI"])
        SourceFactory(key="web", url="https://example.org/guideline")
        ArticleFactory(slug="a", body="<p>So [@sure; @unsure; @web].</p>")
        page = see(client, "/articles/a/")
        assert page.described("MedicalWebPage")["citation"] == [
            {"@id": "https://doi.org/10.1/a%3Cb%3Ec"},
            "Unsure study",
            {"@id": "https://example.org/guideline"},
        ]
        assert "https://doi.org/10.1/a%3Cb%3Ec" in page.hrefs

    def test_no_title_breaks_out_of_its_data_block(self, client):
        title = "</script><script>alert(1)</script><!-- & “more”"
        SitePageFactory(slug="odd", title=title)
        html = client.get("/odd/").content.decode()
        assert "alert(1)</script>" not in html
        page = see(client, "/odd/")
        assert page.described("WebPage")["name"] == title
        assert page.described("BreadcrumbList")["itemListElement"][-1]["name"] == title

    def test_a_page_says_how_to_cite_it(self, client, settings):
        settings.ORGANISATION = "Us & Co"
        when = datetime(2026, 3, 1, 12, tzinfo=UTC)
        ArticleFactory(slug="a", title="Why?", last_published_at=when)
        TriggerFactory(slug="sleep", title="Sleep", last_published_at=when)
        tail = "Us & Co, fibro. Last changed 1 March 2026. http://testserver"
        assert f"Why? {tail}/articles/a/" in see(client, "/articles/a/").text
        assert f"Sleep. {tail}/triggers/sleep/" in see(client, "/triggers/sleep/").text


class TestOpenGraph:
    def test_each_page_says_what_a_shared_address_shows(self, client):
        TriggerFactory(slug="sleep", title="Sleep & pain")
        metas = see(client, "/triggers/sleep/").metas
        assert metas["og:title"] == "Sleep & pain"
        assert metas["og:description"] == metas["description"]
        assert metas["og:url"] == f"{HOST}/triggers/sleep/"
        assert metas["og:image"] == f"{HOST}/card/triggers/sleep.png"
        assert metas["og:image:alt"] == "Sleep & pain - fibro"

    def test_every_address_of_a_card_shows_one(self, client):
        TriggerFactory(slug="a")
        ArticleFactory(slug="a")
        TipFactory(slug="a")
        TipCollectionFactory(slug="a")
        TagPageFactory(slug="a")
        SourceFactory(key="a")
        for address in (
            *(
                "/",
                "/triggers/",
                "/triggers/a/",
                "/articles/",
                "/articles/a/",
                "/tags/",
                "/tags/a/",
            ),
            *("/tips/", "/tips/a/", "/tip/a/", "/evidence/", "/sources/", "/sources/a/"),
            *("/glossary/", "/a-to-z/"),
        ):
            metas = see(client, address).metas
            assert metas["og:title"], address
            card = client.get(metas["og:image"].removeprefix(HOST))
            image = Image.open(BytesIO(card.content))
            size = (int(metas["og:image:width"]), int(metas["og:image:height"]))
            assert (card["Content-Type"], image.format, image.size) == ("image/png", "PNG", size)


class TestCards:
    @pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
    def test_any_title_can_be_drawn(self, title):
        image = Image.open(BytesIO(card_images.draw_card(title, "Article")))
        assert image.size == (1200, 630)
        size, lines = card_images.fit(title)
        assert 1 <= len(lines) <= card_images.TITLE_HEIGHT / (size * card_images.LEADING)
        room = card_images.WIDTH - card_images.MARGIN
        assert all(card_images.font(size, "Bold").getlength(line) < room for line in lines)

    def test_accents_are_in_the_font(self):
        face = card_images.font(50, "Bold")
        missing = face.getmask("\uffff")
        for letter in "éąłźñüőßšđ–’…":
            assert bytes(face.getmask(letter)) != bytes(missing), letter

    def test_one_query_and_none_again_while_the_words_stay(self, client, django_assert_num_queries):
        article = ArticleFactory(slug="a")
        with django_assert_num_queries(1):
            first = client.get("/card/articles/a.png")
        assert "max-age=" in first["Cache-Control"]
        with django_assert_num_queries(1):
            again = client.get("/card/articles/a.png", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        article.title = "Another title"
        article.save()
        assert client.get("/card/articles/a.png")["ETag"] != first["ETag"]

    def test_drafts_have_no_card(self, client):
        ArticleFactory(slug="a", live=False)
        for address in ("/card/articles/a.png", "/card/articles/b.png", "/card/users/a.png"):
            assert client.get(address).status_code == 404


class TestCanonical:
    def canonical(self, client, address):
        page = see(client, address)
        [canonical] = page.link("canonical")
        assert page.metas["og:url"] == canonical
        return canonical.removeprefix(HOST)

    def test_pages_of_lists_are_their_own_and_filters_are_not(self, client):
        trigger = TriggerFactory(slug="sleep")
        ArticleFactory.create_batch(25, triggers=[trigger])
        assert self.canonical(client, "/articles/") == "/articles/"
        assert self.canonical(client, "/articles/?page=1") == "/articles/"
        assert self.canonical(client, "/articles/?page=2") == "/articles/?page=2"
        assert self.canonical(client, "/articles/?trigger=sleep") == "/articles/"
        assert self.canonical(client, "/articles/?trigger=sleep&page=2") == "/articles/"


class TestFeeds:
    FEEDS = ("/feed/", "/triggers/sleep/feed/", "/tags/pain/feed/")

    @pytest.fixture(autouse=True)
    def _site(self):
        tag_page = TagPageFactory(slug="pain", name="Pain")
        self.article = ArticleFactory(slug="a", triggers=[TriggerFactory(slug="sleep")])
        self.article.tags.add(tag_page.tag)

    @pytest.mark.parametrize("address", FEEDS)
    def test_atom_asks_for_these(self, client, address):
        feed = ElementTree.fromstring(client.get(address).content)
        assert feed.find(f"{ATOM}id").text.startswith(HOST)
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == HOST + address
        assert feed.find(f"{ATOM}author/{ATOM}name").text
        assert datetime.fromisoformat(feed.find(f"{ATOM}updated").text)
        [entry] = feed.findall(f"{ATOM}entry")
        assert entry.find(f"{ATOM}id").text.startswith("tag:")  # stays where an article moves
        assert entry.find(f"{ATOM}link").get("href") == f"{HOST}/articles/a/"
        changed = datetime.fromisoformat(entry.find(f"{ATOM}updated").text)
        assert changed == self.article.last_published_at

    def test_feeds_differ_in_their_ids(self, client):
        ids = {
            ElementTree.fromstring(client.get(address).content).find(f"{ATOM}id").text
            for address in self.FEEDS
        }
        assert len(ids) == len(self.FEEDS)

    def test_every_page_leads_to_its_feeds(self, client):
        for address in ("/", "/articles/a/", "/evidence/", "/search/?q=x", "/triggers/sleep/"):
            assert "/feed/" in see(client, address).link("alternate", type="application/atom+xml")
        assert "/triggers/sleep/feed/" in see(client, "/triggers/sleep/").link("alternate")
        assert "/tags/pain/feed/" in see(client, "/tags/pain/").link("alternate")


class TestOpenSearch:
    def test_browsers_find_the_search(self, client, settings):
        settings.SITE_NAME = "A rather long name & more"
        [address] = see(client, "/").link("search")
        response = client.get(address)
        assert response["Content-Type"].startswith("application/opensearchdescription+xml")
        space = "{http://a9.com/-/spec/opensearch/1.1/}"
        root = ElementTree.fromstring(response.content)
        assert len(root.find(f"{space}ShortName").text) <= 16
        [template] = [
            url.get("template") for url in root.findall(f"{space}Url") if url.get("rel") is None
        ]
        TriggerFactory(title="Sleep disturbance")
        found = client.get(template.removeprefix(HOST).replace("{searchTerms}", "sleep"))
        assert "Sleep disturbance" in found.content.decode()


class TestSitemap:
    def lastmods(self, client):
        space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
        root = ElementTree.fromstring(client.get("/sitemap.xml").content)
        return {
            url.find(f"{space}loc").text.removeprefix(HOST): url.findtext(f"{space}lastmod")
            for url in root
        }

    def test_lastmod_is_when_a_page_was_last_published(self, client):
        old, new = datetime(2026, 1, 2, 12, tzinfo=UTC), datetime(2026, 3, 4, 12, tzinfo=UTC)
        ArticleFactory(slug="old", first_published_at=old, last_published_at=old)
        ArticleFactory(slug="new", first_published_at=old, last_published_at=new)
        TriggerFactory(slug="sleep", first_published_at=old, last_published_at=old)
        GlossaryTermFactory()
        told = self.lastmods(client)
        assert told["/articles/old/"] == "2026-01-02"
        assert told["/articles/new/"] == "2026-03-04"
        assert told["/articles/"] == told["/"] == told["/a-to-z/"] == "2026-03-04"
        assert told["/triggers/"] == told["/evidence/"] == "2026-01-02"
        assert told["/tips/"] is None
        assert told["/glossary/"] is None
