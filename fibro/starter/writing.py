"""A record -> its row, relations and child rows."""

from django.apps import apps
from django.db.models import Q

from .kinds import KIND, key_field
from .markdown import with_html


class Missing(Exception):
    """A record cannot be written, because something it needs is no longer in the database."""


class Rows:
    """Finds the rows that records name, each table read once."""

    def __init__(self):
        self._tables = {}

    def find(self, model, key):
        if model not in self._tables:
            self._tables[model] = model.objects.in_bulk(field_name=key_field(model))
        return self._tables[model].get(key)

    def forget(self, model):
        """Rows of the model were written."""
        self._tables.pop(model, None)


class Writer:
    """Writes records. `left_out` collects relations to rows that editors have deleted."""

    def __init__(self):
        self.rows = Rows()
        self.left_out = []

    def twin_of(self, record, *, of=None):
        """Another row that an editor made for the same thing, or None."""
        kind = KIND[record.kind]
        values = record.columns | self._linked(kind.model, record)
        condition = Q()
        for group in kind.same:
            if all(values[name] is not None for name in group):
                condition |= Q(**{name: values[name] for name in group})
        return kind.model.objects.filter(condition).exclude(pk=of and of.pk).first()

    def write(self, record, obj=None):
        """Create the row, or bring it up to date; validated, but not yet published."""
        kind = KIND[record.kind]
        for key in kind.cited_keys(record):
            if self.rows.find(apps.get_model("sources.Source"), key) is None:
                raise Missing(f"source {key}")
        obj = self._write_row(obj or kind.model(), record, record, kind.markdown)
        for path, children in record.children.items():
            self._write_children(obj, path, kind.children[path], children, record)
        self.rows.forget(kind.model)
        return obj

    def _write_row(self, row, record, values, markdown=()):
        is_new = row._state.adding
        linked = self._linked(type(row), values)
        for name, value in (with_html(values.columns, markdown) | linked).items():
            setattr(row, name, value)
        # What is linked was just found. What constraints forbid, the database itself refuses.
        row.full_clean(exclude=linked, validate_unique=False, validate_constraints=False)
        row.save()
        for name, keys in values.relations.items():
            target = row._meta.get_field(name).related_model
            found = {key: self.rows.find(target, key) for key in keys}
            self.left_out += [(record, name, key) for key, each in found.items() if each is None]
            if keys or not is_new:
                getattr(row, name).set([each for each in found.values() if each is not None])
        return row

    def _write_children(self, obj, path, identity, children, record):
        """Child rows keep their ids where the field that tells them apart is the same."""
        relation = obj._meta.get_field(path)
        model, parent = relation.related_model, relation.field.name
        name = model._meta.get_field(identity).attname
        existing = {getattr(row, name): row for row in getattr(obj, path).all()}
        wanted = {}
        for values in children:
            try:
                linked = self._linked(model, values)
            except Missing as missing:
                self.left_out.append((record, path, missing))
                continue
            key = linked[identity].pk if identity in linked else values.columns[identity]
            wanted[key] = values
        for key in existing.keys() - wanted.keys():
            existing[key].delete()
        for key, values in wanted.items():
            row = existing.get(key) or model(**{parent: obj})
            self._write_row(row, record, values)

    def _linked(self, model, values):
        """The rows that foreign keys point at; without them there is nothing to write."""
        found = {}
        for name, key in values.links.items():
            target = model._meta.get_field(name).related_model
            found[name] = self.rows.find(target, key) if key else None
            if key and found[name] is None:
                raise Missing(f"{target._meta.verbose_name} {key}")
        return found
