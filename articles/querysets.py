"""Reads over articles and tags."""

from django.db.models import Count, Q

from fibro.publishing.querysets import PublishableQuerySet


class ArticleQuerySet(PublishableQuerySet):
    def tagged(self, *slugs):
        """Articles that carry every one of the tags."""
        articles = self
        for slug in slugs:
            articles = articles.filter(pk__in=self.model.objects.filter(tags__slug=slug))
        return articles

    def about(self, *trigger_slugs):
        """Articles placed under every one of the triggers."""
        articles = self
        for slug in trigger_slugs:
            articles = articles.filter(
                pk__in=self.model.objects.filter(triggers__slug=slug).values("pk")
            )
        return articles

    def newest(self):
        return self.order_by("-first_published_at", "title")

    def related_to(self, article, at=None):
        """Live articles that share triggers or tags with this one, closest first."""
        shared_tag = Q(tags__in=article.tags.all())
        shared_trigger = Q(triggers__in=article.triggers.all())
        return (
            self.live(at)
            .exclude(pk=article.pk)
            .annotate(
                shared=Count("tags", filter=shared_tag, distinct=True)
                + Count("triggers", filter=shared_trigger, distinct=True)
            )
            .order_by("-shared", "-first_published_at", "title")
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
                    tag__taggit_taggeditem_items__content_type__model="article",
                    tag__taggit_taggeditem_items__object_id__in=live,
                ),
            )
        )
