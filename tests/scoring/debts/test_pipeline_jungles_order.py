"""Order kept by hand: numbered files, and what takes them out of it."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

NAMES = ("01_load.py", "02_clean.py", "03_fit.py")


def files(folder: str, names: tuple[str, ...] = NAMES) -> dict[str, str]:
    return {f"{folder}{name}": "x = 1\n" for name in names}


@pytest.mark.parametrize("folder", ["tutorials/", "course/", "chapter1/", "examples/", "tests/", "app/migrations/"])
def test_numbers_of_lessons_are_no_order_of_work(folder: str) -> None:
    check_clear("jun.7", files(folder))


@pytest.mark.parametrize(
    "names",
    [("01_load.py", "02_clean.py"), ("2019_a.py", "2020_b.py", "2021_c.py"), ("load1.py", "load2.py", "load3.py")],
)
def test_few_numbers_years_and_endings_are_no_order(names: tuple[str, ...]) -> None:
    check_clear("jun.7", files("prep/", names))


def test_order_that_a_shell_script_may_carry_out_is_unknown() -> None:
    check_unknown(
        "jun.7", {**files("prep/"), "run.sh": "for f in prep/*; do python $f; done\n", "model.py": "import sklearn\n"}
    )


def test_order_that_a_makefile_carries_out_is_clear() -> None:
    commands = "".join(f"\tpython prep/{name}\n" for name in NAMES)
    check_clear("jun.7", {**files("prep/"), "Makefile": f"all:\n{commands}"})


@pytest.mark.parametrize(
    "names", [NAMES, ("1-load.ipynb", "2-clean.py", "3-fit.py"), ("step1_a.py", "step2_b.py", "step3_c.py")]
)
def test_numbered_folder_is_found_once(names: tuple[str, ...]) -> None:
    sources = {
        **files("prep/", names),
        "prep/1-load.ipynb": '{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    }
    if names[0] != "1-load.ipynb":
        del sources["prep/1-load.ipynb"]
    check_found("jun.7", sources, at=[f"prep/{names[0]}:1"])


def test_commands_that_were_not_read_may_run_them() -> None:
    check_unknown("jun.7", {**files("prep/"), ".github/workflows/ci.yml": "jobs: [\n"})
