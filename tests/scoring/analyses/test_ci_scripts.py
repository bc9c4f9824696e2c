"""What CI runs through scripts: what it only names is not run, and long words cost little."""

from time import process_time

import pytest

from scoring.analyses.ci_scripts import followed
from scoring.testing import facts_from


def test_long_words_that_name_no_script_cost_little() -> None:
    word = "a.s" * 160
    files = {"run.sh": "".join(f"{number}{word}\n" for number in range(1_000))}
    view = facts_from({**files, ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - run: ./run.sh\n"})
    begin = process_time()
    found = followed(view)
    assert (len(found.surely), found.unseen) == (1_001, False)
    assert process_time() - begin < 1


@pytest.mark.parametrize(
    ("command", "surely"),
    [
        ("bash ci/all.sh", True),
        ("cd app && MODE=fast sudo ./ci/all.sh", True),
        ("sh -eux ci/all.sh", True),
        (". ci/all.sh", True),
        ("uv run --no-sync ci/all.sh", True),
        ("MODE=' fast all' ci/all.sh", True),
        ("shellcheck ci/all.sh; timeout 60 ci/all.sh", True),
        ("shellcheck ci/all.sh", False),
        ("flake8 . --exclude ci/all.sh", False),
        ("grep -l pytest ci/all.sh", False),
    ],
)
def test_script_that_a_command_only_names_may_not_be_run(command: str, surely: bool) -> None:
    ci = f"jobs:\n  a:\n    steps:\n      - run: {command}\n"
    found = followed(facts_from({"ci/all.sh": "pytest\n", ".github/workflows/ci.yml": ci}))
    run, maybe = {text for _, _, text in found.surely}, {text for _, text in found.perhaps}
    assert ("pytest" in run, "pytest" in maybe) == (surely, not surely)


@pytest.mark.parametrize(
    ("scripts", "command", "found"),
    [
        (["ci/all.sh"], "./all.sh", "ci/all.sh"),
        (["ci/all.sh", "all.sh"], "./all.sh", "all.sh"),
        (["ci/all.sh", "bin/all.sh"], "./all.sh", ""),
        (["ci/all.sh", "bin/all.sh"], "$HOME/work/ci/all.sh", ""),
        (["a/ci/all.sh", "bin/all.sh"], "${HERE}/ci/all.sh", "a/ci/all.sh"),
        (["ci/all.sh"], "./mall.sh", ""),
        (["a/b/c/d/e/f/g/h/all.sh"], "./c/d/e/f/g/h/all.sh", "a/b/c/d/e/f/g/h/all.sh"),
        (["a/b/c/d/e/f/g/h/all.sh"], "a/b/c/d/e/f/g/h/all.sh", "a/b/c/d/e/f/g/h/all.sh"),
    ],
)
def test_script_is_found_by_the_end_of_its_path(scripts: list[str], command: str, found: str) -> None:
    ci = f"jobs:\n  a:\n    steps:\n      - run: {command}\n"
    files = {path: f"echo {path}\n" for path in scripts}
    run = followed(facts_from({**files, ".github/workflows/ci.yml": ci})).surely
    assert [path for path, _, _ in run[1:]] == [path for path in (found,) if path]


def test_many_scripts_of_one_name_cost_little() -> None:
    calls = "".join(f"./part{number}/run.sh\n" for number in range(300))
    scripts = {f"step{number}/run.sh": f"./step{number + 1}/run.sh\n{calls}" for number in range(300)}
    view = facts_from({**scripts, ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - run: ./step0/run.sh\n"})
    begin = process_time()
    assert len(followed(view).surely) == 1 + 300 * 301
    assert process_time() - begin < 3
