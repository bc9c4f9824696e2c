"""pro.6: folders whose names say that nobody needs them any more."""

from datetime import timedelta

import pytest

from scoring.facts import HistoryFacts
from scoring.testing import AS_OF, check_clear, check_found


def changed(path: str) -> HistoryFacts:
    return HistoryFacts(last_change={path: AS_OF - timedelta(days=91)})


@pytest.mark.parametrize("folder", ["threshold", "bold", "trashed_mails", "models"])
def test_folder_in_use_is_clear(folder: str) -> None:
    check_clear("pro.6", {f"{folder}/try.py": "x = 1\n"}, history=changed(f"{folder}/try.py"))


@pytest.mark.parametrize("folder", ["trash", "deprecated", "models_old", "old_models", "attic"])
def test_folder_that_nobody_needs_is_found(folder: str) -> None:
    path = f"{folder}/try.py"
    check_found("pro.6", {path: "x = 1\n"}, at=[f"{path}:1"], history=changed(path))
