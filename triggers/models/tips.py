"""Something a person can do, and curated choices of such things."""

import uuid

from django.db import models
from django.urls import reverse

from fibro.evidence import Certainty, choices_check
from fibro.publishing.models import Publishable
from fibro.search.documents import Document, Kind


class Energy(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Per(models.TextChoices):
    ONCE = "once", "each go"
    DAY = "day", "a day"
    WEEK = "week", "a week"
    AS_NEEDED = "as_needed", "when needed"


class BodyPosition(models.TextChoices):
    LYING = "lying", "Lying down"
    SITTING = "sitting", "Sitting"
    STANDING = "standing", "Standing"
    ANY = "any", "Any position"


class Cost(models.TextChoices):
    FREE = "free", "Free"
    LOW = "low", "Low cost"
    MEDIUM = "medium", "Some cost"
    HIGH = "high", "High cost"


class Tip(Publishable):
    key = models.SlugField(
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        help_text="Short and permanent, for people who keep lists of tips.",
    )
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    energy = models.CharField("energy it takes", max_length=10, choices=Energy, blank=True)
    minutes_min = models.PositiveSmallIntegerField("minutes, from", null=True, blank=True)
    minutes_max = models.PositiveSmallIntegerField("minutes, to", null=True, blank=True)
    per = models.CharField("minutes are for", max_length=10, choices=Per, blank=True)
    body_position = models.CharField(max_length=10, choices=BodyPosition, blank=True)
    cost = models.CharField(max_length=10, choices=Cost, blank=True)
    certainty = models.CharField(max_length=12, choices=Certainty.choices, blank=True)
    first_ask = models.TextField(
        blank=True, help_text="What to ask yourself before you try it. Shown before the tip."
    )
    caution = models.TextField(blank=True)
    get_help = models.TextField(blank=True, help_text="When to stop and get help.")
    triggers = models.ManyToManyField("triggers.Trigger", blank=True, related_name="tips")
    sources = models.ManyToManyField(
        "sources.Source", blank=True, related_name="tips", help_text="None means general advice."
    )
    care_cards = models.ManyToManyField("triggers.CareCard", blank=True, related_name="tips")
    position = models.PositiveSmallIntegerField(default=0)

    required_to_publish = ("title", "text", "energy", "certainty")

    class Meta(Publishable.Meta):
        ordering = ["position", "title"]
        constraints = [
            *Publishable.Meta.constraints,
            choices_check("energy", Energy, name="tip_energy_listed"),
            choices_check("per", Per, name="tip_per_listed"),
            choices_check("body_position", BodyPosition, name="tip_body_position_listed"),
            choices_check("cost", Cost, name="tip_cost_listed"),
            choices_check("certainty", Certainty, name="tip_certainty_listed"),
            models.CheckConstraint(
                condition=models.Q(minutes_min=None)
                | models.Q(minutes_max=None)
                | models.Q(minutes_max__gte=models.F("minutes_min")),
                name="tip_minutes_in_order",
                violation_error_message="“Minutes, to” must not be less than “minutes, from”.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("triggers:tip", args=[self.slug])

    search_kind = Kind.TIP

    def as_document(self):
        if not self.live:
            return None
        return Document(
            url=self.get_absolute_url(),
            title=self.title,
            gist=self.text,
            body=" ".join((self.first_ask, self.caution, self.get_help)),
            triggers=list(self.triggers.values_list("slug", flat=True)),
            sources=list(self.sources.values_list("key", flat=True)),
            certainty=self.certainty,
            energy=self.energy,
            go_live_at=self.go_live_at,
            expire_at=self.expire_at,
            changed_at=self.last_published_at,
        )

    def dependents(self):
        """Collections are found by the titles of their tips."""
        return self.collections.all()


class TipCollection(Publishable):
    """An ordered, curated choice of tips, for a trigger or a situation."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)
    triggers = models.ManyToManyField(
        "triggers.Trigger", blank=True, related_name="tip_collections"
    )
    tips = models.ManyToManyField(Tip, through="CollectedTip", related_name="collections")
    position = models.PositiveSmallIntegerField(default=0)

    required_to_publish = ("title", "intro")
    snapshot_children = ("collected_tips",)

    class Meta(Publishable.Meta):
        ordering = ["position", "title"]

    def get_absolute_url(self):
        return reverse("triggers:tip_collection", args=[self.slug])

    def live_tips(self, at=None):
        """Its tips that readers may see, in their curated order, with their sources."""
        return (
            self.tips.live(at)
            .order_by("collected_in__position", "collected_in__id")
            .prefetch_related("sources")
        )

    search_kind = Kind.TIP_COLLECTION

    def as_document(self):
        if not self.live:
            return None
        return Document(
            url=self.get_absolute_url(),
            title=self.title,
            gist=self.intro,
            body=" ".join(tip.title for tip in self.live_tips()),
            triggers=list(self.triggers.values_list("slug", flat=True)),
            go_live_at=self.go_live_at,
            expire_at=self.expire_at,
            changed_at=self.last_published_at,
        )


class CollectedTip(models.Model):
    """A tip's place in a collection."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(
        TipCollection, on_delete=models.CASCADE, related_name="collected_tips"
    )
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="collected_in")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "tip"], name="tip_once_in_collection")
        ]

    def __str__(self):
        return str(self.tip)
