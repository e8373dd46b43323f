"""The words for how sure we are: one list for every kind of content and its database checks."""

from django.db import models


class Certainty(models.TextChoices):
    """GRADE-style certainty; the evidence-grades page explains the words to readers."""

    STRONG = "strong", "Strong"
    MODERATE = "moderate", "Moderate"
    LIMITED = "limited", "Limited"
    CONFLICTING = "conflicting", "Conflicting"
    VERY_LIMITED = "very_limited", "Very limited"


def choices_check(field, choices, *, name):
    """A database constraint that keeps a column inside its list; empty is allowed in a draft."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": ["", *choices.values]}), name=name
    )
