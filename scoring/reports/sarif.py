"""The report as SARIF 2.1.0, for code scanning and for editors: findings as results, the catalogue's rows as rules.

A result is known again by its finding's id and anchor, which hold no line number. What a person would want to filter by
is a property: the debt, the confidence, the effort, whether the row is scored, and whether its measure is bad at all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from scoring.catalog.evidence import evidence_words
from scoring.debts import all_debts
from scoring.edition import engine_version
from scoring.findings import CONFIDENCE, SEVERITIES, SEVERITY_WEIGHT, Debt, Finding, H, L, M, Outcome, Signal
from scoring.masking import masked
from scoring.reports.words import number
from scoring.scores.answers import Assessment, Skipped, Week

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "REPOSITORY"
"""The base of every address: the repository's root, wherever the reader of the report has it."""

LEVELS = {"low": "note", "medium": "warning", "high": "error", "critical": "error"}
NOTEBOOK = ".ipynb"
PRECISION = {H: "high", M: "medium", L: "low"}
PLAIN_BYTES = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def render(assessment: Assessment, history: Sequence[Week] | None = None) -> bytes:
    """One log with one run, ending in a newline; the same bytes for the same assessment. SARIF has no place for a
    `history`: the run speaks of the newest week."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(assessment)]}
    return msgspec.json.format(msgspec.json.encode(log, order="deterministic"), indent=1) + b"\n"


def _run(assessment: Assessment) -> dict[str, Any]:
    rules = [(signal, debt) for debt in all_debts() for signal in debt.rows.values() if signal.built]
    index = {signal.id: place for place, (signal, _) in enumerate(rules)}
    signals = {signal.id: signal for signal, _ in rules}
    open_rows = {result.id for result in assessment.signals if result.outcome is Outcome.FOUND}
    ordered = sorted(assessment.findings, key=lambda found: (found.path, found.line, found.signal, found.id))
    return {
        "tool": {
            "driver": {
                "name": "Debtboard",
                "semanticVersion": engine_version(),
                "shortDescription": {"text": "Measures the technical debt of machine-learning systems."},
                "rules": [_rule(signal, debt) for signal, debt in rules],
            }
        },
        "automationDetails": {"id": f"debtboard/{assessment.component or 'repository'}/"},
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the scanned repository."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    _notification(skip, assessment.component) for skip in assessment.coverage.skipped
                ],
            }
        ],
        "results": [
            _result(found, signals[found.signal], index[found.signal], found.signal in open_rows, assessment.component)
            for found in ordered
        ],
        "properties": _stamp(assessment),
    }


def _stamp(assessment: Assessment) -> dict[str, Any]:
    """What the run rests on: the same values give the same report."""
    return {
        "repository": assessment.repository,
        "component": assessment.component,
        "commit": assessment.commit,
        "asOf": f"{assessment.as_of:%Y-%m-%dT%H:%M:%SZ}",
        "profile": assessment.profile,
        "ruler": {"version": assessment.ruler.version, "hash": assessment.ruler.hash},
        "files": assessment.coverage.files,
        "filesRead": assessment.coverage.read,
        **({"ownSignals": [msgspec.to_builtins(file) for file in assessment.own]} if assessment.own else {}),
    }


# ---------------------------------------------------------------- rules


def _rule(signal: Signal, debt: Debt) -> dict[str, Any]:
    return {
        "id": signal.id,
        "name": _name(signal),
        "shortDescription": {"text": _sentence(signal.measure)},
        "fullDescription": {"text": f"{debt.title}. {debt.paragraph('Why')}"},
        "help": _help(signal, debt),
        "defaultConfiguration": {"level": LEVELS[SEVERITIES[signal.severity - 1]]},
        "properties": {
            "debt": debt.slug,
            "lifecycle": signal.lifecycle,
            "scored": signal.weight > 0,
            "precision": PRECISION[signal.precision],
            "problem.severity": {"note": "recommendation"}.get(level := LEVELS[SEVERITIES[signal.severity - 1]], level),
            "anchors": {"good": signal.anchors[0], "bad": signal.anchors[1], "unit": signal.unit},
            "tags": sorted({"technical-debt", debt.slug, *(() if signal.lifecycle == "stable" else ("experimental",))}),
        },
    }


def _name(signal: Signal) -> str:
    """An identifier, as tools show it: "ConfigurationDebtCfg2"."""
    return "".join(part[:1].upper() + part[1:] for part in f"{signal.debt}-{signal.id}".replace(".", "-").split("-"))


def _help(signal: Signal, debt: Debt) -> dict[str, str]:
    """What to do, what is read, and what to expect of it, once plain and once as Markdown."""
    remedy = signal.remedy or debt.paragraph("Remedy")
    good, bad = (number(value) for value in signal.anchors)
    parts = [
        ("What to do", remedy),
        ("What is read", f"{_sentence(signal.measure)} Source: {evidence_words(signal.source)}."),
        ("Good to bad", f"{good} to {bad} {signal.unit}".rstrip() + "."),
        ("False positives to expect", _sentence(signal.caution)),
        ("Source", debt.paragraph("Source")),
    ]
    told = [(name, text) for name, text in parts if text]
    return {
        "text": "\n\n".join(f"{name}: {text}" for name, text in told),
        "markdown": "\n\n".join(f"**{name}.** {text}" for name, text in told),
    }


def _sentence(text: str) -> str:
    return text and text.rstrip(".") + "."


# ---------------------------------------------------------------- results


def _result(found: Finding, signal: Signal, rule: int, is_open: bool, component: str) -> dict[str, Any]:
    weight = SEVERITY_WEIGHT[SEVERITIES.index(found.severity) + 1]
    return {
        "ruleId": found.signal,
        "ruleIndex": rule,
        "kind": "fail",
        "level": LEVELS[found.severity],
        "rank": round(100 * weight * CONFIDENCE[signal.precision], 2),
        "message": {"text": _unlinked(found.message)},
        "locations": [_location(found, component)],
        "partialFingerprints": {"debtboardFinding/v1": found.id, "debtboardAnchor/v1": found.anchor},
        "properties": {
            "debt": found.debt,
            "severity": found.severity,
            "confidence": found.confidence,
            "effort": found.effort,
            "lifecycle": signal.lifecycle,
            "scored": signal.weight > 0,
            "open": is_open,
            "evidence": dict(found.evidence),
        },
    }


def _location(found: Finding, component: str) -> dict[str, Any]:
    """Where it is. A notebook's line counts inside its cell, so that it is no line of the file."""
    physical: dict[str, Any] = {"artifactLocation": _artifact(found.path, component)}
    location: dict[str, Any] = {"physicalLocation": physical}
    logical = []
    if "cell" in found.evidence:
        cell = found.evidence["cell"]
        location["properties"] = {"cell": cell, "line": found.line, "endLine": found.end_line}
        logical.append({"name": f"cell {cell}", "kind": "module"})
    elif found.line > 0 and not found.path.endswith(NOTEBOOK):
        physical["region"] = {"startLine": found.line, "endLine": max(found.line, found.end_line)}
    if found.symbol:
        logical.append({"name": found.symbol.rpartition(".")[2], "fullyQualifiedName": found.symbol})
    return {**location, "logicalLocations": logical} if logical else location


def _artifact(path: str, component: str) -> dict[str, str]:
    return {"uri": _quoted(f"{component}/{path}" if component else path), "uriBaseId": ROOT}


def _quoted(path: str) -> str:
    """The path as a relative address: every byte that is not plain is escaped, so that none is taken for a scheme."""
    data = path.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in PLAIN_BYTES else f"%{byte:02X}" for byte in data)


def _unlinked(text: str) -> str:
    """A message in which no repository can place a link: SARIF takes `[words](address)` for one."""
    return text.replace("](", "] (")


def _notification(skip: Skipped, component: str) -> Mapping[str, Any]:
    return {
        "level": "warning",
        "message": {"text": _unlinked(masked(f"Not read: {skip.reason}."))},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(skip.path, component)}}],
    }
