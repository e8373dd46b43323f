"""One object with everything an editor edits on it, as plain JSON: the unit of history."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from taggit.managers import TaggableManager


def capture(obj):
    """{"fields": …, "relations": …, "tags": …, "children": …}; related objects are named by their
    natural keys. What only publishing sets (live, dates, review) is not part of it."""
    snapshot = _columns(obj)
    if tag_fields := [f for f in obj._meta.many_to_many if isinstance(f, TaggableManager)]:
        snapshot["tags"] = sorted(
            name for field in tag_fields for name in getattr(obj, field.name).names()
        )
    if children := getattr(obj, "snapshot_children", ()):
        snapshot["children"] = {
            path: [_columns(child) | {"id": str(child.pk)} for child in _related(obj, path)]
            for path in children
        }
    return json.loads(json.dumps(snapshot, cls=DjangoJSONEncoder))


def fingerprint(obj):
    """A hash that changes when, and only when, something an editor edits has changed."""
    text = json.dumps(capture(obj), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _columns(obj):
    fields = {}
    for field in obj._meta.concrete_fields:
        if field.primary_key or not field.editable:
            continue
        if field.is_relation:
            fields[field.name] = _name(getattr(obj, field.name))
        else:
            fields[field.name] = field.value_from_object(obj)
    relations = {
        field.name: sorted(_name(each) for each in getattr(obj, field.name).all())
        for field in obj._meta.many_to_many
        if not isinstance(field, TaggableManager) and field.remote_field.through._meta.auto_created
    }
    return {"fields": fields, "relations": relations}


def _name(related):
    if related is None:
        return None
    key = related.natural_key() if hasattr(related, "natural_key") else (str(related.pk),)
    return list(key)


def _related(obj, path):
    """The child rows at a dotted path such as "factor.links_out"; none where a step is missing."""
    for step in path.split("."):
        obj = getattr(obj, step, None)
        if obj is None:
            return []
    return obj.all()
