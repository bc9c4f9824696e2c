"""The book of a component's findings: who they are across scans, when they came, went and returned."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from debtboard.domain import identifying, reports
from debtboard.domain.gaps import Unjudged, answered, answered_then, unjudged
from debtboard.models import Component, Finding, FindingKey, Snapshot
from scoring.findings import SEVERITIES
from scoring.findings import Finding as Found
from scoring.listing import matches
from scoring.scores.answers import Assessment

TEXT = ("line", "end_line", "message", "severity", "confidence", "effort", "evidence", "remedy", "symbol")
CARRIED = ("path", "fingerprint", "anchor")
State = Finding.State
PathsOf = Callable[[str], frozenset[str] | None]
"""commit -> the component's paths in its tree; None where it is no longer there."""


class Later:
    """The snapshots after one, under the same settings, oldest first: which was the first to look at a place?"""

    def __init__(self, snapshot: Snapshot, paths: frozenset[str], paths_of: PathsOf) -> None:
        after = Snapshot.objects.filter(component=snapshot.component_id, inputs=snapshot.inputs)
        self._rows = after.filter(as_of__gt=snapshot.as_of).order_by("as_of", "pk")
        self._paths = paths
        self._paths_of = paths_of

    @cached_property
    def _snapshots(self) -> list[Snapshot]:
        return list(self._rows)

    def first_to_see(self, signal: str, path: str) -> datetime | None:
        """When it looked, and so found nothing there; None where none of them could tell."""
        for place, snapshot in enumerate(self._snapshots):
            if not self._unjudged(place).hides(signal, path):
                return snapshot.as_of
        return None

    def _unjudged(self, place: int) -> Unjudged:
        if place not in self._known:
            snapshot = self._snapshots[place]
            self._known[place] = unjudged(answered_then(snapshot), self._paths_of(snapshot.commit), self._paths)
        return self._known[place]

    @cached_property
    def _known(self) -> dict[int, Unjudged]:
        return {}


