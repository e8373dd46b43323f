"""A page taken apart: what a reader sees, where its links lead, what its machines' data say."""

import json
from html.parser import HTMLParser

UNSEEN = ("head", "script", "style")
VOID = ("meta", "link", "img", "input", "br", "hr", "source", "wbr", "col")


class SeenPage(HTMLParser):
    """text: the visible words; hrefs, metas, links: attributes by tag; data: its JSON-LD."""

    def __init__(self, html):
        super().__init__()
        self.hrefs, self.metas, self.links, self.data, self.headings = [], {}, [], [], []
        self._words, self._open, self._script = [], [], ""
        self.feed(html)
        self.text = " ".join("".join(self._words).split())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a":
            self.hrefs.append(attrs.get("href"))
        elif tag == "meta":
            self.metas[attrs.get("property") or attrs.get("name")] = attrs.get("content")
        elif tag == "link":
            self.links.append(attrs)
        elif tag == "h1":
            self.headings.append("")
        if tag not in VOID:
            self._open.append(tag)
        if tag in ("p", "li", "h1", "h2", "h3", "dd", "dt"):
            self._words.append(" ")

    def handle_endtag(self, tag):
        if tag == "script":
            self.data.append(json.loads(self._script))
            self._script = ""
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if "script" in self._open:
            self._script += data
        elif not any(tag in self._open for tag in UNSEEN):
            self._words.append(data)
            if "h1" in self._open:
                self.headings[-1] += data

    def link(self, rel, **attrs):
        """The addresses of its link elements of one rel, or of those with these attributes too."""
        return [
            link["href"]
            for link in self.links
            if link["rel"] == rel and attrs.items() <= link.items()
        ]

    def described(self, kind):
        """Its one JSON-LD block of a kind."""
        [data] = [each for each in self.data if each["@type"] == kind]
        return data


def see(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return SeenPage(response.content.decode())
