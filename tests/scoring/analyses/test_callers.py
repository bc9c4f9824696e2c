"""Types and docstrings are asked of what others may call."""

import json

import pytest

from scoring.testing import ML_FILE, check_clear, check_found

DEFINED = "import numpy\n\n\n" + "".join(f"def bare_{n}(rows):\n    return rows\n\n\n" for n in range(6))
MAIN = 'if __name__ == "__main__":\n    bare_1(2)\n'
CELL = {"cell_type": "code", "source": DEFINED + "bare_1(2)\n"}
NOTEBOOK = json.dumps({"nbformat": 4, "cells": [CELL]})
USER = "from clean import bare_1\n\n\ndef use(rows: list) -> list:\n    return bare_1(rows)\n"


@pytest.mark.parametrize("signal", ["pod.1", "doc.2"])
@pytest.mark.parametrize(
    "files",
    [{"clean.py": DEFINED + MAIN}, {"clean.py": DEFINED + "print(bare_1(2))\n"}, {"clean.ipynb": NOTEBOOK}],
    ids=["program", "script", "notebook"],
)
def test_script_that_nobody_imports_is_not_asked(signal: str, files: dict[str, str]) -> None:
    typed = {"train.py": 'import numpy\n\n\ndef train(rows: list) -> list:\n    """Train."""\n    return rows\n'}
    check_clear(signal, {**ML_FILE, **typed, **files})


@pytest.mark.parametrize("signal", ["pod.1", "doc.2"])
@pytest.mark.parametrize("beside", [{"use.py": USER}, {"tests/test_clean.py": USER}])
def test_program_that_another_file_imports_is_asked(signal: str, beside: dict[str, str]) -> None:
    check_found(signal, {**ML_FILE, "clean.py": DEFINED + MAIN, **beside}, at=["clean.py:4"])


@pytest.mark.parametrize("signal", ["pod.1", "doc.2"])
def test_module_that_may_be_loaded_by_name_is_asked(signal: str) -> None:
    check_found(signal, {**ML_FILE, "clean.py": DEFINED}, at=["clean.py:4"])
