"""Children with limits: a bad file costs itself, and nothing is parsed outside them (robustness T4, T8, F5)."""

import ast
import os
import signal
import time
from pathlib import Path

import pytest

from scoring.facts import PythonFacts, Refusal, TextFacts, UnparsedFacts
from scoring.sandbox import BATCH_ITEMS, Item, Sandbox, decode, encode
from scoring.sandbox.pipe import Limits

ROOT = Path(__file__).parents[2]
GOOD = b"import os\n\n\ndef f():\n    return os.getcwd()\n"


def read(sandbox: Sandbox, *sources: bytes) -> list[str]:
    """Each source's number of functions, or the reason it was refused."""
    items = ((str(number), Item("python", source)) for number, source in enumerate(sources))
    said = []
    for _, stored in sandbox.read(items):
        if isinstance(stored, Refusal):
            said.append(stored.reason)
        else:
            facts = decode(stored)
            assert isinstance(facts, PythonFacts | UnparsedFacts)
            said.append(facts.reason if isinstance(facts, UnparsedFacts) else str(len(facts.functions)))
    return said


def test_file_that_does_not_parse_costs_itself() -> None:
    with Sandbox() as sandbox:
        said = read(sandbox, GOOD, b"def broken(:\n", GOOD)
    assert [said[0], said[2]] == ["1", "1"]
    assert "does not parse" in said[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_asked(workers: int) -> None:
    sources = [b"def f(): pass\n" * (number % 5) for number in range(3 * BATCH_ITEMS)]
    with Sandbox(workers) as sandbox:
        assert read(sandbox, *sources) == [str(number % 5) for number in range(3 * BATCH_ITEMS)]


BOMB = b"x = " + b"[" * 80 + b"1" + b"]" * 80 + b"\n" + b"y = (" + b"1,\n" * 1_200_000 + b")\n"
SLOW = b"y = (" + b"1,\n" * 1_500_000 + b")\n"
SMALL = Limits(memory_bytes=160 * 1024 * 1024)
NO_MEMORY = {"nested too deep to be parsed", "needs more memory than the reader's limit"}
"""Python's own parser says the same of both."""


class Counting(Sandbox):
    """Counts the files that were read once more."""

    again = 0

    def _alone(self, item: Item) -> bytes | Refusal:
        self.again += 1
        return super()._alone(item)


@pytest.mark.parametrize("place", [0, 1, 5, 63, 64])
def test_file_over_the_memory_limit_costs_itself_wherever_it_stands(place: int) -> None:
    sources = [GOOD] * 70
    sources[place] = BOMB
    with Counting(limits=SMALL) as sandbox:
        said = read(sandbox, *sources)
    with Counting(limits=SMALL) as lonely:
        (refused,) = read(lonely, BOMB)
    assert refused in NO_MEMORY
    assert said == ["1"] * place + [refused] + ["1"] * (69 - place)
    assert (sandbox.again, lonely.again) == (1, 1)


def test_deep_files_need_no_child_of_their_own() -> None:
    deep = b"x = " + b"[" * 7_000 + b"]" * 7_000 + b"\n"
    with Counting() as sandbox:
        said = read(sandbox, *[GOOD, deep] * 20)
    assert said == ["1", "nested too deep to be parsed"] * 20
    assert sandbox.again == 0


def test_file_over_the_cpu_limit_costs_itself_and_is_read_twice_at_most() -> None:
    with Counting(limits=Limits(cpu_seconds=0.5)) as sandbox:
        said = read(sandbox, SLOW, GOOD, SLOW, GOOD)
    refused = "took more than 0.5 s of CPU to read"
    assert said == [refused, "1", refused, "1"]
    assert sandbox.again == 1


def test_batch_of_heavy_files_loses_none() -> None:
    """Together they take more than one file may, each of them alone far less."""
    heavy = b"y = (" + b"1,\n" * 15_000 + b")\n"
    with Counting(limits=Limits(cpu_seconds=0.8)) as sandbox:
        assert read(sandbox, *[heavy] * BATCH_ITEMS) == ["0"] * BATCH_ITEMS
        assert sandbox.again == 0


def test_child_that_is_killed_at_an_innocent_file_loses_none() -> None:
    with Counting() as sandbox:
        answers = sandbox.read((str(number), Item("python", GOOD)) for number in range(BATCH_ITEMS))
        assert isinstance(next(answers)[1], bytes)
        child = next(iter(_children()))
        os.kill(child, signal.SIGSTOP)
        os.kill(child, signal.SIGKILL)
        assert all(isinstance(stored, bytes) for _, stored in answers)
        assert sandbox.again <= 1


def _children() -> list[int]:
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def test_file_over_the_wall_clock_costs_itself() -> None:
    slow = b"y = (" + b"1,\n" * 1_500_000 + b")\n"
    with Sandbox(limits=Limits(seconds=0.6)) as sandbox:
        said = read(sandbox, GOOD, slow, GOOD)
    assert said == ["1", "took longer than 0.6 s to read", "1"]


def test_killed_child_is_replaced() -> None:
    with Sandbox() as sandbox:
        assert read(sandbox, GOOD) == ["1"]
        child = sandbox._idle[0]._process
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        assert read(sandbox, GOOD, GOOD) == ["1", "1"]


def test_close_leaves_no_child() -> None:
    with Sandbox(2) as sandbox:
        read(sandbox, *[GOOD] * 3 * BATCH_ITEMS)
        pids = [child._process.pid for child in sandbox._idle]
    assert pids
    time.sleep(0.05)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_child_cannot_write_a_file_nor_see_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBTBOARD_SECRET_KEY", "canary")
    with Sandbox() as sandbox:
        read(sandbox, GOOD)
        pid = sandbox._idle[0]._process.pid
        environment = Path(f"/proc/{pid}/environ").read_bytes()
        limits = Path(f"/proc/{pid}/limits").read_text()
    assert b"canary" not in environment
    assert [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max file size")] == [["0", "0"]]


def test_stored_facts_come_back_equal() -> None:
    facts = TextFacts(code_lines=3)
    assert decode(encode(facts)) == facts


def test_no_other_path_parses() -> None:
    """A reader is called in `sandbox` (the child) and in `testing` (the rig), nowhere else in engine or app."""
    callers = set()
    for folder in ("scoring", "debtboard"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            if any(_calls_a_reader(node) for node in ast.walk(tree)):
                callers.add(str(path.relative_to(ROOT)))
    assert callers == {"scoring/sandbox/__init__.py", "scoring/testing.py"}


def _calls_a_reader(node: ast.AST) -> bool:
    """`reader.read(...)`, or a reader's function taken out of it."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "read"
        and isinstance(node.value, ast.Name)
        and node.value.id in ("reader", "READER")
    )
