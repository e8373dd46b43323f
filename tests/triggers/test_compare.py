"""Two or three topics side by side."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ClaimFactory,
    FactorFactory,
    LinkFactory,
    SourceFactory,
    TipFactory,
    TriggerFactory,
)
from triggers.comparison import CLAIM_ROWS
from triggers.models import ClaimKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def four():
    return [TriggerFactory(slug=slug, title=slug.title()) for slug in ("ant", "bee", "cat", "dog")]


def page(client, *slugs):
    response = client.get("/triggers/compare/", {"t": slugs} if slugs else {})
    assert response.status_code == 200
    return response


def columns(html):
    head = re.search(r"<thead.*?</thead>", html, re.DOTALL)
    return re.findall(r">(\w+)</a></th>", head[0]) if head else []


def headings(html):
    return re.findall(r'<th scope="row">(.*?)</th>', html)


def cells(html, heading):
    row = re.search(rf"scope=\"row\">{re.escape(heading)}</th>(.*?)</tr>", html, re.DOTALL)[1]
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip()
        for cell in re.findall(r"<td>.*?</p>(.*?)</td>", row, re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (["bee", "ant"], ["Bee", "Ant"]),
        (["cat", "ant", "bee"], ["Cat", "Ant", "Bee"]),
        (["bee", "bee", "ant", "bee"], ["Bee", "Ant"]),
        (["dog", "cat", "bee", "ant"], ["Dog", "Cat", "Bee"]),
        (["ant", "wasp", "bee"], ["Ant", "Bee"]),
        (["ant"], []),
        (["ant", "ant"], []),
        (["wasp"], []),
        ([""], []),
        ([], []),
    ],
)
def test_which_topics_are_compared(client, four, asked, shown):
    html = page(client, *asked).content.decode()
    assert columns(html) == shown
    assert html.count('type="checkbox" name="t"') == 4
    assert html.count(" checked>") == len(set(asked) & {"ant", "bee", "cat", "dog"}) - (
        len(asked) == 4 and len(set(asked)) == 4
    )


def test_more_than_three(client, four):
    html = page(client, "ant", "bee", "cat", "dog").content.decode()
    assert "Only the first three are compared. Left out: Dog." in html


def test_one_asks_for_another(client, four):
    assert (
        "Choose one or two more topics to see beside Ant." in page(client, "ant").content.decode()
    )


@pytest.mark.parametrize("garbage", ["wasp", "<script>", "é" * 3000, "../../etc", "' OR 1=1"])
def test_what_we_do_not_have_is_said(client, four, garbage):
    html = page(client, "ant", garbage).content.decode()
    assert "We do not have:" in html
    assert "<script>" not in html
    assert len(html) < 20_000


def test_what_is_not_live_is_not_compared(client, four):
    four[1].live = False
    four[1].save()
    html = page(client, "ant", "bee", "cat").content.decode()
    assert columns(html) == ["Ant", "Cat"]
    assert "Bee" not in html


def test_links_to_a_hidden_topic_are_left_out(client, four):
    factors = [FactorFactory(trigger=topic, name=topic.title) for topic in four]
    LinkFactory(from_factor=factors[0], to_factor=factors[3], mechanism="By dog.")
    four[3].live = False
    four[3].save()
    html = page(client, "ant", "bee").content.decode()
    assert "By dog." not in html
    assert cells(html, "What it may lead to") == ["not known", "not known"]


def test_the_rows_are_always_the_same(client, four):
    bare = headings(page(client, "cat", "dog").content.decode())
    for kind in ClaimKind.values:
        ClaimFactory(trigger=four[0], kind=kind)
    assert headings(page(client, "ant", "bee", "cat").content.decode()) == bare
    assert len(bare) == len(set(bare)) == 14


def test_what_is_not_there_is_not_known(client, four):
    ClaimFactory(trigger=four[0], kind="helps", text="Rest helps.", certainty="moderate")
    html = page(client, "ant", "bee").content.decode()
    first, second = cells(html, "What was tested and helps")
    assert first.startswith("Rest helps.")
    assert first.endswith("How sure we are: Moderate")
    assert second == "not known"
    for heading, _ in CLAIM_ROWS:
        assert cells(html, heading)[1] == "not known"
    assert cells(html, "Questions to ask") == ["not known", "not known"]
    assert cells(html, "What we do not know") == ["We do not know why."] * 2
    assert cells(html, "Reviewed by a clinician") == ["Not yet reviewed by a clinician"] * 2


def test_links_and_tips(client, four):
    ant, bee = (FactorFactory(trigger=topic, name=topic.title) for topic in four[:2])
    LinkFactory(from_factor=ant, to_factor=bee, mechanism="By wing.")
    TipFactory.create_batch(2, triggers=[four[0]], energy="low")
    TipFactory(triggers=[four[0]], energy="high")
    TipFactory(triggers=[four[1]], energy="low", live=False)
    html = page(client, "ant", "bee").content.decode()
    assert cells(html, "What it may lead to")[0].startswith("Bee : By wing.")
    assert cells(html, "What may lead to it")[1].startswith("Ant : By wing.")
    assert cells(html, "Tips that take little energy") == ["2 tips for Ant", "none here yet"]


def test_sources_are_numbered_once(client, four):
    source = SourceFactory()
    for topic in four[:2]:
        ClaimFactory(trigger=topic, sources=[source])
    html = page(client, "ant", "bee").content.decode()
    assert html.count('href="#source-1"') == 2
    assert html.count('<li id="source-') == 1


def test_what_machines_are_told(client, four):
    plain, asked = (page(client, *t).content.decode() for t in ([], ["ant", "bee"]))
    assert "noindex" not in plain
    assert '<meta name="robots" content="noindex">' in asked
    for html in (plain, asked):
        assert 'rel="canonical" href="http://testserver/triggers/compare/"' in html


def test_a_content_note_comes_first(client, four):
    four[0].content_note = "This page mentions abuse."
    four[0].save()
    html = page(client, "ant", "bee").content.decode()
    assert html.index("This page mentions abuse.") < html.index("<table")


def test_pages_lead_here(client, four):
    assert 'href="/triggers/compare/"' in client.get("/triggers/").content.decode()
    assert 'href="/triggers/compare/?t=ant"' in client.get("/triggers/ant/").content.decode()


def test_more_rows_ask_no_more_queries(client, four):
    factors = [FactorFactory(trigger=topic) for topic in four]

    def grow():
        for topic, factor in zip(four, factors, strict=True):
            ClaimFactory(trigger=topic)
            TipFactory(triggers=[topic])
            other = FactorFactory(trigger=TriggerFactory())
            LinkFactory(from_factor=factor, to_factor=other).sources.add(SourceFactory())
            LinkFactory(from_factor=other, to_factor=factor)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            page(client, "ant", "bee", "cat")
        return len(captured)

    grow()
    few = cost()
    for _ in range(19):
        grow()
    assert cost() == few <= 8
