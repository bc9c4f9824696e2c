"""Long parameter lists: the limit, the half weight, and the constructors that libraries ask for."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

SIGNAL = "defect-long-parameter-list"


@pytest.mark.parametrize(
    "header",
    [
        "def f(a, b, c, d, e):",
        "def f(a, b, *, c, d, e, g, h, i):",
        "def f(a, b, c, d, *, e, g, h, i):",
        "def f(a, b, c, d, e, *, g):",
        "def f(a, b, c, d=1, e=2, g=3, h=4, i=5):\n    f(1, 2, 3, 4, 5, 6)\n\n\ndef g():\n    f(1, 2, 3, 4, 5, 6)",
        "def f(a, b, c, d, e, g=1, h=2, i=3, j=4, k=5):",
        "def f(a, b, c, d, *, e, g, h, i, j, k):",
        "def f(*rows, **settings):",
        "def f(a, b, c, *, d, e, g, h, i, j=1, k=2, l=3):",
        "def f(a=1, b=2, c=3, d=4, e=5, g=6, h=7, i=8, j=9, k=10, l=11, m=12):",
        "def _f(a, b, c, d, e, g, h):",
        "def f():",
    ],
)
def test_short_list_is_clear(header: str) -> None:
    check_clear(SIGNAL, {"train.py": f"{header}\n    return 1\n"})


@pytest.mark.parametrize(
    "header",
    ["def f(a, b, c, d, e, g):", "def f(a, b, c, d, e, g, *, h):", "def f(a, b, c, d, e, *, g, h, i, j, k, l):"],
)
def test_long_list_is_found(header: str) -> None:
    check_found(SIGNAL, {"train.py": f"{header}\n    return 1\n"}, at=["train.py:1"])


def test_self_is_no_parameter() -> None:
    check_clear(SIGNAL, {"train.py": "class T:\n    def f(self, a, b, c, d, e):\n        return 1\n"})


@pytest.mark.parametrize("base", ["nn.Module", "BaseEstimator", "BaseNet"])
def test_constructor_of_a_model_is_left_out(base: str) -> None:
    code = (
        "import torch.nn as nn\nfrom sklearn.base import BaseEstimator\n\n\nclass BaseNet(nn.Module):\n    pass\n\n\n"
        f"class Net({base}):\n    def __init__(self, a, b, c, d, e, f, g):\n        self.a = a\n"
    )
    check_clear(SIGNAL, {"net.py": code})


def test_other_method_of_a_model_is_found() -> None:
    code = "import torch\n\n\nclass Net(torch.nn.Module):\n    def sample(self, a, b, c, d, e, f):\n        return a\n"
    check_found(SIGNAL, {"net.py": code}, at=["net.py:5"])


@pytest.mark.parametrize("base", ["torch.nn.Module", "Part"])
def test_override_that_a_framework_calls_is_clear(base: str) -> None:
    code = f"import torch\n\n\nclass Part(torch.nn.Module):\n    size = 1\n\n\nclass Net({base}):\n"
    check_clear(SIGNAL, {"net.py": f"{code}    def forward(self, a, b, c, d, e, f):\n        return a\n"})


def test_method_of_that_name_without_a_framework_is_found() -> None:
    check_found(SIGNAL, {"net.py": "class Net:\n    def forward(self, a, b, c, d, e, f):\n        return a\n"})


def test_override_that_its_own_code_calls_by_place_is_found() -> None:
    code = "import torch\n\n\nclass Net(torch.nn.Module):\n    def forward(self, a, b, c, d, e, f):\n        return a\n"
    check_found(SIGNAL, {"net.py": f"{code}\n\nNet().forward(1, 2, 3, 4, 5, 6)\n"})


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("a, b, c, d, e, g", "6 parameters,"),
        (
            "a, b, c, d, e, f, *, g",
            "7 parameters, 1 of them with a default or keyword-only (it counts one half: 6.5 in all)",
        ),
        (
            "a, b, c, d, e, f, g=1, h=2",
            "8 parameters, 2 of them with a default or keyword-only (each counts one half: 7 in all)",
        ),
    ],
)
def test_message_counts_each_parameter_once(header: str, said: str) -> None:
    _, findings = result_of(SIGNAL, facts_from({"a.py": f"def f({header}):\n    return 1\n"}))
    assert [finding.message for finding in findings] == [
        f"f takes {said.rstrip(',')}: more than a reader of a call keeps apart."
    ]


def test_message_leaves_self_out() -> None:
    code = "class T:\n    def f(self, a, b, c, d, e, g, *, h, i, j, k, l):\n        return 1\n"
    _, findings = result_of(SIGNAL, facts_from({"a.py": code}))
    assert [finding.evidence for finding in findings] == [{"parameters": 11}]


def test_remedy_asks_for_keyword_only_parameters_where_they_are_not() -> None:
    _, findings = result_of(SIGNAL, facts_from({"a.py": "def f(a, b, c, d, e, g):\n    return 1\n"}))
    assert "Make the rest keyword-only" not in findings[0].remedy


@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "def (:\n"}, {"train.py": "x = 1\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, files)


LIST = "rows, target, depth, rate, rounds, folds"


@pytest.mark.parametrize(
    ("called", "is_found"),
    [
        ("train(r, t, depth=1, rate=2, rounds=3, folds=4)", False),
        ("train(r, t, 1, 2, 3, 4)", True),
        ("train(*everything)", True),
        ("train(r, t, 1, 2, **everything)", True),
        ("train(r, t, 1, 2, 3, folds=4)", False),
        ("other(r, t)", True),
    ],
)
@pytest.mark.parametrize("place", ["same file", "other file", "test"])
def test_list_that_every_call_fills_by_name_is_clear(called: str, is_found: bool, place: str) -> None:
    code = f"def train({LIST}):\n    return rows\n"
    files = {
        "same file": {"a.py": f"{code}\n\n{called}\n"},
        "other file": {"a.py": code, "b.py": f"from a import train\n\n{called}\n"},
        "test": {"a.py": code, "tests/test_a.py": f"from a import train\n\n\ndef test_it():\n    {called}\n"},
    }[place]
    (check_found if is_found else check_clear)(SIGNAL, files)


def test_list_twice_as_long_is_found_though_named() -> None:
    names = [f"p{n}" for n in range(11)]
    called = ", ".join(f"{name}=1" for name in names)
    check_found(SIGNAL, {"a.py": f"def f({', '.join(names)}):\n    return 1\n\n\nf({called})\n"}, at=["a.py:1"])


def test_constructor_that_is_made_by_name_is_clear() -> None:
    body = "        self.a = a + b + c + d + e + f\n        self.b = b\n"
    code = f"class Run:\n    def __init__(self, a, b, c, d, e, f):\n{body}"
    named = "\n\ndef run():\n    return Run(a=1, b=2, c=3, d=4, e=5, f=6)\n"
    check_clear(SIGNAL, {"a.py": f"{code}        super().__init__(*f)\n{named}"})
    check_found(
        SIGNAL, {"a.py": f"{code}{named.replace('a=1, b=2, c=3, d=4, e=5, f=6', '1, 2, 3, 4, 5, 6')}"}, at=["a.py:2"]
    )


@pytest.mark.parametrize(
    ("body", "is_found"),
    [
        ("top = a * b + c\n        return top / (d - e * f)", False),
        ("top = log(a)\n        top = top * b + c * d\n        return top / (d - e * f)", False),
        ("top = self.sum(a, b, c)\n        up = d * e\n        return self.store(top, up, f)", True),
        ("if a:\n            return b * c\n        return d * e * f", True),
    ],
)
def test_private_formula_is_clear(body: str, is_found: bool) -> None:
    code = f"class Model:\n    def _theta(self, a, b, c, d, e, f):\n        {body}\n"
    (check_found if is_found else check_clear)(SIGNAL, {"a.py": code})


_MAIN = "import argparse\n\n\ndef run(a, b, c, d, e, f):\n    return a\n\n\n{}"


@pytest.mark.parametrize(
    ("main", "is_found"),
    [
        ("def main():\n    o = parse()\n    p = parser.parse_args()\n    run(p.a, p.b, p.c, p.d, p.e, o.f)\n", False),
        (
            "def main(args):\n    a = args['--a']\n    b = int(args['--b'])\n"
            "    run(a, b, 1, args.d, args.e, args.f)\n",
            False,
        ),
        ("def main(args):\n    run(**vars(args))\n", False),
        ("run(**vars(parser.parse_args()))\n", False),
        ("def main(net):\n    run(**net)\n", True),
        ("def main(args):\n    run(args.a, args.b, 1, 2, 3, 4)\n", True),
        ("def main(args):\n    run(args.a, args.b, args.c, args.d, args.e, args.f)\n    run(1, 2, 3, 4, 5, 6)\n", True),
        ("def main(net):\n    run(net.a, net.b, net.c, net.d, net.e, net.f)\n", True),
    ],
)
def test_what_spells_out_a_command_line_is_clear(main: str, is_found: bool) -> None:
    (check_found if is_found else check_clear)(SIGNAL, {"a.py": _MAIN.format(main)})


def test_record_is_clear() -> None:
    fields = ("a", "b", "c", "d", "e", "f")
    code = f"class Run:\n    def __init__(self, {', '.join(fields)}):\n"
    check_clear(SIGNAL, {"a.py": code + "".join(f"        self.{name} = {name}\n" for name in fields)})


def test_model_is_told_by_a_base_class_of_another_file() -> None:
    base = "import torch\n\n\nclass Net(torch.nn.Module):\n    def forward(self, x):\n        return x\n"
    made = "    def __init__(self, a, b, c, d, e, f):\n        self.a = a * b\n        self.c = c\n"
    code = f"from base import {{0}}\n\n\nclass Wide({{0}}):\n{made}"
    check_clear(SIGNAL, {"base.py": base, "wide.py": code.format("Net")})
    check_found(SIGNAL, {"base.py": "class Plain:\n    rows = 1\n", "wide.py": code.format("Plain")}, at=["wide.py:5"])


def _messages(files: dict[str, str]) -> list[tuple[str, str]]:
    _, findings = result_of(SIGNAL, facts_from(files))
    return [(f"{finding.path}:{finding.line}", finding.message.partition("apart.")[2]) for finding in findings]


def test_list_is_told_once_where_the_base_class_asks_for_it() -> None:
    method = f"    def run(self, {LIST}{{}}):\n        self.rows = rows\n        return target\n"
    files = {
        "a.py": f"from z import Base\n\n\nclass One(Base):\n{method.format(', more')}",
        "b.py": f"from z import Base\n\n\nclass Two(Base):\n{method.format('')}",
        "z.py": f"class Base:\n{method.format('')}",
    }
    assert _messages(files) == [("z.py:2", " One.run (a.py:5) and 1 more take nearly the same list.")]


def test_list_that_is_handed_on_is_told_once() -> None:
    code = (
        f"def start({LIST}, path):\n    made = train({LIST})\n    return made.save(path)\n\n\n"
        f"def train({LIST}):\n    return rows.fit(target)\n\n\n"
        "def other(a, b, c, d, e, f):\n    return a.fit(b)\n"
    )
    assert _messages({"a.py": code}) == [("a.py:1", " train (a.py:6) takes nearly the same list."), ("a.py:10", "")]


def test_lists_told_once_count_each() -> None:
    def value(files: dict[str, str]) -> float | None:
        return result_of(SIGNAL, facts_from(files))[0].value

    one = f"def a({LIST}):\n    return 1\n"
    assert value({"a.py": one}) == 1.0
    assert value({"a.py": f"{one}\n\ndef b({LIST}):\n    return 1\n"}) == 1.0


def test_example_of_a_library_is_left_out() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "tool"\n',
        "tool.py": "def f(a):\n    return a\n",
        "examples/show.py": f"def train({LIST}):\n    return rows\n",
    }
    check_clear(SIGNAL, files, profile="library")
    check_clear(SIGNAL, {**files, "tool.py": files["tool.py"] * 3})
    check_found(SIGNAL, {**files, "pyproject.toml": ""}, at=["examples/show.py:1"])


@pytest.mark.parametrize(("given", "is_found"), [("1, 2, 3, 4, 5, 6", True), ("1, 2, 3, 4, 5, g=6", False)])
@pytest.mark.parametrize("needed", ["a, b, c, d, e, g=1", "a, b, c, d, e=2, g=3"])
def test_list_with_options_is_found_where_a_call_gives_over_five_by_place(
    needed: str, given: str, is_found: bool
) -> None:
    code = f"def f({needed}, h=3, i=4, j=5, k=6):\n    return 1\n\n\nf({given})\n"
    (check_found if is_found else check_clear)(SIGNAL, {"a.py": code})


@pytest.mark.parametrize(("given", "is_found"), [("1, 2, 3, 4, 5, 6", True), ("1, b=2, c=3, d=4, e=5, f=6", False)])
def test_method_of_whatever_object_is_a_call(given: str, is_found: bool) -> None:
    code = "class Store:\n    def complete(self, a, b, c, d, e, f):\n        self.a = a\n        return b\n"
    called = f"def f(it):\n    it.db.complete({given})\n"
    (check_found if is_found else check_clear)(SIGNAL, {"a.py": code, "b.py": called})


@pytest.mark.parametrize("place", ["same file", "other file"])
@pytest.mark.parametrize(
    ("called", "is_found"),
    [
        ("super().__init__(a=a, b=1, c=2, d=3, e=4, f=5)", False),
        ("super(Sub, self).__init__(a, b=1, c=2, d=3, e=4, f=5)", False),
        ("Run.__init__(self, a, b=1, c=2, d=3, e=4, f=5)", False),
        ("super().__init__(a, 1, 2, 3, 4, 5)", True),
        ("super().__init__()", True),
        ("super().__init__(*a, **b)", True),
    ],
)
def test_constructor_that_classes_below_call_by_name_is_clear(called: str, is_found: bool, place: str) -> None:
    base = "class Run:\n    def __init__(self, a, b, c, d, e, f):\n        self.a = a * b\n        self.c = c\n"
    sub = f"class Sub(Run):\n    def __init__(self, a):\n        {called}\n"
    files = (
        {"a.py": f"{base}\n\n{sub}"} if place == "same file" else {"a.py": base, "b.py": f"from a import Run\n\n{sub}"}
    )
    (check_found if is_found else check_clear)(SIGNAL, files)


@pytest.mark.parametrize(("given", "is_found"), [("c=1, d=2, e=3, f=4", False), ("1, 2, 3, 4", True), ("1", True)])
def test_partial_is_a_call(given: str, is_found: bool) -> None:
    code = f"from functools import partial\n\n\ndef f(a, b, c, d, e, f):\n    return a\n\n\nf1 = partial(f, {given})\n"
    (check_found if is_found else check_clear)(SIGNAL, {"a.py": code})


def test_list_that_its_linter_was_told_to_let_be_counts_and_is_not_shown() -> None:
    code = f"def train({LIST}):\n    return rows\n"
    waived = code.replace("):", "):  # noqa: PLR0913", 1)
    result = check_found(SIGNAL, {"train.py": waived}, at=[])
    assert result.value == check_found(SIGNAL, {"train.py": code}, at=["train.py:1"]).value
