"""Scripts that train by a function of another module, or by what it returns."""

import pytest

from scoring.testing import facts_from

STEP = (
    "from torch import nn, optim\n\n\ndef get_step():\n    def step(loss):\n        loss.backward()\n\n"
    "    return step\n\n\n"
    "def optimizer(net: nn.Module):\n    return optim.SGD(net.parameters(), 1)\n"
)
LOOP = "import losses\n\n\ndef train(rows):\n    step = losses.get_step()\n    for row in rows:\n        step(row)\n"


@pytest.mark.parametrize(
    ("call", "found"),
    [("runs.train([])", ["main.py"]), ("runs.evaluate([])", []), ("runs.train_loader([])", []), ("train([])", [])],
)
def test_script_trains_by_a_function_that_it_calls_by_its_module(call: str, found: list[str]) -> None:
    script = f"import runs\n\nif __name__ == '__main__':\n    {call}\n"
    view = facts_from({"main.py": script, "runs.py": LOOP, "losses.py": STEP})
    assert [file.path for file in view.training] == found


@pytest.mark.parametrize(
    ("name", "found"), [("get_step", ["main.py"]), ("other", []), ("Steps", [])], ids=["inside", "beside", "method"]
)
def test_fit_in_a_function_inside_counts_for_the_outer_one(name: str, found: list[str]) -> None:
    script = f"from losses import {name}\n\nif __name__ == '__main__':\n    {name}()\n"
    method = "\n\nclass Steps:\n    def step(self, loss):\n        loss.backward()\n\n\ndef other():\n    return 1\n"
    view = facts_from({"main.py": script, "losses.py": STEP + method})
    assert [file.path for file in view.training] == found
