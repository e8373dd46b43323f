"""Reads over the index."""

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db import models
from django.db.models import F, Func, Value

from fibro.liveness import within_live_times


class SearchDocumentQuerySet(models.QuerySet):
    def live(self, at=None):
        """The index holds live pages only; their times still count."""
        return self.filter(within_live_times(at))

    def matching(self, words):
        """Pages that hold all the words, best first; pages that hold any of them where none do."""
        strict = self._ranked(SearchQuery(words, config="fibro", search_type="websearch"))
        if strict.exists():
            return strict
        any_word = " or ".join(words.replace('"', " ").split())
        return self._ranked(SearchQuery(any_word, config="fibro", search_type="websearch"))

    def _ranked(self, query):
        return (
            self.filter(vector=query)
            .annotate(
                rank=SearchRank(F("vector"), query, weights=[0.1, 0.3, 0.6, 1.0], normalization=1)
            )
            .order_by("-rank", "-changed_at", "id")
        )

    def nearest(self, words):
        """Pages whose title looks like the words: for an address that leads nowhere."""
        return (
            self.annotate(likeness=TrigramSimilarity("title", words))
            .filter(likeness__gt=0.1)
            .order_by("-likeness", "id")
        )

    def citing(self, source_key):
        return self.filter(sources__contains=[source_key])

    def counts_by(self, array_column):
        """{slug: number of documents} over one of the array columns."""
        return dict(
            self.order_by()
            .annotate(
                slug=Func(F(array_column), function="unnest", output_field=models.TextField())
            )
            .values("slug")
            .annotate(n=models.Count(Value(1)))
            .values_list("slug", "n")
        )
