"""One finding: where it is, why it matters, what to do, and its story through the snapshots."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from debtboard.domain.queries import catalogue
from debtboard.domain.queries.excerpts import Excerpt, excerpt
from debtboard.domain.queries.first import EFFORTS
from debtboard.domain.queries.frame import Notice, Stamp, stamp
from debtboard.domain.queries.places import evidence_said, place_said
from debtboard.domain.queries.retired import retired_mark
from debtboard.domain.queries.wording import age, day
from debtboard.models import Finding, Snapshot
from scoring.findings import SEVERITIES
from scoring.knowledge.report_cards import REPORT_CARDS
from scoring.masking import masked
from scoring.reports.words import signal_name

STANDING = "open"
BEFORE = ", the first week scanned: it may be older"


@dataclass(frozen=True, slots=True)
class FindingPage:
    pk: str
    place: str
    symbol: str
    message: str
    severity: str
    state: str
    debt: str
    debt_url: str
    signal: str
    signal_name: str
    signal_url: str
    mark: str
    """What is said of a signal on trial; "" of all others."""
    measure: str
    caution: str
    effort: str
    confidence: str
    age: str
    first_seen: str
    last_seen: str
    remedy: str
    why: str
    evidence: tuple[tuple[str, str], ...]
    excerpt: Excerpt
    commit: str
    may_blame: bool
    timeline: tuple[tuple[str, str, str], ...]
    notices: tuple[Notice, ...]
    stamp: Stamp


def finding_page(finding: Finding, now: datetime) -> FindingPage:
    """Everything the page shows; the excerpt is read from the mirror now."""
    debt = catalogue.debts_by_slug().get(finding.debt)
    signal = catalogue.signals_by_id().get(finding.signal)
    snapshot = finding.last_snapshot
    shown = excerpt(finding, snapshot.commit)
    older = _may_be_older(finding)
    component = finding.component
    return FindingPage(
        pk=finding.public_id,
        place=place_said(finding.path, finding.line, finding.evidence),
        symbol=finding.symbol,
        message=masked(finding.message),
        severity=SEVERITIES[finding.severity - 1],
        state=_state(finding, now.date()),
        debt=catalogue.debt_title(finding.debt),
        debt_url=reverse("component_debt", args=[component.public_id, finding.debt]),
        signal=finding.signal,
        signal_name=signal_name(finding.signal),
        signal_url=f"{reverse('catalogue_entry', args=[finding.debt])}#{finding.signal}",
        mark=catalogue.trial_mark(finding.signal),
        measure=signal.measure if signal else "retired from the catalogue",
        caution=signal.caution if signal else "",
        effort=EFFORTS.get(finding.effort, finding.effort),
        confidence=_confidence(finding),
        age=("at least " if older else "") + age((finding.fixed_at or now) - finding.first_seen_at),
        first_seen=f"{day(finding.first_seen_at, now.date())}{BEFORE if older else ''}",
        last_seen=day(finding.last_seen_at, now.date()),
        remedy=finding.remedy,
        why=debt.paragraph("Why") if debt else "",
        evidence=evidence_said(finding.path, finding.evidence),
        excerpt=shown,
        commit=snapshot.commit[:12],
        may_blame=bool(shown.lines) and not shown.cell,
        timeline=_timeline(finding, now, older),
        notices=_notices(finding, now),
        stamp=stamp(snapshot.as_of, f"commit {snapshot.commit[:7]}{retired_mark(component, now)}"),
    )


def _may_be_older(finding: Finding) -> bool:
    """Whether it was there in the first week of the series already: when it came can't be known then."""
    return not Snapshot.objects.filter(
        component_id=finding.component_id, as_of__lt=finding.first_snapshot.as_of
    ).exists()


def _confidence(finding: Finding) -> str:
    """What the precision class of the signal promises (catalogue 2.2), and what was looked up of it; of one on trial
    that alone."""
    judged = REPORT_CARDS.get(finding.signal)
    if catalogue.trial_mark(finding.signal):
        return f"nothing is promised: {catalogue.measured(judged)}"
    looked_up = f"; {catalogue.measured(judged)}" if judged is not None and judged.judged else ""
    if finding.confidence >= 0.9:
        return f"at least 9 of 10 such findings are right{looked_up}"
    few = "6 to 9" if finding.confidence >= 0.6 else "fewer than 6"
    return f"{few} of 10 such findings are right{looked_up}"


def _state(finding: Finding, today: date) -> str:
    if finding.state == Finding.State.ACCEPTED and finding.accepted_until:
        return f"accepted until {day(finding.accepted_until, today)}"
    return str(Finding.State(finding.state).label)


def _notices(finding: Finding, now: datetime) -> tuple[Notice, ...]:
    if finding.state == Finding.State.FIXED:
        gone = day(finding.fixed_at, now.date())
        return (Notice(f"Fixed: not found since {gone}.", "What stands below is how it was last seen."),)
    if not finding.present and finding.fixed_at is None:
        said = "Its file is left out now, or stands on another branch. It is shown as it was last seen."
        return (Notice("Not read any more, and not fixed.", said),)
    component = finding.component
    if component.stale_since is not None:
        since = day(component.stale_since, now.date())
        return (
            Notice(f"Not read since {since}.", f"{component.stale_reason} It may have changed since then.", bad=True),
        )
    return ()


def _timeline(finding: Finding, now: datetime, older: bool) -> tuple[tuple[str, str, str], ...]:
    """What the snapshots say of it, oldest first."""
    first = finding.first_snapshot
    story: list[tuple[datetime, str, str]] = [
        (
            finding.first_seen_at,
            "There since the first week scanned" if older else "First seen",
            f"commit {first.commit[:7]}, {'read from history' if first.backfilled else 'watched live'}",
        )
    ]
    if finding.reopened_at:
        story.append((finding.reopened_at, "Came back", ""))
    if finding.fixed_at:
        story.append((finding.fixed_at, "No longer found", ""))
    else:
        story.append((finding.last_seen_at, "Last seen", f"commit {finding.last_snapshot.commit[:7]}"))
    return tuple((day(at, now.date()), what, note) for at, what, note in sorted(story, key=lambda row: row[0]))
