"""Reads over topics, claims, links, tips and care cards."""

from django.db import models
from django.db.models import Q


class ClaimQuerySet(models.QuerySet):
    def public(self, at=None):
        """Claims of live topics, with what a table of them needs."""
        from .models import Trigger

        return (
            self.filter(trigger__in=Trigger.objects.live(at))
            .select_related("trigger")
            .prefetch_related("sources")
        )


class LinkQuerySet(models.QuerySet):
    def public(self, at=None):
        """Links both of whose ends readers may see: plain nodes, or factors of live topics."""
        from .models import Trigger

        live = Trigger.objects.live(at).values("pk")

        def end_is_public(end):
            return Q(**{f"{end}__trigger": None}) | Q(**{f"{end}__trigger__in": live})

        return (
            self.filter(end_is_public("from_factor"), end_is_public("to_factor"))
            .select_related("from_factor__trigger", "to_factor__trigger")
            .prefetch_related("sources")
        )

    def touching(self, trigger):
        """Links that lead from the trigger's factor or to it."""
        return self.filter(Q(from_factor__trigger=trigger) | Q(to_factor__trigger=trigger))


class LoopQuerySet(models.QuerySet):
    def public(self, at=None):
        """Loops all of whose factors readers may see, with their steps."""
        from .models import Factor, Trigger

        hidden = Factor.objects.exclude(trigger=None).exclude(trigger__in=Trigger.objects.live(at))
        return self.exclude(steps__factor__in=hidden).prefetch_related("steps__factor")


class CareCardQuerySet(models.QuerySet):
    def for_trigger(self, trigger, tips=()):
        """The cards of a topic page: everywhere, its own, and those of the tips shown on it."""
        return self.filter(
            Q(on_all_triggers=True) | Q(triggers=trigger) | Q(tips__in=tips)
        ).distinct()

    def for_tips(self, tips):
        return self.filter(tips__in=tips).distinct()

    def for_article(self, article):
        return self.filter(Q(on_all_articles=True) | Q(articles=article)).distinct()
