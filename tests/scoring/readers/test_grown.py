"""What a loop makes longer at each turn (the reader's idiom "grown")."""

import pytest

from scoring.facts import PythonFacts
from scoring.readers.python import read

HEAD = b"import numpy as np\nimport pandas as pd\nimport tensorflow as tf\nimport torch\n\n\n"


def _grown(body: str) -> list[tuple[str, str, int]]:
    facts = read(HEAD + f"def f(rows, n, x):\n{body}    return x\n".encode())
    assert isinstance(facts, PythonFacts)
    return [(item.subject, item.detail, item.line - 7) for item in facts.idioms if item.kind == "grown"]


@pytest.mark.parametrize(
    "body",
    [
        "    x = np.append(x, n)\n",
        "    for row in rows:\n        y = np.append(x, row)\n",
        "    for row in rows:\n        x = np.append(row, x)[:1]\n",
        "    for row in rows:\n        x.append(row)\n",
        "    for row in rows:\n        x = rows.append(x)\n",
        "    for row in rows:\n        x = np.concatenate([row, row])\n",
        "    for row in (1, 2, 3):\n        x = np.append(x, row)\n",
        "    for row in range(5):\n        x = np.append(x, row)\n",
        "    for row in range(15, 21):\n        x = np.append(x, row)\n",
        "    for i, (row, y) in enumerate(zip([1, 2], rows)):\n        x = np.append(x, row)\n",
        "    while n:\n        x = torch.cat([x, n(x)], dim=1)\n",
        "    for row in rows:\n        x = torch.cat([x, row])\n        print(x)\n",
        "    for row in rows:\n        def g(x):\n            x = torch.cat([x, row])\n            return x\n",
    ],
)
def test_what_the_loop_needs_whole_or_does_not_grow_is_left_out(body: str) -> None:
    assert _grown(body) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x = np.append(x, row)", "np.append"),
        ("x = np.vstack((x, row))", "np.vstack"),
        ("x = np.concatenate([x, row], axis=0)", "np.concatenate"),
        ("x = torch.cat((x, row), 0)", "torch.cat"),
        ("x = tf.concat([x, row], 0)", "tf.concat"),
        ("x = pd.concat([x, row], ignore_index=True)", "pd.concat"),
    ],
)
def test_what_is_joined_anew_at_each_turn_is_told(line: str, told: str) -> None:
    assert _grown(f"    for row in rows:\n        {line}\n") == [("x", told, 2)]


@pytest.mark.parametrize("turns", ["range(n)", "range(1, n)", "range(100)", "enumerate(rows)", "n.values()"])
def test_loop_of_who_knows_how_many_turns_is_told(turns: str) -> None:
    assert _grown(f"    for row in {turns}:\n        x = np.append(x, row)\n") == [("x", "np.append", 2)]


def test_whether_it_has_begun_may_be_asked() -> None:
    body = "    for row in rows:\n        if x is None:\n            x = row\n        else:\n"
    body += "            x = torch.cat([x, row])\n"
    assert _grown(body) == [("x", "torch.cat", 5)]
