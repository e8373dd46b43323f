"""One record of the starter content, as it is read from the files and before it has a row."""

import hashlib
import json
from dataclasses import dataclass, field


class ContentError(Exception):
    """A content file that cannot be loaded as it stands: which file, which record, and why."""

    def __init__(self, file, record, problem):
        super().__init__(f"{file}: {record}: {problem}" if record else f"{file}: {problem}")


@dataclass(kw_only=True)
class Values:
    """What one row gets. Other rows are named by their keys: a source's key, a page's slug."""

    columns: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)  # foreign keys: {"trigger": "sleep"}
    relations: dict = field(default_factory=dict)  # many-to-many: {"sources": ["creed2020"]}

    def as_data(self):
        return {"columns": self.columns, "links": self.links, "relations": self.relations}


@dataclass(kw_only=True)
class Record(Values):
    kind: str
    key: str
    file: str
    children: dict = field(default_factory=dict)  # rows that belong to it: {"claims": [Values]}

    @property
    def name(self):
        return f"{self.kind}/{self.key}"

    @property
    def text_hash(self):
        """Changes when, and only when, something that would be loaded has changed."""
        data = self.as_data() | {
            "children": {
                path: [child.as_data() for child in rows] for path, rows in self.children.items()
            }
        }
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()

    def rows(self):
        """The record itself (path None), then its children."""
        yield None, self
        for path, children in self.children.items():
            for child in children:
                yield path, child

    def error(self, problem):
        return ContentError(self.file, self.name, problem)
