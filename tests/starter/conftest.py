"""A small content folder to change."""

import textwrap

import pytest

from fibro.starter.files import ContentFiles
from fibro.starter.loading import load


class SmallContent:
    """A content folder with one or two records of each kind."""

    def __init__(self, root):
        self.root = root
        for file, text in SMALL.items():
            (root / file).parent.mkdir(exist_ok=True)
            (root / file).write_text(textwrap.dedent(text).lstrip("\n"))

    def change(self, file, old, new):
        text = (self.root / file).read_text()
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        (self.root / file).write_text(text.replace(old, new))

    def load(self, **options):
        return load(ContentFiles(self.root), **options)


@pytest.fixture
def content(tmp_path):
    return SmallContent(tmp_path)


SMALL = {
    "references.json": """
        [{"id": "first2001", "type": "article-journal", "title": "The first study",
          "author": [{"family": "First", "given": "Ann B.", "suffix": "Jr"},
                     {"literal": "A group"}],
          "issued": {"date-parts": [[2001, 4]]}, "container-title": "Journal", "volume": "3",
          "DOI": "10.1/x", "URL": "https://doi.org/10.1/x",
          "custom": {"unconfirmed": ["volume"], "note": "from knowledge"}},
         {"id": "second2002", "type": "report", "title": "The second study"}]
    """,
    "care.yaml": """
        cards:
        - slug: everywhere
          urgency: emergency
          heading: Call now
          body: |
            **Call** for these:

            - Chest pain.
          used_on: [all triggers, all articles]
          sources: []
        - slug: sometimes
          urgency: note
          heading: Go gently
          before_text: true
          body: Effort can hurt [@first2001].
          used_on: [one-t1, rest]
          sources: [first2001]
        crisis_contacts:
        - {country: Somewhere, emergency: '999', crisis_line: null, urgent_advice: Call., note: ''}
    """,
    "glossary.yaml": """
        - {term: Ache, slug: ache, definition: A dull pain., also: [soreness], sources: [first2001]}
    """,
    "synonyms.yaml": """
        synonyms:
        - {set: [ache, soreness], direction: both, match: any, note: ''}
        misspellings:
        - {wrong: acke, right: ache}
        crisis_terms:
        - want to die
    """,
    "tags.yaml": """
        - {name: Pain, slug: pain, description: How pain works.}
    """,
    "triggers/index.yaml": """
        - sleep
        - rest
    """,
    "triggers/sleep.yaml": """
        slug: sleep
        type: trigger
        title: Sleep and rest
        short_title: Sleep
        also_called: [bad nights]
        meta_description: About sleep.
        gist: Sleep may matter.
        key_points: [One., Two., Three.]
        certainty: moderate
        certainty_reason: Some good studies.
        what_it_is: |
          Sleep is **rest** [@first2001].
        how_it_may_lead_to_pain: It may [@second2002].
        claims:
        - id: slp-f1
          text: About 1 in 5 sleep badly.
          kind: goes_with
          certainty: limited
          sources: [first2001]
          statistic: {text_of_number: about 1 in 5, numerator: 1, denominator: 5, group: people}
        - id: slp-f2
          text: Sleep may help.
          kind: helps
          certainty: limited
          certainty_note: Small studies.
          sources: [second2002]
        unknowns: [We do not know why.]
        noticed: [I wake up tired]
        questions: [What may help?]
    """,
    "triggers/rest.yaml": """
        slug: rest
        type: treatment
        title: Rest as a treatment
        short_title: Rest
        also_called: []
        meta_description: About rest.
        gist: Rest may help.
        key_points: [One., Two., Three.]
        certainty: limited
        certainty_reason: Few studies.
        what_it_is: Rest.
        how_it_may_lead_to_pain: ''
        claims: []
        unknowns: []
        noticed: []
        questions: []
    """,
    "links.yaml": """
        factors:
        - {slug: sleep, name: Sleep, trigger: sleep, plain_meaning: How you sleep.}
        - {slug: mood, name: Mood, trigger: null, plain_meaning: How you feel.}
        links:
        - {from: sleep, to: mood, mechanism: Bad nights., certainty: limited, sources: [first2001]}
        loops:
        - {title: Night and day, path: [sleep, mood, sleep], told: Round and round.}
    """,
    "tips.yaml": """
        - id: one-t1
          title: Lie down
          text: Lie down for a while.
          energy: low
          minutes_min: 5
          minutes_max: 10
          per: once
          position: lying
          cost: null
          certainty: limited
          caution: Get up slowly.
          triggers: [sleep]
          sources: []
        - id: one-t2
          title: Sit up
          text: Sit up for a while.
          energy: low
          minutes_min: 5
          minutes_max: 10
          per: day
          position: null
          cost: free
          certainty: limited
          caution: Slowly.
          triggers: [sleep]
          sources: [second2002]
    """,
    "collections.yaml": """
        - slug: bad-night
          title: After a bad night
          intro: For a bad night.
          triggers: [sleep]
          tips: [one-t2, one-t1]
    """,
    "articles/index.yaml": "- about-sleep\n",
    "articles/about-sleep.md": """
        ---
        slug: about-sleep
        title: About sleep
        kind: explainer
        triggers: [sleep]
        tags: [pain]
        certainty: limited
        gist: What is known of sleep.
        key_points: [One., Two., Three.]
        sources: [first2001]
        care: [everywhere, sometimes]
        meta_description: About sleep.
        editor_notes: ['Editor: check the number.']
        ---

        ## The night

        Nights matter [@first2001]. See [help](/help-now/).
    """,
    "pages/index.yaml": "- about\n",
    "pages/about.md": """
        ---
        slug: about
        title: About
        gist: Who we are.
        care: [everywhere]
        ---

        We are {{ organisation }}.
    """,
}
