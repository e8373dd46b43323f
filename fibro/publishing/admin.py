"""Pages that are drafts until they are published; the people behind them; moved addresses."""

from urllib.parse import unquote, urlsplit

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.template.defaultfilters import date
from django.urls import Resolver404, resolve
from django.utils import timezone

from fibro.admin_base import ContentAdmin

from . import workflow
from .models import Contributor, Redirect

# The name of a submit button: its transition, the words for the history, the words for the editor.
BUTTONS = {
    "_publish": (workflow.publish, "Published.", "“{}” is live: readers can see it."),
    "_unpublish": (workflow.unpublish, "Unpublished.", "Readers no longer see “{}”."),
}
NOTES = {
    "Live": "This page is live: saving changes what readers see.",
    "Scheduled": "Readers will see this page from {go_live_at:%d %B %Y, %H:%M}.",
    "Expired": "Readers stopped seeing this page on {expire_at:%d %B %Y, %H:%M}.",
    "Draft": "This page is a draft: only editors can see it.",
}
#: The last fieldset of every page's form.
AUTHORS_AND_DATES = (
    "Authors and dates",
    {
        "fields": [
            "authors",
            "review_due_on",
            ("state", "first_published_at", "last_published_at", "updated_at"),
        ]
    },
)


def state_of(page):
    """Whether readers see the page now, in one word."""
    now = timezone.now()
    if not page.live:
        return "Draft"
    if page.go_live_at and page.go_live_at > now:
        return "Scheduled"
    if page.expire_at and page.expire_at <= now:
        return "Expired"
    return "Live"


class PublishableForm(forms.ModelForm):
    """What readers see must not become empty by a slip."""

    def clean(self):
        cleaned = super().clean()
        if self.instance.live:
            for name in self.instance.required_to_publish:
                if name in self.fields and not self.cleaned_data.get(name):
                    self.add_error(name, "Readers see this page: unpublish it before you empty it.")
        return cleaned


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(state.lower(), state) for state in NOTES]

    def queryset(self, request, queryset):
        now = timezone.now()
        match self.value():
            case "live":
                return queryset.live(now)
            case "draft":
                return queryset.filter(live=False)
            case "scheduled":
                return queryset.filter(Q(live=True, go_live_at__gt=now))
            case "expired":
                return queryset.filter(Q(live=True, expire_at__lte=now))
        return queryset


class PublishableAdmin(ContentAdmin):
    form = PublishableForm
    slug_from = "title"
    list_display = ["title", "state", "published", "changed"]
    list_filter = [StateFilter]
    search_fields = ["title", "slug"]
    actions = ["publish_selected", "unpublish_selected"]
    readonly_fields = ["state", "first_published_at", "last_published_at", "updated_at"]

    @admin.display(description="State", ordering="live")
    def state(self, page):
        return state_of(page)

    @admin.display(description="Published", ordering="last_published_at", empty_value="–")
    def published(self, page):
        return _day(page.last_published_at)

    @admin.display(description="Changed", ordering="updated_at")
    def changed(self, page):
        return _day(page.updated_at)

    def view_on_site(self, page):
        return page.get_absolute_url() if state_of(page) == "Live" else None

    def has_change_permission(self, request, obj=None):
        """To change a live page is to publish."""
        may_change = super().has_change_permission(request, obj)
        return may_change and (not (obj and obj.live) or self.has_publish_permission(request))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.must_stay)

    def get_readonly_fields(self, request, obj=None):
        fixed = ["slug"] if obj and obj.must_stay else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_publish_permission(self, request):
        return workflow.may(request.user, "publish", self.model)

    @admin.action(description="Publish now", permissions=["publish"])
    def publish_selected(self, request, queryset):
        for page in queryset:
            self._press(request, "_publish", page)

    @admin.action(description="Unpublish", permissions=["publish"])
    def unpublish_selected(self, request, queryset):
        for page in queryset:
            self._press(request, "_unpublish", page)

    def save_related(self, request, form, formsets, change):
        """First all that was typed is saved; then the button that was pressed has its say."""
        super().save_related(request, form, formsets, change)
        edited = any(each.has_changed() for each in (form, *formsets))
        if form.instance.live and edited:
            workflow.publish(obj=form.instance, by=request.user)
        for button in BUTTONS.keys() & request.POST.keys():
            self._press(request, button, form.instance)

    def _press(self, request, button, page):
        transition, log_entry, message = BUTTONS[button]
        try:
            transition(obj=page, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.WARNING)
        except PermissionDenied as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.log_change(request, page, log_entry)
            self.message_user(request, message.format(page), messages.SUCCESS)

    def response_add(self, request, obj, post_url_continue=None):
        _stay_if_pressed(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        _stay_if_pressed(request)
        return super().response_change(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may_publish = self.has_publish_permission(request) and (
            add or self.has_change_permission(request, obj)
        )
        live = obj is not None and obj.live
        context["state_note"] = (
            NOTES[state_of(obj)].format(**_local_times(obj))
            if obj
            else "A new page is a draft: readers see it once it is published."
        )
        context["state_is_live"] = live
        context["show_publish"] = may_publish and not live
        context["show_unpublish"] = may_publish and live
        return super().render_change_form(request, context, add, change, form_url, obj)


def _day(moment):
    return date(timezone.localtime(moment), "j M Y") if moment else ""


def _local_times(page):
    moments = {"go_live_at": page.go_live_at, "expire_at": page.expire_at}
    return {name: moment and timezone.localtime(moment) for name, moment in moments.items()}


def _stay_if_pressed(request):
    """After a publish button the editor stays on the form, beside the fields a message names."""
    if BUTTONS.keys() & request.POST.keys():
        request.POST = request.POST.copy()
        request.POST["_continue"] = "1"


@admin.register(Contributor)
class ContributorAdmin(ContentAdmin):
    slug_from = "name"
    list_display = ["name", "role", "credentials"]
    search_fields = ["name", "role", "credentials"]


class RedirectForm(forms.ModelForm):
    """Takes a path or a whole address of this site, and keeps its path."""

    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]
        labels = {"old_path": "old address", "new_path": "new address"}
        help_texts = {
            "old_path": "Such as /articles/old-name/. A page that exists always wins.",
            "new_path": "Such as /articles/new-name/, on this site.",
        }

    def clean_old_path(self):
        path = self._path("old_path")
        try:
            match = resolve(path)
        except Resolver404:
            return path
        if "slug" not in match.kwargs:
            raise ValidationError("This is an address of the site itself, not of one page.")
        return path

    def clean_new_path(self):
        """Where that page is now, if it has moved itself."""
        path = self._path("new_path")
        return Redirect.objects.target_of(path) or path

    def _path(self, name):
        try:
            path = unquote(urlsplit(self.cleaned_data[name].strip()).path)
        except ValueError:
            path = ""
        parts = [part for part in path.split("/") if part]
        if not parts:
            raise ValidationError("Give an address on this site, such as /articles/pacing/.")
        return f"/{'/'.join(parts)}/"

    def clean(self):
        super().clean()
        if self.cleaned_data.get("old_path") == self.cleaned_data.get("new_path", ""):
            self.add_error("new_path", "This is the old address itself, or leads to it.")


@admin.register(Redirect)
class RedirectAdmin(ContentAdmin):
    form = RedirectForm
    list_display = ["old_path", "new_path"]
    search_fields = ["old_path", "new_path"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # Flattens chains and breaks circles, as every other move does.
        Redirect.objects.leave(obj.old_path, obj.new_path)
