"""Cut-offs that stayed while what their model is made from changed (thr.3).

A model counts as trained again when git shows it: a model that git keeps, or the file that points to it, was replaced,
or else the code that trains came to do something else. Which of the two it was is said with each finding. A notebook
trains and cuts in one go, and is left out.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.cut_off_text import cut_offs_in, key_of
from scoring.analyses.past import history_of
from scoring.analyses.threshold_keys import written_cuts
from scoring.analyses.view import View
from scoring.facts import CutOffAge
from scoring.findings import CFG, Answer, Hit, Measure, NotApplicable, Unknown

BAD_DAYS, BAD_TIMES = 180, 4
"""The bad anchors of both measures: days, and how often a kept model was replaced."""


class _Site(NamedTuple):
    """One cut-off where it stands."""

    path: str
    line: int
    key: str
    text: str
    symbol: str = ""


def aged_cut_offs(view: View) -> Answer:
    """Days between the last change of a cut-off and the last change of its model or training after it."""
    sites = _sites(view)
    if not sites:
        unread = view.python_unseen or view.unread(CFG) > 0
        return Unknown("files went unread") if unread else NotApplicable("no cut-off is written by hand")
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.cut_offs is None:
        return Unknown("how old the cut-offs are was not looked up")
    ages = {(age.path, age.key): age for age in history.cut_offs if age.changes is not None}
    known = [(site, ages[site.path, site.key]) for site in sites if (site.path, site.key) in ages]
    if not known:
        return Unknown("when the cut-offs or their models last changed is not known")
    told = [_told(site, age, view.as_of) for site, age in known]
    return Measure(max(worth for worth, _ in told), len(told), tuple([hit for _, hit in told if hit is not None]))


@lru_cache(maxsize=1)
def _sites(view: View) -> tuple[_Site, ...]:
    """Each cut-off once a file, in its first place; they stand while the snapshot does."""
    coded = [
        _Site(file.path, item.line, key_of(item), f"{item.subject} {item.operator} {item.literal}", item.scope)
        for file in view.product_once
        if not file.is_notebook
        for item in cut_offs_in(file.facts)
    ]
    written = [
        _Site(
            item.entry.path, max(1, setting.line), f"{setting.key}={setting.value}", f"{setting.key}: {setting.value}"
        )
        for item, setting in written_cuts(view)
    ]
    found: dict[tuple[str, str], _Site] = {}
    for site in (*coded, *written):
        found.setdefault((site.path, site.key), site)
    return tuple(found.values())


def _told(site: _Site, age: CutOffAge, now: datetime) -> tuple[float, Hit | None]:
    """(the measure of one cut-off, the finding)."""
    changes = [(at, path) for at, path in age.changes or () if at <= now + timedelta(days=1)]
    if not changes:
        return 0.0, None
    days = len({at.date() for at, _ in changes})
    lag = (changes[-1][0] - age.since).days
    worth = max(float(lag), BAD_DAYS * days / BAD_TIMES) if age.models else float(lag)
    return worth, _hit(site, age, changes, lag, days)


def _hit(site: _Site, age: CutOffAge, changes: list[tuple[datetime, str]], lag: int, days: int) -> Hit:
    last, others = changes[-1][1], len({path for _, path in changes}) - 1
    named = f"{last} and {others} more" if others else last
    how = "the model in git, was replaced" if age.models else "which trains the model, was changed"
    on = "1 day" if days == 1 else f"{days} days"
    return Hit(
        path=site.path,
        line=site.line,
        key=f"aged {site.key}",
        symbol=site.symbol,
        message=f"`{site.text}` has stood since {age.since:%Y-%m-%d}; {named}, {how} on {on} since, the last {lag} "
        "days later, and nothing shows that the cut-off was looked at again.",
        evidence={"since": f"{age.since:%Y-%m-%d}", "days": lag, "times": days},
    )
