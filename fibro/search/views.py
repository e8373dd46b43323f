from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fibro.filters import Filter, FilterSet
from fibro.pagination import paginate

from .crisis import speaks_of_crisis
from .documents import Kind
from .models import SearchDocument

LONGEST_QUERY = 300  # characters; what comes after is not searched, and the page says so


@require_safe
def search(request):
    asked = " ".join(request.GET.get("q", "").split())
    words = asked[:LONGEST_QUERY]
    live = SearchDocument.objects.live()
    found = live.matching(words) if words else live.none()
    guides = live.filter(kind__in=[Kind.TRIGGER, Kind.TAG_PAGE]).order_by("id")
    topics = [guide for guide in guides if guide.kind == Kind.TRIGGER]
    filtered = FilterSet(
        request,
        found,
        [
            Filter("kind", "Kind of page", Kind.choices, lambda kind: Q(kind=kind)),
            Filter(
                "trigger",
                "Topic",
                [(topic.triggers[0], topic.title) for topic in topics],
                lambda slug: Q(triggers__contains=[slug]),
            ),
            Filter(
                "tag",
                "Tag",
                [(tag.tags[0], tag.title) for tag in guides if tag.kind == Kind.TAG_PAGE],
                lambda slug: Q(tags__contains=[slug]),
                several=True,
            ),
        ],
    )
    context = {
        "query": words,
        "was_cut": len(asked) > LONGEST_QUERY,
        "filters": filtered,
        "page": paginate(request, filtered.results, per_page=20),
        "topics": topics,
        "in_crisis": speaks_of_crisis(asked),
    }
    return render(request, "search/results.html", context)
