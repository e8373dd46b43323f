"""Reads over articles and tags."""

from django.db.models import Count, F, OuterRef, Q, Subquery

from fibro.publishing.querysets import PublishableQuerySet


class ArticleQuerySet(PublishableQuerySet):
    def tagged(self, *slugs):
        """Articles that carry every one of the tags."""
        articles = self
        for slug in slugs:
            articles = articles.filter(pk__in=self.model.objects.filter(tags__slug=slug))
        return articles

    def for_lists(self):
        """Without the long texts, which no list shows."""
        return self.defer("body", "editor_notes")

    def in_curated_order(self):
        """For the articles of one trigger: as its editors placed them."""
        return self.for_lists().order_by("placements__position", "placements__pk")

    def newest(self):
        return self.for_lists().order_by("-first_published_at", "title", "pk")

    def related_to(self, article, at=None):
        """Live articles to read next: the editor's choice in its order, then those that share
        most triggers and tags, then the newest."""
        chosen = article.chosen_related.filter(related=OuterRef("pk")).order_by()
        shared_tag = Q(tags__in=article.tags.all())
        shared_trigger = Q(triggers__in=article.triggers.all())
        return (
            self.live(at)
            .for_lists()
            .exclude(pk=article.pk)
            .annotate(
                chosen_position=Subquery(chosen.values("position")),
                shared=Count("tags", filter=shared_tag, distinct=True)
                + Count("triggers", filter=shared_trigger, distinct=True),
            )
            .order_by(
                F("chosen_position").asc(nulls_last=True), "-shared", "-first_published_at", "pk"
            )
        )


class TagPageQuerySet(PublishableQuerySet):
    def with_article_counts(self, at=None):
        """Each tag page with `articles`, the number of live articles that carry the tag."""
        from .models import Article

        live = Article.objects.live(at).values("pk")
        return self.select_related("tag").annotate(
            articles=Count(
                "tag__taggit_taggeditem_items",
                filter=Q(
                    tag__taggit_taggeditem_items__content_type__app_label="articles",
                    tag__taggit_taggeditem_items__content_type__model="article",
                    tag__taggit_taggeditem_items__object_id__in=live,
                ),
            )
        )
