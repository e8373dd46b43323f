"""What every page has: whether and when readers see it, who wrote it, who reviewed it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import NoReverseMatch, Resolver404, resolve

from .querysets import PublishableQuerySet, RedirectQuerySet


class Contributor(models.Model):
    """An author or clinical reviewer as readers see them; not the login."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=100, unique=True)
    role = models.CharField(max_length=200, blank=True, help_text="“Rheumatologist”, “Editor”.")
    credentials = models.CharField(max_length=300, blank=True)
    interests = models.TextField(
        "declared interests", blank=True, help_text="What could sway their judgement, or “None”."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)


class Redirect(models.Model):
    """An address that pages used to have. Chains are flattened as they arise."""

    old_path = models.CharField(max_length=300, unique=True)
    new_path = models.CharField(max_length=300)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old_path=models.F("new_path")), name="redirect_leads_elsewhere"
            )
        ]

    def __str__(self):
        return f"{self.old_path} → {self.new_path}"


class Publishable(models.Model):
    """A page of content. Columns that a half-written draft may leave empty are permissive:
    completeness is judged when publishing, not by NOT NULL."""

    live = models.BooleanField(default=False, editable=False)
    go_live_at = models.DateTimeField(null=True, blank=True, editable=False)
    expire_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_on = models.DateField(null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        Contributor,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    review_due_on = models.DateField(null=True, blank=True)
    authors = models.ManyToManyField(Contributor, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PublishableQuerySet.as_manager()

    #: Fields that must be filled before readers may see the page.
    required_to_publish = ("title", "gist")

    #: Whether the site itself leans on the page, so that it cannot go or move.
    must_stay = False

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(live=False)
                | models.Q(first_published_at__isnull=False, last_published_at__isnull=False),
                name="%(class)s_live_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_on__isnull=True, reviewed_by__isnull=True)
                | models.Q(reviewed_on__isnull=False, reviewed_by__isnull=False),
                name="%(class)s_review_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(go_live_at=None)
                | models.Q(expire_at=None)
                | models.Q(expire_at__gt=models.F("go_live_at")),
                name="%(class)s_expires_after_go_live",
            ),
        ]

    def __str__(self):
        return self.title or "(untitled)"

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        """The site's own addresses come first: a page there could never be seen."""
        super().clean()
        if self.address_is_taken():
            raise ValidationError("This address is taken by the site itself. Choose another.")

    def address_is_taken(self):
        if not getattr(self, "slug", ""):
            return False
        try:
            match = resolve(self.get_absolute_url())
        except (NoReverseMatch, Resolver404):
            return False  # the slug itself is at fault, and its field says so
        return match.kwargs.get("slug") != self.slug

    def save(self, *args, **kwargs):
        """A published page that moves leaves a redirect at its old address."""
        with transaction.atomic():
            before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if before and before.first_published_at:
                Redirect.objects.leave(before.get_absolute_url(), self.get_absolute_url())

    def dependents(self):
        """Other objects whose derived data names this one; refreshed with it."""
        return ()

    def missing(self):
        """Names of the fields that are still empty and must not be when publishing."""
        return [
            self._meta.get_field(name).verbose_name
            for name in self.required_to_publish
            if not getattr(self, name)
        ]
