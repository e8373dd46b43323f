"""The kinds of content, in the order in which they are loaded: what is named comes first."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps

from fibro.sources.citations import cited_keys

from . import readers


@dataclass(frozen=True, kw_only=True)
class Kind:
    name: str  # begins the names of its records: "article/…"
    plural: str
    label: str  # the model, by its label: this room imports neither content app
    read: Callable
    same: tuple  # groups of fields; a row that equals a record in one group is the same thing
    markdown: tuple = ()
    children: dict = field(default_factory=dict)  # {"claims": the field that tells them apart}

    @property
    def model(self):
        return apps.get_model(self.label)

    def model_of(self, path):
        """The model of its child rows on one path; of the record itself where that is None."""
        return self.model._meta.get_field(path).related_model if path else self.model

    def cited_keys(self, record):
        return cited_keys(*(record.columns[name] for name in self.markdown))


KINDS = (
    Kind(
        name="source",
        plural="sources",
        label="sources.Source",
        read=readers.sources,
        same=(("key",),),
    ),
    Kind(
        name="care_card",
        plural="care cards",
        label="triggers.CareCard",
        read=readers.care_cards,
        same=(("slug",),),
        markdown=("body",),
    ),
    Kind(
        name="crisis_contact",
        plural="crisis contacts",
        label="triggers.CrisisContact",
        read=readers.crisis_contacts,
        same=(("country",),),
    ),
    Kind(
        name="glossary_term",
        plural="glossary terms",
        label="reading.GlossaryTerm",
        read=readers.glossary_terms,
        same=(("slug",), ("term",)),
    ),
    Kind(
        name="synonym",
        plural="synonym sets",
        label="search.SynonymSet",
        read=readers.synonyms,
        same=(("terms",),),
    ),
    Kind(
        name="misspelling",
        plural="misspellings",
        label="search.Misspelling",
        read=readers.misspellings,
        same=(("wrong",),),
    ),
    Kind(
        name="crisis_term",
        plural="crisis terms",
        label="search.CrisisTerm",
        read=readers.crisis_terms,
        same=(("phrase",),),
    ),
    Kind(
        name="tag",
        plural="tags",
        label="taggit.Tag",
        read=readers.tags,
        same=(("slug",), ("name",)),
    ),
    Kind(
        name="tag_page",
        plural="tag pages",
        label="articles.TagPage",
        read=readers.tag_pages,
        same=(("tag",),),
    ),
    Kind(
        name="trigger",
        plural="topics with their claims",
        label="triggers.Trigger",
        read=readers.triggers,
        same=(("slug",),),
        markdown=("what_it_is", "how_it_may_lead_to_pain"),
        children={"claims": "key"},
    ),
    Kind(
        name="factor",
        plural="factors",
        label="triggers.Factor",
        read=readers.factors,
        same=(("slug",), ("trigger",)),
    ),
    Kind(
        name="link",
        plural="links",
        label="triggers.Link",
        read=readers.links,
        same=(("from_factor", "to_factor"),),
    ),
    Kind(
        name="loop",
        plural="loops",
        label="triggers.Loop",
        read=readers.loops,
        same=(("title",),),
        children={"steps": "factor"},
    ),
    Kind(
        name="tip",
        plural="tips",
        label="triggers.Tip",
        read=readers.tips,
        same=(("key",), ("slug",)),
    ),
    Kind(
        name="tip_collection",
        plural="tip collections",
        label="triggers.TipCollection",
        read=readers.tip_collections,
        same=(("slug",),),
        children={"collected_tips": "tip"},
    ),
    Kind(
        name="article",
        plural="articles",
        label="articles.Article",
        read=readers.articles,
        same=(("slug",),),
        markdown=("body",),
        children={"placements": "trigger"},
    ),
    Kind(
        name="site_page",
        plural="site pages",
        label="articles.SitePage",
        read=readers.site_pages,
        same=(("slug",),),
        markdown=("body",),
    ),
)
KIND = {kind.name: kind for kind in KINDS}


def key_field(model):
    """The field by which content files name a row of the model."""
    names = {each.name for each in model._meta.fields}
    return "key" if "key" in names else "slug"


def read(files):
    """Every record of the content files, in loading order."""
    return [record for kind in KINDS for record in kind.read(files)]
