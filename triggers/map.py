"""The trigger map: factors as boxes, links as arrows, laid out for a narrow screen.

Three drawings share the boxes and arrows of `geometry`: the whole map, a topic among its
neighbours, and a loop as a ring. A layout depends only on which factors there are and what leads
to what, so each is worked out once per process.
"""

from collections import namedtuple
from functools import lru_cache
from itertools import combinations, pairwise, product
from math import ceil, cos, hypot, pi, sin

from fibro.evidence import Certainty

from .geometry import Arrow, Box

WIDTH = 304
MARGIN = 4
MOST_FACTORS = 22  # on the whole map: beyond, laying it out takes seconds and helps nobody
PITCH = 112  # from row to row on the whole map
NEAR_PITCH = 80  # from row to row among neighbours
LANES = {1: [152], 2: [62, 242], 3: [45, 152, 259]}
TOPIC_TEXT, PLAIN_TEXT = 78, 68  # how wide the words of a box may be
BOWS = [0, 7, -7, 14, -14, 22, -22, 32, -32, 42, -42, 52, -52, 64, -64, 80, -80, 105, -105]
TWO_WAY_BOWS = [bow for bow in BOWS if bow > 0]  # the other direction bows to its own left
THREE_LINES = 52  # the height of their box
LEANS = [0.5, 0.3, 0.7, 0.1, 0.9]  # how far along its way an arrow bends
CROSSING, BOX_IN_THE_WAY = 40, 300  # each as bad as an arrow that much longer

Node = namedtuple("Node", ["pk", "name", "has_page"])
Layout = namedtuple("Layout", ["boxes", "arrows", "height"])  # {pk: Box}, {(pk, pk): Arrow}
Placed = namedtuple("Placed", ["factor", "box"])
Drawn = namedtuple("Drawn", ["link", "arrow"])
Ring = namedtuple("Ring", ["loop", "drawing"])


class Drawing:
    """What a template draws: `factors` with their boxes, `links` with their arrows, a size, and the
    `certainties` for a legend."""

    width = WIDTH

    def __init__(self, links, lay_out, *arguments):
        factors = {f.pk: f for link in links for f in (link.from_factor, link.to_factor)}
        # In the editors' order, not in the order of the links, which may change more often.
        nodes = tuple(
            Node(f.pk, f.name, f.trigger_id is not None)
            for f in sorted(factors.values(), key=lambda f: (f.position, f.name, f.pk))
        )
        pairs = tuple(sorted((link.from_factor_id, link.to_factor_id) for link in links))
        layout = lay_out(nodes, pairs, *arguments)
        self.height = layout.height
        self.factors = [Placed(factors[pk], box) for pk, box in layout.boxes.items()]
        used = {link.certainty for link in links}
        self.certainties = [choice for choice in Certainty.choices if choice[0] in used]
        self.links = [
            Drawn(link, layout.arrows[link.from_factor_id, link.to_factor_id]) for link in links
        ]

    @property
    def plain_factors(self):
        """The factors without a page of their own, which have to be explained where they stand."""
        return [placed.factor for placed in self.factors if not placed.factor.trigger_id]


def whole_map(links):
    """The drawing of all links; None without any, or where they are more than a map can show."""
    factors = {pk for link in links for pk in (link.from_factor_id, link.to_factor_id)}
    return Drawing(links, _whole_layout) if 0 < len(factors) <= MOST_FACTORS else None


def neighbour_map(links, trigger):
    """The drawing of the links that touch a topic, or None without any."""
    hub = next(
        (
            factor.pk
            for link in links
            for factor in (link.from_factor, link.to_factor)
            if factor.trigger_id == trigger.pk
        ),
        None,
    )
    return Drawing(links, _neighbour_layout, hub) if hub else None


def rings(loops, links):
    """Each loop with its drawing; None for one that is told in words only.

    A loop is drawn when each of its steps is a link that readers may see: no arrow without a row
    in the table.
    """
    by_pair = {(link.from_factor_id, link.to_factor_id): link for link in links}
    drawn = []
    for loop in loops:
        path = [step.factor_id for step in loop.steps.all()]
        steps = [by_pair.get(pair) for pair in pairwise([*path, *path[:1]])]
        whole = len(set(path)) == len(path) > 1 and all(steps)
        drawn.append(Ring(loop, Drawing(steps, _ring_layout, tuple(path)) if whole else None))
    return drawn


@lru_cache(maxsize=8)
def _whole_layout(nodes, pairs):
    """Plain nodes in the middle lane, topics on both sides, half a row apart so that arrows find
    their way between them."""
    sides = [node.pk for node in nodes if node.has_page]
    middle = [node.pk for node in nodes if not node.has_page]
    rows = max(ceil(len(sides) / 2), len(middle))
    left, centre, right = LANES[3]
    side_slots = [(x, row * PITCH) for row in range(rows) for x in (left, right)]
    middle_slots = [(centre, (row + 0.5) * PITCH) for row in range(rows)]
    slot_of = _settle(sides, side_slots, middle, middle_slots, pairs)
    return _finish(nodes, pairs, slot_of)


@lru_cache(maxsize=128)
def _neighbour_layout(nodes, pairs, hub):
    """The topic in the middle; what leads to it on the left, what it leads to on the right, what
    goes both ways above and below it."""
    left, both, right = [], [], []
    for node in nodes:
        if node.pk != hub:
            leads_here, led_to = (node.pk, hub) in pairs, (hub, node.pk) in pairs
            (both if leads_here and led_to else left if leads_here else right).append(node.pk)
    for extra in both[2:]:
        min(left, right, key=len).append(extra)
    lanes = [lane for lane in (left, [*both[:1], hub, *both[1:2]], right) if lane]
    slot_of = {
        pk: (x, (row - (len(lane) - 1) / 2) * NEAR_PITCH)
        for x, lane in zip(LANES[len(lanes)], lanes, strict=True)
        for row, pk in enumerate(lane)
    }
    return _finish(nodes, pairs, slot_of)


