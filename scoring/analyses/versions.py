"""Which versions a declaration lets in."""

import re

_CLAUSE = re.compile(r"\s*(===?|=|~=|\^|~|<=?|>=?|!=|)\s*v?(\d+(?:\.\d+)*)")


def admits(specifier: str, version: str) -> bool:
    """Whether a declaration lets this release, or a later one, in; a choice of several does."""
    return "|" in specifier or all(_lets_in(clause, _parts(version)) for clause in specifier.split(","))


def _lets_in(clause: str, wanted: tuple[int, ...]) -> bool:
    match = _CLAUSE.match(clause)
    if not match:
        return True
    operator, bound = match[1], _parts(match[2])
    if operator == "<":
        return wanted < bound
    if operator in ("<=", "=", "==", "===", ""):
        return wanted <= bound or _begins(wanted, bound, clause)
    if operator in ("~=", "~"):
        written = tuple(map(int, match[2].split(".")))
        return wanted < _next(written[:-1] if operator == "~=" and len(written) > 1 else written[:2])
    return wanted < _next(bound[: 1 + _zeros(bound)]) if operator == "^" else True


def _begins(wanted: tuple[int, ...], bound: tuple[int, ...], clause: str) -> bool:
    """Of ==1.27.*: any that begins so."""
    return "*" in clause and wanted[: len(bound)] == bound


def _parts(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in version.split(".")]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def _next(parts: tuple[int, ...]) -> tuple[int, ...]:
    return (*parts[:-1], parts[-1] + 1) if parts else (1,)


def _zeros(parts: tuple[int, ...]) -> int:
    """Leading zeros: ^0.3 lets in no 0.4."""
    return next((count for count, part in enumerate(parts) if part), max(0, len(parts) - 1))
