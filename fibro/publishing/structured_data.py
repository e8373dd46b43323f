"""Pages described for machines in schema.org's words. Nothing is said that readers do not see."""

import json

from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

CONTEXT = "https://schema.org"
# No text inside a script element may end it or open a comment, whatever a title says.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def script(data):
    """A data block: it does not run, so the Content-Security-Policy lets it be."""
    text = json.dumps({"@context": CONTEXT} | data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(  # noqa: S308
        f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>'
    )


def web_page(page, *, kind, url, gist, sources):
    """A Publishable as a `kind` of WebPage. `sources` are those that its text cites."""
    data = {
        "@type": kind,
        "name": page.title,
        "description": gist,
        "url": url,
        "inLanguage": "en-GB",
        "datePublished": _day(page.first_published_at),
        "dateModified": _day(page.last_published_at),
        "publisher": {"@type": "Organization", "name": settings.ORGANISATION},
    }
    if kind == "MedicalWebPage":
        data["about"] = {"@type": "MedicalCondition", "name": "Fibromyalgia"}
    if authors := page.authors.all():
        data["author"] = [_person(author) for author in authors]
    if page.reviewed_on:
        data["lastReviewed"] = page.reviewed_on.isoformat()
        data["reviewedBy"] = _person(page.reviewed_by)
    if sources:
        data["citation"] = [_citation(source) for source in sources]
    return data


def breadcrumb_list(steps):
    """[(title, address or None)], from the home page to this one."""
    items = [
        {"@type": "ListItem", "position": position, "name": title}
        | ({"item": address} if address else {})
        for position, (title, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _day(moment):
    """The date as pages print it, in the site's own zone."""
    return localtime(moment).date().isoformat()


def _person(contributor):
    role = {"jobTitle": contributor.role} if contributor.role else {}
    return {"@type": "Person", "name": contributor.name} | role


def _citation(source):
    """A reference to where the source stands; its title where nobody has checked an address."""
    address = source.doi_address or source.confirmed_url
    return {"@id": address} if address else source.title
