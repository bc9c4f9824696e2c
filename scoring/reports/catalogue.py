"""The catalogue as data and as text: every debt, signal, question, test and practice, from the code itself.

{"schema": "debtboard.catalogue/1", "engine", "ruler", "debts": [{"slug", "title", "why", "signals": [...]}],
 "litmus": [...], "rubric": {"edition", "bands", "sections"}, "practices": [...], "checklist": [...],
 "questions": [...]}
"""

from dataclasses import asdict
from typing import Any

import msgspec

from scoring.catalog.attestations import ATTESTATIONS
from scoring.catalog.checklist import CHECKLIST
from scoring.catalog.evidence import EVIDENCE, evidence_words
from scoring.catalog.litmus import LITMUS, Component, Question
from scoring.catalog.practices import PRACTICES
from scoring.catalog.principles import PRINCIPLES
from scoring.catalog.rubric import BAND_MEANING, BANDS, RUBRIC_EDITION, SECTION_TITLES, SECTIONS, TESTS, RubricTest
from scoring.debts import all_debts
from scoring.edition import engine_version
from scoring.findings import ON_TRIAL, SEVERITIES, Debt, Signal
from scoring.reports.words import number
from scoring.scores.ruler import ruler_stamp

SCHEMA = "debtboard.catalogue/1"
PAGE = ("Why", "What is read", "Remedy", "Source")
CLASSES = {"H": "high", "M": "medium", "L": "low"}


def catalogue_json() -> bytes:
    """UTF-8, keys sorted, one line end: the same bytes for the same engine."""
    return msgspec.json.format(msgspec.json.encode(_catalogue(), order="sorted"), indent=2) + b"\n"


def catalogue_markdown() -> str:
    """The same as a page to read: debts with their rows, then litmus, rubric, practices and review questions."""
    lines = [
        "# What Debtboard measures",
        "",
        f"Engine {engine_version()}, ruler {ruler_stamp().version}. "
        "Anchors are the values at which a measure is good and bad.",
        "",
        "## Debts",
        "",
    ]
    for debt in all_debts():
        lines += _debt_lines(debt)
    lines += _litmus_lines() + _rubric_lines() + _practice_lines() + _checklist_lines()
    lines += _question_lines()
    return "\n".join(lines).rstrip() + "\n"


def _catalogue() -> dict[str, Any]:
    stamp = ruler_stamp()
    return {
        "schema": SCHEMA,
        "engine": engine_version(),
        "ruler": {"version": stamp.version, "hash": stamp.hash},
        "evidence": dict(EVIDENCE),
        "debts": [_debt(debt) for debt in all_debts()],
        "litmus": [asdict(question) for question in LITMUS],
        "rubric": {
            "edition": RUBRIC_EDITION,
            "bands": [{"slug": slug, "up_to": upper, "meaning": BAND_MEANING[slug]} for slug, upper in BANDS],
            "sections": [
                {
                    "slug": section,
                    "title": SECTION_TITLES[section],
                    "tests": [{**asdict(test), "valid_days": test.valid_days} for test in _tests(section)],
                }
                for section in SECTIONS
            ],
        },
        "principles": [asdict(principle) for principle in PRINCIPLES],
        "practices": [asdict(practice) for practice in PRACTICES],
        "checklist": [asdict(item) for item in CHECKLIST],
        "questions": [asdict(question) for question in ATTESTATIONS],
    }


def _debt(debt: Debt) -> dict[str, Any]:
    return {
        "slug": debt.slug,
        "title": debt.title,
        "section": debt.section,
        "group": debt.group,
        "umbrella": debt.umbrella or None,
        "needs_ml_code": debt.ml_only,
        **{name.lower().replace(" ", "_"): debt.paragraph(name) for name in PAGE},
        "signals": [_signal(signal) for signal in debt.rows.values()],
    }


def _signal(signal: Signal) -> dict[str, Any]:
    return {
        "id": signal.id,
        "measure": signal.measure,
        "source": signal.source,
        "unit": signal.unit,
        "kind": signal.kind,
        "anchors": list(signal.anchors),
        "severity": signal.severity,
        "precision": signal.precision,
        "weight": round(signal.weight, 6),
        "effort": signal.effort,
        "lifecycle": signal.lifecycle,
        "built": signal.built,
        "per_file": signal.reads is not None,
        "feeds": list(signal.feeds),
        "remedy": signal.remedy,
        "caution": signal.caution,
    }


