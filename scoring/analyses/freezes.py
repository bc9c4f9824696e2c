"""Lists that are a freeze of all that was installed: they hold what nobody chose."""

from scoring.analyses.declarations import Declarations
from scoring.analyses.declared import Declared
from scoring.knowledge import packages

FROZEN_LIST = 40
FROZEN_SHARE = 0.9
"""A list of so many packages with so many exact pins is a freeze of all that was installed."""
SMALL_FREEZE = 8
BROUGHT, BROUGHT_SHARE = 3, 0.2
"""So is a shorter one where so many are packages that nobody chooses: others bring them."""


def frozen_lists(known: Declarations) -> frozenset[str]:
    """Files in which nearly all is pinned exactly: they may hold what others need, a lock without the name."""
    listed: dict[str, list[Declared]] = {}
    for item in known.own:
        listed.setdefault(item.path, []).append(item)
    return frozenset([path for path, items in listed.items() if _is_freeze(items)])


def _is_freeze(items: list[Declared]) -> bool:
    if len(items) < SMALL_FREEZE:
        return False
    exact = sum([item.requirement.pin in ("exact", "hashed") for item in items])
    brought = sum([item.name in packages.BROUGHT for item in items])
    freeze = len(items) >= FROZEN_LIST or brought >= max(BROUGHT, BROUGHT_SHARE * len(items))
    return freeze and exact >= FROZEN_SHARE * len(items)
