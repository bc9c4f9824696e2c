"""The algorithms that an older version of a file chooses, without parsing it (litmus Q1).

Past versions are read to tell whether a commit changed an algorithm. What they call is told from their imports and the
names before each bracket, strings and comments set aside, which costs a small part of a parse.
"""

import re

import msgspec

from scoring.facts import AlgorithmFacts
from scoring.knowledge.algorithms import algorithm_of
from scoring.readers.base import Reader, Unreadable

MAX_NAMES = 200
MAX_METHODS = 40

_ASIDE = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""' + r"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\n]++|\\.)*+"' + r"|'(?:[^'\\\n]++|\\.)*+'" + r"|#[^\n]*+",
    re.DOTALL,
)
_KEPT = re.compile(r"""["'][A-Za-z][\w./:+-]{0,80}["']""")
_IMPORT = re.compile(r"\n[ \t]*import[ \t]+([\w., \t]+)")
_FROM = re.compile(r"\n[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n;]+)")
"""From the line end before: a plain character to begin with makes these several times as fast as a "^"."""
_CALL = re.compile(
    r"(?:^[ \t]*+([A-Za-z_][\w.]*+)[ \t]*+(?::[^=\n]+)?=[ \t]*)?(?<![\w.])([A-Za-z_][\w.]*+)\("
    r"""[ \t\n]*(?:[a-z_]+=)?("[^"\n]*"|'[^'\n]*')?""",
    re.MULTILINE,
)
_CLASS = re.compile(r"\nclass[ \t]+(\w+)")
_METHOD = re.compile(r"\n[ \t]+(?:async[ \t]+)?def[ \t]+(\w+)")
_END = re.compile(r"\n[^\s#)]")


def read(data: bytes) -> AlgorithmFacts:
    """The algorithms that a module chooses and the classes that it defines."""
    return _facts(data.decode("utf-8", "replace"))


def _facts(text: str) -> AlgorithmFacts:
    text = "\n" + _ASIDE.sub(_set_aside, text)
    names = _imported(text)
    found: set[str] = set()
    for match in _CALL.finditer(text):
        target, callee, first = match.groups("")
        head, dot, rest = callee.partition(".")
        chosen = algorithm_of(names.get(head, head) + dot + rest, target, first)
        if chosen and _before(text, match.start(2)) not in ("class", "def"):
            found.add(chosen)
    return AlgorithmFacts(tuple(sorted(found)[:MAX_NAMES]), tuple(sorted(_classes(text))[:MAX_NAMES]))


def _set_aside(match: re.Match[str]) -> str:
    text = match.group()
    return "" if text[0] == "#" else text if _KEPT.fullmatch(text) else '""'


def _before(text: str, start: int) -> str:
    """The word before a place on its line."""
    return text[max(0, start - 6) : start].strip().rpartition(" ")[2]


def _imported(text: str) -> dict[str, str]:
    """Bound name -> dotted name."""
    names: dict[str, str] = {}
    for match in _IMPORT.finditer(text):
        for part in match[1].split(","):
            words = part.split()
            if len(words) == 3 and words[1] == "as":
                names[words[2]] = words[0]
    for match in _FROM.finditer(text):
        for part in match[2].strip("()").replace("\\", " ").split(","):
            words = part.split()
            if words:
                names[words[-1]] = f"{match[1]}.{words[0]}"
    return names


def _classes(text: str) -> list[tuple[str, str]]:
    found = []
    for match in _CLASS.finditer(text):
        end = _END.search(text, match.end())
        methods = sorted(set(_METHOD.findall(text, match.end(), end.start() if end else len(text))))
        found.append((match[1], " ".join(methods[:MAX_METHODS])))
    return found


class _Cell(msgspec.Struct):
    cell_type: str = ""
    source: str | list[str] = ""


class _Notebook(msgspec.Struct):
    cells: list[_Cell] = []


_notebook = msgspec.json.Decoder(_Notebook)


def read_notebook(data: bytes) -> AlgorithmFacts:
    """The same of a notebook's code cells."""
    try:
        cells = _notebook.decode(data).cells
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable("not a notebook") from error
    sources = ("".join(cell.source) for cell in cells if cell.cell_type == "code")
    return _facts("\n".join(sources))


PYTHON = Reader("algorithms", 2, read)
NOTEBOOK = Reader("algorithms.notebook", 2, read_notebook)
READERS = (PYTHON, NOTEBOOK)
