"""The words for how sure we are: one list for every kind of content and its database checks."""

from django.db import models


class Certainty(models.TextChoices):
    """GRADE-style certainty; the evidence-grades page explains the words to readers."""

    STRONG = "strong", "Strong"
    MODERATE = "moderate", "Moderate"
    LIMITED = "limited", "Limited"
    CONFLICTING = "conflicting", "Conflicting"
    VERY_LIMITED = "very_limited", "Very limited"


def listed_order(field, values):
    """An order_by expression: rows in the order in which a list names their values."""
    whens = [models.When(**{field: value}, then=n) for n, value in enumerate(values)]
    return models.Case(*whens, default=len(whens), output_field=models.IntegerField())


def choices_check(field, choices, *, name):
    """A database constraint that keeps a column inside its list; empty is allowed in a draft."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": ["", *choices.values]}), name=name
    )
