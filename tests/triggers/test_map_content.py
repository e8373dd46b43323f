"""The map of the starter content."""

import re

import pytest

from triggers.models import Link, Loop

pytestmark = pytest.mark.django_db


def hrefs(html):
    return re.findall(r'class="map-arrow[^"]*" href="#([^"]+)"', html)


def svgs(html):
    return re.findall(r"<svg viewBox.*?</svg>", html, re.DOTALL)


def test_each_public_link_has_an_arrow_and_a_row(client, starter):
    html = client.get("/triggers/").content.decode()
    links = {f"link-{pk}" for pk in Link.objects.public().values_list("pk", flat=True)}
    assert len(links) == 33
    whole = hrefs(svgs(html)[0])
    assert sorted(whole) == sorted(links)
    assert links <= set(re.findall(r'<tr[^>]* id="([^"]+)"', html))
    assert set(hrefs(html)) <= links  # rings lead to the same rows


def test_arrows_are_explained(client, starter):
    html = client.get("/triggers/").content.decode()
    assert "<title>Pain volume to Sleep: limited. Pain makes it harder to fall" in html
    assert 'id="factor-pain-sensitivity">Pain volume</dt>' in html
    assert 'href="#factor-pain-sensitivity" aria-label="Pain volume"' in html


def test_a_topic_page_shows_its_neighbours(client, starter):
    html = client.get("/triggers/sleep/").content.decode()
    links = Link.objects.filter(from_factor__slug="sleep") | Link.objects.filter(
        to_factor__slug="sleep"
    )
    assert sorted(hrefs(html)) == sorted(f"link-{link.pk}" for link in links)
    assert 'class="map-here" role="img" aria-label="Sleep"' in html
    assert "Body weight" not in svgs(html)[0]


def test_loops_are_told_and_drawn(client, starter):
    html = client.get("/triggers/").content.decode()
    sections = re.findall(r'<section class="loop".*?</section>', html, re.DOTALL)
    assert [len(hrefs(section)) for section in sections] == [3, 4, 0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", sections[0]))
    assert "Sleep → to Pain volume → to Stress and the alarm system → to Sleep" in words
    for loop, section in zip(Loop.objects.all(), sections, strict=True):
        assert loop.title in section


def test_pages_without_links_have_no_map(client, starter):
    html = client.get("/triggers/overview/").content.decode()
    assert "<svg viewBox" not in html
    assert "/triggers/compare/?t=overview" in html
