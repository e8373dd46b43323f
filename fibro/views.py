"""Pages that see every kind of content at once."""

import csv
import unicodedata
from hashlib import sha256
from itertools import chain, groupby

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from articles.models import Article
from fibro import card_images
from fibro.evidence import Certainty, listed_order
from fibro.filters import Filter, FilterSet
from fibro.pagination import paginate
from fibro.search.documents import Kind
from fibro.search.models import SearchDocument
from fibro.sources.citations import Bibliography
from triggers.grouping import READING_ORDER
from triggers.models import Claim, ClaimKind, Role, TipCollection, Trigger

NEWEST = 5
CARD_SECONDS = 24 * 60 * 60
CARDS = {  # first part of the pages' addresses -> words over the title, pages
    "triggers": ("Causes and triggers", Trigger.objects),
    "articles": ("Article", Article.objects),
    "tips": ("Tips", TipCollection.objects),
}
CLAIM_ORDERS = {
    "topic": ("Topic", ()),
    "kind": ("Kind of claim", (listed_order("kind", [kind for kind, _ in READING_ORDER]),)),
    "certainty": ("How sure", (listed_order("certainty", Certainty.values),)),
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
    letters = [
        (letter, list(group)) for letter, group in groupby(entries, lambda e: letter_of(e[0]))
    ]
    return render(request, "a_to_z.html", {"letters": letters})


def letter_of(title):
    first = unicodedata.normalize("NFKD", title)[:1].upper()
    return first if first.isascii() and first.isalpha() else "0-9"


@require_safe
def evidence(request):
    filtered, order = _claims(request)
    context = {
        "filters": filtered,
        "page": paginate(request, filtered.results, per_page=100),
        "order": order,
        "csv_query": f"?{request.GET.urlencode()}" if request.GET else "",
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
    # Quotation marks round every cell, and a byte order mark: spreadsheets guess both wrongly.
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    lines = (writer.writerow([_inert(cell) for cell in row]) for row in chain([heading], rows))
    response = StreamingHttpResponse(
        chain(["\ufeff"], lines), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="evidence.csv"'
    return response


class _Echo:
    """A file that hands each line straight back, for csv.writer."""

    def write(self, line):
        return line


def _inert(cell):
    """A spreadsheet runs cells that begin like a formula; an apostrophe keeps them text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


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
            Filter("certainty", "How sure", Certainty.choices, lambda value: Q(certainty=value)),
        ],
    )
    order = request.GET.get("order", "topic")
    order = order if order in CLAIM_ORDERS else "topic"
    in_topic = ("trigger__position", "trigger_id", "position", "key")
    filtered.results = filtered.results.order_by(*CLAIM_ORDERS[order][1], *in_topic)
    return filtered, order


@require_safe
def card(request, kind, slug):
    """The picture of one page, for the places where its address is shared."""
    if kind not in CARDS:
        raise Http404("No pages of this kind have cards.")
    label, pages = CARDS[kind]
    title = get_object_or_404(pages.live().values_list("title", flat=True), slug=slug)
    return _card(request, title, label)


@require_safe
def site_card(request):
    return _card(request, "What may cause and trigger fibromyalgia", settings.ORGANISATION)


@cache_control(public=True, max_age=CARD_SECONDS)
def _card(request, title, label):
    """Drawing takes a while, so a browser that has this very card is told so before it."""
    words = f"{settings.SITE_NAME}\n{label}\n{title}".encode()
    etag = quote_etag(sha256(words + card_images.drawn_from()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        card_images.draw_card(title, label), content_type="image/png"
    )
    response["ETag"] = etag
    return response


@require_safe
def opensearch(request):
    """Lets browsers offer the site's search beside their own."""
    content_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "opensearch.xml", content_type=content_type)


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
