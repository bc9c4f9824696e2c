"""What is asked of calls by their names: every question is answered, whenever it was declared."""

from scoring.analyses.calls import calls_of, calls_where
from scoring.testing import facts_from

CODE = "import pandas as pd\n\nrows = pd.read_csv('a.csv')\nrows.head()\npd.read_csv('b.csv')\n"


def names(calls: object) -> list[tuple[str, int]]:
    assert isinstance(calls, tuple)
    return [(call.name, call.line) for call in calls]


def test_name_that_nobody_calls_has_no_call() -> None:
    nothing = calls_where(lambda name: name == "pandas.read_sql")
    (file,) = facts_from({"train.py": CODE}).python
    assert nothing(file.facts) == ()


def test_calls_of_a_name_come_by_place() -> None:
    reading = calls_where(lambda name: name == "pandas.read_csv")
    (file,) = facts_from({"train.py": CODE}).python
    assert names(reading(file.facts)) == [("pandas.read_csv", 3), ("pandas.read_csv", 5)]


def test_question_that_comes_late_is_answered_of_files_gone_through_before() -> None:
    (file,) = facts_from({"train.py": CODE}).whole
    assert len(calls_of(file.facts, "READ")) == 2
    late = calls_where(lambda name: name.endswith(".head"))
    assert [call.line for call in late(file.facts)] == [4]
    assert len(calls_of(file.facts, "READ")) == 2


def test_module_of_tests_is_asked_too() -> None:
    made = calls_where(lambda name: name.endswith("SVC"))
    (file,) = facts_from({"tests/test_a.py": "from sklearn.svm import SVC\n\n\ndef test_a():\n    SVC()\n"}).python
    assert names(made(file.facts)) == [("sklearn.svm.SVC", 5)]
