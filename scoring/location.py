"""Hits in their places: findings with ids that outlive line moves, reformatting and, by their anchor, renames."""

import hashlib
from collections.abc import Iterable

from scoring.findings import CONFIDENCE, SEVERITIES, Finding, Hit, Signal
from scoring.masking import masked


def fingerprint(*parts: str) -> str:
    """16 hex digits over the parts, as stable as they are."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def locate(signal: Signal, hits: Iterable[Hit], remedy: str) -> tuple[Finding, ...]:
    """Hits (with paths) -> findings with stable ids: equal keys in one file are told apart by their ordinal."""
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for hit in sorted(hits, key=lambda h: (h.path, h.line, h.end_line, h.key)):
        place = (hit.path, hit.symbol, hit.key)
        ordinal = seen[place] = seen.get(place, -1) + 1
        anchor = fingerprint(signal.id, hit.symbol, hit.key, str(ordinal))
        found.append(
            Finding(
                id=fingerprint(signal.id, hit.path, hit.symbol, hit.key, str(ordinal)),
                anchor=anchor,
                signal=signal.id,
                debt=signal.debt,
                path=hit.path,
                line=hit.line,
                end_line=max(hit.end_line, hit.line),
                symbol=hit.symbol,
                message=masked(hit.message),
                severity=SEVERITIES[(hit.severity or signal.severity) - 1],
                confidence=CONFIDENCE[signal.precision],
                effort=signal.effort,
                evidence={key: masked(v) if isinstance(v, str) else v for key, v in sorted(hit.evidence.items())},
                remedy=hit.remedy or signal.remedy or remedy,
            )
        )
    return tuple(found)
