"""Admitted debt in the bytes of an older version of a file, without parsing it.

How old a comment is can be told by looking whether it already stood in the version of a year ago. That version
need not be parsed for it: a comment's words, folded, are compared with the words of each old line that holds a tag.
"""

import re

from scoring.facts import AdmissionFacts
from scoring.knowledge import WORDS
from scoring.readers.base import Reader

MAX_LINE = 2_000
MAX_TEXTS = 5_000
COMPARED = 80
"""Characters of a folded comment that are compared."""

_TAGS = tuple(sorted(tag.encode() for tag in WORDS.tags))
_TAG = re.compile(rb"\b(?:" + b"|".join(_TAGS) + rb")\w{0,20}\b", re.IGNORECASE)
_FOLD = re.compile(r"\W+")


def folded(text: str) -> str:
    """The words of a comment, lower-cased, without marks: what survives reformatting."""
    return _FOLD.sub(" ", text).strip().lower()[:COMPARED].rstrip()


def read(data: bytes) -> AdmissionFacts:
    """The folded comments of every line that holds `#` and then a tag, sorted, each once."""
    lower = data.lower()
    if not any(tag in lower for tag in _TAGS):
        return AdmissionFacts(())
    texts: set[str] = set()
    end = 0
    for found in _TAG.finditer(data):
        if found.start() < end:
            continue  # a second tag of a line that was taken whole
        earliest = max(0, found.start() - MAX_LINE)
        start = data.rfind(b"\n", earliest, found.start()) + 1
        if start == 0 and earliest > 0:
            continue  # too far into an endless line to be a comment that a person wrote
        mark = data.find(b"#", start, found.start())
        if mark < 0 or len(texts) >= MAX_TEXTS:
            continue
        end = data.find(b"\n", found.end(), mark + MAX_LINE)
        end = end if end >= 0 else min(len(data), mark + MAX_LINE)
        texts.add(folded(data[mark + 1 : end].decode("utf-8", "replace")))
    return AdmissionFacts(tuple(sorted(texts - {""})))


READER = Reader("admissions", 1, read)
READERS = (READER,)
