"""Findings as lists: by debt, by file, paged; and one finding with its story."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, OuterRef, QuerySet, Subquery, When
from django.urls import reverse

from debtboard.domain.preparing import Prepared, several
from debtboard.domain.queries.catalogue import debt_title, trial_mark
from debtboard.domain.queries.choice import BY_DEBT, BY_FILE, ORDERS, Choice
from debtboard.domain.queries.frame import Pages, pages
from debtboard.domain.queries.places import line_said, place_said
from debtboard.domain.queries.since import CHANGED, after
from debtboard.domain.queries.standing import NEW, OpenTally, open_tally, standing_by
from debtboard.domain.queries.wording import Ink, age, capitalised, count
from debtboard.models import Finding, Snapshot
from scoring.findings import SEVERITIES
from scoring.masking import masked
from scoring.reports.words import signal_name

PAGE_SIZE = 50
SINCE_FIRST = "since the first week"
"""It was there when the series begins; when it came can't be known."""


class Shown(NamedTuple):
    """What is read of a finding for a list."""

    public_id: str
    debt: str
    signal: str
    path: str
    line: int
    symbol: str
    message: str
    severity: int
    first_seen_at: datetime
    evidence: Mapping[str, Any]
    fixed_at: datetime | None
    begun: datetime
    """When the series of its component begins."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    url: str
    head: str
    message: str
    signal: str
    severity: str
    age: str
    mark: str = ""
    """What is said of a signal on trial."""
    fixed: bool = False


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
    csv_url: str = ""
    choice: Choice = field(default_factory=Choice)
    debts: tuple[tuple[str, str], ...] = ()
    """(slug, title) of those that can be chosen."""


def _read(rows: QuerySet[Finding]) -> QuerySet[Finding, Any]:
    series = Snapshot.objects.filter(component_id=OuterRef("component_id")).order_by("as_of").values("as_of")
    return rows.annotate(begun=Subquery(series[:1])).values_list(*Shown._fields)


def _write_by_debt(filters: Collection[str], debts: int, trials: int, start: int, stop: int) -> QuerySet[Finding, Any]:
    names = several("debts", debts, CharField())
    place = [Case(*(When(debt=name, then=index) for index, name in enumerate(names)))]
    if trials:
        place.append(Case(When(signal__in=several("trials", trials, CharField()), then=1), default=0))
    return _read(standing_by(filters).filter(debt__in=names)).order_by(*place, *ORDERS[BY_DEBT])[start:stop]


_BY_DEBT = Prepared(_write_by_debt)
_BY_FILE = Prepared(lambda filters, start, stop: _read(standing_by(filters)).order_by(*ORDERS[BY_FILE])[start:stop])
_OF_FILES = Prepared(
    lambda filters, files: (
        standing_by(filters)
        .filter(path__in=several("paths", files, CharField()))
        .values_list("path")
        .annotate(Count("id"))
        .order_by()
    )
)


def listing(
    component_id: int,
    address: str,
    choice: Choice,
    now: datetime,
    tally: OpenTally,
    size: int = PAGE_SIZE,
    empty: str = "",
    of_debt: bool = False,
) -> FindingList:
    """One page of what `tally` counts: one query; two where a severity or a path was asked for, three for a time.

    By file one more counts those of the first and the last file, which may go on on another page.
    `of_debt`: the list is one of the debt of the choice alone, so that the debt is no filter that could be cleared.
    """
    if choice.changed:
        choice = replace(choice, after=after(component_id, choice.changed, now))
    asked = {"component": component_id, **choice.filters}
    counted = tally.narrowed(choice.debt, choice.signal)
    if choice.severity or choice.path or choice.changed:
        counted = open_tally(component_id, choice.filters)
    total = counted.count()
    where = pages(choice.number, total, size, f"{address}?{choice.query(page='')}{'&' if choice.query() else ''}page=")
    part = slice((where.number - 1) * size, where.number * size)
    read = _page_by_file if choice.order == BY_FILE else _page_by_debt
    of = _filtered(replace(choice, debt="") if of_debt else choice)
    return FindingList(
        said=_said(total, of, where, choice),
        groups=read(tuple(choice.filters), asked, counted, part, now) if total else (),
        tabs=_tabs(address, choice, of),
        pages=where,
        first_column="Place" if choice.order == BY_DEBT else "Line",
        last_column="Signal",
        empty=empty or _empty(of, choice),
        total=total,
        answer=_answer(total, of, tally, choice),
        choice=choice,
        debts=tuple((slug, debt_title(slug)) for slug in sorted(tally.debts(), key=debt_title)),
    )


def _page_by_debt(
    filters: tuple[str, ...], asked: Mapping[str, Any], counted: OpenTally, part: slice, now: datetime
) -> tuple[Group, ...]:
    """Those of the debts that stand on the page: the others are neither sorted nor read."""
    trials = tuple(sorted(filter(trial_mark, counted.signals())))
    here, before, place = {}, 0, 0
    for debt, amount in counted.by_debt(trials):
        if place + amount <= part.start:
            before += amount
        elif place < part.stop:
            here[debt] = amount
        place += amount
    start, stop = part.start - before, part.stop - before
    rows = _BY_DEBT.ask(filters, len(here), len(trials), start, stop, debts=tuple(here), trials=trials, **asked)
    return _groups(list(map(Shown._make, rows)), BY_DEBT, here, now)


def _page_by_file(
    filters: tuple[str, ...], asked: Mapping[str, Any], counted: OpenTally, part: slice, now: datetime
) -> tuple[Group, ...]:
    found = list(map(Shown._make, _BY_FILE.ask(filters, part.start, part.stop, **asked)))
    sizes = dict(Counter(finding.path for finding in found))
    if found and len(found) < counted.count():
        ends = tuple({found[0].path, found[-1].path})
        sizes.update(_OF_FILES.ask(filters, len(ends), paths=ends, **asked))
    return _groups(found, "path", sizes, now)


def _filtered(choice: Choice) -> str:
    """Of what the list is, in words; "" of all."""
    parts = [choice.signal or (debt_title(choice.debt) if choice.debt else "")]
    parts += [choice.severity, f"under {choice.path}" if choice.path else ""]
    return ", ".join(part for part in parts if part)


def _answer(total: int, of: str, tally: OpenTally, choice: Choice) -> tuple[str, ...]:
    """How many of all that are open are in the list."""
    if choice.changed:
        opened = f" of {count(tally.count(), 'open finding')}" if CHANGED[choice.changed][0] == NEW else ""
        said = f"{total:,}{opened}" if opened else count(total, "finding")
        return (*capitalised([Ink(said)]), f" {_state(choice)}{f': {of}' if of else ''}.")
    if not of:
        return (Ink(capitalised([count(total, "finding")])[0]), " open.")
    return (Ink(f"{total:,} of {count(tally.count(), 'open finding')}"), f": {of}.")


def _state(choice: Choice) -> str:
    return CHANGED[choice.changed][2] if choice.changed else "open"


def _empty(of: str, choice: Choice) -> str:
    if choice.changed:
        return f"Nothing is {_state(choice)}{f' of {of}' if of else ''}."
    return f"Nothing is open of {of}: clear the filter, or choose another." if of else "Nothing open."


def _said(total: int, of: str, where: Pages, choice: Choice) -> str:
    words = f"{count(total, 'finding')} {_state(choice)}"
    if of:
        words += f" of {of}"
    return words if where.count == 1 else f"{words}, page {where.number} of {where.count}"


def _tabs(address: str, choice: Choice, of: str) -> tuple[tuple[str, str, bool], ...]:
    tabs = [
        ("by debt", f"{address}?{choice.query(order='')}", choice.order == BY_DEBT),
        ("by file", f"{address}?{choice.query(order=BY_FILE)}", choice.order == BY_FILE),
    ]
    for changed, (_, _, said) in CHANGED.items():
        tabs.append((said, f"{address}?{choice.query(changed=changed)}", choice.changed == changed))
    if of or choice.changed:
        everything = choice.query(debt="", signal="", severity="", path="", changed="")
        words = ", ".join(part for part in (of, _state(choice) if choice.changed else "") if part)
        tabs.append((f"clear the filter: {words}", f"{address}?{everything}", False))
    return tuple((words, link.removesuffix("?"), current) for words, link, current in tabs)


def _groups(found: Sequence[Shown], name: str, sizes: Mapping[str, int], now: datetime) -> tuple[Group, ...]:
    """The findings of the page under their debt or file, with how many that one has on all pages."""
    groups = []
    for title, run in groupby(found, key=lambda finding: getattr(finding, name)):
        mine = list(run)
        said = count(sizes[title], "finding")
        if len(mine) < sizes[title]:
            said = f"{said}, {len(mine)} here"
        groups.append(
            Group(
                debt_title(title) if name == "debt" else title,
                said,
                tuple(finding_row(finding, name, now) for finding in mine),
            )
        )
    return tuple(groups)


def finding_row(finding: Shown, group: str, now: datetime) -> FindingRow:
    said = place_said if group == "debt" else line_said
    place = said(finding.path, finding.line, finding.evidence)
    return FindingRow(
        url=reverse("finding", args=[finding.public_id]),
        head=f"{place}, {finding.symbol}" if group == "path" and finding.symbol else place,
        message=masked(finding.message),
        signal=signal_name(finding.signal),
        severity=SEVERITIES[finding.severity - 1],
        age=_age(finding, now),
        mark=trial_mark(finding.signal),
        fixed=finding.fixed_at is not None,
    )


def _age(finding: Shown, now: datetime) -> str:
    if finding.fixed_at is not None:
        return f"fixed {age(now - finding.fixed_at)} ago"
    return SINCE_FIRST if finding.first_seen_at <= finding.begun else age(now - finding.first_seen_at)
