"""Windows of normalised tokens, for finding copies of code (catalogue, section 5: duplicate-code).

A window begins at a statement and takes whole statements, in preorder, until it holds 50 tokens. Names and constants
are folded; attributes, keywords, operators and kinds of statements are kept. Fields of classes and options of command
lines are left out, as imports and docstrings are. Of neighbouring windows only the one
whose statement has the smallest checksum is kept (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003), so that
copies keep the same windows wherever they stand and a copy of a few statements more than a window is never missed.
"""

import ast
from hashlib import blake2b
from itertools import accumulate, chain, pairwise
from typing import Any
from zlib import crc32

from scoring.facts import Fingerprint
from scoring.readers.python.state import State

WINDOW = 50
NEIGHBOURS = 6
"""Statements of which at least one begins a window."""
LEAST_DISTINCT = 16
"""Kinds of tokens under which a window is a list (of options, fields, rows) and no copy."""
LEAST_LINES = 4


def fingerprints(state: State) -> tuple[Fingerprint, ...]:
    """The windows that are kept, in order."""
    tokens, bounds, statements = state.tokens, [*state.starts, len(state.tokens)], state.statements
    if len(tokens) < WINDOW:
        return ()
    if state.declarations:
        declared = frozenset(state.declarations)
        kept = [n for n in range(len(statements)) if n not in declared]
        parts = [tokens[bounds[n] : bounds[n + 1]] for n in kept]
        statements = [statements[n] for n in kept]
        tokens = list(chain.from_iterable(parts))
        bounds = [0, *accumulate(map(len, parts))]
    return _windows(tokens, bounds, statements)


def declared(state: State) -> tuple[tuple[int, int], ...]:
    """First and last lines of what the windows leave out though it stands between their statements."""
    found: list[tuple[int, int]] = []
    for n in state.declarations:
        first, last = state.statements[n].lineno, state.statements[n].end_lineno or state.statements[n].lineno
        if found and first == found[-1][1] + 1:
            first = found.pop()[0]
        found.append((first, last))
    return tuple(found)


def _windows(tokens: list[str], bounds: list[int], statements: list[ast.stmt]) -> tuple[Fingerprint, ...]:
    """Windows over statements; the tokens of statement n are bounds[n]..bounds[n + 1]."""
    sums = [crc32(" ".join(tokens[first:last]).encode()) for first, last in pairwise(bounds)]
    found = []
    end, count = 0, len(statements)
    for n in _chosen(sums):
        least = bounds[n] + WINDOW
        while end < count and bounds[end] < least:
            end += 1
        if bounds[end] < least:
            break
        first, last = statements[n].lineno, _last_line(statements[end - 1])
        window = tokens[bounds[n] : bounds[end]]
        if last - first >= LEAST_LINES - 1 and len(set(window)) >= LEAST_DISTINCT:
            digest = blake2b(" ".join(window).encode(), digest_size=8).digest()
            found.append(Fingerprint(int.from_bytes(digest, "big") >> 1, first, last))
    return tuple(found)


def _chosen(sums: list[int]) -> list[int]:
    """Indexes of the smallest (rightmost of equals) checksum of every NEIGHBOURS in a row, each once."""
    chosen: list[int] = []
    best = -1
    for last in range(min(NEIGHBOURS, len(sums)) - 1, len(sums)):
        first = max(0, last - NEIGHBOURS + 1)
        if best < first:
            best = first
            for n in range(first + 1, last + 1):
                if sums[n] <= sums[best]:
                    best = n
        elif sums[last] <= sums[best]:
            best = last
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
