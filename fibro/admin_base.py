"""What the admin of every kind of content shares."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from js_asset import Media

from fibro.admin_relations import RelationsMixin
from fibro.fields import LinesField
from fibro.publishing.changes import changed, dependents_of, removed

FORM_FIELDS = {
    models.URLField: {"assume_scheme": "https"},
    # The style sheet lets text areas grow with what is typed; rows are for browsers without that.
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    LinesField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
}


class ContentAdmin(RelationsMixin, admin.ModelAdmin):
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = FORM_FIELDS

    #: The field whose words a new object's slug is made from.
    slug_from = None

    def get_prepopulated_fields(self, request, obj=None):
        """Only for new objects: an address that readers know must not follow the title."""
        return {"slug": [self.slug_from]} if obj is None and self.slug_from else {}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug" and field:
            field.label = "Name in the address"
            field.help_text = field.help_text or "Small letters, digits and hyphens."
        return field

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        changed(form.instance)

    def delete_model(self, request, obj):
        self._delete([obj])

    def delete_queryset(self, request, queryset):
        self._delete(queryset)

    @transaction.atomic
    def _delete(self, objs):
        for obj in objs:
            dependents = list(dependents_of(obj))
            removed(obj)
            obj.delete()
            for dependent in dependents:
                changed(dependent)

    def uses_of(self, obj):
        """Objects that stand in the way of deleting this one."""
        return ()

    def get_deleted_objects(self, objs, request):
        to_delete, counts, missing_permissions, protected = super().get_deleted_objects(
            objs, request
        )
        uses = [admin_link(use) for obj in objs for use in self.uses_of(obj)]
        return to_delete, counts, missing_permissions, [*protected, *uses]

    def render_change_form(self, request, context, *args, **kwargs):
        # The editor's import map is an inline script; under the CSP it needs the request's nonce.
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)


def admin_link(obj):
    """What an object is, with a link to its form where the admin has one."""
    text = capfirst(f"{obj._meta.verbose_name}: {Truncator(obj).chars(100)}")
    if not admin.site.is_registered(type(obj)):
        return text
    url = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    return format_html('<a href="{}">{}</a>', url, text)
