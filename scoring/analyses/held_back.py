"""Learning libraries that are held below a major version which has been out for long (glu.8).

When a version came out is read from a table that ships with the engine, so that no answer rests on a network. A library
is held where each of its declarations is: one that is loose may bring the new version in.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from scoring.analyses.declarations import declarations
from scoring.analyses.declared import Declared
from scoring.analyses.view import View
from scoring.facts import Requirement
from scoring.findings import PKG, Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge.majors import MAJORS, UNTIL, month_at, month_name

MONTHS = 18
"""For which a major version may be waited for."""
_CLAUSE = re.compile(r"^(===?|=|~=|\^|~|<=?|)\s*v?(\d{1,4})((?:\.\d+)*)")


class _Held(NamedTuple):
    item: Declared
    major: int
    """The newest that the declaration lets in."""


def held_back(view: View) -> Answer:
    """Learning libraries, of those declared, that are held below a major version released over 18 months ago."""
    known = declarations(view)
    asked = _asked_of(known.runtime) or _asked_of(known.own)
    names = {item.name for item in asked}
    if not names:
        if known.uncertain or view.unread(PKG):
            return Unknown("what it depends on is not known whole")
        return NotApplicable("no learning library is declared whose versions are known")
    now = month_at(view.as_of)
    hits = tuple([hit for name in sorted(names) if (hit := _hit(name, asked, now))])
    if not hits and now - UNTIL > MONTHS:
        return Unknown("versions newer than this engine knows may have come out")
    return Measure(len(hits), len(names), hits)


def _asked_of(declared: Iterable[Declared]) -> list[Declared]:
    """Those of a table's libraries; of groups and extras where nothing is needed to run at all times."""
    return [item for item in declared if item.name in MAJORS and item.requirement.group != "build" and _is_asked(item)]


def _is_asked(item: Declared) -> bool:
    """Neither for one Python alone nor in a folder of a tool's, as of CI."""
    return not item.requirement.marker and not item.path.startswith(".")


def _hit(name: str, asked: list[Declared], now: int) -> Hit | None:
    declared = [item for item in asked if item.name == name]
    held = [_Held(item, major) for item in declared if (major := newest_major(item.requirement)) is not None]
    if len(held) < len(declared):
        return None
    last = max(held, key=lambda one: one.major)
    passed = [major for major, month in MAJORS[name].items() if major > last.major and now - month > MONTHS]
    if not passed:
        return None
    item, first, newest = last.item, min(passed), max(passed)
    later = f", and {newest}.0 since" if newest > first else ""
    return Hit(
        path=item.path,
        line=item.line,
        key=name,
        symbol=name,
        message=f"`{name}` is held at {item.requirement.specifier}: {first}.0 came out in "
        f"{month_name(MAJORS[name][first])}{later}, and what is written for it does not run here.",
        evidence={"major": last.major, "newest": newest},
    )


def newest_major(requirement: Requirement) -> int | None:
    """The newest major version that a requirement lets in; None where it sets no bound, or a choice of several."""
    if "|" in requirement.specifier:
        return None
    bounds = [bound for clause in requirement.specifier.split(",") if (bound := _bound(clause.strip())) is not None]
    return min(bounds, default=None)


def _bound(clause: str) -> int | None:
    match = _CLAUSE.match(clause)
    if not match:
        return None
    operator, major, rest = match[1], int(match[2]), match[3]
    if operator == "<" and not rest.strip(".0"):
        return major - 1
    if operator == "~=" and not rest:
        return None
    return major
