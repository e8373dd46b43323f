"""Plain meanings for hard words."""

from django.db import models
from django.urls import reverse

from fibro.fields import LinesField
from fibro.search.documents import Document, Kind


class GlossaryTerm(models.Model):
    term = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=140, unique=True)
    definition = models.TextField()
    also = LinesField(verbose_name="also called")
    sources = models.ManyToManyField("sources.Source", blank=True, related_name="glossary_terms")

    class Meta:
        ordering = ["term"]

    def __str__(self):
        return self.term

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return f"{reverse('glossary')}#term-{self.slug}"

    search_kind = Kind.GLOSSARY_TERM

    def as_document(self):
        return Document(
            url=self.get_absolute_url(),
            title=self.term,
            names=self.also,
            gist=self.definition,
            sources=[source.key for source in self.sources.all()],
        )
