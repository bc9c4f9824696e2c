"""What was changed of a component's settings, in words, for each action that is ever recorded of one."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from debtboard import domain
from debtboard.domain import auditing, keeping, retiring
from debtboard.domain.queries.audited import SAID, SHOWN, AuditRow, audited

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def said(component) -> list[str]:
    return [row.what for row in audited(component, NOW)]


def test_other_components_changes_are_not_shown(make_component, alice):
    mine, other = make_component("mine"), make_component("other")
    retiring.retire(other, alice)
    assert audited(mine, NOW) == ()


def test_list_is_cut(component, alice):
    for number in range(SHOWN + 3):
        auditing.record("component.renamed", component, alice, was=f"n{number}", name=f"n{number + 1}")
    assert said(component)[0] == "renamed from n22 to n23"
    assert len(said(component)) == SHOWN


def test_empty_branch_and_folder_are_named_and_nobody_is_somebody(component):
    auditing.record("repository.branch-changed", component.repository, None, was="", branch="release")
    auditing.record("component.relocated", component, None, was="a", path="")
    auditing.record("approval.lapsed", component, None, kind="exclude", what="{x}/**", was="asked")
    assert audited(component, NOW) == (
        AuditRow("today 12:00", "Debtboard", "the exclude {x}/** is asked for no more by debtboard.toml"),
        AuditRow("today 12:00", "somebody who left", "read from the root instead of a"),
        AuditRow("today 12:00", "somebody who left", "read from release instead of the default branch"),
    )


def test_component_and_repository_are_told_newest_first_with_who_and_why(component, alice):
    keeping.keep(component, "scores", "weekly", alice)
    retiring.retire(component, alice, "no longer used")
    retiring.take_back(component, alice)
    assert said(component) == [
        "taken back",
        "retired: no longer used",
        "scanned weekly instead of daily",
        "renamed from churn to scores",
    ]
    assert {row.by for row in audited(component, NOW)} == {"alice"}


def test_every_action_of_a_component_has_words():
    folder = Path(domain.__file__).parent
    words = {
        node.value
        for path in sorted(folder.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value
    }
    recorded = {word for word in words if word.startswith(("component.", "repository.", "approval."))}
    made = {"repository.token-", "approval."}
    assert {word for word in recorded if word not in SAID} == made
