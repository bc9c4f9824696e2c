"""Windows of normalised tokens, for finding copies of code (catalogue, section 5: duplicate-code).

A window begins at a statement and takes whole statements, in preorder, until it holds 50 tokens. Names and constants
are folded; attributes, keywords, operators and kinds of statements are kept. Fields of classes and options of command
lines are left out, as imports and docstrings are. Of neighbouring windows only the one
whose statement has the smallest checksum is kept (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003), so that
copies keep the same windows wherever they stand and a copy of a few statements more than a window is never missed.
"""

import ast
from hashlib import blake2b
from itertools import accumulate
from typing import Any
from zlib import crc32

from scoring.facts import Fingerprint
from scoring.readers.python.state import STATEMENT, State

WINDOW = 50
NEIGHBOURS = 6
"""Statements of which at least one begins a window."""
LEAST_DISTINCT = 16
"""Kinds of tokens under which a window is a list (of options, fields, rows) and no copy."""
LEAST_LINES = 4

_CUT = f" {STATEMENT} ".encode()


def fingerprints(state: State) -> tuple[Fingerprint, ...]:
    """The windows that are kept, in order."""
    # one string for the whole module, cut where statements begin, costs half of one string for each
    pieces = f" {' '.join(state.tokens)}".encode().split(_CUT)[1:]
    statements = state.statements
    if state.declarations:
        declared = frozenset(state.declarations)
        kept = [n for n in range(len(statements)) if n not in declared]
        pieces, statements = [pieces[n] for n in kept], [statements[n] for n in kept]
    return _windows(pieces, statements)


def _windows(pieces: list[bytes], statements: list[ast.stmt]) -> tuple[Fingerprint, ...]:
    """Windows over statements; `pieces` are the tokens of each, one blank between them."""
    bounds = [0, *accumulate([piece.count(b" ") + 1 for piece in pieces])]
    if bounds[-1] < WINDOW:
        return ()
    found = []
    end, count = 0, len(statements)
    for n in _chosen(list(map(crc32, pieces))):
        least = bounds[n] + WINDOW
        while end < count and bounds[end] < least:
            end += 1
        if bounds[end] < least:
            break
        first, last = statements[n].lineno, _last_line(statements[end - 1])
        if last - first >= LEAST_LINES - 1:
            window = b" ".join(pieces[n:end])
            if len(set(window.split())) >= LEAST_DISTINCT:
                digest = blake2b(window, digest_size=8).digest()
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
