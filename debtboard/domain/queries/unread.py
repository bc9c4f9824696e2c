"""A component before its first complete scan: what is missing, and what to do."""

from datetime import datetime

from django.urls import reverse

from debtboard.domain.queries.frame import Notice
from debtboard.domain.queries.retired import retired_notice
from debtboard.domain.queries.wording import Ink
from debtboard.models import Component, Scan


def nothing_known(component: Component, running: bool, now: datetime) -> tuple[Notice, tuple[str, ...]]:
    """(the notice, the answer at the top of the page)."""
    scans = (("See the scans", f"{reverse('scans')}?component={component.public_id}"),)
    scan_url = reverse("scan_now", args=[component.public_id])
    if component.retired_at is not None:
        answer: tuple[str, ...] = (
            Ink("Nothing is known"),
            " of this component: it was retired before it was read.",
        )
        return retired_notice(component, now)[0], answer
    if component.stale_since is not None:
        failed = f"{component.stale_reason or 'No reason was kept.'} There is no figure yet. Mend it, then scan again."
        answer = (Ink("Nothing is known"), " of this component: its first scan failed.")
        return Notice("The first scan failed.", failed, scans, bad=True, scan_url=scan_url), answer
    if not running and component.scans.filter(status=Scan.Status.CANCELLED).exists():
        cancelled = "There is no figure, and none comes before somebody scans it again."
        answer = (Ink("Nothing is known"), " of this component: its first scan was cancelled.")
        return Notice("The first scan was cancelled.", cancelled, scans, scan_url=scan_url), answer
    answer = (Ink("Nothing is known yet"), "; the first figures stand here seconds after the scan begins.")
    return Notice("No complete scan yet.", "Nothing is known of this component, so every bar is hatched."), answer
