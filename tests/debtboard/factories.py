"""A board built directly in the tables: three teams, eight components, 104 weeks with gaps, stale, failing, blind,
backfilled and a new ruler. Deterministic: the same call makes the same board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from random import Random

from debtboard.domain import reports
from debtboard.domain.points import Reading, points_of
from debtboard.models import (
    Component,
    ComponentTeam,
    Finding,
    Measure,
    Membership,
    Observation,
    Organisation,
    Person,
    Point,
    Report,
    Repository,
    Role,
    Ruler,
    Scan,
    Snapshot,
    Team,
)
from scoring.findings import SEVERITIES
from scoring.scores.answers import Assessment
from scoring.scores.ruler import ruler_stamp
from tests.debtboard.answers import Shape, assessment, body

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WEEKS = 104
SHAPES = (
    Shape("fraud-scoring", 0, seen=0.68, findings=52, path="services/fraud", gap=(31, 33)),
    Shape("chargeback-forecast", 0, seen=0.55, findings=19),
    Shape("demand-forecast", 0, seen=0.74, findings=31),
    Shape("home-ranker", 1, seen=0.7, findings=70, gap=(60, 64)),
    Shape("image-moderation", 1, seen=0.15, findings=14),
    Shape(
        "ticket-router", 1, seen=0.66, findings=17, stale="The deploy key was revoked: put a new one into the settings."
    ),
    Shape("etl-helpers", 2, seen=0.5, findings=9, profile="library", ml_code=False),
    Shape("query-intent", 2, scanned=False),
)
TEAMS = ("Payments risk", "Trust and safety", "Search quality")


@dataclass
class Board:
    """What was built."""

    alice: Person
    """Lead of the first two teams."""
    bob: Person
    """Member of the first."""
    charlie: Person
    """A stranger: in no team."""
    organisation: Organisation
    teams: list[Team]
    components: list[Component] = field(default_factory=list)


def people(organisation_name: str = "Acme") -> Board:
    """An organisation with three people and no team."""
    organisation = Organisation.objects.create(name=organisation_name)
    alice, bob, charlie = (
        Person.objects.create_user(name, password="a long password") for name in ("alice", "bob", "charlie")
    )
    return Board(alice, bob, charlie, organisation, [])


def board(shapes: Sequence[Shape] = SHAPES, teams: Sequence[str] = TEAMS, weeks: int = WEEKS) -> Board:
    """The whole board, as of NOW."""
    made = people()
    for index, name in enumerate(teams):
        team = Team.objects.create(organisation=made.organisation, name=name, slug=f"team-{index}")
        Membership.objects.create(person=made.alice, team=team, role=Role.LEAD)
        made.teams.append(team)
    Membership.objects.create(person=made.bob, team=made.teams[0], role=Role.MEMBER)
    stamp = ruler_stamp()
    new = Ruler.objects.create(version=stamp.version, hash=stamp.hash)
    old = Ruler.objects.create(version="2025.4", hash="0" * 16)
    for shape in shapes:
        made.components.append(component(made, shape, weeks, old, new))
    return made


def component(made: Board, shape: Shape, weeks: int, old: Ruler, new: Ruler) -> Component:
    """One component with its history."""
    slug = blake2b(shape.name.encode(), digest_size=6).hexdigest()
    repository = Repository.objects.create(
        organisation=made.organisation, name=shape.name, address=f"https://git.example.org/{slug}.git"
    )
    kept = Component.objects.create(
        repository=repository, name=shape.name, path=shape.path, profile=shape.profile, public_id=slug
    )
    ComponentTeam.objects.create(component=kept, team=made.teams[shape.team], since=date(2020, 1, 6))
    if not shape.scanned:
        Scan.objects.create(
            component=kept,
            repository=repository,
            due_at=NOW - timedelta(minutes=2),
            trigger=Scan.Trigger.REGISTERED,
            weeks=104,
        )
        return kept
    last = NOW - timedelta(days=13) if shape.stale else NOW - timedelta(hours=2)
    answer = assessment(shape, last)
    snapshots = _snapshots(kept, shape, answer, last, weeks, old, new)
    current = snapshots[-1]
    Report.objects.create(snapshot=current, body=body(shape, last))
    findings = _findings(kept, answer, snapshots)
    places = [(finding.pk, finding.line) for finding in findings]
    Observation.objects.create(snapshot=current, body=reports.packed_places(places))
    _points(kept, answer, snapshots, shape)
    kept.current = current
    if shape.stale:
        kept.stale_since, kept.stale_reason = NOW - timedelta(days=13), shape.stale
    kept.save()
    _scans(kept, shape, current, last)
    return kept


def _scans(kept: Component, shape: Shape, current: Snapshot, last: datetime) -> None:
    done = {"component": kept, "repository": kept.repository, "weeks": 104, "phase": Scan.Phase.ENDED}
    Scan.objects.create(
        **done,
        due_at=last,
        status=Scan.Status.DONE,
        snapshot=current,
        started_at=last,
        finished_at=last + timedelta(minutes=3),
        files_done=221,
        files_total=221,
        weeks_done=104,
        weeks_total=104,
        trigger=Scan.Trigger.REGISTERED,
    )
    if shape.stale:
        Scan.objects.create(
            **done,
            due_at=NOW,
            status=Scan.Status.FAILED,
            reason=shape.stale,
            started_at=NOW - timedelta(minutes=2),
            finished_at=NOW,
        )


# ---------------------------------------------------------------- the past


def _mondays(weeks: int, last: datetime) -> list[date]:
    monday = last.date() - timedelta(days=last.weekday())
    return [monday - timedelta(weeks=weeks - 1 - index) for index in range(weeks)]


def _kept(shape: Shape, weeks: int, last: datetime) -> list[tuple[int, date]]:
    """(weeks back, Monday), oldest first, without the gap."""
    low, high = shape.gap
    return [
        (weeks - 1 - index, monday)
        for index, monday in enumerate(_mondays(weeks, last))
        if not low <= weeks - 1 - index < high
    ]


def _snapshots(
    kept: Component, shape: Shape, answer: Assessment, last: datetime, weeks: int, old: Ruler, new: Ruler
) -> list[Snapshot]:
    rows = []
    for back, monday in _kept(shape, weeks, last):
        end = datetime(monday.year, monday.month, monday.day, 23, 59, 59, tzinfo=UTC) + timedelta(days=6)
        rows.append(
            Snapshot(
                component=kept,
                commit=answer.commit if back == 0 else f"{back:040x}",
                committed_at=(last if back == 0 else end) - timedelta(hours=5),
                engine=answer.engine,
                ruler=new if back < 20 else old,
                inputs="0",
                as_of=last if back == 0 else end,
                week=monday,
                week_latest=True,
                backfilled=back >= 12,
                profile=shape.profile,
                ml_code=shape.ml_code,
                files=answer.coverage.files,
                files_read=answer.coverage.read,
                findings_open=len(answer.findings),
                worst_open=max(
                    (d.worst_open or "" for d in answer.debts), key=lambda w: SEVERITIES.index(w) if w else -1
                ),
                rubric_worst=answer.rubric.score.worst,
                rubric_value=answer.rubric.score.value,
                rubric_best=answer.rubric.score.best,
            )
        )
    Snapshot.objects.bulk_create(rows)
    return rows


def _findings(kept: Component, answer: Assessment, snapshots: Sequence[Snapshot]) -> list[Finding]:
    rng = Random(kept.name)
    rows = []
    for found in answer.findings:
        first = snapshots[rng.randrange(len(snapshots))]
        rows.append(
            Finding(
                component=kept,
                fingerprint=found.id,
                anchor=found.anchor,
                signal=found.signal,
                debt=found.debt,
                path=found.path,
                line=found.line,
                end_line=found.end_line,
                symbol=found.symbol,
                message=found.message,
                severity=SEVERITIES.index(found.severity) + 1,
                confidence=found.confidence,
                effort=found.effort,
                evidence=dict(found.evidence),
                remedy=found.remedy,
                first_seen_at=first.as_of,
                last_seen_at=snapshots[-1].as_of,
                first_snapshot=first,
                last_snapshot=snapshots[-1],
            )
        )
    return Finding.objects.bulk_create(rows)


def _points(kept: Component, answer: Assessment, snapshots: Sequence[Snapshot], shape: Shape) -> None:
    readings = points_of(answer)
    measures = _measures(readings)
    rows: list[Point] = []
    for reading in readings:
        rng = Random(f"{kept.name} {reading.slug}")
        rows += _walk(kept, reading, measures[reading.slug], [snapshot.week for snapshot in snapshots], rng)
    Point.objects.bulk_create(rows)


def _measures(readings: Iterable[Reading]) -> dict[str, int]:
    slugs = [reading.slug for reading in readings]
    Measure.objects.bulk_create([Measure(slug=slug) for slug in slugs], ignore_conflicts=True)
    return dict(Measure.objects.values_list("slug", "pk"))


def _walk(kept: Component, reading: Reading, measure: int, weeks: Sequence[date], rng: Random) -> list[Point]:
    """From the present backwards: small steps, the band as wide as it is now or a little wider."""
    top = 7.0 if reading.slug.startswith("rubric") else 100.0
    counting = reading.best is None and reading.value is not None
    best, value, worst = reading.best, reading.value, reading.worst
    rows = []
    for week in reversed(weeks):
        rows.append(Point(component=kept, measure_id=measure, week=week, best=best, value=value, worst=worst))
        if counting:
            value = max(0.0, (value or 0.0) - rng.choice((0, 0, 0, 0, 1, 1, -1)))
        elif top == 100.0 and best is not None and worst is not None:
            step = rng.choice((0.0, 0.0, 0.0, rng.uniform(-1.5, 1.2)))
            best, worst = max(0.0, min(best + step, 100.0)), max(0.0, min(100.0, worst + step + rng.uniform(0, 0.1)))
            seen = best + 100 - worst
            value = 100 * best / seen if value is not None and seen > 0 else None
    return rows


# ---------------------------------------------------------------- names that try to break a page

EVIL_NAMES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>.py",
    "a\"onmouseover='alert(1)'.py",
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "\u202egnp.exe",
    "line\nbreak\ttab\x1b[31mred\x07",
    "x" * 180,
    "&lt;b&gt; &amp; \u2028 ＜ﬁ＞",
)
