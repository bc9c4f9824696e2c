"""Work that grows with a file or a family stays in proportion to it."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from scoring.analyses.ancestors import MOST_ABOVE, all_above
from scoring.analyses.annotations import _typed
from scoring.analyses.hyperparameters import written_hyperparameters
from scoring.analyses.signatures import _prepare_by_birth
from scoring.testing import facts_from

CHAIN = 300


class _Counted(tuple[Any, ...]):
    """Tells how often it was gone through."""

    times = 0

    def __iter__(self) -> Iterator[Any]:
        type(self).times += 1
        return super().__iter__()


def test_classes_in_reverse_order_are_gone_through_once() -> None:
    _Counted.times = 0
    told = [(f"c{n}", _Counted([f"c{n - 1}"]), n == 0) for n in reversed(range(CHAIN))]
    assert _prepare_by_birth([*told, ("other", (), False)]) == {f"c{n}" for n in range(CHAIN)}
    assert _Counted.times <= 2 * CHAIN


def test_of_a_long_chain_of_classes_some_are_gone_through() -> None:
    bases = {f"c{n}": (f"c{n + 1}",) for n in range(CHAIN)}
    assert len(list(all_above("c0", bases))) == MOST_ABOVE < CHAIN


def test_functions_are_gone_through_once_for_all_calls() -> None:
    text = "from sklearn.svm import SVC\n" + "".join([f"def f{n}(a=SVC(C={n}.5)):\n    SVC(C=7.5)\n" for n in range(9)])
    facts: Any = facts_from({"a.py": text}).component.files[0].facts[0]
    _Counted.times = 0
    tally = written_hyperparameters(
        SimpleNamespace(calls=facts.calls, functions=_Counted(facts.functions))  # type: ignore[arg-type]  # -- only these two are read
    )
    assert tally is not None
    assert [hit.symbol for hit in tally.hits] == [f"f{n}" for n in range(9)]
    assert _Counted.times <= 2


def test_functions_are_gone_through_once_for_those_inside_others() -> None:
    text = "".join([f"def f{n}(a):\n    def g{n}(b):\n        return b\n    return g{n}(a)\n" for n in range(CHAIN)])
    file: Any = facts_from({"a.py": f"import torch\n{text}"}).ml_once[0]
    _Counted.times = 0
    facts = SimpleNamespace(functions=_Counted(file.facts.functions), notebook=None)
    told = _typed(SimpleNamespace(facts=facts, path="a.py", notebook=None))  # type: ignore[arg-type]  # -- only these are read
    assert (told.functions, told.annotated) == (CHAIN, 0)
    assert _Counted.times <= 3
