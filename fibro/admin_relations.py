"""Choosing related objects in the admin: autocomplete for every relation and for tags, and inlines
that are ordered by number and stay cheap however many rows they hold."""

from functools import cached_property

from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelMultipleChoiceField
from taggit.managers import TaggableManager


def usable_keys(model, values):
    """The values that can be primary keys of the model; the rest would break a query."""
    for value in values:
        try:
            yield model._meta.pk.clean(value, None)
        except ValidationError:
            continue


class SharedLabels:
    """Loads the labels of chosen objects at most once.

    The stock widget asks the database once for each field of each inline row, and fails on a value
    that is no key. A form's widgets are copies of its class's, so one formset shares one `labels`.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.labels = {}

    def load_labels(self, values):
        model = self.field.remote_field.model
        wanted = {str(value) for value in values} - self.labels.keys() - {"", "None"}
        if keys := list(usable_keys(model, wanted)):
            found = model._default_manager.filter(pk__in=keys)
            self.labels |= {str(obj.pk): str(obj) for obj in found}

    def optgroups(self, name, value, attrs=None):
        self.load_labels(value)
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for key in value:
            if key in self.labels:
                options.append(self.create_option(name, key, self.labels[key], True, len(options)))
        return [(None, options, 0)]


class SelectOne(SharedLabels, AutocompleteSelect):
    pass


class SelectMany(SharedLabels, AutocompleteSelectMultiple):
    pass


class ManyField(ModelMultipleChoiceField):
    """The stock field lets a number that is too large reach the database, which refuses it."""

    def _check_values(self, value):
        model = self.queryset.model
        for key in value:
            if not list(usable_keys(model, [key])):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": key},
                )
        return super()._check_values(value)


class RelationsMixin:
    """For model admins and inlines alike."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, TaggableManager):
            return self._tags_field(db_field, request)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", SelectOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", SelectMany(db_field, self.admin_site))
        kwargs.setdefault("form_class", ManyField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _tags_field(self, db_field, request):
        """Tags are chosen from those that exist, so that no near-double arises by a slip; a new one
        is made with the plus sign."""
        tags = db_field.remote_field.model
        tag_admin = self.admin_site.get_model_admin(tags)
        return db_field.formfield(
            form_class=ManyField,
            queryset=tags._default_manager.all(),
            help_text="",
            widget=RelatedFieldWidgetWrapper(
                SelectMany(db_field, self.admin_site),
                db_field.remote_field,
                self.admin_site,
                can_add_related=tag_admin.has_add_permission(request),
            ),
        )


class OrderedFormSet(BaseInlineFormSet):
    """Rows in the order of their `position` numbers; a row without a number goes last."""

    @cached_property
    def forms(self):
        forms = super().forms
        for name, field in self.form.base_fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, AutocompleteMixin):
                widget.load_labels(self._chosen(forms, name))
        return forms

    @staticmethod
    def _chosen(forms, name):
        for form in forms:
            value = form[name].value() or ()
            yield from value if isinstance(value, list | tuple) else [value]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["position"].required = False
        form.fields["position"].label = "Order"
        if form.instance._state.adding:
            form.fields["position"].initial = form.initial["position"] = None

    def clean(self):
        super().clean()
        rows = [form for form in self.forms if getattr(form, "cleaned_data", None)]
        last = max((form.cleaned_data.get("position") or 0 for form in rows), default=0)
        for form in rows:
            if form.has_changed() and form.cleaned_data.get("position") is None:
                last += 1
                form.instance.position = last

    def get_unique_error_message(self, unique_check):
        return "The same thing is chosen twice. Remove one of the two rows."

    def get_form_error(self):
        return "This row repeats another one."


class OrderedInline(RelationsMixin):
    """An ordered list of children, with all they name loaded in a few queries."""

    formset = OrderedFormSet
    extra = 0
    view_on_site = False

    def get_queryset(self, request):
        relations = [field.name for field in self.opts.fields if field.is_relation]
        many = [field.name for field in self.opts.many_to_many]
        return super().get_queryset(request).select_related(*relations).prefetch_related(*many)
