"""dec.3 and dec.4: names that a package offers too, and programs that a launcher of the image starts."""

import pytest

from scoring.testing import facts_from, result_of

SCALER = (
    "class StandardScaler:\n    def transform(self, rows):\n        return rows\n\n\ndef show(rows):\n    return rows\n"
)
USER = "from {} import StandardScaler\nfrom tools import show\n\nprint(show(StandardScaler))\n"


def unused(files: dict[str, str]) -> list[str]:
    _, findings = result_of("dec.3", facts_from(files))
    return [finding.symbol for finding in findings]


@pytest.mark.parametrize(
    "files",
    [
        {"tools.py": SCALER, "run.py": USER.format("tools")},
        {"tools.py": SCALER, "run.py": USER.format("parts")},
        {"tools.py": SCALER, "run.py": USER.format("sklearn.preprocessing"), "sklearn/__init__.py": ""},
        {"tools.py": SCALER, "run.py": USER.format("sklearn.preprocessing"), "b.py": USER.format("tools")},
    ],
)
def test_name_that_may_be_imported_from_the_component_is_clear(files: dict[str, str]) -> None:
    assert unused(files) == []


def test_name_that_is_only_imported_from_a_package_is_found() -> None:
    assert unused({"tools.py": SCALER, "run.py": USER.format("sklearn.preprocessing")}) == ["StandardScaler"]


@pytest.mark.parametrize(
    "command", ["uv run python -m pkg.app", "poetry run uvicorn pkg.app:app", "exec gunicorn pkg.app:app"]
)
def test_package_that_its_image_runs_by_a_launcher_is_no_library(command: str) -> None:
    files = {
        "pyproject.toml": "[project]\nname = 'pkg'\nversion = '1'\n",
        "Dockerfile": f"FROM python:3.11\nCMD {command}\n",
        "pkg/__init__.py": "",
        "pkg/app.py": "from sklearn.svm import SVC\n\nprint(SVC)\n",
        "pkg/old.py": "def ratio(a, b):\n    return a / b\n",
    }
    _, findings = result_of("dec.4", facts_from(files))
    assert [finding.path for finding in findings] == ["pkg/old.py"]


def test_class_that_its_base_lists_is_used() -> None:
    shapes = "from own.base import Shape\n\n\nclass Round(Shape):\n    def area(self):\n        return 3\n"
    base = "class Shape:\n    pass\n\n\nconfig = {{kind.__name__: kind for kind in {}}}\n"
    run = "from own import base, shapes\n\nprint(base.config, shapes)\n"
    files = {"own/__init__.py": "", "own/shapes.py": shapes, "run.py": run}
    assert unused({**files, "own/base.py": base.format("Shape.__subclasses__()")}) == []
    assert unused({**files, "own/base.py": base.format("[Shape]")}) == ["Round"]


@pytest.mark.parametrize(("handed", "left"), [("", []), ("show", ["other"])])
def test_functions_of_a_module_that_hands_itself_to_fire_are_commands(handed: str, left: list[str]) -> None:
    code = "import fire\n\n\ndef show(rows):\n    return rows\n\n\ndef other(rows):\n    return rows\n\n\n"
    assert unused({"run.py": f"{code}if __name__ == '__main__':\n    fire.Fire({handed})\n"}) == left
