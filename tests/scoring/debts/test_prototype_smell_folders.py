"""pro.6: folders whose names say that nobody needs them any more."""

from datetime import timedelta

import msgspec
import pytest

from scoring.analyses.view import View
from scoring.facts import HistoryFacts
from scoring.testing import AS_OF, ML_FILE, check_clear, check_found, component_from, facts_from, result_of


def changed(path: str, days: int = 91) -> HistoryFacts:
    return HistoryFacts(last_change={path: AS_OF - timedelta(days=days)})


@pytest.mark.parametrize("folder", ["threshold", "bold", "trashed_mails", "models"])
def test_folder_in_use_is_clear(folder: str) -> None:
    check_clear("pro.6", {f"{folder}/try.py": "x = 1\n"}, history=changed(f"{folder}/try.py"))


@pytest.mark.parametrize("folder", ["trash", "deprecated", "models_old", "old_models", "attic"])
def test_folder_that_nobody_needs_is_found(folder: str) -> None:
    path = f"{folder}/try.py"
    check_found("pro.6", {path: "x = 1\n"}, at=[f"{path}:1"], history=changed(path))


@pytest.mark.parametrize("folder", ["Models_old", "old-models", "models_backup", "deprecated_models"])
@pytest.mark.parametrize("beside", ["models/sub/fit.py", "models/fit.py"])
def test_folder_beside_the_one_that_took_its_place_is_found_at_once(folder: str, beside: str) -> None:
    path = f"src/{folder}/try.py"
    files = {path: "x = 1\n", f"src/{beside}": "y = 2\n"}
    (finding,) = result_of("pro.6", facts_from(files, history=changed(path, 1)))[1]
    assert (finding.path, "stands beside models/" in finding.message) == (path, True)


@pytest.mark.parametrize("path", ["models_old/try.py", "src/models_old/try.py", "old/models/try.py", "tmp/try.py"])
def test_folder_that_still_changes_beside_others_is_clear(path: str) -> None:
    check_clear("pro.6", {path: "x = 1\n", "src/fit/run.py": "y = 2\n"}, history=changed(path, 1))


USES = {
    "imported": {"run.py": "from exp.grow import grow\n\nprint(grow)\n"},
    "started by a page": {"README.md": "# Apples\n\n```bash\npython exp/grow.py\n```\n"},
    "started by a job": {"Makefile": "grow:\n\tpython exp/grow.py\n"},
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_scratch_folder_that_is_used_from_outside_is_clear(use: dict[str, str]) -> None:
    lying = {"exp/__init__.py": "", "exp/grow.py": "grow = 1\n", "exp/other.py": "from exp.grow import grow\n"}
    history = HistoryFacts(last_change=dict.fromkeys(lying, AS_OF - timedelta(days=91)))
    check_clear("pro.6", {**lying, **use}, history=history)
    check_found("pro.6", {**lying, "run.py": "x = 1\n", "README.md": "# Apples\n"}, history=history)


def left_out(*paths: str) -> list[tuple[str, object]]:
    """(path, number of files) of each finding where these paths are left out of every count."""
    component = component_from(ML_FILE, history=changed("fit.py", 1))
    excluded = tuple((path, "vendored") for path in paths)
    _, findings = result_of("pro.6", View(msgspec.structs.replace(component, excluded=excluded)))
    return [(finding.path, finding.evidence["files"]) for finding in findings]


def test_copies_that_the_editor_saved_are_one_finding_a_folder() -> None:
    paths = [f"{above}.ipynb_checkpoints/{name}-checkpoint.ipynb" for above in ("", "a/") for name in ("fit", "show")]
    assert left_out(*paths) == [(paths[0], 2), (paths[2], 2)]


@pytest.mark.parametrize(
    "path", ["node_modules/fit.ipynb", ".ipynb_checkpoints/Dockerfile-checkpoint", "a.ipynb_checkpoints/fit.ipynb"]
)
def test_what_no_editor_saved_of_a_notebook_is_clear(path: str) -> None:
    assert left_out(path) == []


def test_final_file_counts_beside_the_one_that_it_ends() -> None:
    check_clear("pro.6", {"sort_final.py": "x = 1\n"}, history=changed("sort_final.py"))
    both = {"sort_final.py": "x = 1\n", "sort.py": "y = 2\n"}
    check_found("pro.6", both, at=["sort_final.py:1"], history=changed("sort_final.py"))


def test_scratch_folder_with_nothing_in_it_is_clear() -> None:
    check_clear("pro.6", {"playground/__init__.py": "x = 1\n"}, history=changed("playground/__init__.py"))


def test_scratch_folders_beside_each_other_are_one_finding() -> None:
    files = {f"own/{name}/try.py": "x = 1\n" for name in ("tmp", "scratch", "old")}
    history = HistoryFacts(last_change=dict.fromkeys([*files, "jobs/tmp/try.py"], AS_OF - timedelta(days=91)))
    check_found("pro.6", files, at=["own/old/try.py:1"], history=history)
    both = {**files, "jobs/tmp/try.py": "x = 1\n"}
    check_found("pro.6", both, at=["jobs/tmp/try.py:1", "own/old/try.py:1"], history=history)


def test_numbered_experiment_is_no_scratch() -> None:
    check_clear("pro.6", {"outputs/exp042/try.py": "x = 1\n"}, history=changed("outputs/exp042/try.py"))
    check_found("pro.6", {"exp/try.py": "x = 1\n"}, history=changed("exp/try.py"))


def test_version_that_a_page_names_beside_the_other_is_clear() -> None:
    both = {"sort_v2.py": "x = 1\n", "sort.py": "y = 2\n"}
    check_found("pro.6", both, at=["sort_v2.py:1"], history=changed("sort_v2.py"))
    page = {"README.md": "# Apples\n\n```bash\npython sort.py\npython sort_v2.py\n```\n"}
    check_clear("pro.6", {**both, **page}, history=changed("sort_v2.py"))
