"""What rich text may hold. Every path into the database goes through clean_html()."""

import nh3

_CLEANER = nh3.Cleaner(
    tags={
        *("p", "br", "strong", "em", "sub", "sup", "a"),
        *("h2", "h3", "h4", "ul", "ol", "li", "blockquote"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "a": {"href"},
        "ol": {"start"},
        "th": {"colspan", "rowspan", "scope"},
        "td": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_EMPTY = {"", "<p></p>", "<p><br></p>"}


def clean_html(html):
    """The same text with nothing but the allowed tags; an empty editor gives an empty string."""
    # NUL cannot be stored in PostgreSQL, and pasted text sometimes carries one.
    cleaned = _CLEANER.clean((html or "").replace("\x00", "")).strip()
    return "" if cleaned in _EMPTY else cleaned
