"""The picture that stands for a page where its address is shared: its title, in the site's look."""

import re
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import pi, sin
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 80
TITLE_TOP = 200
TITLE_SIZES = (80, 68, 58, 50)
TITLE_HEIGHT = 300
LEADING = 1.2
WAVE_TOP = 545
FONTS = files("font_source_sans_pro") / "files"
TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"


def draw_card(title, kind):
    """PNG bytes. `kind` is a word or two over the title."""
    colour = colours()
    image = Image.new("RGB", SIZE, colour["ground"])
    canvas = ImageDraw.Draw(image)
    canvas.text((MARGIN, 64), settings.SITE_NAME, colour["accent"], font(46, "Bold"))
    canvas.text((MARGIN, 142), kind, colour["quiet"], font(32))
    size, lines = fit(title)
    for number, line in enumerate(lines):
        place = (MARGIN, TITLE_TOP + number * size * LEADING)
        canvas.text(place, line, colour["text"], font(size, "Bold"))
    for offset, name in ((26, "line"), (0, "accent")):
        canvas.line(wave(offset), colour[name], width=6, joint="curve")
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def fit(title):
    """(font size, lines): the largest size at which the whole title has room, else cut short."""
    for size in TITLE_SIZES:
        lines, room = wrap(title, font(size, "Bold")), int(TITLE_HEIGHT // (size * LEADING))
        if len(lines) <= room:
            return size, lines
    return size, [*lines[: room - 1], f"{lines[room - 1][:-1].rstrip()}…"]


def wrap(text, face):
    """The text in lines that fit between the margins; a word longer than a line is broken."""
    lines = [""]
    for word in text.split():
        while face.getlength(word) > WIDTH - 2 * MARGIN:
            head = longest_start(word, face)
            lines.append(head)
            word = word[len(head) :]
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def longest_start(word, face):
    ends = range(len(word), 0, -1)
    return next(word[:end] for end in ends if face.getlength(word[:end]) <= WIDTH - 2 * MARGIN)


def wave(offset):
    """The line of the site's mark, calm at first and rising: points from edge to edge."""
    return [
        (x, WAVE_TOP + offset - 26 * (x / WIDTH) * sin(6 * pi * x / WIDTH))
        for x in range(0, WIDTH + 1, 4)
    ]


@cache
def font(size, weight="Regular"):
    return ImageFont.truetype(FONTS / f"SourceSansPro-{weight}.ttf", size)


@cache
def colours():
    """{token: its value by day}, which stands first in the stylesheet."""
    tokens = {}
    for name, value in re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})\b", TOKENS.read_text()):
        tokens.setdefault(name, value)
    return tokens


def drawn_from():
    """What a card is drawn from beside its words: a card is stale when one of these changes."""
    return Path(__file__).read_bytes() + TOKENS.read_bytes()
