"""Two or three topics side by side: always the same rows, in the order in which readers ask."""

from collections import namedtuple

from django.db.models import Count, Q

from .models import Claim, ClaimKind, Energy, Link, Tip

MOST = 3

#: (heading, kinds of claim): what the claims of a topic are read for.
CLAIM_ROWS = [
    ("What may cause it, or came first in studies", {ClaimKind.CAUSE, ClaimKind.RISK_FACTOR}),
    (
        "What may set off a flare or make symptoms worse",
        {ClaimKind.FLARE_TRIGGER, ClaimKind.MAKES_WORSE},
    ),
    ("What goes with it", {ClaimKind.GOES_WITH}),
    ("What good studies do not back", {ClaimKind.NOT_SUPPORTED}),
    ("What was tested and helps", {ClaimKind.HELPS}),
    ("What was tested and does not help", {ClaimKind.DOES_NOT_HELP}),
]

# `show` says how a template shows the cells; a cell that is empty is not known.
Row = namedtuple("Row", ["heading", "show", "cells"])  # cells: [(topic, content)]


class Choice:
    """What a reader asked to compare: `topics` in their order, each once, at most three."""

    def __init__(self, slugs, live_topics):
        by_slug = {topic.slug: topic for topic in live_topics}
        asked = [slug for slug in dict.fromkeys(slugs) if slug]
        known = [by_slug[slug] for slug in asked if slug in by_slug]
        self.topics, self.left_out = known[:MOST], known[MOST:]
        self.unknown = [slug[:100] for slug in asked if slug not in by_slug][:MOST]

    @property
    def is_enough(self):
        return len(self.topics) > 1


def compare(topics):
    """The rows for these topics."""
    claims = list(Claim.objects.filter(trigger__in=topics).prefetch_related("sources"))
    links = list(
        Link.objects.public().filter(
            Q(from_factor__trigger__in=topics) | Q(to_factor__trigger__in=topics)
        )
    )
    easy_tips = dict(
        Tip.objects.live()
        .filter(energy=Energy.LOW, triggers__in=topics)
        .order_by()
        .values_list("triggers")
        .annotate(Count("pk", distinct=True))
    )

    def row(heading, show, content):
        return Row(heading, show, [(topic, content(topic)) for topic in topics])

    def claims_of(kinds):
        return lambda topic: [c for c in claims if c.trigger_id == topic.pk and c.kind in kinds]

    def leads_to(topic):
        return [link for link in links if link.from_factor.trigger_id == topic.pk]

    def led_from(topic):
        return [link for link in links if link.to_factor.trigger_id == topic.pk]

    return [
        row("In short", "text", lambda topic: topic.gist),
        row("How sure we are", "certainty", lambda topic: topic.certainty),
        *(row(heading, "claims", claims_of(kinds)) for heading, kinds in CLAIM_ROWS),
        row("Tips that take little energy", "tips", lambda topic: easy_tips.get(topic.pk)),
        row("What may lead to it", "led_from", led_from),
        row("What it may lead to", "leads_to", leads_to),
        row("What we do not know", "lines", lambda topic: topic.unknowns),
        row("Questions to ask", "lines", lambda topic: topic.questions),
        row("Reviewed by a clinician", "review", lambda topic: topic.slug),
    ]
