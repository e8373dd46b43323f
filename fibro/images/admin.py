from django.contrib import admin
from django.utils.html import format_html

from .forms import ImageForm
from .models import Image

THUMBNAIL_WIDTH = 96
PREVIEW_WIDTH = 480


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ["thumbnail", "title", "described", "credit", "dimensions", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_filter = ["is_decorative"]
    search_fields = ["title", "alt", "credit"]
    readonly_fields = ["preview", "dimensions", "created_at"]

    def get_fields(self, request, obj=None):
        return [*ImageForm.Meta.fields, *(self.readonly_fields if obj else [])]

    @admin.display(description="Image")
    def thumbnail(self, image):
        return _smallest_file(image, shown_width=THUMBNAIL_WIDTH)

    @admin.display(description="Preview")
    def preview(self, image):
        return _smallest_file(image, shown_width=PREVIEW_WIDTH)

    @admin.display(description="Alternative text")
    def described(self, image):
        return "(decorative)" if image.is_decorative else image.alt

    @admin.display(description="Size in pixels")
    def dimensions(self, image):
        return f"{image.width} × {image.height}"


def _smallest_file(image, *, shown_width):
    url, file_width = image.renditions()[0]
    width = min(shown_width, file_width)
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        url,
        width,
        max(1, round(width * image.height / image.width)),
        image.alt_text or image.title,
    )
