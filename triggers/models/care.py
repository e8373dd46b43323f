"""Care advice: written once, placed on many pages, never shortened."""

from django.db import models

from fibro.evidence import choices_check
from fibro.reading.fields import RichTextField

from ..querysets import CareCardQuerySet


class Urgency(models.TextChoices):
    EMERGENCY = "emergency", "Emergency"
    URGENT = "urgent", "Urgent"
    NON_URGENT = "non_urgent", "Non-urgent"
    NOTE = "note", "Safety note"


class CareCard(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    urgency = models.CharField(max_length=12, choices=Urgency)
    heading = models.CharField(max_length=200)
    body = RichTextField(blank=False)
    position = models.PositiveSmallIntegerField(default=0)
    before_text = models.BooleanField(
        "before the text",
        default=False,
        help_text="Stands above the page's own text, for advice to read before anything is tried.",
    )
    on_all_triggers = models.BooleanField(default=False)
    on_all_articles = models.BooleanField(default=False)

    objects = CareCardQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [choices_check("urgency", Urgency, name="care_card_urgency_listed")]

    def __str__(self):
        return self.heading

    def natural_key(self):
        return (self.slug,)


class CrisisContact(models.Model):
    """Whom to call, by country. Check every number before each release."""

    country = models.CharField(max_length=100, unique=True)
    emergency = models.CharField(max_length=100)
    crisis_line = models.CharField(max_length=200, blank=True)
    urgent_advice = models.TextField(blank=True)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.country