class Ledger:
    """Writes one snapshot's findings. `newest`: it becomes what the component shows, so states follow it."""

    def __init__(
        self,
        component: Component,
        snapshot: Snapshot,
        neighbour: Snapshot | None,
        *,
        newest: bool,
        paths_of: PathsOf,
    ) -> None:
        self._component = component
        self._snapshot = snapshot
        self._neighbour = neighbour
        self._newest = newest
        self._paths_of = paths_of

    def write(
        self, answer: Assessment, paths: frozenset[str], paths_before: frozenset[str] | None
    ) -> list[tuple[int, int]]:
        """(finding's pk, line) of all of them. `paths_before` are those of the neighbouring snapshot."""
        found = answer.findings
        later = Later(self._snapshot, paths, self._paths_of)
        keys = dict(FindingKey.objects.filter(component=self._component).values_list("fingerprint", "finding_id"))
        present = dict(Finding.objects.filter(component=self._component).values_list("fingerprint", "pk"))
        pks = identifying.matched(found, present, keys)
        rest = [item for item in found if item.id not in pks]
        pks.update(identifying.carried(rest, self._left(set(pks.values())), paths, paths_before))
        self._name(pks, keys)
        created = self._create([item for item in found if item.id not in pks], keys, later)
        here = [item for item in found if item.id in pks]
        if self._newest:
            self._refresh(here, pks)
            self._see_again(set(pks.values()))
            hidden = unjudged(answered(answer), paths, paths_before)
            self._close(set(pks.values()) | set(created.values()), hidden)
        else:
            self._see_earlier(set(pks.values()), later)
        pks.update(created)
        return [(pks[item.id], item.line) for item in found]

    def _left(self, taken: set[int]) -> list[identifying.Known]:
        """Findings of the neighbouring snapshot that this one does not show by any fingerprint."""
        if self._neighbour is None:
            return []
        near = [pk for pk, _ in reports.standing(self._neighbour) if pk not in taken]
        rows = Finding.objects.filter(component=self._component).values_list("pk", "anchor", "path")
        return [identifying.Known(*row) for row in rows.filter(pk__in=near)]

    def _name(self, pks: dict[str, int], keys: dict[str, int]) -> None:
        """A fingerprint that led nowhere before leads to its finding from now on."""
        FindingKey.objects.bulk_create(
            [
                FindingKey(component=self._component, fingerprint=fingerprint, finding_id=pk)
                for fingerprint, pk in pks.items()
                if fingerprint not in keys
            ]
        )

    # ------------------------------------------------------------ new ones

    def _create(self, found: Sequence[Found], keys: dict[str, int], later: Later) -> dict[str, int]:
        """Of a past snapshot, a finding is fixed by the first newer one that looked; it stands where none could."""
        fates = [None if self._newest else later.first_to_see(item.signal, item.path) for item in found]
        fresh = Finding.objects.bulk_create(
            [
                Finding(
                    component=self._component,
                    fingerprint=item.id,
                    anchor=item.anchor,
                    signal=item.signal,
                    debt=item.debt,
                    path=item.path,
                    state=State.OPEN if fixed_at is None else State.FIXED,
                    present=fixed_at is None,
                    first_seen_at=self._snapshot.as_of,
                    last_seen_at=self._snapshot.as_of,
                    first_snapshot=self._snapshot,
                    last_snapshot=self._snapshot,
                    fixed_at=fixed_at,
                    **_text(item),
                )
                for item, fixed_at in zip(found, fates, strict=True)
            ],
            batch_size=200,
        )
        pks = {finding.fingerprint: finding.pk for finding in fresh}
        lent = [fingerprint for fingerprint in pks if fingerprint in keys]
        FindingKey.objects.filter(component=self._component, fingerprint__in=lent).delete()
        FindingKey.objects.bulk_create(
            [FindingKey(component=self._component, fingerprint=key, finding_id=pk) for key, pk in pks.items()]
        )
        return pks

    # ------------------------------------------------------------ known ones

    def _refresh(self, found: Iterable[Found], pks: dict[str, int]) -> None:
        """Take over what the newest snapshot says of it: line, text, path after a rename."""
        stored = Finding.objects.in_bulk(list(pks.values()))
        changed = []
        for item in found:
            finding = stored[pks[item.id]]
            now = {**_text(item), "path": item.path, "fingerprint": item.id, "anchor": item.anchor}
            if any(getattr(finding, name) != value for name, value in now.items()):
                for name, value in now.items():
                    setattr(finding, name, value)
                changed.append(finding)
        Finding.objects.bulk_update(changed, [*TEXT, *CARRIED], batch_size=100)

    def _see_again(self, pks: set[int]) -> None:
        here = Finding.objects.filter(component=self._component, pk__in=pks)
        here.filter(state=State.FIXED).update(state=State.REOPENED, reopened_at=self._snapshot.as_of)
        here.update(present=True, fixed_at=None, last_seen_at=self._snapshot.as_of, last_snapshot=self._snapshot)

    def _close(self, here: set[int], hidden: Unjudged) -> None:
        """What stood and is not in this snapshot, though it was looked for, is fixed; the rest stays as it was, not
        seen since. A false positive stays what people said."""
        standing = Finding.objects.filter(component=self._component, present=True)
        if self._neighbour is not None and self._neighbour.branch != self._snapshot.branch:
            standing.exclude(pk__in=here).update(present=False)  # it stands on the other branch; nobody fixed it
            return
        self._leave_out(here, standing)
        absent = [
            pk
            for pk, signal, path in standing.values_list("pk", "signal", "path")
            if pk not in here and not hidden.hides(signal, path)
        ]
        closed = Finding.objects.filter(pk__in=absent)
        closed.exclude(state=State.FALSE_POSITIVE).update(state=State.FIXED)
        closed.update(present=False, fixed_at=self._snapshot.as_of)

    def _leave_out(self, here: set[int], standing: QuerySet[Finding]) -> None:
        """What stood in files that are excluded now is shown no more; nobody fixed it."""
        excludes = self._component.excludes
        paths = standing.values_list("pk", "path") if excludes else ()
        left = [pk for pk, path in paths if pk not in here and matches(path, excludes)]
        Finding.objects.filter(pk__in=left).update(present=False)

    def _see_earlier(self, pks: set[int], later: Later) -> None:
        """A past snapshot makes findings older, never more open."""
        as_of = self._snapshot.as_of
        here = Finding.objects.filter(component=self._component, pk__in=pks)
        here.filter(first_seen_at__gt=as_of).update(first_seen_at=as_of, first_snapshot=self._snapshot)
        for finding in here.filter(present=False, last_seen_at__lt=as_of):
            finding.last_seen_at, finding.last_snapshot = as_of, self._snapshot
            finding.fixed_at = later.first_to_see(finding.signal, finding.path) or finding.fixed_at
            finding.save(update_fields=["last_seen_at", "last_snapshot", "fixed_at"])


def _text(item: Found) -> dict[str, object]:
    return {
        "line": item.line,
        "end_line": item.end_line,
        "symbol": item.symbol[:500],
        "message": item.message,
        "severity": SEVERITIES.index(item.severity) + 1,
        "confidence": item.confidence,
        "effort": item.effort,
        "evidence": dict(item.evidence),
        "remedy": item.remedy,
    }
