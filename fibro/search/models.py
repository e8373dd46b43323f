"""The index: one row per live page, and the words that lead to it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from fibro.evidence import Certainty, choices_check
from fibro.fields import LinesField

from .documents import Kind
from .querysets import SearchDocumentQuerySet

TEXT_SEARCH_CONFIG = "fibro"  # english stemming after unaccent; made in the first migration


def slugs():
    return ArrayField(models.TextField(), default=list)


class SearchDocument(models.Model):
    """Derived from the page it stands for; rebuilt by fibro.search.index."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    object_id = models.CharField(max_length=40)
    url = models.CharField(max_length=300)
    title = models.TextField()
    names = models.TextField()
    gist = models.TextField()
    body = models.TextField()
    triggers = slugs()
    tags = slugs()
    sources = slugs()
    certainty = models.CharField(max_length=12, choices=Certainty.choices, blank=True)
    energy = models.CharField(max_length=10, blank=True)
    go_live_at = models.DateTimeField(null=True)
    expire_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    vector = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=TEXT_SEARCH_CONFIG)
        + SearchVector("names", weight="B", config=TEXT_SEARCH_CONFIG)
        + SearchVector("gist", weight="C", config=TEXT_SEARCH_CONFIG)
        + SearchVector("body", weight="D", config=TEXT_SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="document_once"),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="document_vector"),
            GinIndex(fields=["sources"], name="document_sources"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.url


class Direction(models.TextChoices):
    BOTH = "both", "Every term finds every other"
    TO_FIRST = "to_first", "Later terms find the first, not the reverse"


class Match(models.TextChoices):
    ANY = "any", "Upper or lower case"
    EXACT_CASE = "exact_case", "Only when typed in exactly this case"


class SynonymSet(models.Model):
    """Words that mean the same to a reader. Terms keep their order: the first one leads."""

    terms = LinesField(blank=False)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.BOTH)
    match = models.CharField(max_length=10, choices=Match, default=Match.ANY)
    note = models.TextField("note for editors", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            choices_check("direction", Direction, name="synonym_direction_listed"),
            choices_check("match", Match, name="synonym_match_listed"),
        ]

    def __str__(self):
        return ", ".join(self.terms)


class Misspelling(models.Model):
    wrong = models.CharField(max_length=100, unique=True)
    right = models.CharField(max_length=100)

    class Meta:
        ordering = ["wrong"]

    def __str__(self):
        return f"{self.wrong} → {self.right}"


class CrisisTerm(models.Model):
    """A search that holds one of these shows the help-now panel above all results."""

    phrase = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["phrase"]

    def __str__(self):
        return self.phrase
