"""The list of scans: what runs, what waits, what failed and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from debtboard.domain import access
from debtboard.domain.queries.frame import Pages, pages
from debtboard.domain.queries.progress import PHASES, said, share_of
from debtboard.domain.queries.wording import Ink, age, capitalised, clock, count
from debtboard.models import ComponentTeam, Membership, Scan
from debtboard.models.organisation import Person

PAGE_SIZE = 40
DAY = timedelta(days=1)
KINDS = {
    Scan.Status.QUEUED: "running",
    Scan.Status.RUNNING: "running",
    Scan.Status.PARTIAL: "stale",
    Scan.Status.FAILED: "failed",
}

NAMED = 3
"""Components that the headline names."""
TRIGGERS = {Scan.Trigger.MANUAL: "by hand"}


@dataclass(frozen=True, slots=True)
class ScanRow:
    pk: int
    component: str
    url: str
    state: str
    kind: str
    share: float | None
    progress: str
    asked: str
    took: str
    reason: str
    cancel_url: str
    retry_url: str


@dataclass(frozen=True, slots=True)
class ScansPage:
    rows: tuple[ScanRow, ...]
    live: bool
    said: str
    answer: tuple[str, ...]
    pages: Pages
    poll_url: str


def writable(person: Person, components: Collection[int]) -> set[int]:
    """Those of the components that the person may scan again."""
    if person.is_superuser:
        return set(components)
    mine = Membership.objects.filter(person_id=person.pk, role__in=access.WRITERS).values("team_id")
    periods = ComponentTeam.objects.filter(component_id__in=components, until=None, team__in=mine)
    return set(periods.values_list("component_id", flat=True))


def scans_page(
    components: Collection[int], writable: Collection[int], now: datetime, number: int = 1, only: str = ""
) -> ScansPage:
    """The scans of the components, open ones first; `only` is one component's public id."""
    mine = Scan.objects.filter(component_id__in=components)
    if only:
        mine = mine.filter(component__public_id=only)
    address = f"{reverse('scans')}?{f'component={only}&' if only else ''}page="
    where = pages(number, mine.count(), PAGE_SIZE, address)
    start = (where.number - 1) * PAGE_SIZE
    newest = mine.select_related("component").order_by("-created_at", "-id")
    found = list(newest[start : start + PAGE_SIZE])
    recent = mine.filter(Q(status__in=Scan.OPEN) | Q(finished_at__gte=now - DAY)).order_by("component__name", "id")
    named = list(recent.values_list("status", "component__name"))
    states = [status for status, _ in named]
    running, queued = states.count(Scan.Status.RUNNING), states.count(Scan.Status.QUEUED)
    failed = [name for status, name in named if status == Scan.Status.FAILED]
    return ScansPage(
        rows=tuple(_row(scan, scan.component_id in writable, now) for scan in found),
        live=bool(running or queued),
        said=f"{running} running, {queued} queued" if running or queued else "Nothing is running",
        answer=_answer(failed),
        pages=where,
        poll_url=f"{address}{where.number}",
    )


def _answer(failed: Sequence[str]) -> tuple[str, ...]:
    """What is over; what runs and waits stands above the list, which looks again by itself. `failed`: of what."""
    names = list(dict.fromkeys(failed))
    others = f" and {count(len(names) - NAMED, 'other')}" if len(names) > NAMED else ""
    of = f": {', '.join(names[:NAMED])}{others}. The reason stands beside each." if names else "."
    return (Ink(capitalised([count(len(failed), "scan")])[0] + " failed"), f" in the last day{of}")


def _row(scan: Scan, may_write: bool, now: datetime) -> ScanRow:
    status = Scan.Status(scan.status)
    is_open = status in Scan.OPEN
    return ScanRow(
        pk=scan.pk,
        component=scan.component.name,
        url=reverse("component", args=[scan.component.public_id]),
        state="stopping" if is_open and scan.cancel_requested else str(status.label),
        kind=KINDS.get(status, ""),
        share=share_of(scan),
        progress=_progress(scan),
        asked=f"{clock(scan.created_at, now)}, {TRIGGERS.get(scan.trigger) or Scan.Trigger(scan.trigger).label}",
        took=_took(scan, now),
        reason=scan.reason,
        cancel_url=reverse("scan_cancel", args=[scan.pk])
        if may_write and is_open and not scan.cancel_requested
        else "",
        retry_url=reverse("scan_retry", args=[scan.pk])
        if may_write and not is_open and status != Scan.Status.DONE
        else "",
    )


def _progress(scan: Scan) -> str:
    if scan.status == Scan.Status.RUNNING:
        phase = PHASES.get(Scan.Phase(scan.phase), "")
        units = said(scan)
        return f"{phase}; {units}" if units else phase
    if scan.status == Scan.Status.QUEUED or not scan.files_total:
        return ""
    return f"{count(scan.files_done, 'file')}, {count(scan.weeks_done, 'week')}"


def _took(scan: Scan, now: datetime) -> str:
    if scan.started_at is None:
        return ""
    end = scan.finished_at or now
    return age(end - scan.started_at) + ("" if scan.finished_at else " so far")
