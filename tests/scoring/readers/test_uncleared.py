"""Repeated steps along gradients that nothing clears (the reader's idiom "uncleared")."""

import pytest

from scoring.facts import PythonFacts
from scoring.readers.python import read

HEAD = "import torch\nfrom rig import Scheduled\n\n\n"


def _uncleared(body: str) -> list[tuple[str, str, int]]:
    facts = read(f"{HEAD}{body}".encode())
    assert isinstance(facts, PythonFacts)
    return [(item.scope, item.subject, item.line - 4) for item in facts.idioms if item.kind == "uncleared"]


LOOP = "def train(net, optimizer, rows):\n    for x in rows:\n        net(x).backward()\n"


@pytest.mark.parametrize(
    "body",
    [
        f"{LOOP}        optimizer.step()\n        optimizer.zero_grad()\n",
        f"{LOOP}        optimizer.step()\n        for p in net.parameters():\n            p.grad = None\n",
        f"{LOOP}        optimizer.step()\n        for p in net.parameters():\n            p.grad.data.zero_()\n",
        f"{LOOP}        optimizer.step()\n        reset_gradients(net)\n",
        f"{LOOP}        optimizer.step(lambda: net(x))\n",
        f"{LOOP}        engine.step()\n",
        f"{LOOP}    scheduler.step()\n",
        "def train(net, rows):\n    for x in rows:\n        optimizer = torch.optim.SGD([x])\n"
        "        net(x).backward()\n        optimizer.step()\n",
        "def train(net, x):\n    optimizer = torch.optim.SGD([x])\n    net(x).backward()\n    optimizer.step()\n",
        "def train(net, rows):\n    optimizer = Scheduled(net)\n    for x in rows:\n        net(x).backward()\n"
        "        optimizer.step()\n",
        "net(x).backward()\noptimizer.step()\n",
        "class Turn:\n    net(x).backward()\n    optimizer.step()\n",
        "def one(net, x):\n    net(x).backward()\n\n\ndef two(optimizer):\n    optimizer.step()\n",
        "def turn(loss, optimizer):\n    loss.backward()\n    optimizer.step()\n",
        "def turn(scaler, loss, optimizer):\n    scaler.backward(loss)\n    optimizer.step()\n",
        "class Run:\n    def turn(self, x):\n        net(x).backward()\n        self.optimizer.step()\n",
        "def train(net, step, rows):\n    for x in rows:\n        net(x).backward()\n        step()\n",
    ],
)
def test_gradients_that_are_cleared_or_taken_once_are_left_out(body: str) -> None:
    assert _uncleared(body) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"{LOOP}        optimizer.step()\n", ("train", "optimizer", 4)),
        ("for x in rows:\n    loss(x).backward()\n    opt.step()\n", ("", "opt", 3)),
        ("def update(x, optim):\n    loss = net(x)\n    loss.backward()\n    optim.step()\n", ("update", "optim", 4)),
        (
            "def train(net, rows):\n    opt = torch.optim.SGD(net)\n    while rows:\n        net(rows).backward()\n"
            "        opt.step()\n",
            ("train", "opt", 5),
        ),
        (
            "class Run:\n    def turn(self):\n        for x in self.rows:\n            self.manual_backward(x)\n"
            "            self.optimizers[0].step()\n",
            ("Run.turn", "self.optimizers[]", 5),
        ),
    ],
)
def test_step_that_is_repeated_along_all_gradients_so_far_is_told(body: str, told: tuple[str, str, int]) -> None:
    assert _uncleared(body) == [told]


def test_several_optimizers_of_one_loop_are_one_place() -> None:
    body = "for x in rows:\n    loss(x).backward()\n    opt_a.step()\n    opt_b.step()\n"
    assert _uncleared(body) == [("", "opt_a", 3)]
