"""Imports, what names stand for, and which calls are recorded."""

import pytest

from scoring.facts import Call, Import
from scoring.readers.python import read


def calls(source: str) -> list[Call]:
    return list(read(source.encode()).calls)


def names(source: str) -> list[str]:
    return [call.name for call in calls(source)]


def imports(source: str) -> tuple[Import, ...]:
    return read(source.encode()).imports


@pytest.mark.parametrize(
    "source",
    [
        "def fit(x):\n    return x\nfit(1)\n",
        "from numpy import *\nrand(3)\n",
        "import logging\nlogging.info('x')\n",
        "import os.path\nos.path.join('a', 'b')\n",
        "def f(pd):\n    pd.frobnicate('x')\n",
        "import numpy as np\nnp = None\nnp.load('x')\n",
        "print('import pandas')\n",
        "import a\nclass N(a.M):\n    def g(self):\n        self.a = 1\n    def f(self, x):\n        self.a(x)\n",
        "len([1])\n",
    ],
)
def test_call_is_not_recorded_when_nobody_speaks_of_it(source: str) -> None:
    assert calls(source) == []


def test_import_of_a_dotted_module_binds_its_first_part() -> None:
    assert imports("import a.b\n") == (Import("a.b", "", "a", 1),)


def test_import_under_another_name_binds_that() -> None:
    assert imports("import a.b as c\n") == (Import("a.b", "", "c", 1),)


def test_import_from_keeps_relative_levels() -> None:
    assert imports("from ..a import b as c\nfrom . import d\n") == (
        Import("a", "b", "c", 1, 2),
        Import("", "d", "d", 2, 1),
    )


def test_import_with_a_star_leaves_names_unresolved() -> None:
    assert imports("from a import *\n") == (Import("a", "*", "*", 1),)


@pytest.mark.parametrize(
    ("source", "guarded"),
    [
        ("import a\n", False),
        ("try:\n    import a\nfinally:\n    pass\n", False),
        ("try:\n    import a\nexcept KeyError:\n    pass\n", False),
        ("try:\n    import a\nexcept ImportError:\n    a = None\n", True),
        ("try:\n    import a\nexcept (KeyError, ModuleNotFoundError):\n    a = None\n", True),
        ("try:\n    x = 1\nexcept ImportError:\n    import a\n", True),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n", True),
        ("import typing\nif typing.TYPE_CHECKING:\n    import a\n", True),
        ("def f():\n    import a\n", False),
    ],
)
def test_import_is_guarded_only_where_its_absence_is_borne(source: str, guarded: bool) -> None:
    assert [item.guarded for item in imports(source) if item.module == "a"] == [guarded]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import pandas as pd\npd.read_csv('a')\n", "pandas.read_csv"),
        ("from sklearn.svm import SVC as S\nS(C=1)\n", "sklearn.svm.SVC"),
        ("from .net import build\nbuild()\n", ".net.build"),
        ("from . import net\nnet.build()\n", ".net.build"),
        ("import a.b\na.b.c()\n", "a.b.c"),
        ("model.fit(x)\n", ".fit"),
        ("spark.read.parquet('x')\n", ".read.parquet"),
        ("open('a')\n", "open"),
    ],
)
def test_call_is_resolved_through_the_imports(source: str, name: str) -> None:
    assert names(source) == [name]


def test_method_of_an_object_made_in_the_scope_is_resolved() -> None:
    source = "from sklearn.svm import SVC\ndef train(x, y):\n    model = SVC()\n    model.fit(x, y)\n"
    assert calls(source) == [
        Call("sklearn.svm.SVC", 3, 3, "train", target="model"),
        Call("sklearn.svm.SVC().fit", 4, 4, "train", "model", 2, inputs=("x", "y"), use="dropped"),
    ]


def test_method_of_an_attribute_of_self_is_resolved_in_other_methods() -> None:
    source = (
        "from sklearn.svm import SVC\nclass Model:\n    def __init__(self):\n        self.net = SVC()\n"
        "    def run(self, x):\n        return self.net.predict(x)\n"
    )
    assert [(call.name, call.scope) for call in calls(source)] == [
        ("sklearn.svm.SVC", "Model.__init__"),
        ("sklearn.svm.SVC().predict", "Model.run"),
    ]


def test_attribute_of_self_does_not_leak_into_another_class() -> None:
    source = (
        "from a import X\nclass P:\n    def __init__(self):\n        self.net = X()\n"
        "class Q:\n    def run(self, x):\n        return self.net.predict(x)\n"
    )
    assert names(source) == ["a.X", ".predict"]


def test_name_stands_for_what_it_was_bound_to_last() -> None:
    source = "import a\nx = a.One()\nx.fit(1)\nx = a.Two()\nx.fit(1)\nx = 3\nx.fit(1)\n"
    assert [name for name in names(source) if name.endswith("fit")] == ["a.One().fit", "a.Two().fit", ".fit"]


