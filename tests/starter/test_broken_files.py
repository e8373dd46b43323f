"""A content file that is wrong is named, with its record, and nothing at all is loaded."""

import pytest
from django.core.management import CommandError, call_command

from fibro.sources.models import Source
from fibro.starter.models import StarterRecord
from triggers.models import Trigger

pytestmark = pytest.mark.django_db

BROKEN = {
    "a source that is not there": (
        ("articles/about-sleep.md", "matter [@first2001]", "matter [@first2001; @nobody1999]"),
        ("articles/about-sleep.md: about-sleep:", "nobody1999"),
    ),
    "an unknown source of a claim": (
        ("triggers/sleep.yaml", "sources: [second2002]", "sources: [nobody1999]"),
        ("triggers/sleep.yaml: trigger/sleep:", "nobody1999"),
    ),
    "an unknown source in a topic's text": (
        ("triggers/sleep.yaml", "It may [@second2002]", "It may [@nobody1999]"),
        ("triggers/sleep.yaml: trigger/sleep:", "nobody1999"),
    ),
    "a listed source that is not cited": (
        ("articles/about-sleep.md", "sources: [first2001]", "sources: [first2001, second2002]"),
        ("articles/about-sleep.md: about-sleep:", "second2002"),
    ),
    "a claim without a source": (
        ("triggers/sleep.yaml", "sources: [second2002]", "sources: []"),
        ("triggers/sleep.yaml: slp-f2:", "needs a source"),
    ),
    "an unknown page": (
        ("collections.yaml", "triggers: [sleep]", "triggers: [slep]"),
        ("collections.yaml: tip_collection/bad-night:", "slep"),
    ),
    "an unknown tip": (
        ("collections.yaml", "one-t2, one-t1", "one-t2, one-t9"),
        ("collections.yaml: tip_collection/bad-night:", "one-t9"),
    ),
    "a tip twice in a collection": (
        ("collections.yaml", "one-t2, one-t1", "one-t2, one-t2"),
        ("collections.yaml: tip_collection/bad-night:", "twice"),
    ),
    "an unknown tag": (
        ("articles/about-sleep.md", "tags: [pain]", "tags: [pains]"),
        ("articles/about-sleep.md: article/about-sleep:", "pains"),
    ),
    "a care card on an unknown page": (
        ("care.yaml", "[one-t1, rest]", "[one-t1, nowhere]"),
        ("care.yaml: sometimes:", "nowhere"),
    ),
    "a kind that is not listed": (
        ("triggers/sleep.yaml", "kind: helps", "kind: cures"),
        ("triggers/sleep.yaml: trigger/sleep:", "cures"),
    ),
    "a number that is not whole": (
        ("triggers/sleep.yaml", "numerator: 1, denominator: 5", "numerator: 6, denominator: 5"),
        ("triggers/sleep.yaml: trigger/sleep:", "claim_number_is_whole"),
    ),
    "minutes in the wrong order": (
        ("tips.yaml", "minutes_max: 10\n  per: once", "minutes_max: 1\n  per: once"),
        ("tips.yaml: tip/one-t1:", "tip_minutes_in_order"),
    ),
    "a title that is too long": (
        ("tips.yaml", "title: Lie down", f"title: {'Lie down ' * 30}"),
        ("tips.yaml: tip/one-t1:", "at most 200 characters"),
    ),
    "nothing where readers expect something": (
        ("articles/about-sleep.md", "gist: What is known of sleep.", "gist: ''"),
        ("articles/about-sleep.md: article/about-sleep:", "gist"),
    ),
    "a missing value": (
        ("tips.yaml", "  energy: low\n  minutes_min: 5\n  minutes_max: 10\n  per: once\n", ""),
        ("tips.yaml: one-t1:", "“energy” is missing"),
    ),
    "a value that nobody reads": (
        ("tips.yaml", "  cost: null\n", "  cost: null\n  costs: free\n"),
        ("tips.yaml: one-t1:", "costs"),
    ),
    "two tips with one address": (
        ("tips.yaml", "title: Sit up", "title: Lie down!"),
        ("tips.yaml:", "lie-down"),
    ),
    "one record twice": (
        (
            "glossary.yaml",
            "- {",
            "- {term: A, slug: ache, definition: B, also: [], sources: []}\n- {",
        ),
        ("glossary.yaml: glossary_term/ache:", "twice"),
    ),
    "a loop that does not close": (
        ("links.yaml", "[sleep, mood, sleep]", "[sleep, mood]"),
        ("links.yaml: Night and day:", "come back"),
    ),
    "broken YAML": (
        ("triggers/sleep.yaml", "gist: Sleep may matter.", "gist: 'Sleep may matter."),
        ("triggers/sleep.yaml:", "cannot be read"),
    ),
    "a topic that is not a mapping": (
        ("triggers/index.yaml", "- sleep\n", "- sleep\n- index\n"),
        ("triggers/index.yaml:", "found"),
    ),
    "broken JSON": (
        ("references.json", '"id": "first2001",', '"id": "first2001"'),
        ("references.json:", "cannot be read"),
    ),
    "no front matter": (
        ("articles/about-sleep.md", "---\nslug", "slug"),
        ("articles/about-sleep.md:", "front matter"),
    ),
    "a file that is not listed": (
        ("triggers/index.yaml", "- rest\n", ""),
        ("triggers/index.yaml:", "rest"),
    ),
    "a listed file that is missing": (
        ("pages/index.yaml", "- about\n", "- about\n- privacy\n"),
        ("pages/privacy.md:", "no such file"),
    ),
    "a slug that differs from its file's name": (
        ("pages/about.md", "slug: about", "slug: about-us"),
        ("pages/about.md: about-us:", "differ"),
    ),
}


@pytest.mark.parametrize(("change", "told"), BROKEN.values(), ids=BROKEN)
def test_is_named_and_nothing_is_loaded(content, change, told):
    content.change(*change)
    with pytest.raises(CommandError) as raised:
        call_command("load_starter", content=content.root)
    for words in told:
        assert words in str(raised.value)
    assert str(raised.value).endswith("Nothing was loaded.")
    assert not StarterRecord.objects.exists()
    assert not Source.objects.exists()


def test_a_later_broken_file_changes_nothing(content):
    content.load()
    content.change("triggers/sleep.yaml", "Sleep may matter.", "Something else.")
    content.change("tips.yaml", "minutes_max: 10\n  per: once", "minutes_max: 1\n  per: once")
    with pytest.raises(CommandError, match="tip_minutes_in_order"):
        call_command("load_starter", content=content.root)
    assert Trigger.objects.get(slug="sleep").gist == "Sleep may matter."
