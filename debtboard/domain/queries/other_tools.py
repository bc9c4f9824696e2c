"""What other tools said of a component, apart from its findings: who said it when, under which debt, and where."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from debtboard.domain.preparing import Given, Prepared
from debtboard.domain.queries.catalogue import debt_title
from debtboard.domain.queries.excerpts import Excerpt, excerpt
from debtboard.domain.queries.frame import Pages, pages
from debtboard.domain.queries.places import NOTEBOOK
from debtboard.domain.queries.wording import count, day
from debtboard.models import Component, Finding, ToolResult, ToolUpload

STALE_AFTER = timedelta(days=28)
"""What a tool said longer ago is shown faded, with its date."""
PAGE_SIZE = 50
OF_DEBT = 20
"""Rows on a debt's page."""
OF_NOTEBOOK = "The tool names no cell of the notebook: its own report tells where it is."
OTHER, OTHER_TITLE = "other", "Other"
"""Where no debt is known for a rule: its name in an address, and on a page."""


@dataclass(frozen=True, slots=True)
class Use:
    """One tool's newest upload."""

    key: str
    tool: str
    results: int
    left_out: str
    commit: str
    commit_said: bool
    """Whether the tool says it; else it is the one that was shown when it was handed over."""
    when: str
    stale: bool
    remark: str
    """That it is old, or of another commit than the page; "" otherwise."""
    url: str


