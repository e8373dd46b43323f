"""What stands on the pages, beyond that they open."""

import csv
import io
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError
from django.test import RequestFactory
from django.views.defaults import server_error

from fibro.publishing.models import Contributor
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
from triggers.models import Claim, CrisisContact

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def in_order(text, *parts):
    """Whether the parts stand in the text one after the other."""
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


class TestHome:
    def test_what_a_newcomer_needs(self, client):
        TriggerFactory(slug="sleep", short_title="Sleep")
        TriggerFactory(slug="overview", role="overview", title="What it is")
        for n in range(7):
            ArticleFactory(title=f"News {n}")
        home = text_of(client, "/")
        assert in_order(
            home, "Newly diagnosed? Start here", "Search this site", ">Sleep</a>", "What it is"
        )
        assert home.count("News ") == 5
        assert 'href="/help-now/"' in home


class TestTrigger:
    @pytest.fixture
    def topic(self, client):
        """The main part of a topic page with everything on it."""
        trigger = TriggerFactory(
            slug="sleep",
            content_note="This page mentions abuse.",
            what_it_is="<p>Rest [@b2002].</p>",
            noticed=["I wake tired"],
            questions=["What may help?"],
        )
        SourceFactory(key="b2002")
        ClaimFactory(trigger=trigger, text="It may go with pain.", kind="goes_with")
        ClaimFactory(trigger=trigger, text="It is a cause.", kind="cause", certainty="strong")
        LinkFactory(
            from_factor=FactorFactory(trigger=trigger, name="Sleep"),
            to_factor=FactorFactory(name="Mood"),
            mechanism="Bad nights lower mood.",
        )
        tip = TipFactory(title="Lie down", first_ask="Do you crash?", get_help="Chest pain: call.")
        CareCardFactory(heading="Before you move", before_text=True).tips.add(tip)
        TipCollectionFactory(triggers=[trigger], tips=[tip])
        CareCardFactory(heading="Call now", on_all_triggers=True, urgency="emergency")
        CareCardFactory(heading="Somewhere else")
        ArticleFactory(title="Second", triggers=[trigger])
        return text_of(client, "/triggers/sleep/").partition("<h1>")[2]

    def test_its_parts_in_reading_order(self, topic):
        assert in_order(
            topic,
            "This page mentions abuse.",
            "What a tired reader needs",
            "Key points",
            "Before you move",
            "Rest",
            "It is a cause.",
            "It may go with pain.",
            "Bad nights lower mood.",
            "Do you crash?",
            "Lie down for five minutes.",
            "Stop if it hurts.",
            "Chest pain: call.",
            "We do not know why.",
            "What may help?",
            "Call now",
            ">Second</a>",
            'id="sources"',
            'id="about-this-page"',
            "<strong>Not yet reviewed by a clinician</strong>",
        )

    def test_cards_stand_only_where_they_are_placed(self, topic):
        assert "Somewhere else" not in topic
        assert topic.count('<section class="care-card') == 2

    def test_sources_are_numbered_once_in_reading_order(self, topic):
        numbers = re.findall(r'<li id="source-(\d+)">', topic)
        assert numbers == ["1", "2", "3"]
        assert in_order(topic, 'id="cite-1-1"', 'id="cite-2-1"', 'id="cite-3-1"')


