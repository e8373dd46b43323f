from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fibro.filters import Filter, FilterSet
from fibro.pagination import paginate
from fibro.sources.citations import Bibliography

from .grouping import by_kind
from .models import CareCard, Claim, Energy, Link, Loop, Tip, TipCollection, Trigger
from .models.tips import BodyPosition

MINUTES = [("5", "5 minutes or less"), ("15", "15 minutes or less"), ("30", "30 minutes or less")]


@require_safe
def trigger_list(request):
    context = {
        "topics": Trigger.objects.live(),
        "links": Link.objects.public(),
        "loops": Loop.objects.prefetch_related("steps__factor"),
        "bibliography": Bibliography(),
    }
    return render(request, "triggers/list.html", context)


@require_safe
def trigger_detail(request, slug):
    trigger = get_object_or_404(
        Trigger.objects.live().select_related("reviewed_by", "image").prefetch_related("authors"),
        slug=slug,
    )
    collections = list(trigger.tip_collections.live())
    own_collection = collections[0] if collections else None
    tips = list(own_collection.live_tips()) if own_collection else []
    claims = Claim.objects.filter(trigger=trigger).prefetch_related("sources")
    context = {
        "trigger": trigger,
        "claims_by_kind": by_kind(claims),
        "links": Link.objects.public().touching(trigger),
        "collection": own_collection,
        "more_collections": collections[1:],
        "tips": tips,
        "care_cards": CareCard.objects.for_trigger(trigger, tips),
        "articles": trigger.articles.live().order_by("placements__position"),
        "bibliography": Bibliography(),
    }
    return render(request, "triggers/detail.html", context)


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
    collection = get_object_or_404(TipCollection.objects.live(), slug=slug)
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
    tip = get_object_or_404(Tip.objects.live().select_related("reviewed_by"), slug=slug)
    context = {
        "tip": tip,
        "care_cards": CareCard.objects.for_tips([tip]),
        "topics": tip.triggers.live(),
        "collections": tip.collections.live(),
        "bibliography": Bibliography(),
    }
    return render(request, "triggers/tip_detail.html", context)
