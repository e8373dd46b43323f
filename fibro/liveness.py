"""The time half of the one rule for what the public may see."""

from django.db.models import Q
from django.utils import timezone


def within_live_times(at=None):
    """Rows whose go-live time has come and whose expiry has not, at one moment (default: now)."""
    at = at or timezone.now()
    return (Q(go_live_at=None) | Q(go_live_at__lte=at)) & (Q(expire_at=None) | Q(expire_at__gt=at))
