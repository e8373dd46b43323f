"""manage.py reindex: rebuild the search index from the pages themselves."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from fibro.search import index
from fibro.search.models import SearchDocument


class Command(BaseCommand):
    help = "Rebuild every row of the search index, and drop those whose page is gone."

    @transaction.atomic
    def handle(self, *, verbosity, **options):
        SearchDocument.objects.all().delete()
        for model in apps.get_models():
            if hasattr(model, "as_document"):
                for obj in model._default_manager.order_by("pk").iterator():
                    index.refresh(obj)
        if verbosity:
            self.stdout.write(f"{SearchDocument.objects.count()} pages are in the index.")
