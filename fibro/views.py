"""Pages that see every kind of content at once."""

import csv
from itertools import groupby

from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article
from fibro.evidence import Certainty
from fibro.filters import Filter, FilterSet
from fibro.pagination import paginate
from fibro.search.documents import Kind
from fibro.search.models import SearchDocument
from fibro.sources.citations import Bibliography
from triggers.models import Claim, ClaimKind, Role, Trigger

NEWEST = 5
CLAIM_ORDERS = {
    "topic": ("Topic", ("trigger__position", "position", "key")),
    "kind": ("Kind of claim", ("kind", "trigger__position", "position", "key")),
    "certainty": ("How sure", ("certainty", "trigger__position", "position", "key")),
}


@require_safe
def home(request):
    topics = list(Trigger.objects.live())
    context = {
        "triggers": [topic for topic in topics if topic.role == Role.TRIGGER],
        "other_topics": [topic for topic in topics if topic.role != Role.TRIGGER],
        "articles": Article.objects.live().newest()[:NEWEST],
    }
    return render(request, "home.html", context)


@require_safe
def a_to_z(request):
    """Every page, word and other name under its first letter; other names say where to look."""
    entries = []
    for document in SearchDocument.objects.live().only("kind", "title", "names", "url"):
        entries.append((document.title, document, ""))
        if document.kind in (Kind.TRIGGER, Kind.GLOSSARY_TERM, Kind.TAG_PAGE):
            names = {name for name in document.names.splitlines() if name}
            entries += [(name, document, document.title) for name in names - {document.title}]
    entries.sort(key=lambda entry: (letter_of(entry[0]), entry[0].lower(), entry[1].url))
    letters = [(letter, list(group)) for letter, group in groupby(entries, lambda e: letter_of(e[0]))]
    return render(request, "a_to_z.html", {"letters": letters})


def letter_of(title):
    first = title[:1].upper()
    return first if first.isascii() and first.isalpha() else "0-9"


@require_safe
def evidence(request):
    filtered, order = _claims(request)
    context = {
        "filters": filtered,
        "page": paginate(request, filtered.results, per_page=100),
        "order": order,
        "orders": [(name, label) for name, (label, _) in CLAIM_ORDERS.items()],
        "bibliography": Bibliography(),
    }
    return render(request, "evidence.html", context)


@require_safe
def evidence_csv(request):
    """The same claims, all of them, for a spreadsheet."""
    filtered, _ = _claims(request)
    heading = ["id", "topic", "claim", "kind", "certainty", "why this certainty", "sources"]
    rows = (
        [
            claim.key,
            claim.trigger.title,
            claim.text,
            claim.get_kind_display(),
            claim.get_certainty_display(),
            claim.certainty_note,
            "; ".join(source.key for source in claim.sources.all()),
        ]
        for claim in filtered.results
    )
    writer = csv.writer(_Echo())
    lines = (writer.writerow([_inert(cell) for cell in row]) for row in (heading, *rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="evidence.csv"'
    return response


class _Echo:
    """A file that hands each line straight back, for csv.writer."""

    def write(self, line):
        return line


def _inert(cell):
    """A spreadsheet runs cells that begin like a formula; an apostrophe keeps them text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _claims(request):
    filtered = FilterSet(
        request,
        Claim.objects.public(),
        [
            Filter(
                "trigger",
                "Topic",
                [(topic.slug, topic.name) for topic in Trigger.objects.live()],
                lambda slug: Q(trigger__slug=slug),
            ),
            Filter("kind", "Kind of claim", ClaimKind.choices, lambda kind: Q(kind=kind)),
            Filter(
                "certainty", "How sure", Certainty.choices, lambda value: Q(certainty=value)
            ),
        ],
    )
    order = request.GET.get("order", "topic")
    order = order if order in CLAIM_ORDERS else "topic"
    filtered.results = filtered.results.order_by(*CLAIM_ORDERS[order][1])
    return filtered, order


@require_safe
def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request):
    """Whether this process can serve pages: 200 with a working database, 503 without."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def page_not_found(request, exception):
    """Search and the nearest pages instead of a dead end, even when the database is away."""
    words = " ".join(request.path_info.replace("-", " ").replace("/", " ").split())[:200]
    try:
        nearest = list(SearchDocument.objects.live().nearest(words)[:NEWEST])
    except DatabaseError:
        nearest = []
    return render(request, "404.html", {"words": words, "nearest": nearest}, status=404)
