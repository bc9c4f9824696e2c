"""The book of a component's findings: who they are across scans, when they came, went and returned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Min

from debtboard.domain import identifying, reports
from debtboard.models import Component, Finding, FindingKey, Snapshot
from scoring.engine import LISTED_SKIPS
from scoring.findings import SEVERITIES, Outcome
from scoring.findings import Finding as Found
from scoring.scores.answers import Assessment

TEXT = ("line", "end_line", "message", "severity", "confidence", "effort", "evidence", "remedy", "symbol")
CARRIED = ("path", "fingerprint", "anchor")
State = Finding.State


@dataclass(frozen=True, slots=True)
class Unjudged:
    """What an assessment can't tell of: no finding there is fixed by its absence."""

    skipped: frozenset[str]
    """Paths that went unread."""
    silent: frozenset[str]
    """Signals that gave no answer."""
    partial: frozenset[str]
    """Signals some of whose files went unread."""
    read: frozenset[str]
    """Paths of the tree that are none of the skipped."""
    gone: frozenset[str]
    """Paths that are no longer in the tree: what stood there is fixed, whatever its signal says."""

    def hides(self, signal: str, path: str) -> bool:
        """Whether the finding may still be there."""
        if path in self.skipped:
            return True
        return path not in self.gone and (signal in self.silent or (signal in self.partial and path not in self.read))


def unjudged(answer: Assessment, paths: frozenset[str], paths_before: frozenset[str] | None) -> Unjudged:
    """`paths` are those of the tree. Where the list of skipped files is cut, any path may be one of them."""
    before = paths_before or frozenset()
    skipped = frozenset(entry.path for entry in answer.coverage.skipped)
    cut = len(skipped) >= LISTED_SKIPS
    # A file that is gone may stand, renamed, among those that nobody could read.
    moved = cut or bool(skipped - before)
    return Unjudged(
        skipped=skipped,
        silent=frozenset(item.id for item in answer.signals if item.outcome in (Outcome.UNKNOWN, Outcome.ERROR)),
        partial=frozenset(item.id for item in answer.signals if item.unread > 0),
        read=frozenset() if cut else paths - skipped,
        gone=frozenset() if moved else before - paths,
    )


class Ledger:
    """Writes one snapshot's findings. `newest`: it becomes what the component shows, so states follow it."""

    def __init__(self, component: Component, snapshot: Snapshot, neighbour: Snapshot | None, *, newest: bool) -> None:
        self._component = component
        self._snapshot = snapshot
        self._neighbour = neighbour
        self._newest = newest

    def write(
        self, answer: Assessment, paths: frozenset[str], paths_before: frozenset[str] | None
    ) -> list[tuple[int, int]]:
        """(finding's pk, line) of all of them. `paths_before` are those of the neighbouring snapshot."""
        found = answer.findings
        keys = dict(FindingKey.objects.filter(component=self._component).values_list("fingerprint", "finding_id"))
        present = dict(Finding.objects.filter(component=self._component).values_list("fingerprint", "pk"))
        pks = identifying.matched(found, present, keys)
        rest = [item for item in found if item.id not in pks]
        pks.update(identifying.carried(rest, self._left(set(pks.values())), paths, paths_before))
        self._name(pks, keys)
        created = self._create([item for item in found if item.id not in pks], keys)
        here = [item for item in found if item.id in pks]
        if self._newest:
            self._refresh(here, pks)
            self._see_again(set(pks.values()))
            hidden = unjudged(answer, paths, paths_before)
            self._close(set(pks.values()) | set(created.values()), hidden)
        else:
            self._see_earlier(set(pks.values()))
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

    def _create(self, found: Sequence[Found], keys: dict[str, int]) -> dict[str, int]:
        fixed_at = None if self._newest else self._next_as_of()
        fresh = Finding.objects.bulk_create(
            [
                Finding(
                    component=self._component,
                    fingerprint=item.id,
                    anchor=item.anchor,
                    signal=item.signal,
                    debt=item.debt,
                    path=item.path,
                    state=State.OPEN if self._newest else State.FIXED,
                    present=self._newest,
                    first_seen_at=self._snapshot.as_of,
                    last_seen_at=self._snapshot.as_of,
                    first_snapshot=self._snapshot,
                    last_snapshot=self._snapshot,
                    fixed_at=fixed_at,
                    **_text(item),
                )
                for item in found
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

    def _next_as_of(self) -> object:
        """When the next snapshot after this one looked: what is not in it was gone by then."""
        later = Snapshot.objects.filter(component=self._component, as_of__gt=self._snapshot.as_of)
        return later.aggregate(at=Min("as_of"))["at"]

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
        absent = [
            pk
            for pk, signal, path in standing.values_list("pk", "signal", "path")
            if pk not in here and not hidden.hides(signal, path)
        ]
        closed = Finding.objects.filter(pk__in=absent)
        closed.exclude(state=State.FALSE_POSITIVE).update(state=State.FIXED)
        closed.update(present=False, fixed_at=self._snapshot.as_of)

    def _see_earlier(self, pks: set[int]) -> None:
        """A past snapshot makes findings older, never more open."""
        as_of = self._snapshot.as_of
        here = Finding.objects.filter(component=self._component, pk__in=pks)
        here.filter(first_seen_at__gt=as_of).update(first_seen_at=as_of, first_snapshot=self._snapshot)
        here.filter(present=False, last_seen_at__lt=as_of).update(
            last_seen_at=as_of, last_snapshot=self._snapshot, fixed_at=self._next_as_of()
        )


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
