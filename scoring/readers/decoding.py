"""Bytes to text: every encoding that requirement files, CI definitions and docs are met in, and one kind of newline."""

import codecs

from scoring.readers.base import Unreadable

MAX_BYTES = 2_000_000
MAX_LINE = 2_000
"""Longer lines are cut before a pattern looks at them."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(data: bytes, limit: int = MAX_BYTES) -> str:
    """The text with newlines as "\\n"; raises Unreadable when it is too large or not text.

    What is neither UTF-8 nor marked as UTF-16 is read as Latin-1, which never fails and keeps every line in place.
    """
    if len(data) > limit:
        raise Unreadable("too large")
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise Unreadable("not text") from None
        text = data.decode("latin-1")
    if "\0" in text:
        raise Unreadable("not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def cut_lines(text: str) -> list[str]:
    """The lines, each cut at MAX_LINE characters."""
    return [line[:MAX_LINE] for line in text.split("\n")]
