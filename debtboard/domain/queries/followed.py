"""What is followed of the 25 practices and of the checklist of Combine, as a report says it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from debtboard.domain.queries import catalogue
from debtboard.domain.queries.stored import StoredReport, once
from scoring.catalog.checklist import CHECKLIST, ChecklistItem
from scoring.reports.words import state_words
from scoring.scores.answers import Checked, Practice

STATES = ("present", "partial", "absent", "unknown", "not_applicable")


@dataclass(frozen=True, slots=True)
class Kept:
    """One practice or item: its state, and what it rests on."""

    slug: str
    title: str
    said: str
    evidence: str
    answered_by: tuple[str, ...]
    """The signals and tests that the catalogue names for it."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Both lists; a report of an earlier version has no checklist."""

    practices: tuple[Kept, ...]
    checklist: tuple[Kept, ...]
    practices_said: str
    checklist_said: str


@cache
def checklist_by_slug() -> Mapping[str, ChecklistItem]:
    return {item.slug: item for item in CHECKLIST}


def checklist_entries() -> tuple[catalogue.Entry, ...]:
    return tuple(catalogue.Entry(item.slug, item.title, ", ".join(item.signals + item.tests)) for item in CHECKLIST)


@once
def report_followed(report: StoredReport) -> Followed | None:
    """None where the report holds neither."""
    practices, items = catalogue.practices_by_slug(), checklist_by_slug()
    feeds = {slug: text.signals for slug, text in practices.items()}
    feeds |= {slug: item.signals + item.tests for slug, item in items.items()}
    titles = {slug: text.title for slug, text in (*practices.items(), *items.items())}
    if not report.practices and not report.checklist:
        return None
    return Followed(
        practices=tuple(_kept(row, titles, feeds) for row in report.practices if row.slug in titles),
        checklist=tuple(_kept(row, titles, feeds) for row in report.checklist if row.slug in titles),
        practices_said=_said(report.practices),
        checklist_said=_said(report.checklist),
    )


def _kept(row: Practice | Checked, titles: dict[str, str], feeds: dict[str, tuple[str, ...]]) -> Kept:
    return Kept(row.slug, titles[row.slug], state_words(row.state), ", ".join(row.evidence), feeds[row.slug])


def _said(rows: Sequence[Practice | Checked]) -> str:
    """3 present, 1 absent, 21 unknown."""
    counts = Counter(row.state for row in rows)
    return ", ".join(f"{counts[state]} {state_words(state)}" for state in STATES if counts[state])
