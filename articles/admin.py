from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.models import Count, Max
from django.urls import reverse
from taggit.models import Tag

from fibro.admin_base import ContentAdmin
from fibro.admin_relations import OrderedFormSet, OrderedInline
from fibro.publishing.admin import AUTHORS_AND_DATES, PublishableAdmin, StateFilter
from fibro.publishing.changes import changed
from fibro.publishing.models import Redirect

from .models import Article, ArticlePlacement, RelatedArticle, SitePage, TagPage


class PlacementFormSet(OrderedFormSet):
    """A place without a number is the last one in that topic's list."""

    def clean(self):
        for form in self.forms:
            row = getattr(form, "cleaned_data", {})
            if row.get("trigger") and row.get("position") is None and form.has_changed():
                placements = row["trigger"].placements.aggregate(last=Max("position"))
                form.cleaned_data["position"] = (placements["last"] or 0) + 1
                form.instance.position = form.cleaned_data["position"]
        super().clean()


class PlacementInline(OrderedInline, admin.TabularInline):
    model = ArticlePlacement
    formset = PlacementFormSet
    fields = ["position", "trigger"]
    verbose_name = "topic"
    verbose_name_plural = "Shown under these topics, at this place in their lists"


class RelatedInline(OrderedInline, admin.TabularInline):
    model = RelatedArticle
    fk_name = "article"
    fields = ["position", "related"]
    verbose_name = "related article"
    verbose_name_plural = "Read next: your choice comes before what the site finds"


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    list_display = ["title", "kind", "certainty", *PublishableAdmin.list_display[1:]]
    list_filter = [StateFilter, "kind", "certainty", "triggers", "tags"]
    search_fields = ["title", "gist", "slug", "tags__name"]
    inlines = [PlacementInline, RelatedInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "kind", "tags"]}),
        (
            "What readers see first",
            {
                "fields": [
                    "content_note",
                    "gist",
                    ("certainty", "certainty_note"),
                    "image",
                    "key_points",
                    "care_cards",
                ]
            },
        ),
        ("The text", {"fields": ["body"]}),
        ("For search engines", {"fields": ["meta_description"]}),
        ("For the desk", {"fields": ["editor_notes"]}),
        AUTHORS_AND_DATES,
    ]


@admin.register(SitePage)
class SitePageAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": ["title", "slug", "gist", "body", "care_cards", "position"]}),
        AUTHORS_AND_DATES,
    ]


@admin.register(TagPage)
class TagPageAdmin(PublishableAdmin):
    slug_from = None
    list_select_related = ["tag"]
    search_fields = ["tag__name", "description", "synonyms"]
    fieldsets = [
        (None, {"fields": ["tag", "description", "synonyms"]}),
        AUTHORS_AND_DATES,
    ]

    def get_readonly_fields(self, request, obj=None):
        # What one tag means cannot become what another one means.
        return [*super().get_readonly_fields(request, obj), *(["tag"] if obj else [])]


admin.site.unregister(Tag)  # taggit's own loses associations when it merges


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name", "slug"]
        help_texts = {"slug": "Its address. If it changes, the old address leads to the new one."}

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"There is a tag “{name}” already, perhaps in other capitals.")
        return name

    def clean_slug(self):
        validate_slug(self.cleaned_data["slug"])  # the model itself would take any alphabet
        return self.cleaned_data["slug"]


@admin.register(Tag)
class TagAdmin(ContentAdmin):
    form = TagForm
    slug_from = "name"
    list_display = ["name", "slug", "articles", "has_page"]
    list_select_related = ["page"]
    search_fields = ["name", "slug", "page__synonyms"]
    ordering = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=Count("taggit_taggeditem_items"))

    @admin.display(description="Articles", ordering="uses")
    def articles(self, tag):
        return tag.uses

    @admin.display(description="Has a page", boolean=True)
    def has_page(self, tag):
        return hasattr(tag, "page")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            Redirect.objects.leave(_address(form.initial["slug"]), _address(obj.slug))

    def save_related(self, request, form, formsets, change):
        """A tag is words in the index rows of all that carry it."""
        super().save_related(request, form, formsets, change)
        if form.changed_data:
            for obj in self.uses_of(form.instance):
                changed(obj)

    def uses_of(self, obj):
        page = [obj.page] if hasattr(obj, "page") else []
        return [*page, *Article.objects.filter(tags=obj)]


def _address(slug):
    return reverse("articles:tag", args=[slug])
