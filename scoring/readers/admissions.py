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

_TAGGED = re.compile(
    rb"^[^\n]*#[^\n]*\b(?:" + b"|".join(sorted(tag.encode() for tag in WORDS.tags)) + rb")\w*\b[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FOLD = re.compile(r"\W+")


def folded(text: str) -> str:
    """The words of a comment, lower-cased, without marks: what survives reformatting."""
    return _FOLD.sub(" ", text).strip().lower()[:COMPARED].rstrip()


def read(data: bytes) -> AdmissionFacts:
    """The folded comments of every line that holds `#` and a tag, sorted, each once."""
    texts = {
        folded(found.group()[:MAX_LINE].partition(b"#")[2].decode("utf-8", "replace"))
        for found in _TAGGED.finditer(data)
    }
    return AdmissionFacts(tuple(sorted(texts - {""})[:MAX_TEXTS]))


READER = Reader("admissions", 1, read)
READERS = (READER,)
