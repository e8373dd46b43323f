"""The content folder: YAML, JSON and Markdown with front matter -> entries of plain values."""

import json
from functools import cache
from pathlib import Path

import yaml

from .records import ContentError

CONTENT = Path(__file__).parent / "content"

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REQUIRED = object()


class Entry:
    """One record's values. Each is taken once; one that is missing, or that nobody takes, is an
    error that names the file and the record."""

    def __init__(self, file, values, *, named_by):
        if not isinstance(values, dict):
            raise ContentError(file, "", f"expected names and values, found {values!r:.60}")
        self.file = file
        self.name = str(values.get(named_by, f"the record without “{named_by}”"))
        self._values = dict(values)

    def take(self, key, default=_REQUIRED):
        if key not in self._values and default is _REQUIRED:
            raise self.error(f"“{key}” is missing")
        return self._values.pop(key, default)

    def text(self, key, default=_REQUIRED):
        """A text without the line break that ends a block; YAML's null is no text."""
        value = self.take(key, default)
        if value is not None and not isinstance(value, str):
            raise self.error(f"“{key}” is not a text: {value!r:.60}")
        return (value or "").strip("\n")

    def texts(self, key, default=_REQUIRED):
        """A list of texts; one text alone is a list of one."""
        value = self.take(key, default)
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"“{key}” is not a list of texts: {value!r:.60}")
        return [item.strip("\n") for item in value]

    def entries(self, key, *, named_by):
        return _entries(self.file, self.take(key), named_by=named_by)

    def error(self, problem):
        return ContentError(self.file, self.name, problem)

    def close(self):
        if self._values:
            raise self.error(f"nothing reads “{'”, “'.join(self._values)}”")


def _entries(file, rows, *, named_by):
    """Entry for entry; before the next one is given out, the last one must be used up."""
    if not isinstance(rows, list):
        raise ContentError(file, "", f"expected a list of records, found {rows!r:.60}")
    for row in rows:
        entry = Entry(file, row, named_by=named_by)
        yield entry
        entry.close()


class ContentFiles:
    """Reads each file of one content folder once."""

    def __init__(self, root=CONTENT):
        self.root = Path(root)
        self.parsed = cache(self._parsed)

    def entries(self, file, *, named_by, part=None):
        """The records of a file that is a list, or of one named part of it."""
        rows = self.part(file, part) if part else self.parsed(file)
        return _entries(file, rows, named_by=named_by)

    def part(self, file, name):
        parts = self.parsed(file)
        if not isinstance(parts, dict) or not isinstance(parts.get(name), list):
            raise ContentError(file, "", f"“{name}” is missing, or is not a list")
        return parts[name]

    def folder(self, name, suffix):
        """One record for each file of a folder, in the order that its index.yaml gives."""
        slugs = self.parsed(f"{name}/index.yaml")
        if not isinstance(slugs, list) or not all(isinstance(slug, str) for slug in slugs):
            raise ContentError(f"{name}/index.yaml", "", "expected a list of file names")
        unlisted = {path.stem for path in (self.root / name).glob(f"*{suffix}")} - {*slugs, "index"}
        if unlisted:
            raise ContentError(f"{name}/index.yaml", "", f"does not list {sorted(unlisted)}")
        for slug in slugs:
            file = f"{name}/{slug}{suffix}"
            for entry in _entries(file, [self.parsed(file)], named_by="slug"):
                if entry.name != slug:
                    raise entry.error(f"the slug and the file's name differ: {slug}")
                yield entry

    def _parsed(self, file):
        try:
            text = (self.root / file).read_text(encoding="utf-8")
            if file.endswith(".json"):
                return json.loads(text)
            if file.endswith(".md"):
                return _with_body(text)
            return yaml.load(text, _Loader)  # noqa: S506 - a safe loader, in C where there is one
        except FileNotFoundError:
            raise ContentError(file, "", "there is no such file") from None
        except (ValueError, yaml.YAMLError) as error:
            raise ContentError(file, "", f"cannot be read: {error}") from error


def _with_body(text):
    """Front matter and the Markdown after it, as one set of values."""
    fence, _, rest = text.partition("---\n")
    front, fence_after, body = rest.partition("\n---\n")
    if fence or not fence_after:
        raise ValueError("it does not begin with front matter between two lines of ---")
    values = yaml.load(front, _Loader)  # noqa: S506 - a safe loader, in C where there is one
    if not isinstance(values, dict):
        raise ValueError("its front matter holds no names and values")
    return values | {"body": body.strip("\n")}