@dataclass(frozen=True, slots=True)
class OfTools:
    """The section of a component's page."""

    uses: tuple[Use, ...]
    debts: tuple[tuple[str, str, int], ...]
    """(title, address, results)"""
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    place: str
    url: str
    message: str
    source: str
    level: str
    stale: bool
    when: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of results, and what they can be chosen by."""

    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    said: str
    pages: Pages
    tools: tuple[tuple[str, str], ...]
    debts: tuple[tuple[str, str], ...]
    tool: str
    debt: str
    total: int


class _Tallied(NamedTuple):
    key: str
    tool: str
    version: str
    commit: str
    commit_said: bool
    ran_at: datetime
    taken: int
    debts: list[tuple[str, int]]
    left_out: list[tuple[str, int]]


_TALLY = Prepared(
    lambda: ToolUpload.objects.filter(component=Given("component")).order_by("key").values_list(*_Tallied._fields)
)
_SHOWN = ("pk", "debt", "rule", "level", "path", "line", "message", "upload__tool", "upload__ran_at")


class _Result(NamedTuple):
    pk: int
    debt: str
    rule: str
    level: str
    path: str
    line: int
    message: str
    tool: str
    ran_at: datetime


def of_component(component: Component, now: datetime) -> OfTools | None:
    """None where nothing was handed over; one query."""
    rows = _tallied(component)
    if not rows:
        return None
    url = reverse("other_tools", args=[component.public_id])
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(dict(row.debts))
    debts = tuple(
        (_title(slug), f"{url}?{urlencode({'debt': slug or OTHER})}", counts[slug])
        for slug in sorted(counts, key=lambda slug: (not slug, -counts[slug], slug))
        if counts[slug]
    )
    return OfTools(_uses(rows, component, now), debts, f"{count(sum(counts.values()), 'result')}, never scored", url)


def uses(component: Component, now: datetime) -> tuple[Use, ...]:
    """What is kept of each tool; one query."""
    return _uses(_tallied(component), component, now)


def of_debt(component: Component, slug: str, now: datetime) -> tuple[tuple[Row, ...], str]:
    """(the first results under the debt, where all of them are, "" if these are all); one query."""
    found = _read(ToolResult.objects.filter(upload__component=component, debt=slug), 0, OF_DEBT + 1)
    url = f"{reverse('other_tools', args=[component.public_id])}?{urlencode({'debt': slug})}"
    return tuple(_row(row, component, now) for row in found[:OF_DEBT]), url if len(found) > OF_DEBT else ""


def listing(component: Component, tool: str, debt: str, number: int, now: datetime) -> Listing:
    """One page of what was chosen, what has no debt last: two queries, three where the page holds both."""
    rows = _tallied(component)
    chosen = [pair for row in rows if tool in ("", row.key) for pair in row.debts]
    total = sum(amount for slug, amount in chosen if debt in ("", slug or OTHER))
    asked = urlencode({key: value for key, value in (("tool", tool), ("debt", debt)) if value})
    address = reverse("other_tools", args=[component.public_id])
    where = pages(number, total, PAGE_SIZE, f"{address}?{asked}{'&' if asked else ''}page=")
    start = (where.number - 1) * PAGE_SIZE
    wanted = {"upload__component": component, **({"upload__key": tool} if tool else {})}
    if debt:
        wanted["debt"] = "" if debt == OTHER else debt
    known = sum(amount for slug, amount in chosen if slug and debt in ("", slug))
    found = _known_first(ToolResult.objects.filter(**wanted), known, start) if total else []
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(_title(row.debt), []).append(_row(row, component, now))
    slugs = {slug for row in rows for slug, _ in row.debts}
    return Listing(
        groups=tuple((title, tuple(mine)) for title, mine in groups.items()),
        said=count(total, "result") + (f", page {where.number} of {where.count}" if where.count > 1 else ""),
        pages=where,
        tools=tuple((row.key, row.tool) for row in rows),
        debts=tuple((slug or OTHER, _title(slug)) for slug in sorted(slugs, key=lambda slug: (not slug, _title(slug)))),
        tool=tool,
        debt=debt,
        total=total,
    )


@dataclass(frozen=True, slots=True)
class ResultPage:
    place: str
    message: str
    tool: str
    rule: str
    level: str
    debt: str
    debt_url: str
    when: str
    commit: str
    commit_said: bool
    stale: bool
    excerpt: Excerpt


def result_page(component: Component, pk: int, now: datetime) -> ResultPage | None:
    """One result with the lines that it is about; None where there is none of that number."""
    found = ToolResult.objects.filter(pk=pk, upload__component=component).select_related("upload").first()
    if found is None:
        return None
    upload = found.upload
    at = Finding(component=component, path=found.path, line=found.line or 1, end_line=found.end_line, evidence={})
    return ResultPage(
        place=_place(found.path, found.line),
        message=found.message,
        tool=f"{upload.tool} {upload.version}".strip(),
        rule=found.rule,
        level=found.level,
        debt=_title(found.debt),
        debt_url=reverse("component_debt", args=[component.public_id, found.debt]) if found.debt else "",
        when=day(upload.ran_at, now.date()),
        commit=upload.commit[:12],
        commit_said=upload.commit_said,
        stale=_is_stale(upload.ran_at, now),
        excerpt=Excerpt(reason=OF_NOTEBOOK) if found.path.endswith(NOTEBOOK) else excerpt(at, upload.commit),
    )


def _tallied(component: Component) -> list[_Tallied]:
    return list(map(_Tallied._make, _TALLY.ask(component=component.pk)))


def _known_first(rows: QuerySet[ToolResult], known: int, start: int) -> list[_Result]:
    """A page of them, those with a debt before those with none; `known`: how many have one."""
    stop = start + PAGE_SIZE
    found = _read(rows.filter(debt__gt=""), start, min(stop, known)) if start < known else []
    return found + (_read(rows.filter(debt=""), max(start - known, 0), stop - known) if stop > known else [])


def _read(rows: QuerySet[ToolResult], start: int, stop: int) -> list[_Result]:
    """In the order in which they were kept, tool by tool: by debt, path and line."""
    ordered = rows.order_by("upload_id", "debt", "pk").values_list(*_SHOWN)
    return [_Result._make(row) for row in ordered[start:stop]]


def _uses(rows: Sequence[_Tallied], component: Component, now: datetime) -> tuple[Use, ...]:
    return tuple(_use(row, component, now) for row in rows)


def _use(row: _Tallied, component: Component, now: datetime) -> Use:
    stale = _is_stale(row.ran_at, now)
    current = component.current.commit if component.current else ""
    other = row.commit != current
    remark = "stale" if stale else "of another commit than this page" if other else ""
    return Use(
        key=row.key,
        tool=f"{row.tool} {row.version}".strip(),
        results=row.taken,
        left_out=", ".join(f"{amount:,} {reason}" for reason, amount in row.left_out),
        commit=row.commit[:7],
        commit_said=row.commit_said,
        when=day(row.ran_at, now.date()),
        stale=stale,
        remark=remark,
        url=f"{reverse('other_tools', args=[component.public_id])}?{urlencode({'tool': row.key})}",
    )


def _row(row: _Result, component: Component, now: datetime) -> Row:
    return Row(
        place=_place(row.path, row.line),
        url=reverse("tool_result", args=[component.public_id, row.pk]),
        message=row.message,
        source=f"{row.tool} {row.rule}",
        level=row.level,
        stale=_is_stale(row.ran_at, now),
        when=day(row.ran_at, now.date()),
    )


def _place(path: str, line: int) -> str:
    """path:line; a notebook's line is of no file that people see, so it is left out."""
    return f"{path}:{line}" if line and not path.endswith(NOTEBOOK) else path


def _title(slug: str) -> str:
    return debt_title(slug) if slug else OTHER_TITLE


def _is_stale(ran_at: datetime, now: datetime) -> bool:
    return now - ran_at > STALE_AFTER
