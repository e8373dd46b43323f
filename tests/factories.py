"""Small, complete objects for tests. Live pages by default: say live=False for a draft."""

import factory
from django.utils import timezone
from taggit.models import Tag

from articles.models import Article, ArticlePlacement, SitePage, TagPage
from fibro.publishing.changes import changed
from fibro.reading.models import GlossaryTerm
from fibro.sources.models import Source
from triggers.models import CareCard, Claim, CollectedTip, Factor, Link, Tip, TipCollection, Trigger


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"author{2000 + n}")
    title = factory.Sequence(lambda n: f"A study of something, number {n}")
    authors = ["Arnold, Lesley M.", "Clauw, Daniel J."]
    container_title = "Journal of Tests"
    year = 2020


class PublishableFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True

    live = True
    first_published_at = last_published_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Relations may be given as lists; the index follows as it does after an admin save."""
        many = {
            field.name: kwargs.pop(field.name)
            for field in model_class._meta.many_to_many
            if field.name in kwargs
        }
        obj = super()._create(model_class, *args, **kwargs)
        for name, values in many.items():
            getattr(obj, name).set(values)
        changed(obj)
        return obj


class TriggerFactory(PublishableFactory):
    class Meta:
        model = Trigger

    slug = factory.Sequence(lambda n: f"trigger-{n}")
    title = factory.Sequence(lambda n: f"Trigger number {n}")
    short_title = factory.SelfAttribute("title")
    gist = "What a tired reader needs to know about it."
    key_points = ["One point.", "Another point.", "A third point."]
    certainty = "limited"
    certainty_reason = "Small studies."
    what_it_is = "<p>It is something.</p>"
    how_it_may_lead_to_pain = "<p>It may turn up the pain.</p>"
    unknowns = ["We do not know why."]


class ClaimFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Claim
        skip_postgeneration_save = True

    trigger = factory.SubFactory(TriggerFactory)
    key = factory.Sequence(lambda n: f"tst-f{n}")
    text = "It may go with more pain."
    kind = "goes_with"
    certainty = "limited"

    @factory.post_generation
    def sources(self, create, extracted, **kwargs):
        self.sources.set(extracted if extracted is not None else [SourceFactory()])


class FactorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Factor

    slug = factory.Sequence(lambda n: f"factor-{n}")
    name = factory.Sequence(lambda n: f"Factor {n}")
    plain_meaning = "Something that plays a part."


class LinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Link

    from_factor = factory.SubFactory(FactorFactory)
    to_factor = factory.SubFactory(FactorFactory)
    mechanism = "The one may lead to the other."
    certainty = "limited"


class TipFactory(PublishableFactory):
    class Meta:
        model = Tip

    key = factory.Sequence(lambda n: f"tst-t{n}")
    slug = factory.Sequence(lambda n: f"tip-{n}")
    title = factory.Sequence(lambda n: f"Rest for a while {n}")
    text = "Lie down for five minutes."
    energy = "low"
    minutes_min = 5
    minutes_max = 10
    per = "once"
    certainty = "limited"
    caution = "Stop if it hurts."


class TipCollectionFactory(PublishableFactory):
    class Meta:
        model = TipCollection

    slug = factory.Sequence(lambda n: f"collection-{n}")
    title = factory.Sequence(lambda n: f"Collection {n}")
    intro = "Small things for a bad day."

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        tips = kwargs.pop("tips", [])
        collection = super()._create(model_class, *args, **kwargs)
        for position, tip in enumerate(tips):
            CollectedTip.objects.create(collection=collection, tip=tip, position=position)
        changed(collection)
        return collection


class CareCardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CareCard

    slug = factory.Sequence(lambda n: f"card-{n}")
    urgency = "urgent"
    heading = "Get help today"
    body = "<p>Call a doctor <strong>today</strong>.</p>"


class ArticleFactory(PublishableFactory):
    class Meta:
        model = Article

    slug = factory.Sequence(lambda n: f"article-{n}")
    title = factory.Sequence(lambda n: f"Article number {n}")
    kind = "explainer"
    gist = "The short answer."
    key_points = ["One point.", "Another point.", "A third point."]
    body = "<h2>First part</h2><p>Some words.</p>"
    certainty = "limited"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        triggers = kwargs.pop("triggers", [])
        article = super()._create(model_class, *args, **kwargs)
        for position, trigger in enumerate(triggers):
            ArticlePlacement.objects.create(article=article, trigger=trigger, position=position)
        changed(article)
        return article


class TagPageFactory(PublishableFactory):
    class Meta:
        model = TagPage

    class Params:
        name = factory.Sequence(lambda n: f"Tag {n}")
        slug = factory.Sequence(lambda n: f"tag-{n}")

    tag = factory.LazyAttribute(
        lambda o: Tag.objects.get_or_create(name=o.name, defaults={"slug": o.slug})[0]
    )
    description = "What this tag is about."


class SitePageFactory(PublishableFactory):
    class Meta:
        model = SitePage

    slug = factory.Sequence(lambda n: f"page-{n}")
    title = factory.Sequence(lambda n: f"Page {n}")
    gist = "About something."
    body = "<p>Words about something.</p>"


class GlossaryTermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GlossaryTerm

    term = factory.Sequence(lambda n: f"Term {n}")
    slug = factory.Sequence(lambda n: f"term-{n}")
    definition = "A plain meaning."

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        term = super()._create(model_class, *args, **kwargs)
        changed(term)
        return term
