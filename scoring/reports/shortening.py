"""Sentences made to fit: the order that a remedy gives, and as much of a message as a line holds."""

import re

TITLE = 120
"""Letters of a title."""
ASIDE, CLAUSE = re.compile(r" \([^()]*\)"), re.compile(r"[,;:] ")
_PARTS = re.compile(r"`[^`]*`|\"[^\"]*\"|([;:.] )")
"""What is quoted, which is passed over whole, or where a statement ends."""
CUT = "..."
"""Plain letters: a terminal need not know any other."""


def title_of(remedy: str) -> str:
    """The first sentence of the remedy: what to do, as an order. Of a long one what is in brackets is left out, then
    its last clauses: the finding's page has all of it."""
    sentence = remedy.split(". ", 1)[0].rstrip(".")
    if len(sentence) > TITLE:
        sentence = ASIDE.sub("", sentence)
    if len(sentence) > TITLE:
        clauses = [found.start() for found in CLAUSE.finditer(sentence) if TITLE // 3 < found.start() <= TITLE]
        return sentence[: clauses[-1]] if clauses else f"{sentence[: TITLE - 3].rsplit(' ', 1)[0]}…"
    return sentence


def fitted(message: str, room: int) -> str:
    """As much of a message as `room` letters hold: all of it, else without its asides, else its first statements where
    they fill half of the room, else its first words."""
    said = statement(message, room)
    if 2 * len(said) >= min(room, len(message.rstrip("."))):
        return said
    end = max(1, room - len(CUT))
    words = ASIDE.sub("", message)[: end + 1]
    return (words.rsplit(" ", 1)[0].rstrip(",;:") if " " in words[room // 3 :] else words[:end]) + CUT


def statement(message: str, room: int) -> str:
    """All of a message, or as many of its first statements as `room` letters hold; "" where not even one fits.

    A colon, a semicolon or a full stop ends a statement, unless it stands in what is quoted.
    """
    whole = message.rstrip(".")
    if len(whole) > room:
        whole = ASIDE.sub("", whole)
    if len(whole) <= room:
        return whole
    ends = [found.start() for found in _PARTS.finditer(whole) if found[1] and found.start() <= room]
    return whole[: ends[-1]] if ends else ""


def visible(text: str) -> str:
    """The text with control and direction marks written out, so that none of them reaches a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
