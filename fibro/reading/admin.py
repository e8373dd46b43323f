from django.contrib import admin

from fibro.admin_base import ContentAdmin

from .models import GlossaryTerm


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ContentAdmin):
    slug_from = "term"
    list_display = ["term", "definition"]
    search_fields = ["term", "definition", "also"]
    fields = ["term", "slug", "definition", "also", "sources"]
