"""What can be wrong with content files, found before the database is touched."""

from collections import Counter

from django.core.exceptions import ValidationError

from .kinds import KIND, KINDS
from .markdown import with_html
from .readers import ALL_ARTICLES, ALL_TRIGGERS, care_places
from .records import ContentError


def check_names(records, files):
    """Each record is there once, and everything that one record names exists in the files."""
    keys = {kind.name: set() for kind in KINDS}
    for record in records:
        if record.key in keys[record.kind]:
            raise record.error("it is there twice")
        keys[record.kind].add(record.key)
    by_model = {kind.model: keys[kind.name] for kind in KINDS}
    for record in records:
        _check_record(record, by_model, keys["source"])
    _check_care_places(files, keys)
    addresses = Counter(record.columns["slug"] for record in records if record.kind == "tip")
    if twice := [slug for slug, times in addresses.items() if times > 1]:
        raise ContentError("tips.yaml", "", f"two tips would share the address {twice[0]}")


def _check_record(record, by_model, source_keys):
    kind = KIND[record.kind]
    for path, values in record.rows():
        model = kind.model_of(path)
        named = {name: [key] for name, key in values.links.items() if key} | values.relations
        for name, keys in named.items():
            target = model._meta.get_field(name).related_model
            if unknown := [key for key in keys if key not in by_model[target]]:
                raise record.error(f"no {target._meta.verbose_name} is called “{unknown[0]}”")
    for key in kind.cited_keys(record):
        if key not in source_keys:
            raise record.error(f"no source has the key “{key}”")
    for path, field in kind.children.items():
        told_apart_by = [
            row.links.get(field, row.columns.get(field)) for row in record.children[path]
        ]
        if len(set(told_apart_by)) < len(told_apart_by):
            raise record.error(f"the same {field} is there twice in its {path}")


def _check_care_places(files, keys):
    pages = [keys["tip"], keys["trigger"], keys["article"], {ALL_TRIGGERS, ALL_ARTICLES}]
    for slug, used_on in care_places(files).items():
        for place in used_on:
            if sum(place in each for each in pages) != 1:
                raise ContentError("care.yaml", slug, f"“{place}” is not exactly one page")


def check_columns(records):
    """Every value fits its column, and what is to be published is complete."""
    for record in records:
        kind = KIND[record.kind]
        for path, values in record.rows():
            markdown = kind.markdown if path is None else ()
            _check_row(record, kind.model_of(path)(**with_html(values.columns, markdown)), markdown)


def _check_row(record, row, markdown):
    # Relations are checked by name above; rich text would ask the database for its sources.
    relations = [field.name for field in row._meta.fields if field.is_relation]
    try:
        row.clean_fields(exclude={*relations, *markdown})
    except ValidationError as error:
        raise record.error(problems(error)) from error
    if hasattr(row, "missing") and (missing := row.missing()):
        raise record.error(f"it cannot be published without {', '.join(missing)}")


def problems(error):
    """A ValidationError in one line."""
    if hasattr(error, "error_dict"):
        return "; ".join(f"{name}: {' '.join(each)}" for name, each in error.message_dict.items())
    return " ".join(error.messages)
