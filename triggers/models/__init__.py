from .care import CareCard, CrisisContact
from .claims import Claim, ClaimKind
from .factors import Factor, Link, Loop, LoopStep
from .tips import CollectedTip, Energy, Tip, TipCollection
from .trigger import Role, Trigger

__all__ = [
    "CareCard",
    "Claim",
    "ClaimKind",
    "CollectedTip",
    "CrisisContact",
    "Energy",
    "Factor",
    "Link",
    "Loop",
    "LoopStep",
    "Role",
    "Tip",
    "TipCollection",
    "Trigger",
]