@lru_cache(maxsize=32)
def _ring_layout(nodes, pairs, path):
    """Clockwise from the top, the arrows bowed outwards."""
    across, down = LANES[3][2] - LANES[3][1], 24 * len(path) + len(path) ** 2
    slot_of = {
        pk: (
            WIDTH / 2 + across * sin(2 * pi * step / len(path)),
            -down * cos(2 * pi * step / len(path)),
        )
        for step, pk in enumerate(path)
    }
    return _finish(nodes, pairs, slot_of, bows=[14])


def _finish(nodes, pairs, slot_of, bows=None):
    """Moves everything inside the drawing and finds each arrow its way."""
    boxes = {
        node.pk: Box.around(node.name, TOPIC_TEXT if node.has_page else PLAIN_TEXT)
        for node in nodes
    }
    # The slots leave room for three lines; where an editor's name is longer, all move apart.
    stretch = max(1, *(box.height / THREE_LINES for box in boxes.values()))
    boxes = {pk: box.at(slot_of[pk][0], slot_of[pk][1] * stretch) for pk, box in boxes.items()}
    top = min(box.top for box in boxes.values()) - MARGIN
    boxes = {pk: box.at(box.x, box.y - top) for pk, box in boxes.items()}
    height = ceil(max(box.bottom for box in boxes.values()) + MARGIN)
    arrows = {}
    for pair in pairs:
        two_way = pair[::-1] in pairs
        bows_here = bows or (TWO_WAY_BOWS if two_way else BOWS)
        company = [arrow for other, arrow in arrows.items() if {*other} & {*pair}]
        arrows[pair] = _route(pair, boxes, bows_here, height, company)
    return Layout(boxes, arrows, height)


def _route(pair, boxes, bows, height, company):
    """The arrow that stays inside, passes over the fewest boxes, does not run along another of its
    company (those that share an end with it) and, among such, bends least."""
    start, end = (boxes[pk] for pk in pair)
    others = [box for pk, box in boxes.items() if pk not in pair]

    best, least = None, (True, len(others) + 1, True)
    for bow, lean in product(bows, LEANS):
        arrow = Arrow.between(start, end, bow, lean)
        leaves = any(not (0 < x < WIDTH and 0 < y < height) for x, y in arrow.curve.points)
        flaws = leaves, arrow.hits(others)
        if flaws > least[:2]:
            continue
        flaws = *flaws, any(map(arrow.runs_along, company))
        if flaws < least:
            best, least = arrow, flaws
        if least == (False, 0, False):
            break
    return best


def _settle(sides, side_slots, middle, middle_slots, pairs):
    """{pk: slot}: which slot suits which factor, so that arrows are short, cross little and pass
    over few boxes. Swaps two factors, or a factor and a free slot, while that helps."""
    slots = [*side_slots, *middle_slots]
    price, crossing = _price_of_ways(slots), _crossing_ways(slots)
    swaps = [
        *combinations(range(len(side_slots)), 2),
        *combinations(range(len(side_slots), len(slots)), 2),
    ]

    def cost(seats):
        seat_of = {pk: n for n, pk in enumerate(seats)}
        ways = {tuple(sorted((seat_of[a], seat_of[b]))) for a, b in pairs}
        crossings = sum(len(crossing[way] & ways) for way in ways) / 2
        return sum(price[way] for way in ways) + CROSSING * crossings

    def improve(seats):
        best, improved = cost(seats), True
        while improved:
            improved = False
            for a, b in swaps:
                seats[a], seats[b] = seats[b], seats[a]
                if (now := cost(seats)) < best:
                    best, improved = now, True
                else:
                    seats[a], seats[b] = seats[b], seats[a]
        return best, seats

    sides = [*sides, *[None] * (len(side_slots) - len(sides))]
    middle = [*middle, *[None] * (len(middle_slots) - len(middle))]
    starts = [
        [*sides[n:], *sides[:n], *middle[m:], *middle[:m]]
        for n, m in product(range(min(4, len(sides))), range(min(3, len(middle)) or 1))
    ]
    _, seats = min((improve(start) for start in starts), key=lambda found: found[0])
    return {pk: slots[n] for n, pk in enumerate(seats) if pk is not None}


def _price_of_ways(slots):
    """{(n, m): what an arrow between two slots costs}: its length, and each box in its way."""
    boxes = [Box.around("three lines high", PLAIN_TEXT).at(*slot) for slot in slots]
    return {
        (n, m): hypot(boxes[n].x - boxes[m].x, boxes[n].y - boxes[m].y)
        + BOX_IN_THE_WAY
        * Arrow.between(boxes[n], boxes[m], 0).hits(
            [box for k, box in enumerate(boxes) if k not in (n, m)]
        )
        for n, m in combinations(range(len(slots)), 2)
    }


def _crossing_ways(slots):
    """{way: the ways that cross it}; a way is a pair of slots, by number."""

    def turn(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    def cross(a, b, c, d):
        return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0

    ways = list(combinations(range(len(slots)), 2))
    crossing = {way: set() for way in ways}
    for one, other in combinations(ways, 2):
        if cross(*(slots[n] for n in (*one, *other))):
            crossing[one].add(other)
            crossing[other].add(one)
    return crossing
