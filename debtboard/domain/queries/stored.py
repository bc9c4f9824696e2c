"""A stored report, read back as the records the engine made; findings stay in their own table."""

from datetime import datetime
from functools import lru_cache

import msgspec

from debtboard.domain import reports
from debtboard.models import Report, Snapshot
from scoring.findings import SignalResult
from scoring.scores.answers import Coverage, DebtScore, Inventory, LitmusAnswer, Rubric, RulerStamp


class Commit(msgspec.Struct, frozen=True):
    id: str
    committed_at: datetime


class StoredReport(msgspec.Struct, frozen=True, kw_only=True):
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


_DECODER = msgspec.json.Decoder(StoredReport)


def read_report(snapshot: Snapshot) -> StoredReport | None:
    """The report of a snapshot; None where it was not kept."""
    try:
        return _decoded(bytes(Report.objects.get(pk=snapshot.pk).body))
    except Report.DoesNotExist:
        return None


@lru_cache(maxsize=32)
def _decoded(body: bytes) -> StoredReport:
    """By its stored bytes: the same for as long as they are, in whichever database."""
    return _DECODER.decode(reports.unpacked(body))
