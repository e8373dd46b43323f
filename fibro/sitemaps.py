"""Every public address, from the index that only holds live pages."""

from django.contrib.sitemaps import Sitemap
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
    """The lists that lead to them."""

    NAMES = (
        *("home", "triggers:list", "articles:list", "articles:tags", "triggers:tips"),
        *("glossary", "a_to_z", "evidence", "sources:list"),
    )

    def items(self):
        return self.NAMES

    def location(self, name):
        return reverse(name)


sitemaps = {"pages": PageSitemap, "lists": ListSitemap}
