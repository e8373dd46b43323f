"""Model fields that several rooms share."""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models


class LinesFormField(forms.CharField):
    """A textarea with one item on each line; blank lines are dropped."""

    widget = forms.Textarea

    def __init__(self, *args, **kwargs):
        for array_option in ("base_field", "max_length", "empty_value"):
            kwargs.pop(array_option, None)
        kwargs.setdefault("help_text", "One on each line.")
        super().__init__(*args, strip=False, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data or "")

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """CharField's validators expect one string; here every line is one."""
        for line in value:
            super().run_validators(line)


class LinesField(ArrayField):
    """A short ordered list of plain sentences, edited as one on each line."""

    def __init__(self, **kwargs):
        kwargs.pop("base_field", None)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(base_field=models.TextField(), **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("base_field", None)
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        return super(ArrayField, self).formfield(**{"form_class": LinesFormField, **kwargs})