def test_name_on_both_sides_stands_for_its_old_value_on_the_right() -> None:
    source = "import pandas as pd\nd = pd.read_csv('a')\nd = d.merge(d, on='k')\n"
    assert names(source) == ["pandas.read_csv", "pandas.read_csv().merge"]


def test_parameter_hides_a_name_of_the_module() -> None:
    source = "import a\nmodel = a.Model()\ndef f(model):\n    model.fit(1)\n"
    assert names(source) == ["a.Model", ".fit"]


def test_handle_of_a_with_statement_is_followed() -> None:
    source = "import json\nwith open('a.json') as handle:\n    json.load(handle)\n"
    assert [(call.name, call.target, call.inputs) for call in calls(source)] == [
        ("open", "handle", ()),
        ("json.load", "", ("handle",)),
    ]


def test_chained_calls_come_in_the_order_in_which_they_run() -> None:
    source = "from sklearn.svm import SVC\nSVC().fit(x).predict(y)\n"
    assert names(source) == ["sklearn.svm.SVC", "sklearn.svm.SVC().fit", "sklearn.svm.SVC().fit().predict"]


def test_call_keeps_literals_as_source_and_expressions_as_nothing() -> None:
    source = "import a\na.F(1, x, lr=-0.5, name='n', sizes=[1, 2], pair=(1,), deep=f(), **more)\n"
    (call,) = calls(source)
    assert (call.arguments, call.first, call.inputs) == (2, "1", ("x",))
    assert call.keywords == (
        ("lr", "-0.5"),
        ("name", "'n'"),
        ("sizes", "[1, 2]"),
        ("pair", "(1,)"),
        ("deep", ""),
        ("**", ""),
    )


def test_long_literal_is_cut() -> None:
    (call,) = calls(f"import a\na.F('{'x' * 500}', {'9' * 300})\n")
    assert len(call.first) < 130


@pytest.mark.parametrize(
    ("source", "use"),
    [
        ("x = os.listdir('.')\n", ""),
        ("os.listdir('.')\n", "dropped"),
        ("for x in os.listdir('.'):\n    pass\n", "looped"),
        ("y = [x for x in os.listdir('.')]\n", "looped"),
        ("for x in enumerate(os.listdir('.')):\n    pass\n", "looped"),
        ("for x in sorted(os.listdir('.')):\n    pass\n", "orderless"),
        ("x = len(os.listdir('.'))\n", "orderless"),
        ("x = sorted(y for y in os.listdir('.'))\n", "orderless"),
        ("if 'a' in os.listdir('.'):\n    pass\n", "orderless"),
        ("if not os.listdir('.'):\n    pass\n", "orderless"),
    ],
)
def test_use_of_a_result_is_told_where_it_is_seen_at_once(source: str, use: str) -> None:
    (call,) = [call for call in calls("import os\n" + source) if call.name == "os.listdir"]
    assert call.use == use


@pytest.mark.parametrize(
    ("source", "recorded"),
    [
        ("x = set(y)\n", []),
        ("for x in set(y):\n    pass\n", ["set"]),
        ("sorted(set(y))\n", []),
        ("sorted(y)\n", ["sorted"]),
    ],
)
def test_set_is_recorded_only_when_a_loop_goes_through_it(source: str, recorded: list[str]) -> None:
    assert names(source) == recorded


def test_call_under_the_main_guard_says_so() -> None:
    source = "import a\na.f()\nif __name__ == '__main__':\n    a.g()\n"
    assert [(call.name, call.in_main) for call in calls(source)] == [("a.f", False), ("a.g", True)]
    assert read(source.encode()).main_line == 3


def test_uses_of_modules_are_counted_by_their_first_part() -> None:
    source = "import numpy as np\nimport os\nfrom os.path import join\nnp.a\nnp.b\njoin\n"
    assert read(source.encode()).name_uses == (("numpy", 2), ("os", 1))


@pytest.mark.parametrize(
    ("source", "environment"),
    [
        ("import os\nos.environ['A'] = '1'\n", ()),
        ("import os\nos.environ[name]\n", ()),
        ("environ['A']\n", ()),
        ("import os\nos.environ['A']\n", (("A", 2),)),
        ("import os\nos.environ.get('A', 1)\n", (("A", 2),)),
        ("from os import getenv\nx = getenv('A')\n", (("A", 2),)),
        ("from os import environ\nx = environ['A']\n", (("A", 2),)),
    ],
)
def test_environment_is_read_by_literal_names(source: str, environment: tuple[tuple[str, int], ...]) -> None:
    assert read(source.encode()).environment == environment
