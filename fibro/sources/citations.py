"""Citations in text: `[@arnold2004]`, or several as `[@arnold2004; @clauw2014]`."""

import re
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

CITATION = re.compile(r"\s*\[(@[\w:.-]+(?:\s*;\s*@[\w:.-]+)*)\]")
_KEY = re.compile(r"@([\w:.-]+)")


def keys_of(citation):
    """The keys named inside one citation, in order: "@a; @b" -> ["a", "b"]."""
    return _KEY.findall(citation)


def cited_keys(*texts):
    """Every key cited in the texts, each once, in order of first use."""
    found = (
        key for text in texts for match in CITATION.finditer(text) for key in keys_of(match[1])
    )
    return list(dict.fromkeys(found))


def validate_citations(text):
    """A form error that names each unknown key and suggests the nearest one that exists."""
    from .models import Source

    keys = cited_keys(text)
    if not keys:
        return
    known = set(Source.objects.values_list("key", flat=True))
    problems = []
    for key in keys:
        if key not in known:
            nearest = get_close_matches(key, known, n=1, cutoff=0.5)
            hint = f" Did you mean @{nearest[0]}?" if nearest else " Add the source first."
            problems.append(
                ValidationError(f"No source has the key “{key}”.{hint}", code="unknown_source")
            )
    if problems:
        raise ValidationError(problems)


class Bibliography:
    """Numbers the sources of one page in reading order, each once, with links back to every use.

    Made by the view, filled while the template renders, listed at the end of the page.
    """

    def __init__(self):
        self._uses = {}  # key -> number of times it has been cited so far
        self._loaded = {}  # key -> Source, where the caller already had the row
        self._anchors = set()

    def __len__(self):
        return len(self._uses)

    def anchor(self, name):
        """An id for a heading in the page's texts: unlike any other, the template's included."""
        anchor, n = f"part-{name}", 1
        while anchor in self._anchors:
            n += 1
            anchor = f"part-{name}-{n}"
        self._anchors.add(anchor)
        return anchor

    def mark_sources(self, sources):
        """The mark for Source rows that the caller already loaded."""
        sources = list(sources)
        self._loaded |= {source.key: source for source in sources}
        return self.mark([source.key for source in sources])

    def mark(self, keys):
        """HTML for one citation: linked numbers in square brackets."""
        if not keys:
            return ""
        links = []
        for key in dict.fromkeys(keys):
            self._uses[key] = self._uses.get(key, 0) + 1
            number = list(self._uses).index(key) + 1
            links.append((number, number, self._uses[key], number, number))
        links.sort()
        return format_html(
            '<sup class="citation">[{}]</sup>',
            format_html_join(
                ", ",
                '<a href="#source-{}" id="cite-{}-{}" aria-label="Source {}">{}</a>',
                links,
            ),
        )

    def entries(self):
        """[(number, key, Source or None, [anchor ids of its uses])] for the list of sources."""
        from .models import Source

        missing = self._uses.keys() - self._loaded.keys()
        if missing:
            self._loaded |= Source.objects.in_bulk(missing, field_name="key")
        return [
            (number, key, self._loaded.get(key), [f"cite-{number}-{n + 1}" for n in range(uses)])
            for number, (key, uses) in enumerate(self._uses.items(), start=1)
        ]
