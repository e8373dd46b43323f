"""Boxes with words in them and curved arrows between them, in the units of a drawing.

Pure arithmetic without Django: the same input always gives the same drawing.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from math import hypot

LINE_HEIGHT = 14.5
PADDING = 4
HEAD_LENGTH = 8
HEAD_HALF_WIDTH = 4.5
CLEARANCE = 4  # between an arrow and a box that it only passes
STEPS = 32  # how finely a curve is looked at

#: Widths of Arial's letters at the map's size of type (map.css), in four sorts.
_NARROW, _WIDE = frozenset("fijlrt.,:;'()-I /"), frozenset("mwMW")


def text_width(text):
    return sum(
        3.9 if c in _NARROW else 10.6 if c in _WIDE else 8.6 if c.isupper() else 7 for c in text
    )


def wrap(text, width):
    """The text in lines that are not wider; only a word that is wider by itself is cut."""
    lines = [""]
    for word in text.split():
        while text_width(word) > width:
            fits = next(n for n in range(len(word), 0, -1) if text_width(word[:n]) <= width)
            lines.append(word[:fits])
            word = word[fits:]
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(line for line in lines if line)


@dataclass(frozen=True)
class Box:
    """A label's box around its centre."""

    x: float
    y: float
    width: float
    lines: tuple

    @classmethod
    def around(cls, text, text_width):
        return cls(0, 0, text_width + 2 * PADDING, wrap(text, text_width))

    def at(self, x, y):
        return replace(self, x=x, y=y)

    @property
    def height(self):
        return len(self.lines) * LINE_HEIGHT + 2 * PADDING

    @property
    def left(self):
        return round(self.x - self.width / 2, 1)

    @property
    def top(self):
        return round(self.y - self.height / 2, 1)

    @property
    def bottom(self):
        return self.y + self.height / 2

    @property
    def baselines(self):
        """[(line, y)]: where each line of the label stands."""
        first = self.top + PADDING + LINE_HEIGHT * 0.76
        return [(line, round(first + n * LINE_HEIGHT, 1)) for n, line in enumerate(self.lines)]

    def covers(self, point, margin=0.0):
        return (
            abs(point[0] - self.x) < self.width / 2 + margin
            and abs(point[1] - self.y) < self.height / 2 + margin
        )

    def overlaps(self, other):
        return (
            abs(self.x - other.x) < self.width
            and self.bottom > other.top
            and other.bottom > self.top
        )


@dataclass(frozen=True)
class Curve:
    """A quadratic Bézier curve: a start, the point it bends towards, an end."""

    start: tuple
    bend: tuple
    end: tuple

    @classmethod
    def between(cls, start, end, bow, lean=0.5):
        """Bows out by that much to the left of the way from start to end; `lean` says how far along
        the way it bends."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = hypot(dx, dy) or 1
        middle = start[0] + lean * dx, start[1] + lean * dy
        # A curve reaches half as far out as the point it bends towards.
        return cls(
            start,
            (middle[0] + 2 * bow * dy / length, middle[1] - 2 * bow * dx / length),
            end,
        )

    def at(self, t):
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        return (
            a * self.start[0] + b * self.bend[0] + c * self.end[0],
            a * self.start[1] + b * self.bend[1] + c * self.end[1],
        )

    @cached_property
    def points(self):
        return [self.at(n / STEPS) for n in range(STEPS + 1)]

    def part(self, first, last):
        """The same curve from one of its points to another (numbers of `points`)."""
        s, t = first / STEPS, last / STEPS
        # The bend of a part is the curve's blossom at its two ends.
        blossom = tuple(
            (1 - s) * (1 - t) * p + (s * (1 - t) + t * (1 - s)) * q + s * t * r
            for p, q, r in zip(self.start, self.bend, self.end, strict=True)
        )
        return Curve(self.at(s), blossom, self.at(t))

    @property
    def path(self):
        return "M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}".format(
            *self.start, *self.bend, *self.end
        )


def _edge(curve, box, inside, outside):
    """Where between two numbers of its `points` a curve leaves a box, on the outer side."""
    for _ in range(5):
        half = (inside + outside) / 2
        if box.covers(curve.at(half / STEPS), 1):
            inside = half
        else:
            outside = half
    return outside


@dataclass(frozen=True)
class Arrow:
    """The part of a curve between two boxes, with a head at its end."""

    curve: Curve

    @classmethod
    def between(cls, start, end, bow, lean=0.5):
        curve = Curve.between((start.x, start.y), (end.x, end.y), bow, lean)
        outside = [
            n
            for n, point in enumerate(curve.points)
            if not start.covers(point, 1) and not end.covers(point, 1)
        ]
        if not outside:  # boxes that touch: the arrow lies under them
            return cls(curve)
        return cls(
            curve.part(
                _edge(curve, start, outside[0] - 1, outside[0]),
                _edge(curve, end, outside[-1] + 1, outside[-1]),
            )
        )

    @property
    def whole(self):
        return self.curve.path

    @property
    def shaft(self):
        """The line up to the head, so that a thick one does not stick out past the tip."""
        tip = self.curve.end
        last = next(
            (
                n
                for n in range(STEPS, 0, -1)
                if hypot(self.curve.points[n][0] - tip[0], self.curve.points[n][1] - tip[1])
                > HEAD_LENGTH - 1
            ),
            1,
        )
        return self.curve.part(0, last).path

    @property
    def head(self):
        x, y = self.curve.end
        dx, dy = x - self.curve.bend[0], y - self.curve.bend[1]
        length = hypot(dx, dy) or 1
        dx, dy = dx / length, dy / length
        base_x, base_y = x - HEAD_LENGTH * dx, y - HEAD_LENGTH * dy
        across_x, across_y = HEAD_HALF_WIDTH * dy, -HEAD_HALF_WIDTH * dx
        return (
            f"M{x:.1f} {y:.1f}L{base_x + across_x:.1f} {base_y + across_y:.1f}"
            f"L{base_x - across_x:.1f} {base_y - across_y:.1f}Z"
        )

    def hits(self, boxes):
        """How many of the boxes it passes over or too close by."""
        return sum(
            any(box.covers(point, CLEARANCE) for point in self.curve.points) for box in boxes
        )

    def runs_along(self, other):
        """Whether a good part of it lies so close to the other that they would look like one."""
        mine, others = self.curve.points[::2], other.curve.points[::2]
        close = sum(
            any(abs(x - u) < CLEARANCE and abs(y - v) < CLEARANCE for u, v in others)
            for x, y in mine
        )
        return close > len(mine) / 4
