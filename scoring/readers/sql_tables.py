"""Tables that a text in SQL names in full: `from schema.table`, with their lines. Templates are never rendered.

Names of common table expressions and aliases are left out, and so is what only looks like a table: the parts of
`extract(year from a.b)`, functions, and the catalogue of the database itself.
"""

import re

MAX_TABLES = 500

_NOISE = re.compile(r"\{#.*?(?:#\}|\Z)|/\*.*?(?:\*/|\Z)|--[^\n]*|'(?:[^'\n]|'')*+'?", re.DOTALL)
_TEMPLATE = re.compile(r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)", re.DOTALL)
_PART = r"[`\"]?[A-Za-z_][\w$-]{0,120}[`\"]?"
_TABLE = re.compile(rf"\b(?:from|join)\s{{1,80}}({_PART}(?:\.{_PART}){{1,4}})(?!\s*\(|[\w(.])", re.IGNORECASE)
_EXPRESSION = re.compile(r"\b(\w{1,120})\s{1,80}as\s{0,80}(?:(?:not\s{1,80})?materialized\s{0,80})?\(", re.IGNORECASE)
_ALIAS = re.compile(r"\b(?:from|join)\s{1,80}(?=[\w.`\"${}-]{1,300}\s{1,80}(?:as\s{1,80})?(\w{1,120}))", re.IGNORECASE)
_NO_TABLE = re.compile(r"(?:extract|trim|substring|overlay|position)\s*\([^()]*$|distinct\s*$", re.IGNORECASE)
BEFORE = 60
"""Characters before a name in which its surroundings are looked for."""


def tables(text: str) -> tuple[tuple[str, int], ...]:
    """(name as written, line) of each, in the order of the text."""
    lowered = text.lower()
    if "from" not in lowered and "join" not in lowered:
        return ()
    bare = _TEMPLATE.sub(_blank_template, _NOISE.sub(_blank, text))
    known = {name.lower() for name in _EXPRESSION.findall(bare)}
    known.update(name.lower() for name in _ALIAS.findall(bare))
    found: list[tuple[str, int]] = []
    at, line = 0, 1
    for match in _TABLE.finditer(bare):
        line, at = line + bare.count("\n", at, match.start(1)), match.start(1)
        name = match[1].replace("`", "").replace('"', "")
        parts = name.lower().split(".")
        before = bare[max(0, match.start() - BEFORE) : match.start()]
        if parts[0] not in known and "information_schema" not in parts and not _NO_TABLE.search(before):
            found.append((name, line))
            if len(found) == MAX_TABLES:
                break
    return tuple(found)


def _blank(match: re.Match[str]) -> str:
    return " " + "\n" * match[0].count("\n")


def _blank_template(match: re.Match[str]) -> str:
    """What a template gives is a name that nobody knows; it is no part of one that is written out."""
    return "{}" + "\n" * match[0].count("\n")
