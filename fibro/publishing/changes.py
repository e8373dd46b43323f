"""One call after every change: what is derived follows in the same transaction."""

from django.db import transaction

from fibro.search import index


def changed(obj):
    """Bring everything derived from the object up to date. Call it once its relations are saved."""
    with transaction.atomic():
        dependents = sorted(dependents_of(obj), key=lambda each: (each._meta.label, each.pk))
        for each in (obj, *dependents):
            if hasattr(each, "as_document"):
                index.refresh(each)


def removed(obj):
    """The object is about to be deleted."""
    if hasattr(obj, "as_document"):
        index.remove(obj)


def dependents_of(obj):
    return obj.dependents() if hasattr(obj, "dependents") else ()
