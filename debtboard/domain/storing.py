"""One measured moment becomes a snapshot, its findings and its points, in one short transaction, fenced by the token.

What a failed or partial scan found never gets here: findings close and scores move by complete snapshots alone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from debtboard.domain import declaring, leasing, reports
from debtboard.domain.findings import Ledger, PathsOf
from debtboard.domain.measuring import Measured
from debtboard.domain.points import points_of, store_points
from debtboard.domain.weeks import monday
from debtboard.models import Component, Observation, Report, Ruler, Scan, Snapshot
from scoring.listing import exclusion, matches
from scoring.scores.answers import Assessment

SEVERITIES = ("low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The stored snapshot next to a moment, and the paths of its tree where they are still to be had."""

    snapshot: Snapshot
    paths: frozenset[str] | None


def stored_already(
    component: Component, commit: str, as_of: datetime, engine: str, ruler_hash: str, inputs: str
) -> Snapshot | None:
    """The snapshot of exactly this, if a former attempt stored it. `inputs` is the digest of the settings."""
    return Snapshot.objects.filter(
        component=component, commit=commit, as_of=as_of, engine=engine, ruler__hash=ruler_hash, inputs=inputs
    ).first()


def store(measured: Measured, scan: Scan, neighbour: Neighbour | None, paths_of: PathsOf) -> Snapshot:
    """Write all of it, or nothing. Raises leasing.Lost where the scan is no longer ours."""
    body, answer = reports.packed(measured.report), measured.assessment
    ruler = _ruler(answer)
    with transaction.atomic():
        component = Component.objects.select_for_update().get(pk=scan.component_id)
        if not leasing.mine(scan).update(token=F("token")):
            raise leasing.Lost
        newest = _is_newest(component, answer.as_of)
        found = stored_already(component, answer.commit, answer.as_of, answer.engine, ruler.hash, measured.inputs)
        if found is not None and stands(found, component, newest=newest):
            return found
        snapshot = found or _snapshot(measured, component, ruler, scan)
        snapshot.week_latest = _takes_the_week(snapshot)
        snapshot.save()
        if found is None:
            Report.objects.create(snapshot=snapshot, body=body)
        if found is None or newest:
            near = neighbour.snapshot if neighbour else None
            ledger = Ledger(component, snapshot, near, newest=newest, paths_of=paths_of)
            places = ledger.write(answer, measured.paths, neighbour.paths if neighbour else None)
            Observation(snapshot=snapshot, body=reports.packed_places(places)).save()
        if snapshot.week_latest:
            store_points(component, snapshot.week, points_of(answer))
        if newest:
            fresh = {"stale_since": None, "stale_reason": "", "points_written": F("points_written") + 1}
            Component.objects.filter(pk=component.pk).update(current=snapshot, **fresh)
            declaring.take(component, measured.wishes)
    return snapshot


def stands(snapshot: Snapshot, component: Component, *, newest: bool) -> bool:
    """Whether pages show it as what it is. It steps back for one of other settings, and comes back with its own."""
    return component.current_id == snapshot.pk if newest else snapshot.week_latest


def mark_stale(component_id: int, reason: str) -> None:
    """The scores stay, with the date from which they are old, and why."""
    Component.objects.filter(pk=component_id).update(stale_reason=reason[:500])
    Component.objects.filter(pk=component_id, stale_since=None).update(stale_since=timezone.now())


def _ruler(answer: Assessment) -> Ruler:
    stamp = answer.ruler
    return Ruler.objects.get_or_create(hash=stamp.hash, defaults={"version": stamp.version})[0]


def _is_newest(component: Component, as_of: datetime) -> bool:
    return component.current is None or component.current.as_of <= as_of


def _takes_the_week(snapshot: Snapshot) -> bool:
    """Whether it is the last of its week; if so the former last one steps back."""
    others = Snapshot.objects.filter(component_id=snapshot.component_id, week=snapshot.week)
    if others.filter(Q(as_of__gt=snapshot.as_of)).exists():
        return False
    others.filter(week_latest=True).update(week_latest=False)
    return True


def _left_out(measured: Measured, component: Component) -> int:
    """Files that only the settings leave out."""
    if measured.backfilled or not component.excludes:
        return 0
    return sum(matches(path, component.excludes) and not exclusion(path) for path in measured.paths)


def _snapshot(measured: Measured, component: Component, ruler: Ruler, scan: Scan) -> Snapshot:
    answer = measured.assessment
    rubric = answer.rubric.score
    snapshot = Snapshot(
        component=component,
        commit=answer.commit,
        committed_at=answer.committed_at,
        engine=answer.engine,
        ruler=ruler,
        inputs=measured.inputs,
        branch=measured.branch,
        as_of=answer.as_of,
        week=monday(answer.as_of),
        backfilled=measured.backfilled,
        profile=answer.profile,
        ml_code=answer.ml_code,
        files=answer.coverage.files,
        files_read=answer.coverage.read,
        files_left_out=_left_out(measured, component),
        findings_open=len(answer.findings),
        worst_open=max((debt.worst_open or "" for debt in answer.debts), key=_rank, default=""),
        rubric_worst=rubric.worst,
        rubric_value=rubric.value,
        rubric_best=rubric.best,
        rubric_band=answer.rubric.band or "",
        scan=scan,
    )
    for number, litmus in enumerate(answer.litmus, 1):
        for part in ("best", "value", "worst"):
            setattr(snapshot, f"q{number}_{part}", getattr(litmus.index, part))
    return snapshot


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity else -1
