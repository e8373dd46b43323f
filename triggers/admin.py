from django.contrib import admin

from fibro.admin_base import FORM_FIELDS, ContentAdmin, admin_link
from fibro.admin_relations import OrderedFormSet, OrderedInline
from fibro.publishing.admin import AUTHORS_AND_DATES, PublishableAdmin, StateFilter
from fibro.publishing.changes import changed

from .models import (
    CareCard,
    Claim,
    CollectedTip,
    CrisisContact,
    Factor,
    Link,
    Loop,
    Tip,
    TipCollection,
    Trigger,
)
from .models.factors import LoopStep


class ClaimFormSet(OrderedFormSet):
    """A draft may still look for its sources; what readers see may not."""

    def clean(self):
        super().clean()
        if not self.instance.live:
            return
        for form in self.forms:
            row = getattr(form, "cleaned_data", {})
            if row.get("text") and not row.get("DELETE") and not row.get("sources"):
                form.add_error("sources", "This page is live: every claim needs a source.")


class ClaimInline(OrderedInline, admin.StackedInline):
    model = Claim
    formset = ClaimFormSet
    formfield_overrides = FORM_FIELDS
    fieldsets = [
        (None, {"fields": ["text", ("kind", "certainty", "position"), "sources"]}),
        (
            "Number, note on certainty and key",
            {
                "classes": ["collapse"],
                "fields": [
                    ("number_text", "numerator", "denominator"),
                    "number_group",
                    "certainty_note",
                    "key",
                ],
            },
        ),
    ]


class LinkInline(OrderedInline, admin.StackedInline):
    model = Link
    fk_name = "from_factor"
    formfield_overrides = FORM_FIELDS
    fields = [("to_factor", "certainty", "position"), "mechanism", "sources"]
    verbose_name_plural = "May lead to"
    verbose_name = "link"


class TriggerLinkFormSet(OrderedFormSet):
    """Links leave the trigger's factor; the first link of a trigger that has none makes one."""

    def __init__(self, *args, instance, **kwargs):
        self.trigger = instance
        super().__init__(*args, instance=getattr(instance, "factor", None) or Factor(), **kwargs)

    def save(self, commit=True):
        if self.instance.pk is None and self.has_changed():
            self._make_factor()
        return super().save(commit)

    def _make_factor(self):
        slug = self.trigger.slug[:60]
        if Factor.objects.filter(slug=slug).exists():
            slug = f"{slug[:40]}-{self.trigger.pk}"
        self.instance.slug = slug
        self.instance.name = self.trigger.name[:100]
        self.instance.trigger = self.trigger
        self.instance.save()


class TriggerLinkInline(LinkInline):
    """On the trigger's form, although a link belongs to the trigger's factor."""

    formset = TriggerLinkFormSet

    def __init__(self, parent_model, admin_site):
        super().__init__(Factor, admin_site)


@admin.register(Trigger)
class TriggerAdmin(PublishableAdmin):
    list_display = ["title", "role", "certainty", *PublishableAdmin.list_display[1:]]
    list_filter = [StateFilter, "role", "certainty"]
    search_fields = ["title", "short_title", "slug", "also_called"]
    inlines = [ClaimInline, TriggerLinkInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "short_title", ("role", "position")]}),
        (
            "What readers see first",
            {
                "fields": [
                    "content_note",
                    "gist",
                    ("certainty", "certainty_reason"),
                    "also_called",
                    "image",
                    "key_points",
                    "care_cards",
                ]
            },
        ),
        ("The text", {"fields": ["what_it_is", "how_it_may_lead_to_pain"]}),
        ("After the claims and tips", {"fields": ["unknowns", "noticed", "questions"]}),
        ("For search engines", {"fields": ["meta_description"]}),
        AUTHORS_AND_DATES,
    ]


@admin.register(Claim)
class ClaimAdmin(ContentAdmin):
    """To find claims across topics; they are edited on the form of their topic."""

    list_display = ["text", "trigger", "kind", "certainty"]
    list_filter = ["kind", "certainty", "trigger"]
    list_select_related = ["trigger"]
    search_fields = ["text", "key", "certainty_note", "sources__key"]
    fields = [
        "edited_on",
        "text",
        "kind",
        "certainty",
        "certainty_note",
        "sources",
        "number_text",
        "key",
    ]
    readonly_fields = ["edited_on"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Along with its topic, but not on pages of its own."""
        on_own_pages = request.resolver_match.url_name.startswith("triggers_claim_")
        return not on_own_pages and super().has_delete_permission(request, obj)

    @admin.display(description="Edited on")
    def edited_on(self, claim):
        return admin_link(claim.trigger)


@admin.register(Factor)
class FactorAdmin(ContentAdmin):
    slug_from = "name"
    list_display = ["name", "trigger", "position"]
    list_filter = [("trigger", admin.EmptyFieldListFilter)]
    list_select_related = ["trigger"]
    search_fields = ["name", "slug", "plain_meaning"]
    fields = ["name", "slug", "plain_meaning", "trigger", "position"]
    inlines = [LinkInline]

    def save_related(self, request, form, formsets, change):
        """A topic that has lost its factor no longer shows its links."""
        super().save_related(request, form, formsets, change)
        before = Trigger.objects.filter(pk=form.initial.get("trigger")).first()
        if before and before != form.instance.trigger:
            changed(before)


class LoopStepInline(OrderedInline, admin.TabularInline):
    model = LoopStep
    fields = ["position", "factor"]
    verbose_name = "step"


@admin.register(Loop)
class LoopAdmin(ContentAdmin):
    list_display = ["title", "position"]
    search_fields = ["title", "told"]
    fields = ["title", "told", "position"]
    inlines = [LoopStepInline]


@admin.register(Tip)
class TipAdmin(PublishableAdmin):
    list_display = ["title", "energy", "certainty", *PublishableAdmin.list_display[1:]]
    list_filter = [StateFilter, "energy", "certainty", "body_position", "cost", "triggers"]
    search_fields = ["title", "text", "key", "slug"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "first_ask", "text"]}),
        (
            "What it takes",
            {
                "fields": [
                    ("energy", "body_position", "cost"),
                    ("minutes_min", "minutes_max", "per"),
                ]
            },
        ),
        ("Safety", {"fields": ["caution", "get_help", "care_cards"]}),
        ("How sure we are", {"fields": ["certainty", "sources"]}),
        ("Where it is shown", {"fields": ["triggers", ("key", "position")]}),
        AUTHORS_AND_DATES,
    ]


class CollectedTipInline(OrderedInline, admin.TabularInline):
    model = CollectedTip
    fields = ["position", "tip"]
    verbose_name = "tip"


@admin.register(TipCollection)
class TipCollectionAdmin(PublishableAdmin):
    list_filter = [StateFilter, "triggers"]
    search_fields = ["title", "intro", "slug"]
    inlines = [CollectedTipInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "intro", "triggers", "position"]}),
        AUTHORS_AND_DATES,
    ]


@admin.register(CareCard)
class CareCardAdmin(ContentAdmin):
    slug_from = "heading"
    list_display = ["heading", "urgency", "on_all_triggers", "on_all_articles", "position"]
    list_filter = ["urgency", "on_all_triggers", "on_all_articles"]
    search_fields = ["heading", "slug", "body"]


@admin.register(CrisisContact)
class CrisisContactAdmin(ContentAdmin):
    list_display = ["country", "emergency", "crisis_line", "position"]
    search_fields = ["country", "emergency", "crisis_line"]
