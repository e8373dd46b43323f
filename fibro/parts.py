"""Every part of the pages in every state, on one page for engineers. Only while DEBUG is on."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from articles.models import Article
from fibro.evidence import Certainty
from fibro.filters import Filter, Option
from fibro.publishing.models import Contributor
from fibro.sources.citations import Bibliography
from fibro.sources.models import Source
from triggers.map import rings, whole_map
from triggers.models import (
    CareCard,
    Claim,
    CrisisContact,
    Factor,
    Link,
    Loop,
    LoopStep,
    Tip,
    Trigger,
)
from triggers.models.care import Urgency

DAY = datetime(2026, 1, 15, tzinfo=UTC)
LINES = ["A first line.", "A second line, which is long enough to need another line on a phone."]
ICONS = "inflammation stress-hpa genetics sleep neuroendocrine immune lifestyle comorbidities"
ICONS += " environment overview treatment other"


@dataclass
class Part:
    name: str
    states: list  # [(words for the state, arguments)]

    @property
    def arguments(self):
        """The comment that opens every include: what it is, and its named arguments."""
        source = get_template(f"includes/{self.name}").template.source
        return re.match(r"\{#\s*(.*?)\s*#\}", source)[1]


@require_safe
def parts(request):
    if not settings.DEBUG:
        raise Http404
    listed = []
    for part in all_parts():
        shown = []
        for words, arguments in part.states:
            context = {"bibliography": Bibliography()} | arguments
            if part.name == "source_list.html":
                context["bibliography"].mark_sources(sample_sources())
            shown.append((words, render_to_string(f"includes/{part.name}", context, request)))
        listed.append((part, shown))
    return render(request, "parts.html", {"parts": listed})


def related(obj, **many):
    """An object that is in no database, with its many-to-many relations already read."""
    obj._prefetched_objects_cache = many
    return obj


def sample_sources():
    whole = Source(
        key="example2020",
        title="An example of a source with everything in it",
        authors=["Example, Ann B.", "Sample, Carl"],
        container_title="Journal of Examples",
        year=2020,
        volume="12",
        page="45-50",
        doi="10.1000/example",
    )
    unchecked = Source(
        key="unchecked2019",
        title="Is this a source with details nobody has checked?",
        publisher="An organisation",
        unconfirmed=["author", "issued"],
    )
    retracted = Source(
        key="retracted2018",
        title="A retracted source",
        container_title="Journal of Examples",
        year=2018,
        status="retracted",
        status_note="Why it was retracted.",
        url="https://example.org/",
    )
    return [whole, unchecked, retracted]


def sample_page(**fields):
    page = Trigger(
        pk=1,
        slug="sleep",
        title="The title of a topic",
        short_title="A topic",
        gist="A first sentence. A second one, which only lists show.",
        certainty="moderate",
        first_published_at=DAY,
        last_published_at=DAY,
        **fields,
    )
    return related(page, authors=[Contributor(name="An author", role="Editor")])


def sample_tip(key, **fields):
    tip = Tip(
        pk=1,
        key=key,
        slug="example",
        title="A thing to try",
        text="What to do, in a sentence or two.",
        energy="low",
        minutes_min=5,
        minutes_max=10,
        per="day",
        certainty="limited",
        **fields,
    )
    return related(tip, sources=sample_sources()[:1] if fields else [])


def sample_card(urgency, label, *, before_text=False):
    return CareCard(
        slug=f"example-{urgency}",
        urgency=urgency,
        heading=f"A heading for: {label.lower()}",
        before_text=before_text,
        body="<p>Words before the list, <strong>some of them strong</strong>:</p>"
        "<ul><li>a first sign</li><li>a second sign</li></ul><p>Words after it.</p>",
    )


def sample_links():
    topic = Factor(pk=1, slug="sleep", name="A topic", trigger=sample_page(), position=1)
    plain = Factor(pk=2, slug="mood", name="A plain factor", plain_meaning="What it means.")
    ends = [(topic, plain, "moderate"), (plain, topic, "conflicting")]
    return [
        related(
            Link(from_factor=a, to_factor=b, mechanism="How it may lead there.", certainty=sure),
            sources=sample_sources()[:1],
        )
        for a, b, sure in ends
    ]


def sample_loops(links):
    whole, told = (Loop(pk=n, title=f"Loop {n}", told="The loop in words.") for n in (1, 2))
    steps = [LoopStep(factor=link.from_factor, factor_id=link.from_factor.pk) for link in links]
    # Templates and rings() read .all() of the relation; a plain list of related objects has none.
    return [related(whole, steps=steps), related(told, steps=[])]


def sample_filters():
    def options(count, chosen=None):
        return [
            Option(str(n), f"Choice {n}", 10 - n, n == chosen, f"?example={n}")
            for n in range(1, count + 1)
        ]

    return [
        Filter("few", "A short filter", [], None, options=options(3, chosen=2)),
        Filter("many", "A long filter, folded", [], None, options=options(8)),
        Filter("used", "A long filter in use", [], None, options=options(8, chosen=1)),
    ]


def sample_pages(number):
    return SimpleNamespace(
        has_other_pages=True,
        has_previous=number > 1,
        has_next=number < 3,
        number=number,
        previous_page_number=number - 1,
        next_page_number=number + 1,
        paginator=SimpleNamespace(num_pages=3),
        address="?page=",
    )


def all_parts():
    topic, links = sample_page(), sample_links()
    reviewer = Contributor(name="A reviewer", role="General practitioner")
    reviewed = sample_page(
        reviewed_by=reviewer, reviewed_on=date(2026, 2, 1), review_due_on=date(2028, 2, 1)
    )
    article = Article(title="An article", certainty="conflicting", reading_minutes=4)
    grades = Certainty.choices
    cards = [sample_card(value, label) for value, label in Urgency.choices]
    before = sample_card("note", "read this first", before_text=True)
    before.slug = "example-before"
    picture = SimpleNamespace(
        src=static("img/icon.svg"),
        srcset=f"{static('img/icon.svg')} 64w",
        width=64,
        height=64,
        alt_text="The icon of this site",
    )
    whole_tip = {
        "first_ask": "What to ask yourself first.",
        "caution": "what to be careful about.",
        "get_help": "when to stop and get help.",
        "body_position": "lying",
        "cost": "free",
    }
    claim = {"text": "One plain statement.", "kind": "about", "certainty_note": "Why this word."}
    card = {"url": "/", "title": "A title", "gist": "A gist of one or two lines."}
    tag_pages = [SimpleNamespace(title=f"Tag {n}", get_absolute_url="/tags/") for n in range(1, 4)]
    contact = {"emergency": "112 or 999", "crisis_line": "116 123 (a crisis line)"}
    return [
        Part("wordmark.html", [("", {})]),
        Part(
            "nav_link.html",
            [
                ("elsewhere", {"url": "/tips/", "title": "Tips"}),
                ("in this part", {"url": "/about/", "title": "About"}),
                ("on this page", {"url": "/about/parts/", "title": "Parts"}),
            ],
        ),
        Part(
            "breadcrumbs.html",
            [
                ("below home", {"here": "A page"}),
                ("deeper", {"parent_url": "/", "parent_title": "A list", "here": "A page"}),
            ],
        ),
        Part("icon.html", [(name, {"name": name}) for name in ICONS.split()]),
        Part("urgency_icon.html", [(label, {"value": value}) for value, label in Urgency.choices]),
        Part(
            "certainty.html",
            [(label, {"value": value, "label": label}) for value, label in grades]
            + [("none", {"value": "", "label": ""})],
        ),
        Part("certainty_legend.html", [("", {})]),
        Part(
            "how_sure.html",
            [("", {"value": "limited", "label": "Limited", "note": "Why this word."})],
        ),
        Part("reading_time.html", [("one", {"minutes": 1}), ("more", {"minutes": 5})]),
        Part("key_points.html", [("", {"points": LINES})]),
        Part(
            "contents.html",
            [
                ("plain", {"contents": [("a", "A section"), ("b", "Another section")]}),
                (
                    "with care cards and sources",
                    {"contents": [("a", "A section")], "care_cards": cards, "sources": True},
                ),
            ],
        ),
        Part(
            "card.html",
            [
                ("plain", card | {"level": 3}),
                ("an article", card | {"level": 3, "kind": "Explainer", "item": article}),
                ("a topic", card | {"level": 2, "item": topic, "icon": "sleep"}),
            ],
        ),
        Part("tile.html", [("", {"topic": topic, "title": topic.name})]),
        Part(
            "care_card.html",
            [(label, {"card": sample_card(value, label)}) for value, label in Urgency.choices],
        ),
        Part("cards_before_text.html", [("", {"care_cards": [before, *cards]})]),
        Part("get_help.html", [("", {"care_cards": [before, *cards]}), ("none", {})]),
        Part("help_now_panel.html", [("", {})]),
        Part(
            "crisis_contacts.html",
            [
                (
                    "",
                    {
                        "contacts": [
                            CrisisContact(
                                country="A country", urgent_advice="In words.", **contact
                            ),
                            CrisisContact(country="Elsewhere", emergency="Your local number"),
                        ]
                    },
                )
            ],
        ),
        Part(
            "do_dont.html",
            [
                ("do", {"heading": "Do", "items": LINES, "kind": "do"}),
                ("don't", {"heading": "Don't", "items": LINES, "kind": "dont"}),
            ],
        ),
        Part(
            "claim.html",
            [
                (
                    label,
                    {
                        "claim": related(
                            Claim(key=f"claim-{value}", certainty=value, trigger=topic, **claim),
                            sources=sample_sources()[:2],
                        )
                    },
                )
                for value, label in grades
            ],
        ),
        Part(
            "tip.html",
            [
                ("with a title", {"tip": sample_tip("tip-1"), "level": 3}),
                (
                    "all advice, no title",
                    {"tip": sample_tip("tip-2", **whole_tip)},
                ),
            ],
        ),
        Part("tip_facts.html", [("", {"tip": sample_tip("tip-3", **whole_tip)})]),
        Part(
            "factor.html",
            [
                ("a topic", {"factor": links[0].from_factor}),
                ("a plain factor", {"factor": links[0].to_factor, "after": ":"}),
            ],
        ),
        Part("links_table.html", [("", {"links": links, "caption": "What may lead to what"})]),
        Part(
            "trigger_map.html",
            [
                (
                    "",
                    {
                        "drawing": whole_map(links),
                        "title": "A map",
                        "id": "map",
                        "with_words": True,
                    },
                )
            ],
        ),
        Part("loops.html", [("", {"rings": rings(sample_loops(links), links)})]),
        Part(
            "image.html", [("plain", {"image": picture}), ("credit", {"image": credited(picture)})]
        ),
        Part(
            "filters.html",
            [
                ("", {"filters": SimpleNamespace(filters=sample_filters(), unknown=[])}),
                ("unknown value", {"filters": SimpleNamespace(filters=[], unknown=["nonsense"])}),
            ],
        ),
        Part(
            "pagination.html",
            [
                (words, {"page": sample_pages(number)})
                for words, number in (("first", 1), ("middle", 2), ("last", 3))
            ],
        ),
        Part(
            "search_form.html",
            [("empty", {"id": "search-1"}), ("asked", {"id": "search-2", "query": "sleep"})],
        ),
        Part("tag_list.html", [("", {"tag_pages": tag_pages})]),
        Part(
            "source.html",
            [
                (words, {"source": source})
                for words, source in zip(
                    ("whole", "unchecked", "retracted"), sample_sources(), strict=True
                )
            ],
        ),
        Part("source_list.html", [("", {})]),
        Part(
            "review_box.html", [("not reviewed", {"page": topic}), ("reviewed", {"page": reviewed})]
        ),
        Part("cite_this.html", [("", {"page": topic})]),
        Part(
            "print_header.html",
            [("only on paper", {"reviewed": topic}), ("reviewed", {"reviewed": reviewed})],
        ),
        Part("meta.html", [("only for machines", {"title": "A page", "path": "/"})]),
    ]


def credited(picture):
    return SimpleNamespace(**vars(picture) | {"credit": "Who made it"})
