"""Articles, their places in curated lists, tag pages and site pages."""

import uuid

from django.db import models
from django.urls import reverse
from taggit.managers import TaggableManager
from taggit.models import Tag

from fibro.evidence import Certainty, choices_check
from fibro.fields import LinesField
from fibro.publishing.models import Publishable
from fibro.reading.fields import RichTextField
from fibro.reading.reading_time import minutes_to_read
from fibro.reading.rendering import plain_text
from fibro.search.documents import Document, Kind
from fibro.sources.citations import cited_keys

from .querysets import ArticleQuerySet, TagPageQuerySet


class ArticleKind(models.TextChoices):
    EXPLAINER = "explainer", "Explainer"
    RESEARCH = "research", "Research explained"
    HOW_TO = "how_to", "How to"
    SAFETY = "safety", "Safety"


class Article(Publishable):
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=ArticleKind, blank=True)
    meta_description = models.CharField(max_length=200, blank=True)
    gist = models.TextField(blank=True, help_text="60 words or less. Many readers stop after it.")
    key_points = LinesField(help_text="Three to five, one on each line.")
    content_note = models.TextField(
        blank=True, help_text="What may be hard to read here, said before it comes."
    )
    body = RichTextField()
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    certainty = models.CharField(max_length=12, choices=Certainty.choices, blank=True)
    certainty_note = models.TextField(blank=True)
    image = models.ForeignKey(
        "images.Image", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    triggers = models.ManyToManyField(
        "triggers.Trigger", through="ArticlePlacement", related_name="articles"
    )
    tags = TaggableManager(blank=True)
    care_cards = models.ManyToManyField("triggers.CareCard", blank=True, related_name="articles")
    editor_notes = models.TextField(blank=True, help_text="For the desk; readers never see it.")

    objects = ArticleQuerySet.as_manager()
    required_to_publish = ("title", "gist", "body")
    snapshot_children = ("placements", "chosen_related")

    class Meta(Publishable.Meta):
        ordering = ["-first_published_at", "title"]
        constraints = [
            *Publishable.Meta.constraints,
            choices_check("kind", ArticleKind, name="article_kind_listed"),
            choices_check("certainty", Certainty, name="article_certainty_listed"),
        ]

    def get_absolute_url(self):
        return reverse("articles:detail", args=[self.slug])

    def save(self, *args, **kwargs):
        """Lists show the reading time without reading the body."""
        self.reading_minutes = minutes_to_read(self.gist, *self.key_points, self.body)
        super().save(*args, **kwargs)

    def cited_keys(self):
        return cited_keys(self.body)

    search_kind = Kind.ARTICLE

    def as_document(self):
        if not self.live:
            return None
        tags = list(self.tags.all())
        return Document(
            url=self.get_absolute_url(),
            title=self.title,
            names=[tag.name for tag in tags],
            gist=self.gist,
            body=" ".join((*self.key_points, plain_text(self.body))),
            triggers=list(self.triggers.values_list("slug", flat=True)),
            tags=[tag.slug for tag in tags],
            sources=self.cited_keys(),
            certainty=self.certainty,
            go_live_at=self.go_live_at,
            expire_at=self.expire_at,
            changed_at=self.last_published_at,
        )


class ArticlePlacement(models.Model):
    """An article's place in a trigger's curated list."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="placements")
    trigger = models.ForeignKey(
        "triggers.Trigger", on_delete=models.CASCADE, related_name="placements"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "trigger"], name="article_once_in_trigger")
        ]

    def __str__(self):
        return f"{self.article} in {self.trigger}"


class RelatedArticle(models.Model):
    """What an editor chose to be read after an article."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="chosen_related")
    related = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="article_related_once"),
            models.CheckConstraint(
                condition=~models.Q(article=models.F("related")), name="article_related_to_another"
            ),
        ]

    def __str__(self):
        return f"{self.related} after {self.article}"


class TagPage(Publishable):
    """What a tag means, for readers who arrive by it."""

    tag = models.OneToOneField(Tag, on_delete=models.CASCADE, related_name="page")
    description = models.TextField(blank=True)
    synonyms = LinesField(help_text="Other words for it, one on each line.")

    objects = TagPageQuerySet.as_manager()
    required_to_publish = ("description",)

    class Meta(Publishable.Meta):
        ordering = ["tag__name"]

    @property
    def title(self):
        return self.tag.name

    def natural_key(self):
        return (self.tag.slug,)

    def get_absolute_url(self):
        return reverse("articles:tag", args=[self.tag.slug])

    search_kind = Kind.TAG_PAGE

    def as_document(self):
        if not self.live:
            return None
        return Document(
            url=self.get_absolute_url(),
            title=self.tag.name,
            names=self.synonyms,
            gist=self.description,
            tags=[self.tag.slug],
            go_live_at=self.go_live_at,
            expire_at=self.expire_at,
            changed_at=self.last_published_at,
        )


#: Pages that the templates link to, on every page or nearly so.
LINKED_SITE_PAGES = frozenset(
    {
        *("about", "accessibility", "contact", "disclaimer", "evidence-grades"),
        *("for-family-and-carers", "help-now", "how-we-write-and-review"),
        *("newly-diagnosed", "privacy"),
    }
)


class SitePage(Publishable):
    """About, privacy, help now: pages about the site itself, at the top of its addresses."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    gist = models.TextField(blank=True)
    body = RichTextField(
        help_text="{{ organisation }} and {{ contact_email }} are filled in from the settings."
    )
    care_cards = models.ManyToManyField("triggers.CareCard", blank=True, related_name="site_pages")
    position = models.PositiveSmallIntegerField(default=0)

    required_to_publish = ("title", "gist")

    class Meta(Publishable.Meta):
        ordering = ["position", "title"]

    def get_absolute_url(self):
        return reverse("site_page", args=[self.slug])

    @property
    def must_stay(self):
        return self.slug in LINKED_SITE_PAGES

    def cited_keys(self):
        return cited_keys(self.body)

    search_kind = Kind.SITE_PAGE

    def as_document(self):
        if not self.live:
            return None
        return Document(
            url=self.get_absolute_url(),
            title=self.title,
            gist=self.gist,
            body=plain_text(self.body),
            sources=self.cited_keys(),
            go_live_at=self.go_live_at,
            expire_at=self.expire_at,
            changed_at=self.last_published_at,
        )
