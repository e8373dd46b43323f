"""The trigger map: its layout, and what of it a page shows."""

import re
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import FactorFactory, LinkFactory, TriggerFactory
from triggers.geometry import Arrow, Box, text_width, wrap
from triggers.map import (
    MOST_FACTORS,
    WIDTH,
    Node,
    _neighbour_layout,
    _ring_layout,
    _whole_layout,
    whole_map,
)
from triggers.models import Factor, Loop, LoopStep

LONG = "A very long name that an editor gave to something immunopsychoneuroendocrinological"


def star(number):
    """A hub with neighbours before, after and both ways."""
    nodes = tuple(Node(n, f"Factor {n}" if n % 3 else LONG, bool(n % 2)) for n in range(number + 1))
    pairs = [(0, n) if n % 3 else (n, 0) for n in range(1, number + 1)]
    pairs += [(n, 0) for n in range(1, number + 1, 4) if n % 3]
    return nodes, tuple(sorted(pairs))


def mesh(topics, plain):
    nodes = tuple(Node(n, f"Some factor {n}", n < topics) for n in range(topics + plain))
    size = len(nodes)
    pairs = {(n, (n * k + 1) % size) for n in range(size) for k in (2, 3)}
    return nodes, tuple(sorted((a, b) for a, b in pairs if a != b))


LAYOUTS = {
    **{f"star of {n}": _neighbour_layout(*star(n), 0) for n in (1, 2, 3, 5, 8, 14)},
    **{f"mesh of {n}": _whole_layout(*mesh(*n)) for n in ((2, 0), (0, 3), (9, 5), (3, 9), (14, 4))},
    **{
        f"ring of {n}": _ring_layout(
            tuple(Node(k, f"Step {k}", True) for k in range(n)),
            tuple(sorted((k, (k + 1) % n) for k in range(n))),
            tuple(range(n)),
        )
        for n in (2, 3, 4, 7)
    },
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
class TestLayout:
    def test_boxes_lie_apart_and_inside(self, layout):
        for one, other in combinations(layout.boxes.values(), 2):
            assert not one.overlaps(other)
        for box in layout.boxes.values():
            assert box.left >= 0
            assert box.left + box.width <= WIDTH
            assert box.top >= 0
            assert box.bottom <= layout.height

    def test_words_fit_their_boxes(self, layout):
        for box in layout.boxes.values():
            assert max(map(text_width, box.lines)) <= box.width

    def test_arrows_stay_inside(self, layout):
        for arrow in layout.arrows.values():
            assert all(0 <= x <= WIDTH and 0 <= y <= layout.height for x, y in arrow.curve.points)

    def test_arrows_end_at_their_boxes(self, layout):
        for (start, end), arrow in layout.arrows.items():
            assert layout.boxes[start].covers(arrow.curve.start, 4)
            assert layout.boxes[end].covers(arrow.curve.end, 4)
            assert not layout.boxes[end].covers(arrow.curve.end)


def test_the_same_factors_always_give_the_same_map():
    nodes, pairs = mesh(9, 5)
    first = _whole_layout(nodes, pairs)
    _whole_layout.cache_clear()
    assert _whole_layout(nodes, pairs) == first


def test_two_way_arrows_bow_apart():
    layout = _neighbour_layout((Node(1, "One", True), Node(2, "Two", True)), ((1, 2), (2, 1)), 1)
    there, back = layout.arrows[1, 2].curve.at(0.5), layout.arrows[2, 1].curve.at(0.5)
    assert abs(there[0] - back[0]) + abs(there[1] - back[1]) > 10


@pytest.mark.django_db
def test_more_factors_than_a_map_can_show_are_left_to_the_table(client):
    hub = FactorFactory(name="Hub")
    links = [LinkFactory(from_factor=hub) for _ in range(MOST_FACTORS)]
    assert whole_map(links[:-1])
    assert whole_map(links) is None
    page = client.get("/triggers/").content.decode()
    assert "<svg viewBox" not in page[page.index('id="links"') :]
    assert page.count("The one may lead to the other.") == len(links)


def test_a_label_is_wrapped_between_words():
    assert wrap("Stress and the alarm system", 78) == ("Stress and", "the alarm", "system")
    assert "".join(wrap("immunopsychoneuroendocrinological", 78)) == (
        "immunopsychoneuroendocrinological"
    )


def test_an_arrow_between_touching_boxes_is_still_drawn():
    boxes = [Box(50, 50, 80, ("One",)), Box(50, 60, 80, ("Two",))]
    assert Arrow.between(*boxes, 0).head.startswith("M")


def hrefs(html):
    return re.findall(r'class="map-arrow[^"]*" href="#([^"]+)"', html)


@pytest.mark.django_db
class TestHidden:
    @pytest.fixture
    def hidden(self):
        """A loop of a plain node and two topics, of which one is a draft."""
        seen = FactorFactory(trigger=TriggerFactory(slug="seen"), name="Seen")
        zebra = FactorFactory(trigger=TriggerFactory(live=False), name="Zebra")
        plain = FactorFactory(name="Plain")
        path = [seen, zebra, plain]
        for one, other in zip(path, [*path[1:], seen], strict=True):
            LinkFactory(from_factor=one, to_factor=other)
        loop = Loop.objects.create(title="Zebra loop", told="Round it goes.")
        for position, factor in enumerate(path):
            LoopStep.objects.create(loop=loop, factor=factor, position=position)
        return zebra

    @pytest.mark.parametrize("address", ["/triggers/", "/triggers/seen/"])
    def test_its_links_and_loops_are_nowhere(self, client, hidden, address):
        html = client.get(address).content.decode()
        assert len(hrefs(html)) == 1
        assert "Zebra" not in html

    def test_they_are_seen_once_live(self, client, hidden):
        hidden.trigger.live = True
        hidden.trigger.save()
        html = client.get("/triggers/").content.decode()
        assert len(hrefs(html)) == 6  # three on the map, three in the ring
        assert "Zebra loop" in html


@pytest.mark.django_db
def test_a_loop_with_a_step_that_is_no_link_is_told_in_words_only(client):
    one, other = FactorFactory(), FactorFactory()
    LinkFactory(from_factor=one, to_factor=other)
    loop = Loop.objects.create(title="Half a loop", told="Only there, not back.")
    for factor in (one, other):
        LoopStep.objects.create(loop=loop, factor=factor)
    html = client.get("/triggers/").content.decode()
    assert "Only there, not back." in html
    assert "loop-path" not in html
    assert len(hrefs(html)) == 1


@pytest.mark.django_db
def test_an_empty_site_has_an_empty_page(client):
    assert client.get("/triggers/").status_code == 200


@pytest.mark.django_db
def test_more_links_ask_no_more_queries(client):
    hub = FactorFactory(trigger=TriggerFactory(slug="hub"))

    def cost(page):
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        return len(captured)

    def grow():
        other = FactorFactory(trigger=TriggerFactory())
        LinkFactory(from_factor=hub, to_factor=other)
        LinkFactory(from_factor=other, to_factor=hub)
        loop = Loop.objects.create(title=f"Loop {other.pk}", told="Round.")
        for factor in (hub, other):
            LoopStep.objects.create(loop=loop, factor=factor)

    grow()
    few = [cost("/triggers/"), cost("/triggers/hub/")]
    for _ in range(19):
        grow()
    assert [cost("/triggers/"), cost("/triggers/hub/")] == few
    assert Factor.objects.count() == 21
