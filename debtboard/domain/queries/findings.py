"""Findings as lists: by debt, by file, paged; and one finding with its story."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, QuerySet, Subquery, Window
from django.urls import reverse

from debtboard.domain.queries.catalogue import debt_title
from debtboard.domain.queries.frame import Pages, pages
from debtboard.domain.queries.places import line_said, place_said
from debtboard.domain.queries.wording import Ink, age, capitalised, count
from debtboard.models import Finding, Snapshot
from scoring.findings import SEVERITIES
from scoring.masking import masked

PAGE_SIZE = 50
SHOWN = ("public_id", "debt", "signal", "path", "line", "symbol", "message", "severity", "first_seen_at", "evidence")
SINCE_FIRST = "since the first week"
"""It was there when the series begins; when it came can't be known."""
BY_DEBT, BY_FILE = "debt", "file"
ORDERS = {
    BY_DEBT: ("-group_worst", "debt", "-severity", "path", "line", "id"),
    BY_FILE: ("path", "line", "id"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asked for: order, filters, page."""

    order: str = BY_DEBT
    debt: str = ""
    signal: str = ""
    number: int = 1
    severity: str = ""
    path: str = ""
    """What the path begins with."""

    @property
    def order_field(self) -> str:
        return "path" if self.order == BY_FILE else "debt"

    def query(self, **changes: object) -> str:
        fields = {
            "order": self.order,
            "debt": self.debt,
            "signal": self.signal,
            "severity": self.severity,
            "path": self.path,
            **changes,
        }
        kept = {key: value for key, value in fields.items() if value and (key, value) != ("order", BY_DEBT)}
        return urlencode(kept)


@dataclass(frozen=True, slots=True)
class FindingRow:
    url: str
    head: str
    message: str
    signal: str
    severity: str
    age: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    said: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class FindingList:
    """A page of findings in groups."""

    said: str
    groups: tuple[Group, ...]
    tabs: tuple[tuple[str, str, bool], ...]
    pages: Pages
    first_column: str
    last_column: str
    empty: str
    total: int = 0
    answer: tuple[str, ...] = ()
    all_url: str = ""
    choice: Choice = Choice()
    debts: tuple[tuple[str, str], ...] = ()
    """(slug, title) of those that can be chosen."""


@dataclass(frozen=True, slots=True)
class OpenTally:
    """The open findings of a component, counted: (debt, signal, findings, worst severity from 1 to 4)."""

    rows: tuple[tuple[str, str, int, int], ...] = ()

    def count(self, debt: str = "", signal: str = "") -> int:
        return sum(row[2] for row in self._of(debt, signal))

    def worst(self, debts: Collection[str], found: Collection[str]) -> str | None:
        """The severity of the worst one of the debts, among the signals that are found; None where none is open.

        What stands of a clear signal is a lead, and outside the worst (contracts, section 2).
        """
        rank = max((row[3] for row in self.rows if row[0] in debts and row[1] in found), default=0)
        return SEVERITIES[rank - 1] if rank else None

    def within(self, debts: Collection[str]) -> int:
        """How many stand of the debts together."""
        return sum(row[2] for row in self.rows if row[0] in debts)

    def debts(self) -> frozenset[str]:
        """The debts that have a finding."""
        return frozenset(row[0] for row in self.rows)

    def signals(self) -> frozenset[str]:
        """The signals that have a finding."""
        return frozenset(row[1] for row in self.rows)

    def debts_at(self, severity: str, found: Collection[str]) -> tuple[str, ...]:
        """The debts that have a finding of that severity from a signal that is found, by name."""
        return tuple(sorted({row[0] for row in self.rows if SEVERITIES[row[3] - 1] == severity and row[1] in found}))

    def _of(self, debt: str, signal: str) -> list[tuple[str, str, int, int]]:
        return [row for row in self.rows if debt in ("", row[0]) and signal in ("", row[1])]


def standing(component_id: int) -> QuerySet[Finding]:
    """What the current snapshot has and nobody has decided on."""
    return Finding.objects.filter(component_id=component_id, present=True, state__in=Finding.STANDING)


def open_tally(component_id: int) -> OpenTally:
    """One query, whatever the number of findings: every count of open findings on a page comes from it."""
    rows = standing(component_id).values_list("debt", "signal").annotate(Count("id"), Max("severity"))
    return OpenTally(tuple(rows.order_by("debt", "signal")))


def listing(
    component_id: int,
    address: str,
    choice: Choice,
    now: datetime,
    size: int = PAGE_SIZE,
    empty: str = "",
    tally: OpenTally | None = None,
    of_debt: bool = False,
) -> FindingList:
    """One page: at most three queries, whatever the number of findings; one fewer where they are counted already.

    `of_debt`: the list is one of the debt of the choice alone, so that the debt is no filter that could be cleared.
    """
    rows = _chosen(standing(component_id), choice)
    counted = tally is not None and not choice.severity and not choice.path
    total = tally.count(choice.debt, choice.signal) if tally is not None and counted else rows.count()
    where = pages(choice.number, total, size, f"{address}?{choice.query(page='')}{'&' if choice.query() else ''}page=")
    start = (where.number - 1) * size
    group = Window(Count("id"), partition_by=choice.order_field)
    worst = Window(Max("severity"), partition_by=choice.order_field)
    series = Snapshot.objects.filter(component_id=component_id).order_by("as_of").values("as_of")
    ordered = rows.annotate(group_size=group, group_worst=worst, begun=Subquery(series[:1]))
    shown = ordered.order_by(*ORDERS[choice.order]).values_list(*SHOWN, "group_size", "begun", named=True)
    chosen = list(shown[start : start + size]) if total else []
    of = _filtered(replace(choice, debt="") if of_debt else choice)
    return FindingList(
        said=_said(total, of, where),
        groups=_groups(chosen, choice.order_field, now),
        tabs=_tabs(address, choice, of),
        pages=where,
        first_column="Place" if choice.order == BY_DEBT else "Line",
        last_column="Signal",
        empty=empty or (f"Nothing is open of {of}: clear the filter, or choose another." if of else "Nothing open."),
        total=total,
        answer=_answer(total, of, tally),
        choice=choice,
        debts=tuple((slug, debt_title(slug)) for slug in sorted(tally.debts(), key=debt_title)) if tally else (),
    )


def _chosen(rows: QuerySet[Finding], choice: Choice) -> QuerySet[Finding]:
    if choice.debt:
        rows = rows.filter(debt=choice.debt)
    if choice.signal:
        rows = rows.filter(signal=choice.signal)
    if choice.severity:
        rows = rows.filter(severity=SEVERITIES.index(choice.severity) + 1)
    if choice.path:
        rows = rows.filter(path__startswith=choice.path)
    return rows


def _filtered(choice: Choice) -> str:
    """Of what the list is, in words; "" of all."""
    parts = [choice.signal or (debt_title(choice.debt) if choice.debt else "")]
    parts += [choice.severity, f"under {choice.path}" if choice.path else ""]
    return ", ".join(part for part in parts if part)


def _answer(total: int, of: str, tally: OpenTally | None) -> tuple[str, ...]:
    """How many of all that are open are in the list."""
    if not of or tally is None:
        return (Ink(capitalised([count(total, "finding")])[0]), " open.")
    return (Ink(f"{total:,} of {count(tally.count(), 'open finding')}"), f": {of}.")


def _said(total: int, of: str, where: Pages) -> str:
    words = f"{count(total, 'finding')} open"
    if of:
        words += f" of {of}"
    return words if where.count == 1 else f"{words}, page {where.number} of {where.count}"


def _tabs(address: str, choice: Choice, of: str) -> tuple[tuple[str, str, bool], ...]:
    tabs = [
        ("by debt", f"{address}?{choice.query(order='')}", choice.order == BY_DEBT),
        ("by file", f"{address}?{choice.query(order=BY_FILE)}", choice.order == BY_FILE),
    ]
    if of:
        everything = choice.query(debt="", signal="", severity="", path="")
        tabs.append((f"clear the filter: {of}", f"{address}?{everything}", False))
    return tuple((words, link.removesuffix("?"), current) for words, link, current in tabs)


def _groups(found: Iterable[Any], name: str, now: datetime) -> tuple[Group, ...]:
    """The findings of the page (rows of `SHOWN`) under their debt or file, with how many that one has on all pages."""
    groups = []
    for title, run in groupby(found, key=lambda finding: getattr(finding, name)):
        mine = list(run)
        said = count(mine[0].group_size, "finding")
        if len(mine) < mine[0].group_size:
            said = f"{said}, {len(mine)} here"
        groups.append(
            Group(
                debt_title(title) if name == "debt" else title,
                said,
                tuple(finding_row(finding, name, now) for finding in mine),
            )
        )
    return tuple(groups)


def finding_row(finding: Any, group: str, now: datetime) -> FindingRow:
    said = place_said if group == "debt" else line_said
    place = said(finding.path, finding.line, finding.evidence)
    return FindingRow(
        url=reverse("finding", args=[finding.public_id]),
        head=f"{place}, {finding.symbol}" if group == "path" and finding.symbol else place,
        message=masked(finding.message),
        signal=finding.signal,
        severity=SEVERITIES[finding.severity - 1],
        age=SINCE_FIRST if finding.first_seen_at <= finding.begun else age(now - finding.first_seen_at),
    )
