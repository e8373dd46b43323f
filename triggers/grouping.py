"""Claims in the order in which a reader asks about them."""

from .models import ClaimKind

#: What matters most first: what it may do, what does not hold, what helps, then plain facts.
READING_ORDER = [
    (ClaimKind.CAUSE, "What may cause it"),
    (ClaimKind.RISK_FACTOR, "What came first in studies (risk factors)"),
    (ClaimKind.FLARE_TRIGGER, "What may set off a flare"),
    (ClaimKind.MAKES_WORSE, "What may make symptoms worse"),
    (ClaimKind.GOES_WITH, "What goes with it"),
    (ClaimKind.NOT_SUPPORTED, "What good studies do not back"),
    (ClaimKind.HELPS, "What was tested and helps"),
    (ClaimKind.DOES_NOT_HELP, "What was tested and does not help"),
    (ClaimKind.ABOUT, "Plain facts"),
]


def by_kind(claims):
    """[(kind, heading, [claims])] in reading order, without empty groups."""
    claims = list(claims)
    groups = (
        (kind, heading, [claim for claim in claims if claim.kind == kind])
        for kind, heading in READING_ORDER
    )
    return [group for group in groups if group[2]]
