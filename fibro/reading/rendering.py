"""Stored rich text -> what a reader sees: heading anchors, citation marks, wrapped tables."""

import re
from html import unescape
from html.parser import HTMLParser

from django.utils.html import html_safe, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from fibro.sources.citations import CITATION, keys_of


@html_safe
class RenderedText:
    """html: safe markup; contents: [(anchor, heading text)] of the h2 headings."""

    def __init__(self, html, contents):
        self.html = html
        self.contents = contents

    def __str__(self):
        return self.html


class _Annotator(HTMLParser):
    """Copies sanitised HTML through, touching only headings, tables and the text between tags."""

    def __init__(self, bibliography):
        super().__init__(convert_charrefs=False)
        self.bibliography = bibliography
        self.out = []
        self.contents = []
        self.marks_after_link = None  # inside a link: the marks that must follow it
        self.tables = 0
        self.heading_start = None
        self.heading_text = ""

    def handle_starttag(self, tag, attrs):
        if tag in ("h2", "h3", "h4"):
            self.heading_start, self.heading_text = len(self.out), ""
        if tag == "a":
            self.marks_after_link = []
        if tag == "table":
            self.tables += 1
            self.out.append(
                '<div class="table-scroll" tabindex="0" role="region"'
                f' aria-label="Table {self.tables}">'
            )
        self.out.append(self.get_starttag_text())

    def handle_startendtag(self, tag, attrs):
        self.out.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        if tag in ("h2", "h3", "h4") and self.heading_start is not None:
            self._anchor_heading(tag)
        self.out.append(f"</{tag}>")
        if tag == "a":
            self.out += self.marks_after_link or []
            self.marks_after_link = None
        if tag == "table":
            self.out.append("</div>")

    def handle_data(self, data):
        self.heading_text += CITATION.sub("", data)
        self.out.append(CITATION.sub(self._mark, data))

    def handle_entityref(self, name):
        self.heading_text += f"&{name};"
        self.out.append(f"&{name};")

    def handle_charref(self, name):
        self.heading_text += f"&#{name};"
        self.out.append(f"&#{name};")

    def _mark(self, match):
        """A mark is made of links, and a link cannot hold another."""
        mark = str(self.bibliography.mark(keys_of(match[1])))
        if self.marks_after_link is None:
            return mark
        self.marks_after_link.append(mark)
        return ""

    def _anchor_heading(self, tag):
        text = unescape(self.heading_text).strip()
        anchor = self.bibliography.anchor(slugify(text) or "section")
        self.out[self.heading_start] = f'<{tag} id="{anchor}">'
        if tag == "h2":
            self.contents.append((anchor, text))
        self.heading_start = None


def render(html, bibliography):
    """Render stored rich text. It was sanitised on its way in, so its markup is trusted here."""
    annotator = _Annotator(bibliography)
    annotator.feed(html)
    annotator.close()
    return RenderedText(mark_safe("".join(annotator.out)), annotator.contents)  # noqa: S308


BLOCK_TAG = re.compile(r"</?(?:p|h[2-4]|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|br)\b")


def plain_text(html):
    """The words alone, without tags and citations: for the index, feeds and reading time."""
    spaced = BLOCK_TAG.sub(r" \g<0>", html)
    return " ".join(CITATION.sub("", unescape(strip_tags(spaced))).split())
