"""The weekly points of many measures and components, in two queries whatever their number."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Substr

from debtboard.domain.queries.kept import Kept
from debtboard.domain.queries.measures import EARLIER, ENOUGH, HASH, Bar, Line, Point, Points
from debtboard.models import Component, Measure, Snapshot
from debtboard.models import Point as StoredPoint
from scoring.catalog.litmus import LITMUS
from scoring.catalog.rubric import SECTIONS
from scoring.debts import all_debts, while_they_stand

T = TypeVar("T")

RUBRIC, FINDINGS = "rubric", "findings-open"
RUBRIC_TOP, INDEX_TOP = 7.0, 100.0
HISTORY_WEEKS = 104
SECTION_MEASURES = tuple(f"rubric-{section}" for section in SECTIONS)
LITMUS_SLUGS = tuple(question.slug for question in LITMUS)
NAMES: Mapping[str, str] = {
    RUBRIC: "ML Test Score",
    FINDINGS: "Open findings",
    **{question.slug: f"{question.id} {question.short}" for question in LITMUS},
}


@while_they_stand
def lines() -> frozenset[str]:
    """The measures of a component that are lines: the litmus answers and the debts."""
    return frozenset(LITMUS_SLUGS) | {debt.slug for debt in all_debts()}


def line_name(measure: str) -> str:
    """How a line is called: a debt by its title."""
    return NAMES.get(measure) or _titles().get(measure, measure)


@while_they_stand
def _titles() -> Mapping[str, str]:
    return {debt.slug: debt.title for debt in all_debts()}


Numbers = tuple[float | None, float | None, float | None]
"""best, value, worst"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a week's point comes from."""

    ruler: str
    """Its version and hash; EARLIER at the end where the week was scored under other settings than the newest one."""
    backfilled: bool
    commit: str = ""
    committed: date | None = None
    """The day of that commit."""


@cache
def _no_origin() -> Origin:
    return Origin("", False)


