from django.contrib import admin

from fibro.admin_base import ContentAdmin

from .models import CrisisTerm, Misspelling, SynonymSet


@admin.register(SynonymSet)
class SynonymSetAdmin(ContentAdmin):
    list_display = ["__str__", "direction", "match"]
    list_filter = ["direction", "match"]
    search_fields = ["terms", "note"]


@admin.register(Misspelling)
class MisspellingAdmin(ContentAdmin):
    list_display = ["wrong", "right"]
    search_fields = ["wrong", "right"]


@admin.register(CrisisTerm)
class CrisisTermAdmin(ContentAdmin):
    search_fields = ["phrase"]
