"""Keeping the index in step: called in the same transaction as the change, never by a signal."""

from dataclasses import asdict

from .models import SearchDocument


def refresh(obj):
    """Write the row of a searchable object, or take it away where it is not to be found.

    The object has `search_kind` and `as_document()`, which gives a Document or None.
    """
    # Read again under a lock: another transaction may have changed the row since it was loaded.
    obj = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    document = obj.as_document()
    if document is None:
        remove(obj)
        return
    columns = asdict(document) | {"names": "\n".join(document.names)}
    SearchDocument.objects.update_or_create(
        kind=obj.search_kind, object_id=str(obj.pk), defaults=columns
    )


def remove(obj):
    SearchDocument.objects.filter(kind=obj.search_kind, object_id=str(obj.pk)).delete()