def _tests(section: str) -> tuple[RubricTest, ...]:
    return tuple(test for test in TESTS if test.section == section)


# ---------------------------------------------------------------- Markdown


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(*head: str) -> list[str]:
    return [_row(*head), _row(*("---" for _ in head))]


def _anchors(anchors: tuple[float, float]) -> str:
    return f"{number(anchors[0])} to {number(anchors[1])}"


def _debt_lines(debt: Debt) -> list[str]:
    lines = [f"### {debt.title} (`{debt.slug}`)", ""]
    for name in PAGE:
        lines += [f"**{name}.** {debt.paragraph(name)}", ""]
    lines += _table("Signal", "Measure", "Source", "Unit", "Good to bad", "Severity", "Precision", "State")
    lines += [
        _row(
            signal.id,
            signal.measure + (f". Expect: {signal.caution}" if signal.caution else ""),
            evidence_words(signal.source),
            signal.unit,
            _anchors(signal.anchors),
            SEVERITIES[signal.severity - 1],
            CLASSES[signal.precision],
            _state(signal),
        )
        for signal in debt.rows.values()
    ]
    return [*lines, ""]


def _state(signal: Signal) -> str:
    state = "measured" if signal.built else "declared, not measured yet"
    if signal.on_trial:
        return f"{state}; {ON_TRIAL}"
    return state if signal.weight else f"{state}, shown without weight"


def _litmus_lines() -> list[str]:
    lines = ["## The five litmus questions", ""]
    for question in LITMUS:
        lines += _litmus_question(question)
    return lines


def _litmus_question(question: Question) -> list[str]:
    lines = [f"### {question.id}. {question.title} (`{question.slug}`)", "", question.why, ""]
    lines += _table("Part", "Measure", "Unit", "Good to bad", "Weight", "Fed by")
    lines += [
        _row(part.name, part.measure, part.unit, _anchors(part.anchors), number(part.weight), _fed_by(part))
        for part in question.components
    ]
    return [*lines, ""]


def _fed_by(part: Component) -> str:
    fed = ", ".join(part.signals)
    if not part.needs:
        return fed or "a measure of its own"
    return f"{fed}; needs {part.needs}" if fed else f"needs {part.needs}"


def _rubric_lines() -> list[str]:
    lines = [f"## The ML Test Score, edition {RUBRIC_EDITION}", ""]
    lines += [
        "28 tests, 0 to 1 point each. The score is the minimum of the four sums. "
        + "; ".join(f"up to {number(upper)}: {BAND_MEANING[slug]}" for slug, upper in BANDS)
        + ".",
        "",
    ]
    for section in SECTIONS:
        lines += [f"### {SECTION_TITLES[section]}", ""]
        lines += _table("Test", "What", "1 point", "Half a point", "Ask", "Fed by")
        lines += [
            _row(test.slug, test.title, test.full, test.half, test.question, _test_fed_by(test))
            for test in _tests(section)
        ]
        lines.append("")
    return lines


def _test_fed_by(test: RubricTest) -> str:
    return "attested by people" if test.attested else ", ".join(test.signals) or "tests and CI in the repository"


def _practice_lines() -> list[str]:
    lines = ["## The 25 practices", "", *_table("Practice", "What", "Fed by", "Also")]
    for practice in PRACTICES:
        fed = "attested by people" if practice.attested else ", ".join(practice.signals)
        lines.append(_row(practice.slug, practice.title, fed, practice.also))
    return [*lines, ""]


def _checklist_lines() -> list[str]:
    lines = ["## The checklist of Combine", "", *_table("Item", "What", "Fed by", "Also")]
    lines += [_row(item.slug, item.title, ", ".join(item.signals + item.tests), item.also) for item in CHECKLIST]
    return [*lines, ""]


def _question_lines() -> list[str]:
    lines = ["## Questions of the weekly review", "", *_table("Id", "Question", "Answer", "Stands for", "Feeds")]
    for question in ATTESTATIONS:
        stands = f"{question.expires_days} days" if question.expires_days else "always"
        lines.append(_row(question.id, question.question, question.answer, stands, ", ".join(question.feeds)))
    return lines
