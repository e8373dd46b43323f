"""The sections of a topic page for its contents list, in the order of the page."""


def contents(context):
    """[(anchor, heading)] of the sections that the page has: those with something in them."""
    trigger = context["trigger"]
    get_help = any(not card.before_text for card in context["care_cards"])
    sections = [
        ("what-it-is", "What it is", True),
        (
            "how-it-may-lead-to-pain",
            "How it may lead to pain",
            trigger.how_it_may_lead_to_pain,
        ),
        ("research", "What the research says", context["claims_by_kind"]),
        ("connections", "How it connects", context["links"]),
        ("tips", "What can help", context["collection"]),
        ("unknowns", "What we do not know", trigger.unknowns),
        ("appointment", "For your appointment", trigger.noticed or trigger.questions),
        ("when-to-get-help", "When to get help", get_help),
        ("articles", "Articles about this", context["articles"]),
    ]
    return [(anchor, heading) for anchor, heading, has_something in sections if has_something]
