from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fibro.filters import Filter, FilterSet
from fibro.pagination import paginate
from fibro.sources.citations import Bibliography
from triggers.models import CareCard, CrisisContact, Trigger

from .models import Article, SitePage, TagPage

RELATED = 5


@require_safe
def article_list(request):
    filtered = FilterSet(
        request,
        Article.objects.live(),
        [
            Filter(
                "trigger",
                "Topic",
                [(topic.slug, topic.name) for topic in Trigger.objects.live()],
                lambda slug: Q(triggers__slug=slug),
            ),
            Filter(
                "tag",
                "Tag",
                list(TagPage.objects.live().values_list("tag__slug", "tag__name")),
                lambda slug: Q(tags__slug=slug),
                several=True,
            ),
        ],
    )
    context = {"filters": filtered, "page": paginate(request, filtered.results.newest(), 20)}
    return render(request, "articles/list.html", context)


@require_safe
def article_detail(request, slug):
    article = get_object_or_404(
        Article.objects.live().with_people().select_related("image"), slug=slug
    )
    context = {
        "article": article,
        "topics": article.triggers.live(),
        "tag_pages": TagPage.objects.live()
        .filter(tag__in=article.tags.all())
        .select_related("tag"),
        "care_cards": CareCard.objects.for_article(article),
        "related": Article.objects.related_to(article)[:RELATED],
        "bibliography": Bibliography(),
    }
    return render(request, "articles/detail.html", context)


@require_safe
def tag_list(request):
    tags = TagPage.objects.live().with_article_counts()
    return render(request, "articles/tag_list.html", {"tag_pages": tags})


@require_safe
def tag_detail(request, slug):
    tag_page = get_object_or_404(TagPage.objects.live().select_related("tag"), tag__slug=slug)
    articles = Article.objects.live().tagged(slug).newest()
    context = {"tag_page": tag_page, "page": paginate(request, articles, per_page=20)}
    return render(request, "articles/tag_detail.html", context)


@require_safe
def site_page(request, slug):
    """A page with needs of its own has a template named after it."""
    page = get_object_or_404(SitePage.objects.live().with_people(), slug=slug)
    context = {
        "page": page,
        "care_cards": page.care_cards.all(),
        "crisis_contacts": CrisisContact.objects.all(),  # read only where a template asks for it
        "bibliography": Bibliography(),
    }
    templates = [f"articles/site_pages/{slug}.html", "articles/site_page.html"]
    return render(request, templates, context)
