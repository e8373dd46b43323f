"""One run of the loader: what is new, what has changed, and what belongs to the editors."""

from collections import Counter
from dataclasses import dataclass, field
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from fibro.publishing import workflow
from fibro.publishing.changes import changed
from fibro.publishing.snapshots import fingerprint

from .checking import check_columns, check_names, problems
from .kinds import KIND, KINDS, read
from .models import StarterRecord
from .writing import Missing, Writer

LOCK = crc32(b"fibro.starter")


@dataclass
class Report:
    counts: dict = field(default_factory=lambda: {kind.name: Counter() for kind in KINDS})
    notes: list = field(default_factory=list)  # everything that was left as editors have it
    edited: list = field(default_factory=list)  # edited, while the text stayed as it was

    def count(self, record, outcome):
        self.counts[record.kind][outcome] += 1

    def skip(self, record, why):
        self.count(record, "skipped")
        self.notes.append(f"{record.name}: {why}")

    def total(self, outcome):
        return sum(each[outcome] for each in self.counts.values())


def check(files):
    """Read the files and find what is wrong with them, without the database. Gives the records."""
    records = read(files)
    check_names(records, files)
    check_columns(records)
    return records


def load(files, *, list_edited=False):
    """Bring the database up to the files, all or nothing, and say what was done."""
    records = read(files)
    check_names(records, files)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        return _Run(records, list_edited=list_edited).report


class _Run:
    def __init__(self, records, *, list_edited):
        self.report = Report()
        self.known = {each.name: each for each in StarterRecord.objects.all()}
        self.there = _rows_there()
        self.writer = Writer()
        self.written = {}  # record -> (its row, whether it is new)
        pending = [record for record in records if self._is_pending(record)]
        check_columns(pending)
        if to_write := [record for record in pending if self._is_ours(record)]:
            before = self._fingerprints()
            for record in to_write:
                self._write(record)
            self._publish()
            self._remember(before)
        self._note_left_behind(records)
        if list_edited:
            self._list_edited(records)

    # What to do with each record

    def _is_pending(self, record):
        """The text is new or has changed, and no editor has deleted what was loaded from it."""
        known = self.known.get(record.name)
        if known and (record.kind, known.object_id) not in self.there:
            self.report.skip(record, "an editor deleted it; it was not loaded again")
        elif known and known.text_hash == record.text_hash:
            self.report.count(record, "unchanged")
        else:
            return True
        return False

    def _is_ours(self, record):
        """Nobody but the loader has had a hand in what is there."""
        known = self.known.get(record.name)
        if not known:
            return True
        obj = self._row_of(known)
        changed_text = f"the text in {record.file} has changed"
        if fingerprint(obj) != known.object_hash:
            self.report.skip(record, f"kept the editor's version; {changed_text}")
        elif getattr(obj, "reviewed_on", None):
            self.report.skip(record, f"kept the version that was signed off; {changed_text}")
        else:
            return True
        return False

    # Writing

    def _write(self, record):
        known = self.known.get(record.name)
        obj = self._row_of(known) if known else None
        try:
            if twin := self.writer.twin_of(record, of=obj):
                self.report.skip(record, f"an editor already made “{twin}”")
                return
            obj = self.writer.write(record, obj)
        except Missing as missing:
            self.report.skip(record, f"it needs {missing}, which is no longer on the site")
        except ValidationError as error:
            raise record.error(problems(error)) from error
        except IntegrityError as error:
            raise record.error(f"the database refused it: {error}") from error
        else:
            self.written[record.name] = (record, obj.pk, known is None)
            self.report.count(record, "created" if known is None else "updated")

    def _publish(self):
        """All relations are there: show what is new, and refresh what follows from the rest."""
        now = timezone.now()
        for kind in KINDS:
            is_new = {
                pk: new for record, pk, new in self.written.values() if record.kind == kind.name
            }
            for pk, obj in kind.model.objects.in_bulk(list(is_new)).items():
                if hasattr(obj, "live") and (is_new[pk] or obj.live):
                    workflow.publish(obj=obj, by=None, at=now)
                else:
                    changed(obj)
        for record, relation, key in self.writer.left_out:
            self.report.notes.append(f"{record.name}: {relation} without “{key}”: no longer there")

    # Remembering

    def _remember(self, before):
        """Hashes of what was written, and of untouched pages that show something of it."""
        for record, pk, _ in self.written.values():
            known = self.known.setdefault(record.name, StarterRecord(name=record.name))
            known.text_hash, known.object_id = record.text_hash, str(pk)
        after = self._fingerprints()
        moved = []
        for name, object_hash in after.items():
            known = self.known[name]
            is_ours = name in self.written or before[name] == known.object_hash
            if is_ours and object_hash != known.object_hash:
                known.object_hash = object_hash
                if name not in self.written:
                    changed(self._row_of(known))
            elif name not in self.written and before[name] != object_hash:
                changed(self._row_of(known))  # an editor's page that shows what was written
            if name in self.written or before[name] != object_hash:
                moved.append(known)
        StarterRecord.objects.bulk_create(
            moved,
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["text_hash", "object_id", "object_hash", "loaded_at"],
        )

    def _fingerprints(self):
        """{record name: fingerprint} of every loaded object that is there."""
        return {name: fingerprint(obj) for name, obj in self._loaded_rows()}

    def _loaded_rows(self):
        for kind in KINDS:
            names = {
                known.object_id: name
                for name, known in self.known.items()
                if name.partition("/")[0] == kind.name
            }
            rows = kind.model.objects.in_bulk(list(names))
            yield from ((names[str(pk)], row) for pk, row in rows.items())

    def _row_of(self, known):
        kind = KIND[known.name.partition("/")[0]]
        return kind.model.objects.get(pk=known.object_id)

    # Telling

    def _note_left_behind(self, records):
        for name in self.known.keys() - {record.name for record in records}:
            self.report.notes.append(f"{name}: no longer in the content files; left as it is")

    def _list_edited(self, records):
        """Edits under a text that is still the one that was loaded."""
        same_text = {
            record.name
            for record in records
            if record.name in self.known and self.known[record.name].text_hash == record.text_hash
        }
        self.report.edited = [
            name
            for name, object_hash in self._fingerprints().items()
            if name in same_text and object_hash != self.known[name].object_hash
        ]


def _rows_there():
    """{(kind, id)} of every row of the kinds that are loaded, in one query."""
    ids = [
        kind.model.objects.order_by().values_list(
            Value(kind.name, output_field=TextField()), Cast("pk", TextField())
        )
        for kind in KINDS
    ]
    return set(ids[0].union(*ids[1:], all=True))
