"""Whether a README kept pace with the scripts that its commands start (doc.4)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from scoring.analyses.cards import nearest_readmes, unread_readme
from scoring.analyses.entry_points import named_by
from scoring.analyses.past import history_of
from scoring.analyses.view import View
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

LEFT_BEHIND = 0.3
"""Share of the entry points that may change before the README counts as left behind (catalogue 4.33)."""
DAYS_BEHIND = 90
"""Days within which a README may follow what it tells of."""
SHOWN = 3


def readme_pace(view: View) -> Answer:
    """Days since the README changed, where over 30 % of the scripts that it starts have changed since."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    readmes = nearest_readmes(view)
    if not readmes:
        return Unknown("a README could not be read") if unread_readme(view) else NotApplicable("there is no README")
    changed = [time for entry, _ in readmes if (time := history.last_change.get(entry.path))]
    if not changed:
        return Unknown("the README's history is not known")
    if history.entry_points_changed is None:
        return NotApplicable("no entry point was recognised")
    population = len(view.entry_points)
    commands = frozenset([command.text for _, facts in readmes for command in facts.commands])
    files = view.product_by_path
    started = sorted([path for path in named_by(view.paths, commands) if path in files and files[path].is_runtime])
    later = _changed_after(max(changed), started, history.last_change)
    days = (view.as_of - max(changed)).total_seconds() / 86_400
    if not later or len(later) <= LEFT_BEHIND * len(started) or days < DAYS_BEHIND:
        return Measure(0.0, max(1, population))
    return Measure(days, max(1, population), (_hit(readmes[0][0].path, later, len(started), int(days)),))


def _changed_after(moment: datetime, paths: Iterable[str], last_change: Mapping[str, datetime]) -> list[str]:
    return [path for path in paths if path in last_change and last_change[path] > moment]


def _hit(path: str, later: list[str], started: int, days: int) -> Hit:
    named = ", ".join(later[:SHOWN]) + (" and others" if len(later) > SHOWN else "")
    return Hit(
        path=path,
        line=1,
        key="old readme",
        message=f"{len(later)} of the {started} scripts that {path} starts have changed in the {days} days since "
        f"it did ({named}): what it says about starting them may no longer hold.",
        evidence={"days": days, "changed": round(len(later) / started, 4)},
    )
