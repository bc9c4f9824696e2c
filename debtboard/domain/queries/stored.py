"""A stored report, read back as the records the engine made; findings stay in their own table."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from debtboard.domain import reports
from debtboard.domain.preparing import Given, Prepared, among
from debtboard.models import Report, Snapshot
from scoring.findings import SignalResult
from scoring.scores.answers import (
    Checked,
    Coverage,
    DebtScore,
    Inventory,
    LitmusAnswer,
    Practice,
    Rubric,
    RulerStamp,
)

P = ParamSpec("P")
T = TypeVar("T")


class Commit(msgspec.Struct, frozen=True):
    id: str
    committed_at: datetime


class StoredReport(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What the pages read of a report (contracts, section 2); unknown keys are passed over, so newer ones open too."""

    engine: str
    ruler: RulerStamp
    commit: Commit
    as_of: datetime
    profile: str
    ml_code: bool
    coverage: Coverage
    inventory: Inventory
    signals: tuple[SignalResult, ...]
    debts: tuple[DebtScore, ...]
    litmus: tuple[LitmusAnswer, ...]
    rubric: Rubric
    practices: tuple[Practice, ...] = ()
    checklist: tuple[Checked, ...] = ()
    """Reports of earlier versions have none."""


def once(read: Callable[Concatenate[StoredReport, P], T]) -> Callable[Concatenate[StoredReport, P], T]:
    """A reading of the report and of plain values is made once; it lies with the decoded report while that is kept."""
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(report: StoredReport, *args: P.args, **named: P.kwargs) -> T:
        known = report.__dict__.setdefault(name, {})
        key = (args, tuple(sorted(named.items())))
        if key not in known:
            known[key] = read(report, *args, **named)
        found: T = known[key]
        return found

    return kept


_DECODER = msgspec.json.Decoder(StoredReport)


_BODY = Prepared(lambda: Report.objects.filter(pk=Given("snapshot")).values_list("body"))
_BODIES = Prepared(
    lambda snapshots: Report.objects.filter(among("snapshot_id", "snapshots", snapshots)).values_list(
        "snapshot_id", "body"
    )
)


def read_report(snapshot: Snapshot) -> StoredReport | None:
    """The report of a snapshot; None where it was not kept."""
    rows = _BODY.ask(snapshot=snapshot.pk)
    return _decoded(bytes(rows[0][0])) if rows else None


def read_reports(snapshots: Sequence[int]) -> dict[int, StoredReport]:
    """Those of several snapshots that were kept, in one query."""
    rows = _BODIES.ask(len(snapshots), snapshots=snapshots) if snapshots else ()
    return {snapshot: _decoded(bytes(body)) for snapshot, body in rows}


@lru_cache(maxsize=32)
def _decoded(body: bytes) -> StoredReport:
    """By its stored bytes: the same for as long as they are, in whichever database."""
    return _DECODER.decode(reports.unpacked(body))
