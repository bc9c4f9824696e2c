"""What a text in SQL asks of dbt: models by `ref`, tables from outside by `source`, and its own `config`.

Templates are never rendered, so a name that is worked out stays unknown. Comments of SQL and of the templates are no
text; what stands in quotes is, as the names do. Whether rows can become more, and whether the last select makes them
one for each key, is read off its words.
"""

import re

from scoring.facts import DbtText

MAX_NAMES = 500
MAX_VALUE = 200
MAX_STEPS = 20
"""Common table expressions that a text is followed through, from its end."""

_COMMENT = re.compile(r"\{#.*?(?:#\}|\Z)|/\*.*?(?:\*/|\Z)|--[^\n]*", re.DOTALL)
_TEMPLATE = re.compile(r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)", re.DOTALL)
_NAME = r"[\"']([\w.$ -]{1,120})[\"']"
_ASKED = re.compile(
    rf"\b(?:(?P<ref>ref)|source)\s{{0,20}}\(\s{{0,80}}{_NAME}(?:\s{{0,80}},\s{{0,80}}{_NAME})?", re.IGNORECASE
)
_SETTING = re.compile(
    r"\b(enabled|materialized|unique_key)[\"']?\s{0,20}[=:](?!=)\s{0,20}"
    r"(\[[^\]]{0,400}\]|\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[\w.]{1,100}\(?)"
)
_QUOTES = str.maketrans("", "", "\"'[]")
_HAVING = re.compile(r"\bhaving\b", re.IGNORECASE)
_MULTIPLIES = re.compile(
    r"(?<!cross )\bjoin\b|\b(?:lateral|union|unnest)\b|flatten|explode|unpivot|union_|_union"
    r"|\bfrom\s+(?:\w+|\{\{[^{}]{0,200}\}\})(?:\s+(?:as\s+)?\w+)?\s*,",
    re.IGNORECASE,
)

_BRACKET_OR_SELECT = re.compile(r"[()]|\bselect\b", re.IGNORECASE)
_INSIDE = re.compile(r"\([^()]*\)")
_MAKES_ONE = re.compile(r"\bgroup\s+by\b|^select\s+distinct\b|\bqualify\b|\brow_number\b", re.IGNORECASE)
_SUMS_UP = re.compile(r"\b(?:count|sum|min|max|avg)\s{0,20}\(", re.IGNORECASE)
_OVER = re.compile(r"\bover\b", re.IGNORECASE)
_NEVER = re.compile(r"(?!)")
_ONE_TABLE = re.compile(
    r"\bfrom\s+(\w{1,120})\s*(?:(?:as\s)?\s*\w{1,60}\s*)?(?:$|;|(?:order|where|limit)\b)", re.IGNORECASE
)
_SEVERAL = re.compile(r"\b(?:join|union|lateral|from\s+\w+(?:\s+(?:as\s+)?\w+)?\s*,)", re.IGNORECASE)
_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
_RANKED = re.compile(r"\b(?:row_number|rank|dense_rank)\s{0,20}\(", re.IGNORECASE)
_FIRST_ONLY = re.compile(r"\b(?:where|and)\s+[\w.]{1,80}\s*=\s*1\b", re.IGNORECASE)


def dbt_text(text: str) -> DbtText | None:
    """None where no template speaks to dbt."""
    if "{{" not in text and "{%" not in text:
        return None
    bare = _COMMENT.sub(_blank, text)
    refs, sources = _asked(bare)
    settings = _settings(bare)
    if not refs and not sources and not settings:
        return None
    return DbtText(
        refs,
        sources,
        settings,
        counts_groups=_HAVING.search(bare) is not None,
        multiplies=_MULTIPLIES.search(bare) is not None,
        one_per_key=_makes_one(bare),
    )


def _asked(bare: str) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    refs: list[tuple[str, int]] = []
    sources: list[tuple[str, int]] = []
    at, line = 0, 1
    for match in _ASKED.finditer(bare):
        line, at = line + bare.count("\n", at, match.start()), match.start()
        first, second = match[2], match[3]
        if match["ref"]:
            refs.append((second or first, line))
        elif second:
            sources.append((f"{first}.{second}", line))
        if len(refs) + len(sources) == MAX_NAMES:
            break
    return tuple(refs), tuple(sources)


def _settings(bare: str) -> tuple[tuple[str, str], ...]:
    if "unique_key" not in bare and "materialized" not in bare and "enabled" not in bare:
        return ()
    inside = " ".join(_TEMPLATE.findall(bare))
    found = {name: " ".join(value.translate(_QUOTES).split())[:MAX_VALUE] for name, value in _SETTING.findall(inside)}
    return tuple(sorted(found.items()))


def _makes_one(bare: str) -> bool:
    """Its last select groups, sums up or picks one of each; a select from one expression is followed there. What
    templates write alone is not known to do otherwise."""
    sql = _TEMPLATE.sub(lambda match: " group by " if "group_by" in match[0] else " {} ", bare)
    if not _SELECT.search(sql):
        return True
    last, first_only = _last_select(sql), _FIRST_ONLY if _RANKED.search(sql) else _NEVER
    for _ in range(MAX_STEPS):
        flat = " ".join(_flat(last).split())
        if _MAKES_ONE.search(flat) or first_only.search(flat) or _sums_up(last):
            return True
        followed = None if _SEVERAL.search(flat) else _ONE_TABLE.search(flat)
        if not followed or not (body := _body_of(followed[1], sql)):
            return False
        last = _last_select(body)
    return False


def _sums_up(select: str) -> bool:
    """Of all rows one: it has an aggregate, no window, and no select inside."""
    plain = len(_SELECT.findall(select)) == 1 and not _OVER.search(select)
    return plain and _SUMS_UP.search(select) is not None


def _last_select(sql: str) -> str:
    depth, start = 0, 0
    for match in _BRACKET_OR_SELECT.finditer(sql):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth -= 1
        elif depth == 0:
            start = match.start()
    return sql[start:].strip()


def _flat(select: str) -> str:
    """Without what stands in brackets, of which a `<` is left."""
    for _ in range(MAX_STEPS):
        select, found = _INSIDE.subn("<", select)
        if not found:
            break
    return select


def _body_of(name: str, sql: str) -> str:
    opened = re.search(rf"\b{re.escape(name)}\s+as\s*(?:(?:not\s+)?materialized\s*)?\(", sql, re.IGNORECASE)
    if not opened:
        return ""
    depth = 1
    for match in re.finditer(r"[()]", sql[opened.end() :]):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return sql[opened.end() : opened.end() + match.start()]
    return ""


def _blank(match: re.Match[str]) -> str:
    return " " + "\n" * match[0].count("\n")
