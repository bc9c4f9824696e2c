"""A snapshot's report and its findings, as they are kept: compressed."""

import json
import zlib
from collections.abc import Iterable
from typing import Any

from debtboard.models import Observation, Report, Snapshot

LEVEL = 6


def packed(report: bytes) -> bytes:
    return zlib.compress(report, LEVEL)


def read(snapshot: Snapshot) -> dict[str, Any]:
    """The report (contracts, section 2) as plain objects."""
    return json.loads(raw(snapshot))


def raw(snapshot: Snapshot) -> bytes:
    """The report's bytes, as they were rendered."""
    return unpacked(Report.objects.get(pk=snapshot.pk).body)


def unpacked(body: bytes) -> bytes:
    return zlib.decompress(body)


def packed_places(places: Iterable[tuple[int, int]]) -> bytes:
    """(finding's pk, line) of one snapshot, a few bytes each."""
    return zlib.compress(json.dumps(sorted(places), separators=(",", ":")).encode(), LEVEL)


def standing(snapshot: Snapshot) -> list[tuple[int, int]]:
    """(finding's pk, line) of everything the snapshot has, sorted by pk."""
    body = Observation.objects.get(pk=snapshot.pk).body
    return [(pk, line) for pk, line in json.loads(zlib.decompress(body))]
