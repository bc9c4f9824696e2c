"""Source that Python read up to 3.6, where `async` was a name like any other: `tensor.cuda(async=True)`."""

import re

_PIECE = re.compile(
    rb"#[^\n]*|'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*+'?|\"(?:\\.|[^\"\\\n])*+\"?"
    rb"|\basync\b(?!\s+(?:def|for|with)\b)",
    re.DOTALL,
)
"""A comment, a string, closed or not, so that no sign is looked at twice, or the word where it is no keyword."""
NAME = b"asynk"
"""As long as the one that it stands for, so that no column moves."""


def without_async_names(source: bytes) -> bytes:
    """The UTF-8 source with another name for each `async` that is no keyword."""
    return _PIECE.sub(_renamed, source)


def _renamed(found: re.Match[bytes]) -> bytes:
    return NAME if found[0] == b"async" else found[0]
