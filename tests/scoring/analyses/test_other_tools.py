"""Results of other tools are matched with the files of the component, whatever way their paths are written."""

import json
import random
from typing import Any

import pytest

from scoring.analyses.other_tools import Files, LeftOut, inputs_digest, other_tools
from scoring.debts import all_debts
from scoring.knowledge.other_tools import MAPPED, OTHER, debt_of
from scoring.readers.sarif import ToolRun, read_sarif
from tests.scoring.readers.tool_logs import BANDIT, PYLINT, SEMGREP, log, result

WHOLE = frozenset(
    {"setup.py", "src/train.py", "src/load.py", "src/a b.py", "services/churn/train.py", "services/churn/x/y.py"}
)
ROOT = Files("", WHOLE, WHOLE - {"setup.py"})
CHURN = Files("services/churn", WHOLE, frozenset({"train.py", "x/y.py"}))


def runs(*documents: Any) -> list[ToolRun]:
    return [run for document in documents for run in read_sarif(json.dumps(document).encode())]


def placed(files: Files, *uris: str, **run: Any) -> tuple[list[str], dict[str, int]]:
    found = other_tools(runs(log(*(result(uri) for uri in uris), **run)), files)
    return [row.path for row in found.results], {row.reason: row.results for row in found.tools[0].left_out}


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        ("src/gone.py", "no file of this commit"),
        ("../src/train.py", "no file of this commit"),
        ("setup.py", "in files that are left out"),
        ("https://example.org/src/train.py", "no file of this commit"),
        ("/usr/lib/python3/site-packages/foo/bar.py", "no file of this commit"),
        ("train.py", "no file of this commit"),
        ("", "without a place"),
    ],
)
def test_result_outside_is_counted_and_left_out(uri: str, reason: str) -> None:
    assert placed(ROOT, uri) == ([], {reason: 1})


@pytest.mark.parametrize(
    "uri",
    [
        "src/train.py",
        "./src/train.py",
        "src/x/../train.py",
        "src\\train.py",
        "/home/a/repo/src/train.py",
        "file:///home/a/repo/src/train.py",
        "file://host/share/repo/src/train.py",
        "file:///C:/repo/src/train.py",
        "C:\\repo\\src\\train.py",
    ],
)
def test_path_is_found_however_it_is_written(uri: str) -> None:
    assert placed(ROOT, uri) == (["src/train.py"], {})


def test_escaped_path_is_found() -> None:
    assert placed(ROOT, "src/a%20b.py") == (["src/a b.py"], {})


def test_absolute_paths_share_one_root() -> None:
    uris = ("/r/src/train.py", "/r/src/load.py", "/usr/lib/setup.py", "/usr/lib/src/none.py")
    assert placed(ROOT, *uris) == (["src/load.py", "src/train.py"], {"no file of this commit": 2})


class Asked(frozenset[str]):
    """Paths that count how often they were asked."""

    times = 0

    def __contains__(self, path: object) -> bool:
        Asked.times += 1
        return super().__contains__(path)


def test_deep_path_is_asked_no_deeper_than_the_repository_goes() -> None:
    whole = Asked(WHOLE)
    assert placed(Files("", whole, whole), "/" + "a/" * 2_000 + "src/train.py") == (["src/train.py"], {})
    assert Asked.times < 20


def test_few_coincidences_are_no_root() -> None:
    uris = ("/usr/lib/a/src/train.py", "/usr/lib/b/one.py", "/usr/lib/c/two.py")
    assert placed(ROOT, *uris) == ([], {"no file of this commit": 3})


@pytest.mark.parametrize("prefix", ["", "/r/", "file:///r/"])
def test_component_takes_its_folder_of_a_run_over_the_repository(prefix: str) -> None:
    uris = (f"{prefix}services/churn/train.py", f"{prefix}src/train.py", f"{prefix}src/load.py")
    assert placed(CHURN, *uris) == (["train.py"], {"outside the component": 2})


@pytest.mark.parametrize("prefix", ["", "/app/", "file:///app/"])
def test_component_takes_a_run_in_its_folder(prefix: str) -> None:
    assert placed(CHURN, f"{prefix}train.py", f"{prefix}x/y.py") == (["train.py", "x/y.py"], {})


def test_base_of_an_address_counts() -> None:
    rows = [{"message": {"text": "x"}, "locations": [place("train.py", "SRC")]}]
    bases = {"SRC": {"uri": "file:///home/ada/r/src/"}}
    found = other_tools(runs(log(*rows, originalUriBaseIds=bases)), ROOT)
    assert [row.path for row in found.results] == ["src/train.py"]


def place(uri: str, base: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": base}}}


def test_debt_of_the_rule_is_told_and_what_is_unknown_is_other() -> None:
    found = other_tools(runs(BANDIT, PYLINT, SEMGREP, log(result("src/train.py", "X1"), tool="mine")), ROOT)
    assert [(row.tool, row.rule, row.debt) for row in found.results] == [
        ("mine", "X1", ""),
        ("pylint", "line-too-long", ""),
        ("pylint", "too-many-branches", "defect-long-method"),
        ("Bandit", "B301", "unstable-data-dependencies"),
        ("Semgrep OSS", "python.lang.security.deserialization.pickle.avoid-pickle", "unstable-data-dependencies"),
    ]
    assert [(use.tool, use.taken) for use in found.tools] == [
        ("Bandit", 1),
        ("mine", 1),
        ("pylint", 2),
        ("Semgrep OSS", 1),
    ]


def test_same_result_twice_is_one() -> None:
    found = other_tools(runs(log(result("src/train.py"), result("src/train.py"))), ROOT)
    assert len(found.results) == 1
    assert found.tools[0].left_out == (LeftOut(reason="said already of the same lines", results=1),)


def test_order_of_files_and_results_changes_nothing() -> None:
    documents = [BANDIT, PYLINT, SEMGREP, log(*(result("src/train.py", line=n) for n in range(1, 9)))]
    first = other_tools(runs(*documents), ROOT)
    mixed = [*documents]
    random.Random(7).shuffle(mixed)
    mixed = [
        {**document, "runs": [{**run, "results": run["results"][::-1]} for run in document["runs"]]}
        for document in mixed
    ]
    assert other_tools(runs(*mixed), ROOT) == first
    assert (
        inputs_digest([b"a", b"b"]) == inputs_digest([b"b", b"a"]) != inputs_digest([b"a"]) != inputs_digest([]) == ""
    )


def test_every_debt_of_the_table_exists_and_no_entry_is_dead() -> None:
    known = {debt.slug for debt in all_debts()}
    assert sorted({debt for _, _, debt in MAPPED} - known) == []
    dead = [
        (tool, pattern)
        for tool, patterns, debt in MAPPED
        for pattern in patterns
        if debt_of(tool, (pattern.replace("*", "x"),)) != debt
    ]
    assert dead == []
    assert {debt_of(tool, ("nothing-of-it",)) for tool, _, _ in MAPPED} == {OTHER}
    assert debt_of("Ruff", ("C901",)) == debt_of("ruff-lsp", ("C901",)) == "defect-long-method"
