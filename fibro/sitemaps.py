"""Every public address, from the index that only holds live pages."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from fibro.search.documents import Kind
from fibro.search.models import SearchDocument


class PageSitemap(Sitemap):
    """Pages with an address of their own; words of the glossary share one."""

    def items(self):
        return (
            SearchDocument.objects.live()
            .exclude(kind=Kind.GLOSSARY_TERM)
            .only("url", "changed_at")
            .order_by("id")
        )

    def lastmod(self, document):
        return document.changed_at


class ListSitemap(Sitemap):
    """The lists that lead to them, each as new as the newest page on it."""

    KINDS = {
        "home": (Kind.TRIGGER, Kind.ARTICLE),
        "triggers:list": (Kind.TRIGGER,),
        "triggers:compare": (Kind.TRIGGER,),
        "articles:list": (Kind.ARTICLE,),
        "articles:tags": (Kind.TAG_PAGE, Kind.ARTICLE),
        "triggers:tips": (Kind.TIP, Kind.TIP_COLLECTION),
        "glossary": (),  # words and sources do not say when they changed
        "a_to_z": tuple(Kind),
        "evidence": (Kind.TRIGGER,),
        "sources:list": (),
    }

    def items(self):
        documents = SearchDocument.objects.live().order_by()
        newest = dict(documents.values_list("kind").annotate(Max("changed_at")))
        return [
            (name, max((moment for kind in kinds if (moment := newest.get(kind))), default=None))
            for name, kinds in self.KINDS.items()
        ]

    def location(self, item):
        return reverse(item[0])

    def lastmod(self, item):
        return item[1]


sitemaps = {"pages": PageSitemap, "lists": ListSitemap}
