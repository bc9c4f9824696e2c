"""What one scan stores: the newest moment, then each earlier week that is not there yet, as soon as it is done."""

import time
from collections.abc import Sequence
from datetime import date

from debtboard.domain import leasing, storing
from debtboard.domain.measuring import Bench, Measured, Moment, Progress, Stopped, inputs_of
from debtboard.domain.storing import Neighbour
from debtboard.domain.weeks import monday
from debtboard.models import Component, Scan, Snapshot
from scoring.edition import engine_version
from scoring.findings import OWN, Outcome
from scoring.scores.answers import Assessment
from scoring.scores.ruler import ruler_stamp

REPORT_SECONDS = 0.5
"""Progress is written at most this often."""
NAMED = 8
"""Signals or weeks that a reason names."""


class Past:
    """Carries one scan through its moments, under its lease."""

    def __init__(self, scan: Scan, lease: leasing.Lease, bench: Bench) -> None:
        self._scan = scan
        self._lease = lease
        self._bench = bench
        self._moments = bench.moments(scan.due_at, _weeks(scan, bench))
        self._reported = 0.0
        self._files_before = 0
        self._neighbour: Neighbour | None = None
        self.incomplete = ""
        """Why the newest moment could not be measured whole; "" where it was."""
        self._gaps: list[tuple[date, str]] = []
        self._left: list[date] = []
        self.unfinished = False
        """Some of the past is left for another turn."""
        self.stored = 0
        """Weeks of the past that this turn stored."""

    @property
    def gaps(self) -> str:
        """Which weeks of the past could not be measured whole, and why; "" where none was so."""
        return f"{_weeks_said([week for week, _ in self._gaps])}: {self._gaps[0][1]}" if self._gaps else ""

    @property
    def missing(self) -> str:
        """The weeks that were wanted and are not stored, in words; "" for none."""
        return _weeks_said(self._left) if self._left else ""

    @property
    def outdated(self) -> bool:
        """The component's settings changed while it was measured, so all of it is measured again."""
        component = Component.objects.get(pk=self._scan.component_id)
        return inputs_of(component) != self._bench.inputs

    def newest(self) -> None:
        """Measure and store the newest moment, unless a former attempt did."""
        moment = self._moments[0]
        self._lease.report(commit=moment.commit, weeks_total=len(self._moments), weeks_done=0)
        stored = storing.stored_already(
            self._scan.component,
            moment.commit,
            moment.as_of,
            engine_version(),
            ruler_stamp().hash,
            self._bench.inputs.digest,
        )
        component = Component.objects.get(pk=self._scan.component_id)
        if stored is None or not storing.stands(stored, component, newest=True):
            measured = self._bench.newest(moment, self._progress, self._lease.should_stop)
            self._lease.report(phase=Scan.Phase.SCORING)
            self.incomplete = _incomplete(measured.assessment)
            if self.incomplete:
                return
            stored = storing.store(measured, self._scan, self._before(moment), self._bench.paths)
            self._neighbour = Neighbour(stored, measured.paths)
        else:
            self._neighbour = Neighbour(stored, self._bench.paths(moment.commit))
        self._files_before = self._scan.files_total
        self._lease.report(snapshot=stored, weeks_done=1)

    def rest(self, until: float) -> None:
        """The weeks before, newest first; those that have a point under the present settings are skipped."""
        if self.incomplete or len(self._moments) == 1:
            return
        left = self._wanted()
        self._left = [monday(moment.as_of) for moment in left]
        self._lease.report(phase=Scan.Phase.HISTORY, weeks_done=len(self._moments) - len(left))

        def should_stop() -> bool:
            self.unfinished = time.monotonic() > until
            return self.unfinished or self._lease.should_stop()

        try:
            self._bench.past(left, self._progress, should_stop, self._store)
        except Stopped:
            if self._lease.should_stop():
                raise

    def _wanted(self) -> list[Moment]:
        """Weeks without a point, as far back as the scan is to go, and all whose point stands under other settings."""
        points = Snapshot.objects.filter(component=self._scan.component_id, week_latest=True)
        inputs = dict(points.values_list("week", "inputs"))
        return [
            moment
            for back, moment in enumerate(self._moments[1:], 1)
            if inputs.get(monday(moment.as_of), None if back < self._scan.weeks else self._bench.inputs.digest)
            != self._bench.inputs.digest
        ]

    def _store(self, measured: Measured) -> None:
        week, said = monday(measured.moment.as_of), _incomplete(measured.assessment)
        if said:
            self._gaps.append((week, said))
        else:
            neighbour = self._after(measured.moment)
            snapshot = storing.store(measured, self._scan, neighbour, self._bench.paths)
            self._neighbour = Neighbour(snapshot, measured.paths)
            self._left.remove(week)
            self.stored += 1
        self._lease.report(weeks_done=self._scan.weeks_done + 1)

    def _before(self, moment: Moment) -> Neighbour | None:
        """The newest snapshot stored before the moment."""
        earlier = Snapshot.objects.filter(component=self._scan.component_id, as_of__lt=moment.as_of)
        found = earlier.order_by("-as_of").first()
        return None if found is None else Neighbour(found, self._bench.paths(found.commit))

    def _after(self, moment: Moment) -> Neighbour | None:
        """The oldest snapshot stored after the moment: the one just stored, or one of a former scan in between."""
        later = Snapshot.objects.filter(
            component=self._scan.component_id, inputs=self._bench.inputs.digest, as_of__gt=moment.as_of
        )
        found = later.order_by("as_of").first()
        if found is None or (self._neighbour is not None and found.pk == self._neighbour.snapshot.pk):
            return self._neighbour
        return Neighbour(found, self._bench.paths(found.commit))

    def _progress(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._reported < REPORT_SECONDS and progress.blobs < progress.blobs_total:
            return
        self._reported = now
        self._lease.report(
            files_done=self._files_before + progress.blobs, files_total=self._files_before + progress.blobs_total
        )


def _weeks(scan: Scan, bench: Bench) -> int:
    """How far back to look: as the scan says; over the whole past where some of it stands under other settings."""
    points = Snapshot.objects.filter(component=scan.component_id, week_latest=True)
    stands = points.exclude(inputs=bench.inputs.digest).exists()
    return max(scan.weeks, scan.repository.history_weeks) if stands else scan.weeks


def _weeks_said(weeks: Sequence[date]) -> str:
    if len(weeks) == 1:
        return f"The week of {weeks[0]}"
    more = f" and {len(weeks) - NAMED} more" if len(weeks) > NAMED else ""
    return f"The weeks of {', '.join(map(str, weeks[:NAMED]))}{more}"


def _incomplete(answer: Assessment) -> str:
    """Why nothing of it may be stored; "" where it is whole. What fails of the operator's own is an error in what is
    stored, and keeps nothing else back."""
    if not answer.coverage.complete:
        return "Its files could not be listed whole, so the scores of before stay."
    failed = [
        result.id for result in answer.signals if result.outcome == Outcome.ERROR and not result.id.startswith(OWN)
    ]
    if not failed:
        return ""
    more = f" and {len(failed) - NAMED} more" if len(failed) > NAMED else ""
    return f"These signals failed, so the scores of before stay: {', '.join(failed[:NAMED])}{more}."
