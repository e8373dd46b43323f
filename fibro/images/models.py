from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from .renditions import rendition_widths, storage_name

ALT_AND_DECORATIVE = "A decorative image has no alternative text: clear it or untick “decorative”."
NEITHER_ALT_NOR_DECORATIVE = (
    "Describe the image for readers who cannot see it, or tick “decorative”."
)


class Image(models.Model):
    """A picture in the library, live as soon as it is saved.

    Content refers to it by ForeignKey with on_delete=PROTECT. Its files stay when they are replaced
    or the row is deleted, because a page cached somewhere may still name them.
    """

    title = models.CharField(
        max_length=200, help_text="For editors, to find the image again; readers never see it."
    )
    alt = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What a reader who cannot see the image needs to know from it.",
    )
    is_decorative = models.BooleanField(
        "decorative",
        default=False,
        help_text="The page loses nothing without this image, so screen readers skip it.",
    )
    credit = models.CharField(max_length=200, blank=True, help_text="Shown below the image.")
    digest = models.CharField(max_length=32, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    created_at = models.DateTimeField("added", auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True, alt="") | Q(is_decorative=False, alt__regex=r"\S"),
                name="image_has_alt_or_is_decorative",
            )
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if self.is_decorative and self.alt:
            raise ValidationError({"alt": ALT_AND_DECORATIVE})
        if not self.is_decorative and not self.alt:
            raise ValidationError({"alt": NEITHER_ALT_NOR_DECORATIVE})

    def take_files(self, encoded):
        """Store an Encoded's renditions and refer to them; the caller saves the row afterwards."""
        for width, content in encoded.files.items():
            _store(storage_name(encoded.digest, width), content)
        self.digest, self.width, self.height = encoded.digest, encoded.width, encoded.height

    def renditions(self):
        """(url, width in pixels) of every file, smallest first."""
        return [
            (default_storage.url(storage_name(self.digest, width)), width)
            for width in rendition_widths(self.width)
        ]

    @property
    def srcset(self):
        return ", ".join(f"{url} {width}w" for url, width in self.renditions())

    @property
    def src(self):
        url, _ = self.renditions()[-1]
        return url

    @property
    def alt_text(self):
        """For an alt attribute: empty tells a screen reader to skip the image."""
        return self.alt


def _store(name, content):
    # The size tells a finished file from one whose writing was cut short.
    if default_storage.exists(name) and default_storage.size(name) == len(content):
        return
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))
