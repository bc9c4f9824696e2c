"""CODEOWNERS, of GitHub and of GitLab with its sections and their default owners."""

import re

import codeowners

from scoring.facts import OwnersFacts
from scoring.readers.base import Reader
from scoring.readers.decoding import cut_lines, text_of

VERSION = 1
MAX_BYTES = 3_000_000
"""GitHub's own limit."""
MAX_RULES = 20_000

_SECTION = re.compile(r"^\^?\[[^\]]+\](?:\[\d+\])?\s*(.*)$")
_ESCAPED_SPACE = "\\ "
_PLACEHOLDER = "\x00"


def _owners(words: list[str]) -> tuple[str, ...]:
    """The users, teams and addresses among the words, up to a comment."""
    kept: list[str] = []
    for word in words:
        if word.startswith("#"):
            break
        if codeowners.parse_owner(word):
            kept.append(word)
    return tuple(kept)


def read(data: bytes) -> OwnersFacts:
    """Rules in the order of the file (the last that matches wins). A rule without owners takes its section's."""
    rules: list[tuple[str, tuple[str, ...], int]] = []
    default: tuple[str, ...] = ()
    for number, line in enumerate(cut_lines(text_of(data, MAX_BYTES)), start=1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        section = _SECTION.match(bare)
        if section:
            default = _owners(section[1].split())
            continue
        pattern, *words = bare.replace(_ESCAPED_SPACE, _PLACEHOLDER).split()
        if len(rules) < MAX_RULES:
            rules.append((pattern.replace(_PLACEHOLDER, _ESCAPED_SPACE), _owners(words) or default, number))
    return OwnersFacts(rules=tuple(rules))


READERS = (Reader("owners", VERSION, read),)
