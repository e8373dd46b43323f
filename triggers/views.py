from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fibro.filters import Filter, FilterSet
from fibro.pagination import paginate
from fibro.sources.citations import Bibliography

from .comparison import Choice, compare
from .grouping import by_kind
from .map import neighbour_map, rings, whole_map
from .models import CareCard, Claim, Energy, Link, Loop, Tip, TipCollection, Trigger
from .models.tips import BodyPosition
from .sections import contents

MINUTES = [("5", "5 minutes or less"), ("15", "15 minutes or less"), ("30", "30 minutes or less")]


@require_safe
def trigger_list(request):
    links = list(Link.objects.public())
    context = {
        "topics": Trigger.objects.live(),
        "links": links,
        "map": whole_map(links),
        "rings": rings(Loop.objects.public(), links),
        "bibliography": Bibliography(),
    }
    return render(request, "triggers/list.html", context)


@require_safe
def trigger_detail(request, slug):
    trigger = get_object_or_404(
        Trigger.objects.live().with_people().select_related("image"), slug=slug
    )
    collections = list(trigger.tip_collections.live())
    own_collection = collections[0] if collections else None
    tips = list(own_collection.live_tips()) if own_collection else []
    claims = Claim.objects.filter(trigger=trigger).prefetch_related("sources")
    links = list(Link.objects.public().touching(trigger))
    context = {
        "trigger": trigger,
        "claims_by_kind": by_kind(claims),
        "links": links,
        "map": neighbour_map(links, trigger),
        "collection": own_collection,
        "more_collections": collections[1:],
        "tips": tips,
        "care_cards": CareCard.objects.for_trigger(trigger, tips),
        "articles": trigger.articles.live().in_curated_order(),
        "bibliography": Bibliography(),
    }
    context["contents"] = contents(context)
    return render(request, "triggers/detail.html", context)


@require_safe
def trigger_compare(request):
    topics = Trigger.objects.live().select_related("reviewed_by")
    choice = Choice(request.GET.getlist("t"), topics)
    context = {
        "topics": topics,
        "choice": choice,
        "rows": compare(choice.topics) if choice.is_enough else [],
        "bibliography": Bibliography(),
    }
    return render(request, "triggers/compare.html", context)


@require_safe
def tip_list(request):
    live = Tip.objects.live()
    filtered = FilterSet(
        request,
        live,
        [
            Filter("energy", "Energy it takes", Energy.choices, lambda value: Q(energy=value)),
            Filter("minutes", "Time", MINUTES, lambda value: Q(minutes_max__lte=int(value))),
            Filter(
                "position",
                "Position",
                BodyPosition.choices,
                lambda value: Q(body_position__in=[value, BodyPosition.ANY]),
            ),
            Filter(
                "trigger",
                "Topic",
                [(topic.slug, topic.name) for topic in Trigger.objects.live()],
                lambda slug: Q(triggers__slug=slug),
            ),
        ],
    )
    context = {
        "collections": TipCollection.objects.live(),
        "filters": filtered,
        "page": paginate(request, filtered.results, per_page=20),
    }
    return render(request, "triggers/tip_list.html", context)


@require_safe
def tip_collection(request, slug):
    collection = get_object_or_404(TipCollection.objects.live().with_people(), slug=slug)
    tips = list(collection.live_tips())
    context = {
        "collection": collection,
        "tips": tips,
        "care_cards": CareCard.objects.for_tips(tips),
        "topics": collection.triggers.live(),
        "bibliography": Bibliography(),
    }
    return render(request, "triggers/tip_collection.html", context)


@require_safe
def tip_detail(request, slug):
    tip = get_object_or_404(Tip.objects.live().with_people(), slug=slug)
    context = {
        "tip": tip,
        "care_cards": CareCard.objects.for_tips([tip]),
        "topics": tip.triggers.live(),
        "collections": tip.collections.live(),
        "bibliography": Bibliography(),
    }
    return render(request, "triggers/tip_detail.html", context)