class TestArticle:
    def test_contents_list_from_three_headings(self, client):
        ArticleFactory(slug="two", body="<h2>A</h2><h2>B</h2>")
        ArticleFactory(slug="three", body="<h2>Part A</h2><h2>B</h2><h2>C</h2>")
        assert "On this page" not in text_of(client, "/articles/two/")
        assert '<a href="#part-part-a">Part A</a>' in text_of(client, "/articles/three/")

    def test_care_cards_of_all_articles_and_its_own(self, client):
        own = CareCardFactory(heading="My own")
        CareCardFactory(heading="Everywhere", on_all_articles=True)
        CareCardFactory(heading="Only topics", on_all_triggers=True)
        ArticleFactory(slug="a", care_cards=[own])
        page = text_of(client, "/articles/a/")
        assert "My own" in page
        assert "Everywhere" in page
        assert "Only topics" not in page

    def test_related_articles_share_most(self, client):
        trigger = TriggerFactory()
        article = ArticleFactory(slug="a", triggers=[trigger])
        near = ArticleFactory(title="Near", triggers=[trigger])
        for each in (article, near):
            each.tags.add("pain")
        for n in range(6):
            ArticleFactory(title=f"Far {n}")
        related = client.get("/articles/a/").context["related"]
        assert related[0] == near
        assert len(related) == 5

    def test_notes_for_the_desk_are_not_shown(self, client):
        ArticleFactory(slug="a", editor_notes="Editor: check this")
        assert "check this" not in text_of(client, "/articles/a/")

    def test_a_reviewed_page_names_its_reviewer(self, client):
        reviewer = Contributor.objects.create(name="Dr A. Example", slug="a", role="GP")
        ArticleFactory(slug="a", reviewed_by=reviewer, reviewed_on=date(2026, 3, 1))
        page = text_of(client, "/articles/a/")
        assert "Reviewed by Dr A. Example, GP" in page
        assert "1 March 2026" in page
        assert "Not yet reviewed" not in page


class TestSitePages:
    def test_words_from_the_settings(self, client, settings):
        settings.ORGANISATION = "Us & Co"
        SitePageFactory(slug="about", body="<p>{{ organisation }}: {{ contact_email }}</p>")
        assert f"Us &amp; Co: {settings.CONTACT_EMAIL}" in text_of(client, "/about/")

    def test_help_now_shows_cards_and_numbers(self, client):
        first = CareCardFactory(slug="suicidal_thoughts", heading="Tell someone", position=9)
        other = CareCardFactory(heading="Call an ambulance", position=1)
        SitePageFactory(slug="help-now", body="<p>Being hurt?</p>", care_cards=[first, other])
        CrisisContact.objects.create(country="Ireland", emergency="112", crisis_line="116 123")
        CrisisContact.objects.create(country="Elsewhere", emergency="Local number")
        page = text_of(client, "/help-now/")
        assert in_order(
            page, "Tell someone", "116 123", "Ask locally", "Being hurt?", "Call an ambulance"
        )


class TestLists:
    def test_a_thin_tag_page_is_not_indexed(self, client):
        tag = TagPageFactory(slug="pain", name="Pain")
        for n in range(3):
            assert ("noindex" in text_of(client, "/tags/pain/")) is (n < 3)
            ArticleFactory().tags.add(tag.tag)
        assert "noindex" not in text_of(client, "/tags/pain/")

    def test_a_to_z_sends_other_names_to_their_page(self, client):
        TriggerFactory(slug="sleep", title="Sleep disturbance", also_called=["insomnia"])
        GlossaryTermFactory(term="Allodynia", slug="allodynia")
        page = text_of(client, "/a-to-z/")
        assert 'insomnia: see <a href="/triggers/sleep/">Sleep disturbance</a>' in page
        assert in_order(
            page, "/glossary/#term-allodynia", "insomnia: see", ">Sleep disturbance</a> <span"
        )

    def test_long_lists_have_pages(self, client):
        ArticleFactory.create_batch(25)
        assert "Page 1 of 2" in text_of(client, "/articles/")
        assert 'href="?page=2"' in text_of(client, "/articles/")
        assert "Page 2 of 2" in text_of(client, "/articles/?page=2")


class TestEvidence:
    def claims(self, client, query=""):
        return [claim.key for claim in client.get(f"/evidence/{query}").context["page"]]

    def test_filters_and_orders(self, client):
        sleep = TriggerFactory(slug="sleep", position=2)
        stress = TriggerFactory(slug="stress", position=1)
        ClaimFactory(trigger=sleep, key="a", kind="cause", certainty="strong")
        ClaimFactory(trigger=stress, key="b", kind="helps", certainty="limited")
        assert self.claims(client) == ["b", "a"]
        assert self.claims(client, "?order=kind") == ["a", "b"]
        ClaimFactory(trigger=stress, key="c", kind="about", certainty="moderate")
        assert self.claims(client, "?order=certainty") == ["a", "c", "b"]
        Claim.objects.filter(key="c").delete()
        assert self.claims(client, "?order=nonsense") == ["b", "a"]
        assert self.claims(client, "?trigger=sleep") == ["a"]
        assert self.claims(client, "?kind=helps&certainty=limited") == ["b"]

    def test_csv_holds_every_claim_and_no_formula(self, client):
        ClaimFactory(key="a", text="=HYPERLINK()", sources=[SourceFactory(key="x1")])
        ClaimFactory.create_batch(120)
        response = client.get("/evidence.csv")
        assert response["Content-Type"].startswith("text/csv")
        rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
        assert len(rows) == 122
        [row] = [row for row in rows if row[0] == "a"]
        assert row[2] == "'=HYPERLINK()"
        assert row[6] == "x1"


