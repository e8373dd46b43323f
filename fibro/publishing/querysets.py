"""Reads: what the public may see, and where pages have moved."""

from django.db import models, transaction

from fibro.liveness import within_live_times

DEEPEST_ADDRESS = 4  # parts; what lies deeper has never been a page


class PublishableQuerySet(models.QuerySet):
    def live(self, at=None):
        """The one rule for what the public may see."""
        return self.filter(within_live_times(at), live=True)

    def with_people(self):
        """With its authors and reviewer, whom every page names."""
        return self.select_related("reviewed_by").prefetch_related("authors")


class RedirectQuerySet(models.QuerySet):
    def leave(self, old_path, new_path):
        """Send readers of the old address to the new one, in one step however often it moved."""
        if old_path == new_path:
            return
        with transaction.atomic():
            self.filter(old_path=new_path).delete()
            self.filter(new_path=old_path).update(new_path=new_path)
            self.update_or_create(old_path=old_path, defaults={"new_path": new_path})

    def target_of(self, path):
        """Where a path leads now, or None. What lies below a moved page moved with it."""
        parts = path.strip("/").split("/")[:DEEPEST_ADDRESS]
        ancestors = ["/" + "/".join(parts[:n]) + "/" for n in range(len(parts), 0, -1)]
        moved = dict(self.filter(old_path__in=ancestors).values_list("old_path", "new_path"))
        for ancestor in ancestors:
            if ancestor in moved:
                return moved[ancestor] + path[len(ancestor) :]
        return None
