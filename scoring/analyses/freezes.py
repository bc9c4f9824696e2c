"""Lists that are a freeze of all that was installed: they hold what nobody chose."""

from scoring.analyses.declarations import Declarations
from scoring.analyses.declared import Declared
from scoring.knowledge import packages

FROZEN_LIST = 40
FROZEN_SHARE = 0.8
"""A list of so many packages with so many exact pins is a freeze of what was installed; a few were loosened since."""
SMALL_FREEZE = 8
BROUGHT, BROUGHT_SHARE = 3, 0.2
"""So is a shorter one where so many are packages that nobody chooses: others bring them."""


def frozen_lists(known: Declarations) -> frozenset[str]:
    """Files in which nearly all is pinned exactly: they may hold what others need, a lock without the name."""
    return frozenset([path for path, items in _by_file(known) if _is_pinned(items) and _is_freeze(items)])


def freezes(known: Declarations) -> frozenset[str]:
    """Of those, the ones that tell of it: exports of conda, and lists with what nobody chooses."""
    lists = frozen_lists(known)
    return frozenset(
        [
            path
            for path, items in _by_file(known)
            if path in lists and (items[0].manager == "conda" or _holds_brought(items))
        ]
    )


def _by_file(known: Declarations) -> list[tuple[str, list[Declared]]]:
    listed: dict[str, list[Declared]] = {}
    for item in known.own:
        listed.setdefault(item.path, []).append(item)
    return list(listed.items())


def _is_pinned(items: list[Declared]) -> bool:
    return sum([item.requirement.pin in ("exact", "hashed") for item in items]) >= FROZEN_SHARE * len(items)


def _is_freeze(items: list[Declared]) -> bool:
    return len(items) >= FROZEN_LIST or (len(items) >= SMALL_FREEZE and _holds_brought(items))


def _holds_brought(items: list[Declared]) -> bool:
    brought = sum([item.name in packages.BROUGHT for item in items])
    return brought >= max(BROUGHT, BROUGHT_SHARE * len(items))
