"""The page of all parts; and what parts promise: numbers to call, contents, one card of each."""

import re
from html import unescape

import pytest
from django.conf import settings as site_settings
from django.urls import reverse

from articles.models import Article, SitePage
from fibro.parts import all_parts
from fibro.reading.templatetags.reading import phone_links
from triggers.models import CrisisContact, Tip, TipCollection, Trigger

INCLUDES = site_settings.BASE_DIR / "templates" / "includes"


class TestPartsPage:
    def test_only_while_debugging(self, client, settings, db):
        settings.DEBUG = False
        assert client.get("/about/parts/").status_code == 404

    def test_every_state_without_a_database(self, client, settings, django_assert_num_queries):
        settings.DEBUG = True
        page = client.get("/about/parts/").content.decode()
        for part in all_parts():
            assert f"<code>{part.name}</code>" in page
            assert part.arguments.split(".")[0] in page.replace("&#x27;", "'")

    def test_no_include_is_left_out(self):
        """A new include: give it a Part in fibro/parts.py, in each of its states."""
        on_the_page = [part.name for part in all_parts()]
        assert sorted(on_the_page) == sorted(file.name for file in INCLUDES.glob("*.html"))


class TestPhoneLinks:
    @pytest.mark.parametrize(
        "number", ["999", "112", "911", "116 123", "988", "000", "111", "13 11 14", "1737"]
    )
    def test_a_pure_number(self, number):
        tel = number.replace(" ", "")
        assert phone_links(number) == f'<a class="phone" href="tel:{tel}">{number}</a>'

    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("112 or 999", ["112", "999"]),
            ("116 123 (Samaritans)", ["116123"]),
            ("England: 111 (choose the mental health option). Scotland: ask.", ["111"]),
            ("Healthline: 0800 611 116. Or call your doctor.", ["0800611116"]),
            ("+44 20 7946 0000", ["+442079460000"]),
            ("116\u00a0123", ["116123"]),
            ("+1 (800) 273-8255", []),
            ("(02) 1234 5678", []),
            ("0800 0 113", []),
            ("08 00 - 12 00", []),
            ("0203 123 1234 5678 1234 999", []),
            ("500 mg, 105 calls", []),
            ("Ask locally", []),
            ("Open 24 hours, 9 to 5, 24/7, in 2026 and 1999", []),
            ("About 300 people, 100% or 12,350 women; v1.234", []),
            ("", []),
        ],
    )
    def test_words_stay_as_they_are(self, text, numbers):
        html = phone_links(text)
        assert re.sub("<[^>]+>", "", html) == text
        assert re.findall(r'href="tel:([^"]+)"', html) == numbers

    def test_markup_is_escaped(self):
        assert phone_links("<b>999</b>").startswith("&lt;b&gt;")

    @pytest.mark.django_db
    def test_every_number_of_the_starter_content(self, starter, client):
        page = client.get("/help-now/").content.decode()
        for contact in CrisisContact.objects.all():
            for text in (contact.emergency, contact.crisis_line, contact.urgent_advice):
                assert phone_links(text) in page
                for digits in re.findall(r"\d[\d ]{1,}\d", text):
                    assert f'href="tel:{digits.replace(" ", "")}"' in phone_links(text)


@pytest.mark.django_db
def test_at_most_one_of_each_care_card(starter, client):
    pages = [*Trigger.objects.live(), *Article.objects.live(), *SitePage.objects.live()]
    pages += [*TipCollection.objects.live(), *Tip.objects.live()]
    for page in pages:
        html = client.get(page.get_absolute_url()).content.decode()
        cards = re.findall(r'id="(care-[\w-]+)"', html)
        assert len(cards) == len(set(cards)), page
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), page


@pytest.mark.django_db
def test_contents_lead_to_the_headings_they_name(starter, client):
    for page in [*Trigger.objects.live(), *Article.objects.live()]:
        html = unescape(client.get(page.get_absolute_url()).content.decode())
        contents = re.search(r'<nav class="contents".*?</nav>', html, re.S)
        if not contents:
            continue
        for anchor, words in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents[0]):
            assert re.search(rf'<h2 id="{anchor}">\s*{re.escape(words)}', html), (page, anchor)


@pytest.mark.django_db
def test_the_main_menu_says_where_you_are(starter, client):
    def current(address):
        html = client.get(address).content.decode()
        menu = re.search(r'<nav class="site-nav".*?</nav>', html, re.S)[0]
        return re.findall(r'aria-current="(\w+)">([^<]+)', menu)

    assert current(reverse("home")) == []
    assert current("/triggers/") == [("page", "Causes and triggers")]
    assert current("/triggers/sleep/") == [("true", "Causes and triggers")]
    assert current("/tip/take-a-short-easy-walk/") == [("true", "Tips")]
