"""Reads over the index."""

import re

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db import models
from django.db.models import F

from fibro.liveness import within_live_times


def as_typed_words(query):
    """The query with hyphens and slashes inside words as spaces, and without lone ones: only a
    hyphen right before a word excludes it."""
    apart = re.sub(r"(?<=\w)[-/‐-―](?=\w)", " ", query)
    return re.sub(r"(?<!\S)[-/‐-―]+(?!\w)", " ", apart)


class SearchDocumentQuerySet(models.QuerySet):
    def live(self, at=None):
        """The index holds live pages only; their times still count."""
        return self.filter(within_live_times(at))

    def matching(self, words):
        """Pages that hold all the words, best first; pages that hold any of them where none do."""
        words = as_typed_words(words)
        strict = self._ranked(SearchQuery(words, config="fibro", search_type="websearch"))
        if strict.exists():
            return strict
        wanted = [word for word in words.replace('"', " ").split() if not word.startswith("-")]
        any_word = " or ".join(wanted)
        return self._ranked(SearchQuery(any_word, config="fibro", search_type="websearch"))

    def _ranked(self, query):
        return (
            self.filter(vector=query)
            .annotate(
                rank=SearchRank(F("vector"), query, weights=[0.1, 0.3, 0.6, 1.0], normalization=1)
            )
            .order_by("-rank", F("changed_at").desc(nulls_last=True), "id")
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
