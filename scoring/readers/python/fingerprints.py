"""Windows of normalised tokens, for finding copies of code (catalogue, section 5: duplicate-code).

A window begins at a statement and takes whole statements, in preorder, until it holds 50 tokens. Names and constants
are folded; attributes, keywords, operators and kinds of statements are kept. Fields of classes and options of command
lines are left out, as imports and docstrings are. Of neighbouring windows only the one
whose statement has the smallest checksum is kept (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003), so that
copies keep the same windows wherever they stand and a copy of a few statements more than a window is never missed.
"""

import ast
from bisect import bisect_left
from hashlib import blake2b
from itertools import accumulate, chain
from typing import Any
from zlib import crc32

from scoring.facts import Fingerprint
from scoring.readers.python.state import MARK, State

WINDOW = 50
NEIGHBOURS = 6
"""Statements of which at least one begins a window."""
LEAST_DISTINCT = 16
"""Kinds of tokens under which a window is a list (of options, fields, rows) and no copy."""
LEAST_LINES = 4
_BETWEEN = f" {MARK}".encode()
_STATEMENTS = frozenset(
    name for name, kind in vars(ast).items() if isinstance(kind, type) and issubclass(kind, ast.stmt)
)
"""Names of kinds of statements: an attribute or argument that is called so is the same token, without its mark."""


def fingerprints(state: State) -> tuple[Fingerprint, ...]:
    """The windows that are kept, in order."""
    tokens, bounds, statements = state.tokens, [*state.starts, len(state.tokens)], state.statements
    if len(tokens) < WINDOW:
        return ()
    texts = f" {' '.join(tokens)}".encode().split(_BETWEEN)[1:]
    if state.declarations:
        declared = frozenset(state.declarations)
        kept = [n for n in range(len(statements)) if n not in declared]
        parts = [tokens[bounds[n] : bounds[n + 1]] for n in kept]
        statements, texts = [statements[n] for n in kept], [texts[n] for n in kept]
        tokens = list(chain.from_iterable(parts))
        bounds = [0, *accumulate(map(len, parts))]
    return _windows(tokens, bounds, statements, texts, doubled=not _STATEMENTS.isdisjoint(state.words))


def declared(state: State) -> tuple[tuple[int, int], ...]:
    """First and last lines of what the windows leave out though it stands between their statements: fields, options,
    docstrings."""
    found: list[tuple[int, int]] = []
    listed = [state.statements[n] for n in state.declarations]
    spans = [(node.lineno, node.end_lineno or node.lineno) for node in listed]
    for first, last in sorted({*spans, *state.strings}):
        if found and first == found[-1][1] + 1:
            first = found.pop()[0]
        found.append((first, last))
    return tuple(found)


def _windows(
    tokens: list[str], bounds: list[int], statements: list[ast.stmt], texts: list[bytes], *, doubled: bool
) -> tuple[Fingerprint, ...]:
    """Windows over statements; the tokens of statement n are bounds[n]..bounds[n + 1], its text is texts[n]. `doubled`
    where some token is called as a kind of statement is."""
    sums = list(map(crc32, texts))
    found = []
    end, count = 0, len(statements)
    for n in _chosen(sums):
        least = bounds[n] + WINDOW
        end = bisect_left(bounds, least, end)
        if end > count:
            break
        first, last = statements[n].lineno, _last_line(statements[end - 1])
        if last - first >= LEAST_LINES - 1 and _is_varied({*tokens[bounds[n] : bounds[end]]}, doubled=doubled):
            digest = blake2b(b" ".join(texts[n:end]), digest_size=8).digest()
            found.append(Fingerprint(int.from_bytes(digest, "big") >> 1, first, last))
    return tuple(found)


def _is_varied(kinds: set[str], *, doubled: bool) -> bool:
    if doubled and len(kinds) >= LEAST_DISTINCT:
        kinds = {token.lstrip(MARK) for token in kinds}
    return len(kinds) >= LEAST_DISTINCT


def _chosen(sums: list[int]) -> list[int]:
    """Indexes of the smallest (rightmost of equals) checksum of every NEIGHBOURS in a row, each once."""
    chosen: list[int] = []
    best, least = -NEIGHBOURS, 0
    for last in range(max(0, min(NEIGHBOURS, len(sums)) - 1), len(sums)):
        if best <= last - NEIGHBOURS:
            near = sums[last::-1][:NEIGHBOURS] if last < NEIGHBOURS else sums[last : last - NEIGHBOURS : -1]
            least = min(near)
            best = last - near.index(least)
        elif sums[last] <= least:
            best, least = last, sums[last]
        else:
            continue
        chosen.append(best)
    return chosen


def _last_line(statement: Any) -> int:
    """The last line of a simple statement, or of the head of a block."""
    body = getattr(statement, "body", None)
    if body:
        return max(int(statement.lineno), int(body[0].lineno) - 1)
    last: int = statement.end_lineno or statement.lineno
    return last
