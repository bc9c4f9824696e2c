"""Learning libraries that are held below a major version which has been out for long (glu.8)."""

from datetime import UTC, datetime

import pytest

from scoring.analyses.held_back import newest_major
from scoring.facts import Requirement
from scoring.knowledge.majors import MAJORS, UNTIL, month_name
from scoring.testing import check_clear, check_found, check_unknown

ML = {"train.py": "import tensorflow\n"}
LISTED = "requirements.txt"
AFTER_THE_TABLE = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("specifier", ["", ">=1.0", ">1", "!=1.5", "~=1", "@latest", "==new", "=1.15|=2.3", "^1 || ^2"])
def test_specifier_without_a_bound_has_none(specifier: str) -> None:
    assert newest_major(Requirement("a", 1, "range", specifier)) is None


@pytest.mark.parametrize(
    ("specifier", "major"),
    [
        ("==1.15.2", 1),
        ("===2.0", 2),
        ("=0.72.1=py36_1", 0),
        ("1.*", 1),
        ("==1.*", 1),
        ("~=1.4", 1),
        ("^0.9", 0),
        ("~2.3", 2),
        ("<=1.15", 1),
        ("<2", 1),
        ("<2.0.0", 1),
        ("<2.5", 2),
        (">=1.0,<2.0", 1),
        (">=1.0, <3, !=2.1, <=1.9", 1),
    ],
)
def test_newest_major_version_that_a_specifier_lets_in(specifier: str, major: int) -> None:
    assert newest_major(Requirement("a", 1, "range", specifier)) == major


def test_table_is_in_order_and_ends_where_it_says() -> None:
    for listed in MAJORS.values():
        assert list(listed.items()) == sorted(listed.items())
        assert list(listed.values()) == sorted(listed.values())
        assert max(listed.values()) <= UNTIL
    assert [month_name(12 * 2019 + month) for month in (1, 12)] == ["January 2019", "December 2019"]


@pytest.mark.parametrize("text", ["", "pandas==0.1\n", "tensorflow==1.15 ; python_version < '3.7'\n"])
def test_glu_8_without_a_known_library_is_not_asked(text: str) -> None:
    check_unknown("glu.8", {**ML, LISTED: text})


def test_glu_8_course_is_not_asked() -> None:
    chapters = {f"ch{n}/a.py": f"from sklearn.svm import SVC\n\nprint({n})\n" for n in range(1, 9)}
    check_unknown("glu.8", {**chapters, LISTED: "tensorflow==1.15\n"})


def test_glu_8_list_of_ci_is_not_asked() -> None:
    check_unknown("glu.8", {**ML, f".teamcity/{LISTED}": "tensorflow==1.15\n"})


def test_glu_8_declarations_unread_are_unknown() -> None:
    check_unknown("glu.8", {**ML, LISTED: b"\0"})


def test_glu_8_versions_after_the_table_are_unknown() -> None:
    check_unknown("glu.8", {**ML, LISTED: "tensorflow==2.15\n"}, as_of=AFTER_THE_TABLE)


@pytest.mark.parametrize(
    "text",
    [
        "tensorflow\n",
        "tensorflow>=1.0\n",
        "tensorflow==2.1.0\n",
        "tensorflow<3\n",
    ],
)
def test_glu_8_library_that_may_be_new_is_clear(text: str) -> None:
    check_clear("glu.8", {**ML, LISTED: text})


def test_glu_8_one_loose_declaration_lets_the_new_version_in() -> None:
    check_clear("glu.8", {**ML, LISTED: "tensorflow==1.15\n", "setup.py": SETUP})


SETUP = "from setuptools import setup\n\nsetup(name='a', install_requires=['tensorflow>=1.0'])\n"


def test_glu_8_library_for_tests_alone_is_not_asked() -> None:
    check_clear("glu.8", {**ML, LISTED: "torch==2.1\n", "tests/requirements.txt": "tensorflow==1.15\n"})


@pytest.mark.parametrize(("month", "out"), [(3, False), (4, True)])
def test_glu_8_version_is_waited_for_18_months(month: int, out: bool) -> None:
    check = check_found if out else check_clear
    check("glu.8", {**ML, LISTED: "tensorflow==1.15\n"}, as_of=datetime(2021, month, 1, tzinfo=UTC))


def test_glu_8_library_held_back_is_found_once() -> None:
    files = {**ML, LISTED: "pandas\ntensorflow~=1.15.0\nxgboost==0.90\n", "c/requirements.txt": "tensorflow==1.2\n"}
    result = check_found("glu.8", files, at=["c/requirements.txt:1", f"{LISTED}:3"])
    assert (result.value, result.population) == (2, 2)


GROUPS = '[project]\nname = "a"\ndependencies = [{}]\n\n[dependency-groups]\nserve = ["tensorflow{}"]\n'


def test_glu_8_library_of_a_group_counts_where_none_is_needed_at_all_times() -> None:
    check_clear("glu.8", {**ML, "pyproject.toml": GROUPS.format("", ">=2")})
    check_found("glu.8", {**ML, "pyproject.toml": GROUPS.format("", "==1.15")}, at=["pyproject.toml:6"])
    check_clear("glu.8", {**ML, "pyproject.toml": GROUPS.format('"torch>=1"', "==1.15")})
