"""The bibliography: one row per source, in CSL's fields."""

from urllib.parse import quote

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from fibro.evidence import choices_check
from fibro.fields import LinesField


class SourceType(models.TextChoices):
    """CSL item types that health evidence needs."""

    ARTICLE_JOURNAL = "article-journal", "Journal article"
    REPORT = "report", "Guideline or report"
    BOOK = "book", "Book"
    CHAPTER = "chapter", "Book chapter"
    WEBPAGE = "webpage", "Web page"


class SourceStatus(models.TextChoices):
    CURRENT = "current", "Current"
    CORRECTED = "corrected", "Corrected"
    SUPERSEDED = "superseded", "Superseded"
    RETRACTED = "retracted", "Retracted"


class Source(models.Model):
    key = models.CharField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9][\w:.-]*\Z", "Use letters, digits, - _ : or .")],
        help_text="How editors cite it in text: [@arnold2004]. It cannot change later.",
    )
    type = models.CharField(max_length=20, choices=SourceType, default=SourceType.ARTICLE_JOURNAL)
    title = models.TextField()
    authors = LinesField(help_text="One on each line, as “Family, Given” or an organisation.")
    container_title = models.CharField("journal or book", max_length=300, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    publisher_place = models.CharField(max_length=200, blank=True)
    genre = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    volume = models.CharField(max_length=40, blank=True)
    issue = models.CharField(max_length=40, blank=True)
    page = models.CharField("pages", max_length=60, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    pmid = models.CharField("PMID", max_length=20, blank=True)
    pmcid = models.CharField("PMCID", max_length=20, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    url = models.URLField("address", max_length=500, blank=True)
    unconfirmed = LinesField(
        verbose_name="details not checked",
        help_text="CSL names of details nobody has checked against a copy (author, volume, DOI). "
        "Readers are told, and these details are not shown.",
    )
    note = models.TextField("note for editors", blank=True)
    status = models.CharField(max_length=12, choices=SourceStatus, default=SourceStatus.CURRENT)
    status_note = models.TextField(
        blank=True, help_text="What was corrected or why it was retracted; shown to readers."
    )

    class Meta:
        ordering = ["key"]
        constraints = [
            choices_check("type", SourceType, name="source_type_listed"),
            choices_check("status", SourceStatus, name="source_status_listed"),
            models.CheckConstraint(
                condition=models.Q(month=None) | models.Q(month__range=(1, 12)),
                name="source_month_range",
                violation_error_message="A month is a number from 1 to 12.",
            ),
            models.CheckConstraint(
                condition=models.Q(day=None) | models.Q(day__range=(1, 31)),
                name="source_day_range",
                violation_error_message="A day is a number from 1 to 31.",
            ),
        ]

    def __str__(self):
        return f"{self.key}: {self.title}"

    def natural_key(self):
        return (self.key,)

    def get_absolute_url(self):
        return reverse("sources:detail", args=[self.key])

    def confirmed(self, csl_name, value):
        """The value, or nothing where the detail has not been seen in a copy."""
        return "" if csl_name in self.unconfirmed else value

    @property
    def byline(self):
        """Up to three authors, then "et al."; nothing when the names are unchecked."""
        names = [short_name(author) for author in self.confirmed("author", self.authors)]
        return ", ".join(names[:3]) + (", et al." if len(names) > 3 else "")

    @property
    def published_year(self):
        return self.confirmed("issued", self.year) or ""

    @property
    def locator(self):
        """Volume, issue and pages the way reference lists print them: 12(3):45-50."""
        volume = self.confirmed("volume", self.volume)
        issue = self.confirmed("issue", self.issue)
        page = self.confirmed("page", self.page)
        return volume + (f"({issue})" if issue else "") + (f":{page}" if page else "")

    @property
    def confirmed_doi(self):
        return self.confirmed("DOI", self.doi)

    @property
    def doi_address(self):
        """Old DOIs hold characters that an address must escape: 10.1002/…42:11<2482::AID-…"""
        return f"https://doi.org/{quote(self.confirmed_doi)}" if self.confirmed_doi else ""

    @property
    def confirmed_url(self):
        """Where to read it; an address that is only an unchecked DOI is unchecked too."""
        if self.doi and "DOI" in self.unconfirmed and self.doi.lower() in self.url.lower():
            return ""
        return self.confirmed("URL", self.url)

    @property
    def unchecked_details(self):
        """The unchecked details in words, for the note beside the source."""
        words = {"author": "authors", "issued": "date", "page": "pages"}
        return ", ".join(words.get(name, name) for name in self.unconfirmed)


def short_name(author):
    """ "Arnold, Lesley M." -> "Arnold LM"; an organisation stays as it is."""
    family, comma, given = author.partition(",")
    initials = "".join(part[0] for part in given.replace("-", " ").replace(".", " ").split())
    return f"{family} {initials}" if comma else family
