"""What leads to what: factors, the links between them, and the loops they make."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models

from fibro.evidence import Certainty, choices_check

from ..querysets import LinkQuerySet, LoopQuerySet


class Factor(models.Model):
    """A trigger, or a plain node such as mood or flare."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    plain_meaning = models.TextField(blank=True)
    trigger = models.OneToOneField(
        "triggers.Trigger",
        null=True,
        blank=True,
        on_delete=models.CASCADE,  # left behind, it would be a plain node that nobody meant
        related_name="factor",
        help_text="The topic page about it. Plain nodes have none.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def dependents(self):
        """The topic page about it shows its name and its links."""
        return [self.trigger] if self.trigger else []


class Link(models.Model):
    """One factor may lead to another: how, and how sure we are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_factor = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="links_out")
    to_factor = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="links_in")
    mechanism = models.TextField(help_text="One line: how the one may lead to the other.")
    certainty = models.CharField(max_length=12, choices=Certainty.choices)
    sources = models.ManyToManyField("sources.Source", blank=True, related_name="links")
    position = models.PositiveSmallIntegerField(default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["from_factor", "to_factor"], name="link_once"),
            models.CheckConstraint(
                condition=~models.Q(from_factor=models.F("to_factor")), name="link_not_to_itself"
            ),
            choices_check("certainty", Certainty, name="link_certainty_listed"),
        ]

    def __str__(self):
        return f"{self.from_factor} → {self.to_factor}"

    def dependents(self):
        """The topic pages at both ends show it."""
        return [*self.from_factor.dependents(), *self.to_factor.dependents()]

    def clean(self):
        if self.from_factor_id and self.from_factor_id == self.to_factor_id:
            raise ValidationError({"to_factor": "A factor cannot lead to itself."})


class Loop(models.Model):
    """A feedback loop told in words. With fewer than two steps it is a caption without arrows."""

    title = models.CharField(max_length=200, unique=True)
    told = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    factors = models.ManyToManyField(Factor, through="LoopStep", related_name="loops")

    objects = LoopQuerySet.as_manager()
    snapshot_children = ("steps",)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.title


class LoopStep(models.Model):
    """A factor in a loop; after the last step comes the first."""

    loop = models.ForeignKey(Loop, on_delete=models.CASCADE, related_name="steps")
    factor = models.ForeignKey(Factor, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return str(self.factor)
