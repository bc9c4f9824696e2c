"""The code of an older version of a file, without parsing it: since when does a cut-off stand, and what changed since?

Comments, the text of strings, imports and white space are set aside, so that a header, a reformat or a word of help
changes nothing.
"""

import re
from collections import Counter
from zlib import crc32

from scoring.facts import CutOffFacts
from scoring.readers.base import Reader

MAX_WORDS = 2000
MAX_CHARACTERS = 400

_AGAINST_NUMBER = re.compile(r"[<>]=?\s*[-+]?\.?\d|\d\.?\s*[<>]")
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t][^\n(]*(?:\([^)]*\))?", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.])(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?!\w)")
_NAME = re.compile(r"(?<![\w])[A-Za-z_]\w*")
_ASIDE = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""' + r"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\n]++|\\.)*+"' + r"|'(?:[^'\\\n]++|\\.)*+'" + r"|#[^\n]*+",
    re.DOTALL,
)
_BARE_POINT = re.compile(r"(?<![\w.)\]])\.(?=\d)")
_AROUND_MARKS = re.compile(r"\s*([^\w\s])\s*")


def folded(text: str) -> str:
    """The text with no more white space than parts its words, and 0.5 for .5."""
    return " ".join(_BARE_POINT.sub("0.", _AROUND_MARKS.sub(r"\1", text)).split())


def read(data: bytes) -> CutOffFacts:
    """What of a module tells whether a cut-off stands in it, and whether another version does the same."""
    text = data.decode("utf-8", "replace")
    lines = {folded(line)[:MAX_CHARACTERS] for line in text.splitlines() if _AGAINST_NUMBER.search(line)}
    code = _IMPORT.sub("", _ASIDE.sub("", text))
    numbers = Counter(_NUMBER.findall(code))
    names = Counter(_NAME.findall(code))
    return CutOffFacts(
        tuple(sorted(lines)[:MAX_WORDS]),
        tuple(sorted(f"{number} {count}" for number, count in numbers.items())[:MAX_WORDS]),
        tuple(sorted(crc32(f"{name} {count}".encode()) for name, count in names.items())[:MAX_WORDS]),
    )


READER = Reader("cut_offs", 1, read)
READERS = (READER,)
