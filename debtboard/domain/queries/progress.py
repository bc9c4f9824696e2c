"""How far a scan is, in units: files of all weeks, then weeks, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from debtboard.domain.preparing import Given, Prepared, among, columns, instance
from debtboard.domain.queries.frame import Notice
from debtboard.domain.queries.wording import age
from debtboard.models import Component, Scan

PHASES = {
    Scan.Phase.WAITING: "waiting for a worker",
    Scan.Phase.FETCHING: "fetching the repository",
    Scan.Phase.READING: "reading files",
    Scan.Phase.SCORING: "scoring",
    Scan.Phase.HISTORY: "reading the past",
    Scan.Phase.ENDED: "ended",
}

RECENT = 4
"""Scans among which the open ones are looked for: one runs, and hardly ever another waits."""
BARE = "?bare=1"
"""How a page without any figure asks, so that it hears of the first ones."""


@dataclass(frozen=True, slots=True)
class ScanProgress:
    title: str
    text: str
    share: float | None
    progress: str
    live: bool
    finished: bool
    poll_url: str
    url: str
    first_stands: bool = False
    """Whether the first figures came while the page that asks still stands without any."""
    reload: bool = False
    """Whether the page that asks is to be read anew by itself: it shows nothing, and there is something now."""


_UNDER_WAY = Prepared(
    lambda components: (
        Scan.objects.filter(
            Q(status__in=Scan.OPEN) | Q(status=Scan.Status.CANCELLED, component__current=None),
            among("component_id", "components", components),
        )
        .order_by("status", "id")
        .values_list("component_id", "status")
    )
)


def open_scans(components: Collection[int]) -> dict[int, str]:
    """component -> status of its queued or running scan; "cancelled" where it was never read and nothing goes on."""
    ids = tuple(components)
    return dict(_UNDER_WAY.ask(len(ids), components=ids)) if ids else {}


_OPEN = Prepared(
    lambda: (
        Scan.objects.filter(component=Given("component"), status__in=Scan.OPEN)
        .order_by("-status", "due_at")
        .values_list(*columns(Scan))[:1]
    )
)


def of_component(component: Component, now: datetime, bare: bool = False) -> ScanProgress | None:
    """The open scan of a component; None where none is under way. `bare`: the page that asks shows no figure yet."""
    rows = _OPEN.ask(component=component.pk)
    if not rows:
        return None
    return of_scan(instance(Scan, rows[0]), component.public_id, component.current_id is None, now, bare)


_RECENT = Prepared(
    lambda: (
        Scan.objects.filter(Q(status__in=Scan.OPEN) | Q(weeks__gt=1), component=Given("component"))
        .order_by("-created_at", "-id")
        .values_list(*columns(Scan))[:RECENT]
    )
)


def of_page(component: Component, now: datetime) -> tuple[ScanProgress | None, tuple[Notice, ...]]:
    """The open scan, as `of_component` gives it, and what the last scan of the past left unread; one query."""
    found = [instance(Scan, row) for row in _RECENT.ask(component=component.pk)]
    under_way = sorted((s for s in found if s.status in Scan.OPEN), key=lambda s: (s.status == "queued", s.due_at))
    if under_way:
        return of_scan(under_way[0], component.public_id, component.current_id is None, now), ()
    last = found[0] if found and component.current_id is not None else None
    return None, () if last is None or component.stale_since is not None else _left_unread(last)


def _left_unread(scan: Scan) -> tuple[Notice, ...]:
    """That the trend begins later than it could, and how the rest is read."""
    if scan.status not in {Scan.Status.CANCELLED, Scan.Status.PARTIAL}:
        return ()
    why = scan.reason or "The scan did not end."
    if scan.weeks_done < scan.weeks_total:
        title = f"{scan.weeks_done} of {scan.weeks_total} weeks are read, the newest first."
    else:
        title = "Some weeks of the past could not be read whole."
    return (Notice(title, f"{why} Scan again to read the rest.", scan_url=reverse("scan_retry", args=[scan.pk])),)


def of_scan(scan: Scan, public_id: str, first: bool, now: datetime, bare: bool = False) -> ScanProgress:
    what = "The first scan" if first else "A scan"
    if scan.status == Scan.Status.QUEUED:
        title, text = f"{what} is queued.", scan.reason or f"Asked for {age(now - scan.created_at)} ago."
    else:
        title, text = f"{what} is running:", f"{PHASES.get(Scan.Phase(scan.phase), scan.phase)}."
    return ScanProgress(
        title=title,
        text=text,
        share=share_of(scan),
        progress=said(scan),
        live=True,
        finished=False,
        poll_url=reverse("component_progress", args=[public_id]) + (BARE if bare or first else ""),
        url=reverse("component", args=[public_id]),
        first_stands=bare and not first,
        reload=bare and not first,
    )


def ended(scan: Scan | None, public_id: str, bare: bool = False) -> ScanProgress:
    """What stands where the progress stood once no scan is open any more; a bare page is to be read anew."""
    done = scan is not None and scan.status == Scan.Status.DONE
    title = "The scan is done." if done else "The scan has ended."
    return ScanProgress(
        title=title,
        text="" if scan is None else scan.reason,
        share=None,
        progress="",
        live=False,
        finished=True,
        poll_url="",
        url=reverse("component", args=[public_id]),
        reload=bare,
    )


def share_of(scan: Scan) -> float | None:
    """Of the files of all weeks; of the weeks where no file had to be read; None before either is known."""
    if scan.status != Scan.Status.RUNNING:
        return None
    if scan.files_total:
        return min(1.0, scan.files_done / scan.files_total)
    return min(1.0, scan.weeks_done / scan.weeks_total) if scan.weeks_total else None


def said(scan: Scan) -> str:
    parts = []
    if scan.files_total:
        parts.append(f"{scan.files_done:,} of {scan.files_total:,} files")
    if scan.weeks_total:
        parts.append(f"{scan.weeks_done} of {scan.weeks_total} weeks, newest first")
    return "; ".join(parts)
