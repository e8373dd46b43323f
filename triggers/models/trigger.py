"""A topic page: one of the nine triggers, the overview or the treatment page."""

from django.db import models
from django.urls import reverse

from fibro.evidence import Certainty, choices_check
from fibro.fields import LinesField
from fibro.publishing.models import Publishable
from fibro.reading.fields import RichTextField
from fibro.reading.rendering import plain_text
from fibro.search.documents import Document, Kind
from fibro.sources.citations import cited_keys


class Role(models.TextChoices):
    TRIGGER = "trigger", "Trigger"
    OVERVIEW = "overview", "Overview"
    TREATMENT = "treatment", "Treatment"


class Trigger(Publishable):
    slug = models.SlugField(max_length=100, unique=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.TRIGGER)
    title = models.CharField(max_length=200)
    short_title = models.CharField(max_length=60, blank=True)
    also_called = LinesField()
    meta_description = models.CharField(max_length=200, blank=True)
    gist = models.TextField(blank=True, help_text="60 words or less. Many readers stop after it.")
    key_points = LinesField(help_text="Three to five, one on each line.")
    certainty = models.CharField(max_length=12, choices=Certainty.choices, blank=True)
    certainty_reason = models.TextField(
        blank=True, help_text="Why this word and not another; one word is often not enough."
    )
    content_note = models.TextField(
        blank=True, help_text="What may be hard to read here, said before it comes."
    )
    what_it_is = RichTextField()
    how_it_may_lead_to_pain = RichTextField()
    unknowns = LinesField(verbose_name="what we do not know", help_text="One on each line.")
    noticed = LinesField(
        verbose_name="for an appointment: what I noticed", help_text="One on each line."
    )
    questions = LinesField(
        verbose_name="for an appointment: questions to ask", help_text="One on each line."
    )
    image = models.ForeignKey(
        "images.Image", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    care_cards = models.ManyToManyField("triggers.CareCard", blank=True, related_name="triggers")
    position = models.PositiveSmallIntegerField(default=0)

    required_to_publish = ("title", "gist", "what_it_is")
    snapshot_children = ("claims", "factor.links_out")

    class Meta(Publishable.Meta):
        ordering = ["position", "title"]
        constraints = [
            *Publishable.Meta.constraints,
            choices_check("certainty", Certainty, name="trigger_certainty_listed"),
            choices_check("role", Role, name="trigger_role_listed"),
        ]

    def get_absolute_url(self):
        return reverse("triggers:detail", args=[self.slug])

    def missing(self):
        """A claim without a source is not published either."""
        if not self.pk:
            return super().missing()
        unsourced = self.claims.filter(sources=None).values_list("key", flat=True)
        return [*super().missing(), *(f"a source for claim {key}" for key in unsourced)]

    @property
    def name(self):
        """The short name for lists and labels."""
        return self.short_title or self.title

    def cited_keys(self):
        """Every source that the page's own texts, claims and links name."""
        from .factors import Link

        claimed = self.claims.values_list("sources__key", flat=True)
        linked = Link.objects.public().touching(self).values_list("sources__key", flat=True)
        texts = cited_keys(self.what_it_is, self.how_it_may_lead_to_pain)
        return sorted({*texts, *claimed, *linked} - {None})

    search_kind = Kind.TRIGGER

    def as_document(self):
        if not self.live:
            return None
        return Document(
            url=self.get_absolute_url(),
            title=self.title,
            names=[self.short_title, *self.also_called],
            gist=self.gist,
            body=" ".join(
                (
                    *self.key_points,
                    plain_text(self.what_it_is),
                    plain_text(self.how_it_may_lead_to_pain),
                    *self.claims.values_list("text", flat=True),
                    *self.unknowns,
                )
            ),
            triggers=[self.slug],
            sources=self.cited_keys(),
            certainty=self.certainty,
            go_live_at=self.go_live_at,
            expire_at=self.expire_at,
            changed_at=self.last_published_at,
        )

    def dependents(self):
        """Pages whose index rows name this trigger's slug, and topics that show links with it."""
        return [
            *self.articles.all(),
            *self.tips.all(),
            *self.tip_collections.all(),
            *self._linked_topics(),
        ]

    def _linked_topics(self):
        neighbours = Trigger.objects.filter(
            models.Q(factor__links_out__to_factor__trigger=self)
            | models.Q(factor__links_in__from_factor__trigger=self)
        )
        return neighbours.exclude(pk=self.pk).distinct()
