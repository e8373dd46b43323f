"""Atom feeds of articles: all, per topic, per tag."""

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from articles.models import Article, TagPage
from triggers.models import Trigger

LENGTH = 30


def printable(text):
    """Without the control characters that XML cannot hold and pasted text sometimes does."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


class ArticleFeed(Feed):
    """Every article, newest first."""

    feed_type = Atom1Feed
    title = f"{settings.SITE_NAME}: articles"
    author_name = settings.ORGANISATION
    subtitle = "What may start fibromyalgia, what may set off a flare, and what may help."

    def link(self, obj=None):
        return obj.get_absolute_url() if obj else reverse("articles:list")

    def articles(self, obj):
        return Article.objects.live()

    def items(self, obj):
        return self.articles(obj).newest()[:LENGTH]

    def __call__(self, request, *args, **kwargs):
        """Without Last-Modified: it would say "not modified" after an article was taken away."""
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]
        return response

    def item_title(self, article):
        return printable(article.title)

    def item_description(self, article):
        return printable(article.gist)

    def item_guid(self, article):
        """The same after the article has moved."""
        return f"tag:{settings.CONTACT_EMAIL},2026:article/{article.pk}"

    def item_pubdate(self, article):
        return article.first_published_at

    def item_updateddate(self, article):
        return article.last_published_at


class TriggerFeed(ArticleFeed):
    def get_object(self, request, slug):
        return get_object_or_404(Trigger.objects.live(), slug=slug)

    def title(self, trigger):
        return f"{settings.SITE_NAME}: {printable(trigger.title)}"

    def articles(self, trigger):
        return trigger.articles.live()


class TagFeed(ArticleFeed):
    def get_object(self, request, slug):
        return get_object_or_404(TagPage.objects.live(), tag__slug=slug)

    def title(self, tag_page):
        return f"{settings.SITE_NAME}: {printable(tag_page.title)}"

    def articles(self, tag_page):
        return Article.objects.live().tagged(tag_page.tag.slug)
