from functools import reduce
from operator import or_

from django.apps import apps
from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django_prose_editor.fields import ProseEditorField

from fibro.admin_base import ContentAdmin, admin_link

from .citations import cited_keys
from .models import Source


def uses_of(source):
    """Everything that names the source: by a relation, or by its key in rich text."""
    for relation in source._meta.related_objects:
        yield from getattr(source, relation.get_accessor_name()).all()
    for model in apps.get_models():
        texts = [f.name for f in model._meta.concrete_fields if isinstance(f, ProseEditorField)]
        if not texts:
            continue
        named = reduce(or_, (Q(**{f"{text}__contains": f"@{source.key}"}) for text in texts))
        for obj in model._default_manager.filter(named):
            if source.key in cited_keys(*(getattr(obj, text) for text in texts)):
                yield obj


@admin.register(Source)
class SourceAdmin(ContentAdmin):
    list_display = ["key", "title", "year", "type", "status"]
    list_filter = ["status", "type"]
    search_fields = ["key", "title", "authors", "container_title", "doi", "pmid"]
    fieldsets = [
        (None, {"fields": ["key", "type", "title", "authors"]}),
        (
            "Where it appeared",
            {
                "fields": [
                    "container_title",
                    ("year", "month", "day"),
                    ("volume", "issue", "page"),
                ]
            },
        ),
        ("Where to find it", {"fields": [("doi", "pmid", "pmcid"), "url"]}),
        (
            "Whether it still holds",
            {"fields": ["status", "status_note", "unconfirmed", "note", "used_in"]},
        ),
        (
            "Details of books and reports",
            {
                "classes": ["collapse"],
                "fields": [("publisher", "publisher_place"), ("genre", "number", "isbn")],
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        # Texts cite the key, so it cannot change once it exists.
        return ["used_in", "key"] if obj else ["used_in"]

    def uses_of(self, obj):
        return uses_of(obj)

    @admin.display(description="Used in", empty_value="Nothing cites it yet.")
    def used_in(self, source):
        if source.pk is None:
            return None
        links = [(admin_link(use),) for use in uses_of(source)]
        return (
            format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", links))
            if links
            else None
        )
