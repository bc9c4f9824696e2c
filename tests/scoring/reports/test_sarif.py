"""The SARIF report: of its schema, the same bytes, and without what a repository could slip into a viewer."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scoring.debts import all_signals
from scoring.engine import assess
from scoring.masking import MASK
from scoring.reports.sarif import LEVELS, render
from scoring.testing import component_from

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0/sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
REPOSITORY = "f" * 40

TRAIN = """import numpy as np
from sklearn.svm import SVC


def fit(first, second, third, fourth, fifth, sixth, seventh, eighth):
    x = np.random.rand(9, 2)
    return SVC().fit(x, x[:, 0] > 0.5)
"""
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"language": "python"}},
        "cells": [
            {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": "import pandas as pd"},
            {
                "cell_type": "code",
                "execution_count": 2,
                "metadata": {},
                "outputs": [],
                "source": "x = 1\npd.read_csv('/home/a/b.csv')",
            },
        ],
    }
)
FILES = {"src/train.py": TRAIN, "explore.ipynb": NOTEBOOK, "requirements.txt": "numpy\n"}


def run_of(files: dict[str, str], component: str = "") -> dict[str, Any]:
    data = render(_assessment(files, component))
    VALIDATOR.validate(log := json.loads(data))
    assert data.endswith(b"}\n")
    return log["runs"][0]


def _assessment(files: dict[str, str], component: str = "") -> Any:
    made = component_from(files)
    fields = {name: getattr(made, name) for name in made.__struct_fields__}
    return assess(type(made)(**fields | {"path": component}), REPOSITORY)


def results_of(run: dict[str, Any], signal: str) -> list[dict[str, Any]]:
    return [result for result in run["results"] if result["ruleId"] == signal]


def test_repository_without_files_gives_a_valid_log_without_results() -> None:
    assert run_of({})["results"] == []


def test_unread_file_is_a_notification_and_no_result() -> None:
    run = run_of({"old.py": "print 'two'\n"})
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "old.py"
    assert notification["message"]["text"].startswith("Not read: ")


def test_message_can_not_carry_a_link_or_a_secret() -> None:
    text = "# TODO: [click here](ftp://evil.example) password = 'hunter2hunter2'\n"
    run = run_of({"train.py": TRAIN + text})
    (found,) = results_of(run, "sat.2")
    assert "](" not in found["message"]["text"]
    assert "hunter2" not in json.dumps(run)
    assert MASK in json.dumps(run, ensure_ascii=False)


def test_path_is_an_escaped_address_below_the_root() -> None:
    run = run_of({"a b/c:d%é.py": TRAIN})
    places = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert "a%20b/c%3Ad%25%C3%A9.py" in places
    assert {base for r in run["results"] if (base := _base(r))} == {"REPOSITORY"}


def test_path_of_a_component_is_counted_from_the_repositorys_root() -> None:
    run = run_of(FILES, "services/churn")
    assert all(
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("services/churn/")
        for r in run["results"]
    )
    assert run["automationDetails"] == {"id": "debtboard/services/churn/"}


def _base(result: dict[str, Any]) -> str:
    return result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"]


def test_bytes_are_the_same_for_the_same_assessment() -> None:
    assert render(_assessment(FILES)) == render(_assessment(dict(reversed(FILES.items()))))


def test_fingerprints_stay_when_lines_move() -> None:
    before, after = (run_of(FILES | {"src/train.py": code})["results"] for code in (TRAIN, "\n\n\n" + TRAIN))
    assert sorted(map(_fingerprints, before)) == sorted(map(_fingerprints, after))
    assert before != after


def _fingerprints(result: dict[str, Any]) -> tuple[str, str]:
    return result["ruleId"], json.dumps(result["partialFingerprints"], sort_keys=True)


def test_fingerprints_tell_all_results_apart() -> None:
    ids = [r["partialFingerprints"]["debtboardFinding/v1"] for r in run_of(FILES)["results"]]
    assert len(set(ids)) == len(ids) > 3


def test_results_are_in_the_order_of_their_places() -> None:
    places = [
        (place["artifactLocation"]["uri"], place["region"]["startLine"], r["ruleId"])
        for r in run_of(FILES)["results"]
        for place in [r["locations"][0]["physicalLocation"]]
        if "region" in place
    ]
    assert len(places) > 2
    assert places == sorted(places)


def test_line_of_a_notebook_is_a_property_of_its_cell_and_no_region() -> None:
    (found,) = (found for found in results_of(run_of(FILES), "cfg.4") if "cell" in found["properties"]["evidence"])
    (location,) = found["locations"]
    assert "region" not in location["physicalLocation"]
    assert location["properties"] == {"cell": found["properties"]["evidence"]["cell"], "line": 2, "endLine": 2}
    assert location["logicalLocations"][0]["name"] == f"cell {location['properties']['cell']}"


def test_symbol_is_a_logical_location() -> None:
    (found,) = results_of(run_of(FILES), "defect-long-parameter-list")
    (location,) = found["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "fit", "name": "fit"}]
    assert location["physicalLocation"]["region"]["startLine"] == 5


def test_rules_are_every_built_signal_and_results_point_at_theirs() -> None:
    run = run_of(FILES)
    rules = run["tool"]["driver"]["rules"]
    assert sorted(rule["id"] for rule in rules) == sorted(signal.id for signal in all_signals() if signal.built)
    assert len({rule["name"] for rule in rules}) == len(rules)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


@pytest.mark.parametrize("part", ["What to do", "What is read", "Good to bad"])
def test_help_of_every_rule_says(part: str) -> None:
    rules = run_of({})["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules if f"**{part}.** " not in rule["help"]["markdown"]] == []


def test_levels_follow_the_severity() -> None:
    run = run_of(FILES)
    assert all(result["level"] == LEVELS[result["properties"]["severity"]] for result in run["results"])


def test_experimental_rows_are_marked_and_not_scored() -> None:
    rules = {rule["id"]: rule for rule in run_of({})["tool"]["driver"]["rules"]}
    told = {name for name, rule in rules.items() if "experimental" in rule["properties"]["tags"]}
    assert told == {signal.id for signal in all_signals() if signal.built and signal.lifecycle != "stable"}
    assert {rules[name]["properties"]["scored"] for name in told} <= {False}
