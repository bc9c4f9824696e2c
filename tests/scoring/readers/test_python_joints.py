"""Commands that a module runs, attributes that it replaces, and what its models' methods need."""

import pytest

from scoring.readers.python import READER
from scoring.readers.python.joints import MAX_FOUND

HEAD = "import os, subprocess, sys\nimport numpy as np\nimport torch\n\n"


def told(kind: str, text: str) -> list[tuple[int, str, str]]:
    return [
        (item.line - 4, item.subject, item.detail)
        for item in READER.read(f"{HEAD}{text}".encode()).idioms
        if item.kind == kind
    ]


@pytest.mark.parametrize(
    "text",
    [
        "subprocess.run(command)",
        "os.system(f'{a}{b}')",
        "subprocess.run([a, *b])",
        "run('python a.py')",
        "subprocess.run()",
    ],
)
def test_command_of_which_no_word_is_written_is_not_told(text: str) -> None:
    assert told("command", text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("os.system('python a.py')", "python a.py"),
        ("os.system(f'python {name}.py --n={n}')", "python ?.py --n=?"),
        ("os.system('python %s' % name)", "python %s"),
        ("os.system('python {}'.format(name))", "python {}"),
        ("os.system('python ' + name)", "python ?"),
        ("os.system(' '.join(['python', name]))", "python ?"),
        ("os.system([sys.executable, 'a.py'] + rest)", "python a.py ?"),
        ("os.system(args=('sh', 'a.sh'))", "sh a.sh"),
    ],
)
def test_words_of_a_command(text: str, words: str) -> None:
    assert told("command", text) == [(1, "os.system", words)]


def test_name_stands_for_what_it_was_last_bound_to_above() -> None:
    text = "c = 'a'\nc = 'b'\ndef f():\n    c = 'local'\n    os.system(c)\nos.system(c)\nc = 'late'\n"
    assert told("command", text) == [(5, "os.system", "local"), (6, "os.system", "b")]


def test_deep_and_many_commands_are_bounded() -> None:
    deep = "os.system(" + "+".join(["'a'"] * 40) + ")\n"
    assert [words[:1] for _, _, words in told("command", deep)] == ["?"]
    assert len(told("command", "os.system('a')\n" * (MAX_FOUND + 9))) == MAX_FOUND


@pytest.mark.parametrize(
    "text",
    [
        "torch.backends.cudnn.benchmark = True",
        "np.part = own",
        "frame = np.array([1])\nframe.columns = lambda: 1",
        "class A:\n    def f(self):\n        self.g = lambda: 1",
        "import torch as t\nx = t.load",
    ],
)
def test_plain_setting_is_no_patch(text: str) -> None:
    assert told("patched", text) == []


def test_replaced_attributes_are_told() -> None:
    text = "def own():\n    pass\nnp.load = own\ntorch.nn.Module.__call__ = lambda self: 1\n"
    assert told("patched", text) == [(3, "numpy.load", ""), (4, "torch.nn.Module.__call__", "")]


def test_methods_of_models_tell_what_they_need() -> None:
    text = (
        "class A:\n    def fit(self, x, y, w=1, *, z, v=2): pass\n    def predict(self): pass\n"
        "    def train(self, *rest): pass\n    def score(self, x): pass\ndef fit(x): pass\n"
    )
    functions = READER.read(f"{HEAD}{text}".encode()).functions  # type: ignore[union-attr] -- a module of Python
    assert [item.signature for item in functions] == ["x y z", "-", "", "", ""]
