"""A licence: who holds the copyright, and which of the common texts it is."""

import re
from collections.abc import Iterable

from scoring.facts import LicenceFacts
from scoring.readers.base import Reader
from scoring.readers.decoding import cut_lines, text_of

VERSION = 1
MAX_HOLDERS = 50
HEAD = 4_000
"""Characters in which a licence says which one it is."""
TITLE = 300
"""Those in which one that has a title says it: further down, one licence may only be spoken of among others."""
TITLED = frozenset({"agpl", "lgpl", "gpl", "apache", "mpl", "cc"})

_HOLDER = re.compile(r"^\W{0,20}(?:portions )?copyright\b(.*)", re.IGNORECASE)
_DATED = re.compile(r"\d{4}|\(c\)|©|\binc\b", re.IGNORECASE)
_OF_THE_TEXT = re.compile(
    r"free software foundation|\byyyy\b|name of (?:copyright )?(?:owner|author)|\bfullname\b|<\w+>|treaty|directive",
    re.IGNORECASE,
)
"""The holder of the licence's own words, places to be filled in, and sentences of it that speak of copyright."""
_NO_NAME = re.compile(
    r"\(c\)|©|\d+|all rights reserved?|https?://\S+|\bpresent\b|\b(?:by|and|the|or|its|of|affiliates?|authors?|inc|ltd|llc"
    r"|gmbh|corp|corporation|co|company|contributors?|developers?|team|group|labs?|laborator(?:y|ies)|research|university"
    r"|institute|technolog(?:y|ies)|foundation|software|project|respective|license|licen[cs]ed|under|mit|et|al)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w{3,40}")
_TEXTS = (
    ("agpl", re.compile(r"affero general public", re.IGNORECASE)),
    ("lgpl", re.compile(r"lesser general public", re.IGNORECASE)),
    ("gpl", re.compile(r"gnu general public", re.IGNORECASE)),
    ("apache", re.compile(r"apache licen[cs]e", re.IGNORECASE)),
    ("mpl", re.compile(r"mozilla public licen[cs]e", re.IGNORECASE)),
    ("mit", re.compile(r"permission is hereby granted, free of charge|\bmit licen[cs]e", re.IGNORECASE)),
    ("bsd", re.compile(r"redistribution and use in source and binary forms|\bbsd\b", re.IGNORECASE)),
    ("cc", re.compile(r"creative commons", re.IGNORECASE)),
)


def read(data: bytes) -> LicenceFacts:
    text = text_of(data)
    if text.startswith("#!") or "{%" in text or "{{" in text:
        return LicenceFacts()  # a program of that name, or a template for whoever fills it in
    head = " ".join(text[:HEAD].split())
    known = next((name for name, one in _TEXTS if one.search(head[:TITLE] if name in TITLED else head)), "")
    return LicenceFacts(text=known, holders=holders_in(cut_lines(text)))


def holders_in(lines: Iterable[str]) -> tuple[str, ...]:
    """Words of the names that lines on copyright hold, in small letters, sorted."""
    said = [found[1] for line in lines if (found := _HOLDER.match(line))][:MAX_HOLDERS]
    return tuple(sorted({word.lower() for line in said for word in _names(line)}))


def _names(line: str) -> list[str]:
    """Words of a line's names, without years, forms of companies and what every such line holds."""
    if not _DATED.search(line):
        return []
    if _OF_THE_TEXT.search(line):
        return []
    return _WORD.findall(_NO_NAME.sub(" ", line))


READERS = (Reader("licences", VERSION, read),)
