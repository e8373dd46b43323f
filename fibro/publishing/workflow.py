"""Transitions: keyword-only, atomic, each checking the permission and the state."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .changes import changed


def may(user, action, obj):
    """Whether a user holds the permission `action` ("publish", "change") on this kind of page."""
    return user.has_perm(f"{obj._meta.app_label}.{action}_{obj._meta.model_name}")


@transaction.atomic
def publish(*, obj, by, at=None):
    """Show the page to readers. `by` is a user, or None for the site's own commands."""
    _check(by, obj)
    if missing := obj.missing():
        raise ValidationError(f"Before “{obj}” can be published, fill in: {', '.join(missing)}.")
    now = at or timezone.now()
    obj.live = True
    obj.first_published_at = obj.first_published_at or now
    obj.last_published_at = now
    # Published now means seen now.
    if obj.go_live_at and obj.go_live_at > now:
        obj.go_live_at = None
    if obj.expire_at and obj.expire_at <= now:
        obj.expire_at = None
    _save_state(obj)


@transaction.atomic
def unpublish(*, obj, by):
    """Take the page away from readers; nothing of it is lost."""
    _check(by, obj)
    if obj.must_stay:
        raise ValidationError(f"“{obj}” is linked from every page, so it stays live.")
    obj.live = False
    _save_state(obj)


def _save_state(obj):
    """Only the columns of the state: the object may have been read before somebody's edit."""
    obj.save(
        update_fields=[
            *("live", "first_published_at", "last_published_at", "go_live_at", "expire_at"),
            "updated_at",
        ]
    )
    changed(obj)


def _check(by, obj):
    if by is not None and not may(by, "publish", obj):
        raise PermissionDenied(f"You may not publish or unpublish “{obj}”.")
