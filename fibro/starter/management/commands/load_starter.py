"""manage.py load_starter: bring the starter content into the database."""

from django.core.management.base import BaseCommand, CommandError

from fibro.starter.files import CONTENT, ContentFiles
from fibro.starter.kinds import KIND
from fibro.starter.loading import check, load
from fibro.starter.records import ContentError

OUTCOMES = ("created", "updated", "unchanged", "skipped")


class Command(BaseCommand):
    help = (
        "Load the starter content. Run it as often as you like: it loads what is new or has "
        "changed in the files, and leaves alone whatever an editor has changed or deleted."
    )

    def add_arguments(self, parser):
        parser.add_argument("--content", default=CONTENT, help="The folder of content files.")
        parser.add_argument(
            "--check", action="store_true", help="Only check the files; load nothing."
        )

    def handle(self, *, content, verbosity, **options):
        files = ContentFiles(content)
        try:
            if options["check"]:
                records = check(files)
                self.stdout.write(f"{len(records)} records, nothing wrong with them.")
                return
            report = load(files, list_edited=verbosity > 1)
        except ContentError as error:
            raise CommandError(f"{error}. Nothing was loaded.") from error
        if verbosity:
            self.tell(report)

    def tell(self, report):
        totals = {outcome: report.total(outcome) for outcome in OUTCOMES}
        if totals["unchanged"] == sum(totals.values()):
            self.stdout.write(f"Starter content: {totals['unchanged']} records, all unchanged.")
        else:
            width = max(len(KIND[name].plural) for name in report.counts)
            for name, counts in report.counts.items():
                told = ", ".join(f"{counts[each]} {each}" for each in OUTCOMES if counts[each])
                self.stdout.write(f"{KIND[name].plural:<{width}}  {told or 'none'}")
        for note in report.notes:
            self.stdout.write(note)
        for name in report.edited:
            self.stdout.write(f"{name}: edited on the site; its text here has not changed")