class Series:
    """Points by (component, measure), each a mapping of week -> numbers; and the origin of each component's weeks."""

    def __init__(self, points: Iterable[tuple[int, str, str, Any, Any, Any]]) -> None:
        self._weeks: dict[tuple[int, str], dict[date, Numbers]] = {}
        dates: dict[str, date] = {}
        for component, measure, text, best, value, worst in points:
            week = dates.get(text)
            if week is None:
                week = dates[text] = date.fromisoformat(text)
            known = self._weeks.get((component, measure))
            if known is None:
                known = self._weeks[component, measure] = {}
            known[week] = (best, value, worst)
        self._origins: dict[int, dict[date, Origin]] = {}
        self._derived: dict[Hashable, Any] = {}

    def size(self) -> int:
        """How many points it holds."""
        return sum(map(len, self._weeks.values()))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What follows from these points and from the key alone: reckoned once, for as long as the points are kept."""
        if key not in self._derived:
            self._derived[key] = make()
        found: T = self._derived[key]
        return found

    def add_origins(self, rows: Iterable[tuple[int, date, str, bool, str, datetime]]) -> None:
        """Of each week: component, Monday, ruler, whether it was read from history, its commit and when that was."""
        for component, week, ruler, backfilled, commit, committed in rows:
            self._origins.setdefault(component, {})[week] = Origin(ruler, backfilled, commit, committed.date())

    def numbers(self, component: int, measure: str, week: date) -> Numbers | None:
        return self._weeks.get((component, measure), {}).get(week)

    def measures(self, component: int) -> list[str]:
        return [measure for owner, measure in self._weeks if owner == component]

    def first_week(self, component: int) -> date | None:
        """The earliest week that has a point of any measure."""
        known = (min(self._weeks[component, measure]) for measure in self.measures(component))
        return self.once(("first", component), lambda: min(known, default=None))

    def weeks(self, component: int, measure: str) -> Mapping[date, Numbers]:
        return self._weeks.get((component, measure), {})

    def origin(self, component: int, week: date) -> Origin | None:
        return self._origins.get(component, {}).get(week)

    def bar(self, component: int, measure: str, week: date) -> Bar:
        numbers = self.numbers(component, measure, week)
        return Bar.whole_hatch() if numbers is None else Bar.of_numbers(*numbers)

    def points(self, component: int, measure: str, week: date) -> Points:
        best, value, worst = self.numbers(component, measure, week) or (None, None, None)
        return Points(worst, value, best)

    def values(self, component: int, measure: str, weeks: Sequence[date]) -> tuple[float | None, ...]:
        """One number a week: the value; None is a week without a complete scan."""
        known = self.weeks(component, measure)
        return tuple(known[week][1] if week in known else None for week in weeks)

    def seen_bad(self, component: int, measure: str, weeks: Sequence[date]) -> tuple[float | None, ...]:
        """One number a week: how much was seen to be bad, which only evidence of debt moves."""
        known = self.weeks(component, measure)
        return tuple(known[week][0] if week in known else None for week in weeks)

    def line(self, component: int, measure: str, weeks: Sequence[date]) -> Line:
        """A measure over consecutive weeks."""
        if not weeks:
            return Line(measure, line_name(measure), (), scale_of(measure))
        asked = ("line", component, measure, weeks[0], len(weeks))
        return self.once(asked, lambda: self._line(component, measure, weeks))

    def _line(self, component: int, measure: str, weeks: Sequence[date]) -> Line:
        known = self.weeks(component, measure)
        points = []
        for week in weeks:
            numbers = known.get(week)
            if numbers is None:
                points.append(Point(week))
                continue
            origin = self.origin(component, week) or _no_origin()
            points.append(Point(week, *numbers, origin.backfilled, origin.ruler, origin.commit, origin.committed))
        return Line(measure, line_name(measure), tuple(points), scale_of(measure))

    def counts(self, component: int, name: str, weeks: Sequence[date]) -> Line:
        """Open findings as a line: a count has no band, so all three numbers are the count."""
        known = self.weeks(component, FINDINGS)
        points = [Point(week, *[known[week][1]] * 3) if week in known else Point(week) for week in weeks]
        return Line(FINDINGS, name, tuple(points))


def scale_of(measure: str) -> float:
    return RUBRIC_TOP if measure.startswith(RUBRIC) else INDEX_TOP


@dataclass(frozen=True, slots=True)
class Wanted:
    """Points of some measures: from a week on, or of the named weeks only."""

    measures: Collection[str]
    since: date | None = None
    weeks: Collection[date] = ()

    @property
    def key(self) -> tuple[frozenset[str], date | None, frozenset[date]]:
        return frozenset(self.measures), self.since, frozenset(self.weeks)

    def rows(self, components: Collection[int]) -> QuerySet[StoredPoint, tuple[Any, ...]]:
        """Measures are named by a subquery, so that the search goes down the clustered key (component, measure, week).

        Weeks come as text, so that thousands of rows need no converter each.
        """
        ids = Measure.objects.filter(slug__in=self.measures).values("id")
        when = Q(week__in=self.weeks) if self.since is None else Q(week__gte=self.since)
        rows = StoredPoint.objects.filter(when, component_id__in=components, measure_id__in=ids)
        return rows.values_list("component_id", "measure__slug", Cast("week", CharField()), "best", "value", "worst")


def read_series(components: Collection[int], measures: Collection[str], since: date) -> Series:
    """Points of the components from a week on, with their origins."""
    written = Component.objects.filter(pk__in=components).values_list("pk", "points_written")
    return read_wanted(dict(written), [Wanted(measures, since)], since)


POINTS_KEPT = 200_000
"""Points that a web process keeps, some 40 MB: two years of ten large components, or two portfolios of 300."""
_kept: Kept[Series] = Kept(POINTS_KEPT, Series.size)


def read_wanted(written: Mapping[int, int], wanted: Sequence[Wanted], origins: date | Collection[date]) -> Series:
    """`written`: component -> how often its points were written. It only grows, and they are kept as long as it stands.

    It must have been read before: points that are newer than it are read anew once, older ones never are shown.
    """
    days = origins if isinstance(origins, date) else frozenset(origins)
    key = (tuple(sorted(written.items())), tuple(part.key for part in wanted), days)
    return _kept.get(key, lambda: _read(written.keys(), wanted, origins))


def ruler_name(at: str) -> Case:
    """A ruler as the lines name it, from the fields of the ruler `at`: its version and its hash; "" of none."""
    name = Concat(f"{at}__version", Value(HASH), Substr(f"{at}__hash", 1, 8))
    return Case(When(**{f"{at}__isnull": False}, then=name), default=Value(""), output_field=CharField())


_RULING = Case(
    When(
        ~Q(inputs=F("component__current__inputs")),
        component__current__isnull=False,
        then=Concat(ruler_name("ruler"), Value(EARLIER)),
    ),
    default=ruler_name("ruler"),
    output_field=CharField(),
)


def _read(components: Collection[int], wanted: Sequence[Wanted], origins: date | Collection[date]) -> Series:
    """The points in one query, and the origins of the weeks from a Monday on, or of the named weeks, in another."""
    first, *others = (part.rows(components) for part in wanted)
    found = first.union(*others, all=True) if others else first
    series = Series(found.iterator(5000))
    weeks = Q(week__gte=origins) if isinstance(origins, date) else Q(week__in=origins)
    snapshots = Snapshot.objects.filter(weeks, component_id__in=components, week_latest=True)
    series.add_origins(
        snapshots.annotate(ruling=_RULING)
        .values_list("component_id", "week", "ruling", "backfilled", "commit", "committed_at")
        .order_by()
    )
    return series


@lru_cache(maxsize=64)
def weeks_up_to(monday: date, count: int) -> tuple[date, ...]:
    """The Mondays of `count` weeks, the last one given."""
    return tuple(monday - timedelta(weeks=count - 1 - index) for index in range(count))


def mean_numbers(rows: Sequence[Numbers]) -> Numbers | None:
    """A team's three numbers: its components' mean segments, and the numbers that follow from them (catalogue 2.5, 11).

    Components to which the measure does not apply are left out; None where none is left. The weight of each is
    max(1, its models in production); nothing that is read so far tells of those, so each counts once.
    """
    applying = [(best, worst) for best, _, worst in rows if best is not None and worst is not None]
    if not applying:
        return None
    best = sum(row[0] for row in applying) / len(applying)
    worst = sum(row[1] for row in applying) / len(applying)
    seen = best + 100 - worst
    return best, (100 * best / seen if seen >= 100 * ENOUGH else None), worst


def team_score(found: Sequence[tuple[bool, Sequence[Numbers | None]]]) -> Numbers | None:
    """A team's ML Test Score (catalogue 2.6): of its production components, or of all where none is in production.

    `found`: per component whether it is in production, and (best, value, worst) of each section.
    """
    scored = [(live, rows) for live, rows in found if any(row is not None and row[0] is not None for row in rows)]
    chosen = [rows for live, rows in scored if live] or [rows for _, rows in scored]
    return lowest_section(list(zip(*chosen, strict=True)))


def lowest_section(rows: Sequence[Sequence[Numbers | None]]) -> Numbers | None:
    """A team's ML Test Score: each section's sum averaged over the components, then the lowest.

    `rows`: one sequence per section, of its (best, value, worst) per component.
    """
    means = [mean for section in rows if (mean := _mean_points(section)) is not None]
    if not means:
        return None
    return min(m[0] for m in means), min(m[1] for m in means), min(m[2] for m in means)


def _mean_points(rows: Sequence[Numbers | None]) -> tuple[float, float, float] | None:
    known = [row for row in rows if row is not None and row[0] is not None]
    if not known:
        return None
    total = len(known)
    return (
        sum(row[0] or 0.0 for row in known) / total,
        sum(row[1] or 0.0 for row in known) / total,
        sum(row[2] or 0.0 for row in known) / total,
    )