class TestFeeds:
    def entries(self, client, address):
        root = ElementTree.fromstring(text_of(client, address))
        return [entry.find(f"{ATOM}title").text for entry in root.findall(f"{ATOM}entry")]

    def test_all_per_trigger_and_per_tag(self, client):
        trigger, tag = TriggerFactory(slug="sleep"), TagPageFactory(slug="pain", name="Pain")
        ArticleFactory(title="One", triggers=[trigger])
        ArticleFactory(title="Two").tags.add(tag.tag)
        assert self.entries(client, "/feed/") == ["Two", "One"]
        assert self.entries(client, "/triggers/sleep/feed/") == ["One"]
        assert self.entries(client, "/tags/pain/feed/") == ["Two"]

    def test_a_pasted_control_character_does_no_harm(self, client):
        ArticleFactory(title="One\x0b", gist="A\x1fB")
        assert self.entries(client, "/feed/") == ["One"]

    def test_an_article_that_was_taken_away_is_gone(self, client):
        ArticleFactory()
        response = client.get("/feed/")
        assert "Last-Modified" not in response
        assert client.get("/feed/", headers={"If-None-Match": response["ETag"]}).status_code == 304

    def test_pages_name_their_feeds(self, client):
        TriggerFactory(slug="sleep")
        assert '"/triggers/sleep/feed/"' in text_of(client, "/triggers/sleep/")
        assert '"/feed/"' in text_of(client, "/")


class TestForMachines:
    def test_sitemap(self, client):
        ArticleFactory(slug="a")
        GlossaryTermFactory()
        text = text_of(client, "/sitemap.xml")
        assert "<loc>http://testserver/articles/a/</loc><lastmod>" in text
        assert "<loc>http://testserver/evidence/</loc>" in text
        assert "#" not in text

    def test_robots(self, client):
        text = text_of(client, "/robots.txt")
        assert "Disallow: /admin/" in text
        assert "Sitemap: http://testserver/sitemap.xml" in text

    def test_canonical_address_has_no_parameters(self, client):
        ArticleFactory()
        text = text_of(client, "/articles/?utm_source=x")
        assert '<link rel="canonical" href="http://testserver/articles/">' in text

    def test_headers(self, client):
        response = client.get("/")
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "nonce" not in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Cookie" not in response.get("Vary", "")

    def test_conditional_get(self, client):
        etag = client.get("/")["ETag"]
        assert client.get("/", headers={"If-None-Match": etag}).status_code == 304


class TestWhenThingsGoWrong:
    def test_404_offers_search_and_the_nearest_pages(self, client):
        ArticleFactory(slug="exercise-without-payback", title="Exercise without payback")
        text = text_of(client, "/articles/exercise-without-paybak/", status=404)
        assert "Search this site" in text
        assert 'href="/articles/exercise-without-payback/"' in text

    def test_healthz(self, client):
        assert text_of(client, "/healthz") == "ok\n"

    def test_healthz_answers_probes_over_plain_http(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True
        assert client.get("/healthz").status_code == 200
        assert client.get("/").status_code == 301

    def test_healthz_says_when_the_database_is_away(self, client, monkeypatch):
        def away(*args):
            raise DatabaseError

        monkeypatch.setattr("fibro.views.connection.cursor", away)
        assert client.get("/healthz").status_code == 503

    def test_500_needs_no_database(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = server_error(RequestFactory().get("/"))
        assert "Something went wrong on our side" in response.content.decode()
