"""The report for a terminal: what leads, what is counted, what a value comes from, and what is unknown in few lines."""

import re

import msgspec
import pytest

from scoring.engine import assess
from scoring.findings import SEVERITIES, Outcome
from scoring.reports import text
from scoring.reports.unseen import SHOWN_REASONS
from scoring.reports.words import EFFORTS, first_to_do, on_trial
from scoring.scores.answers import UNKNOWN, Assessment
from scoring.testing import component_from

TRAIN = (
    "import pandas as pd\nimport requests\nfrom sklearn.model_selection import train_test_split\n"
    "from sklearn.svm import SVC\n\n\ndef train(a, b, c, d, e, f, g):\n    # TODO: sort by day\n"
    "    rows = pd.read_csv('rows.csv')\n    parts = train_test_split(rows)\n"
    "    return SVC().fit(parts[0], parts[1])\n\n\n"
    "train(1, 2, 3, 4, 5, 6, 7)\n"
)
FILES = {"train.py": TRAIN, "README.md": "# Churn\n", "requirements.txt": "scikit-learn\npandas\nrequests\n"}


def answer(files: dict[str, str] | None = None, profile: str = "production") -> Assessment:
    component = msgspec.structs.replace(component_from(files or FILES), profile=profile)
    return assess(component, "0" * 40)


def lines_of(assessment: Assessment) -> list[str]:
    return text.render(assessment).decode().splitlines()


def test_first_is_the_severest_then_the_surest_then_the_smallest() -> None:
    found = [item for item in first_to_do(answer()) if item.signal not in on_trial(answer())]
    ranks = [(-SEVERITIES.index(item.severity), -item.confidence, EFFORTS.index(item.effort)) for item in found]
    assert len(ranks) > 3
    assert ranks == sorted(ranks)


def test_line_of_a_finding_says_how_sure_it_is_and_what_it_costs() -> None:
    (line,) = [line for line in lines_of(answer()) if "[sat.2]" in line]
    assert re.match(r"  low      perhaps small  train\.py:8  The author wrote `TODO: sort by day`", line)


def test_findings_on_trial_are_counted_apart() -> None:
    plain = answer()
    tried = {first_to_do(plain)[0].signal}
    signals = [
        msgspec.structs.replace(item, lifecycle="experimental" if item.id in tried else "stable")
        for item in plain.signals
    ]
    changed = msgspec.structs.replace(plain, signals=tuple(signals))
    total, apart = len(plain.findings), sum(item.signal in tried for item in plain.findings)
    head = next(line for line in lines_of(changed) if "findings of" in line)
    assert head.startswith(f"{total - apart} findings of ")
    assert f", and {apart} of 1 signal on trial, not scored;" in head
    slug = next(item.debt for item in plain.findings if item.signal in tried)
    (debt,) = [item for item in changed.debts if item.slug == slug]
    mine = sum(item.debt == slug for item in plain.findings)
    row = next(line for line in lines_of(changed) if line.endswith(f"; {apart} on trial"))
    assert (debt.findings, f"{mine - apart or 'no'} finding" in row) == (mine, True)


def test_debt_without_a_finding_names_the_measures_of_its_value() -> None:
    bare = msgspec.structs.replace(answer(), findings=(), debts=tuple(map(_without_worst, answer().debts)))
    rows = [line for line in lines_of(bare) if ": no finding" in line]
    assert rows
    assert all(re.search(r": no finding, from [\w.-]+ \(.+\)", row) for row in rows)


def _without_worst(debt):  # type: ignore[no-untyped-def]  # -- one field of a frozen record
    return msgspec.structs.replace(debt, worst_open=None, findings=0)


def test_unknown_is_one_line_for_each_reason_and_adds_up() -> None:
    assessment = answer()
    lines = lines_of(assessment)
    assert sum("no lineage is connected" in line for line in lines) == 1
    begin = next(n for n, line in enumerate(lines) if line.startswith("Not seen: "))
    rows = lines[begin + 1 : lines.index("", begin)]
    unknown = sum(item.outcome is Outcome.UNKNOWN for item in assessment.signals)
    assert lines[begin].startswith(f"Not seen: {unknown} of the ")
    assert sum(int(row.split()[0]) for row in rows) == unknown
    assert len(rows) <= SHOWN_REASONS + 1


def test_question_without_an_answer_takes_no_bar() -> None:
    assessment = answer()
    unknown = sum(item.state == UNKNOWN for item in assessment.litmus)
    block = text.render(assessment).decode().partition("The five litmus answers")[2].partition("\n\n")[0]
    asked = sum(line.count("?") - line.count("  ? (") for line in block.splitlines() if "not known yet, " in line)
    assert (unknown > 0, asked) == (True, unknown)
    assert "/" * text.BAR_CELLS not in block


@pytest.mark.parametrize(
    ("files", "profile", "hinted"),
    [
        ({}, "production", False),
        ({"pyproject.toml": '[project]\nname = "churn"\n'}, "production", True),
        ({"pyproject.toml": '[project]\nname = "churn"\n'}, "library", False),
        (
            {"pyproject.toml": '[project]\nname = "churn"\n', "README.md": "```\npip install churn\n```\n"},
            "production",
            False,
        ),
    ],
)
def test_package_that_is_judged_as_production_is_told_of_the_other_profile(
    files: dict[str, str], profile: str, *, hinted: bool
) -> None:
    lines = lines_of(answer({**FILES, **files}, profile))
    assert any("--profile library" in line for line in lines) is hinted


def test_same_assessment_gives_the_same_bytes() -> None:
    assert text.render(answer()) == text.render(answer())
