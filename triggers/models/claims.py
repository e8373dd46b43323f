"""One plain statement, its kind, its certainty and its sources."""

import uuid

from django.db import models
from django.urls import reverse

from fibro.evidence import Certainty, choices_check

from ..querysets import ClaimQuerySet


class ClaimKind(models.TextChoices):
    CAUSE = "cause", "Cause"
    RISK_FACTOR = "risk_factor", "Risk factor"
    FLARE_TRIGGER = "flare_trigger", "Flare trigger"
    MAKES_WORSE = "makes_worse", "Makes worse"
    GOES_WITH = "goes_with", "Goes with"
    NOT_SUPPORTED = "not_supported", "Not supported"
    HELPS = "helps", "Helps"
    DOES_NOT_HELP = "does_not_help", "Does not help"
    ABOUT = "about", "About"


class Claim(models.Model):
    """The words must not say more than the certainty allows."""

    # Rows made in a draft need an id before they are saved, so it is not the database's to give.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(
        max_length=40,
        unique=True,
        blank=True,
        help_text="Short and permanent: the claim's address. Left empty, one is made.",
    )
    trigger = models.ForeignKey("triggers.Trigger", on_delete=models.CASCADE, related_name="claims")
    text = models.TextField()
    kind = models.CharField(max_length=14, choices=ClaimKind)
    certainty = models.CharField(max_length=12, choices=Certainty.choices)
    certainty_note = models.TextField(blank=True)
    sources = models.ManyToManyField("sources.Source", blank=True, related_name="claims")
    number_text = models.CharField(
        "number in words", max_length=200, blank=True, help_text="“about 1 in 5”"
    )
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    number_group = models.CharField(
        "number of whom", max_length=300, blank=True, help_text="“people with …”"
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            choices_check("kind", ClaimKind, name="claim_kind_listed"),
            choices_check("certainty", Certainty, name="claim_certainty_listed"),
            models.CheckConstraint(
                condition=models.Q(numerator=None, denominator=None)
                | models.Q(
                    numerator__isnull=False,
                    denominator__isnull=False,
                    denominator__gt=0,
                    numerator__lte=models.F("denominator"),
                ),
                name="claim_number_is_whole",
                violation_error_message="Give both numbers, the first no larger than the second.",
            ),
        ]

    def __str__(self):
        return f"{self.key}: {self.text[:80]}"

    def save(self, *args, **kwargs):
        if not self.key:
            self.key = f"new-{self.id.hex[:8]}"
        super().save(*args, **kwargs)

    def natural_key(self):
        return (self.key,)

    def get_absolute_url(self):
        return f"{reverse('triggers:detail', args=[self.trigger.slug])}#claim-{self.key}"
