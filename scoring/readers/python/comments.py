"""Comments that admit debt (catalogue 4.34) and comments that are code (dec.10)."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from scoring.facts import CodeBlock, Comment
from scoring.knowledge import WORDS
from scoring.readers.python.lexing import Lexed
from scoring.readers.python.lines import Lines
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.source import parse_or_raise

MAX_TEXT = 200
LEAST_RUN = 5
"""Lines of code that make a block (catalogue, dec.10)."""
MAX_ATTEMPTS = 16
MAX_BLOCK_LINES = 2_000

_TAG = re.compile(
    rb"(?<!`)\b(?:(?:to-?do|fixme|hack(?:s|y|ish|ed|ily|iness|ery|ier|iest|around)?)\b(?![-.]\w)|(?-i:FIXME|TODO)(?=_))"
    rb"|(?<![-\w./:=$\\<{\[\"'])(?-i:XXX)(?![-\w./=>}\]\"'])",
    re.IGNORECASE,
)
"""\"hack\" with its endings, not hackathon or a product's name; XXX in capitals, not a placeholder in a path; a word in
backticks is a name that is spoken of."""
_INSTRUCTS = re.compile(
    rb"\W*(?:set|put|insert|enter|specify|fill in|replace)\b.*\b(?:paths?|file ?paths?|director(?:y|ies)|folders?"
    rb"|file ?names?|your|here|you (?:want|like)|desired|number of classes|epochs to train)\b",
    re.IGNORECASE,
)
"""What the reader is to fill in before a run: the author owes nothing there."""
_CLOSES = re.compile(rb"\bend(?: of)?(?: the)?\W*\Z", re.IGNORECASE)
"""Before a tag: it ends what an earlier comment admits."""
_TAGS = tuple(sorted(tag.encode() for tag in WORDS.tags))
_EXCLUDED = re.compile("|".join(WORDS.excluded).encode(), re.IGNORECASE)


def admissions(lexed: Lexed, scopes: Scopes) -> tuple[Comment, ...]:
    """Comments in which the author admits debt, in order."""
    if not _has_tag(_maybe_comments(lexed.source)):
        return ()
    found = []
    for piece in lexed.pieces(lexed.source.lower(), _TAGS):
        for start, end in piece.comments:
            text = lexed.source[start:end]
            tag = _TAG.search(text) if _has_tag(text) else None
            if tag and not _is_no_debt(text, tag):
                line = lexed.line(start)
                found.append(Comment(line, _shown(text), _name(tag.group()), scopes.at(line)))
    return tuple(found)


def _is_no_debt(text: bytes, tag: re.Match[bytes]) -> bool:
    before, after = tag.span()
    return bool(_EXCLUDED.search(text, 0, before) or _CLOSES.search(text, 0, before) or _INSTRUCTS.match(text, after))


def _maybe_comments(source: bytes) -> bytes:
    """What stands behind a "#", up to the end of its line or the next one."""
    return b"\n".join([piece.partition(b"\n")[0] for piece in source.split(b"#")[1:]])


def _has_tag(text: bytes) -> bool:
    """Several times faster than the pattern, and never false where that matches."""
    return any(map(text.lower().__contains__, _TAGS))


def _shown(text: bytes) -> str:
    return text.lstrip(b"#: \t").strip()[: 4 * MAX_TEXT].decode("utf-8", "replace")[:MAX_TEXT]


def _name(tag: bytes) -> str:
    name = tag.decode().lower()
    return "hack" if name.startswith("hack") else name


# ---------------------------------------------------------------- comments that are code

_EXPLAINS = re.compile(
    rb"^\s*(?:///|```)|\b(?:uncomment|examples?|usage|e\.g\.?|i\.e\.|for instance|equivalent|pseudo-?\s?code|such as"
    rb"|like this|as follows|snippets?|copyright|licen[cs]e|outputs?|returns?:|format|formula|see:|algorithm"
    rb"|yields?:|looks? like|corresponds? to|instead of|schema|shapes?|how to|steps?:|reproduce|code-?block)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""What stands before code that explains something, or before inline metadata (PEP 723)."""
_COMPOUND = frozenset(
    {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.With, ast.Try, ast.If}
)
"""Nobody writes prose or a legend in these, so that each speaks for a plain assignment beside it too."""
_STRONG = frozenset({ast.Import, ast.ImportFrom, ast.Return, ast.Raise, ast.Assert, ast.AugAssign, ast.Delete})
_NEUTRAL = frozenset({ast.Pass, ast.Break, ast.Continue})
_DATA = frozenset({ast.Name, ast.Constant, ast.BinOp, ast.Compare, ast.Tuple, ast.UnaryOp, ast.List, ast.Dict, ast.Set})


def commented_code(
    lexed: Lexed, lines: Lines, scopes: Scopes, stray: Sequence[tuple[int, int]]
) -> tuple[CodeBlock, ...]:
    """Blocks of at least five lines, but for blank ones consecutive, whose text is code, in order: of comments, and of
    strings that no docstring is."""
    if b"\r" in lexed.source:
        stray = ()  # to the parser it ends a line, so that these are other lines than ours
    blocks = [block for first, last in stray for block in _in_string(lines, scopes, first, last)]
    for first, last in lines.comment_runs(LEAST_RUN):
        texts = lines.texts[first - 1 : min(last, first + MAX_BLOCK_LINES)]
        if first == 1 and texts[0].startswith(b"#!"):
            continue
        bare = tuple([text.lstrip()[1:] for text in texts])
        gaps = tuple([at for at, text in enumerate(texts) if not text.strip()])
        for start, end, code in _code_in(bare, gaps):
            line = first + start
            if lexed.opens_comment(line):
                blocks.append(_block(bare, start, end, code, first, scopes))
    return tuple(sorted(blocks, key=lambda block: block.line) if stray else blocks)


def _block(texts: Sequence[bytes], start: int, end: int, code: str, first: int, scopes: Scopes) -> CodeBlock:
    count = sum(text.lstrip()[:1] not in (b"", b"#") for text in texts[start:end])
    return CodeBlock(first + start, first + end - 1, code, scopes.at(first + start), count)


_QUOTES = re.compile(rb"[rRuUbB]{0,2}(?:\"\"\"|''')")
_PRINTS = re.compile(rb"\bprint\(")


def _in_string(lines: Lines, scopes: Scopes, first: int, last: int) -> Iterator[CodeBlock]:
    """The blocks of a string that stands by itself; what follows something printed, or a remark
    that ends in a colon, shows what came out."""
    if last - first + 1 < LEAST_RUN:
        return
    before = b"\n".join(lines.texts[max(0, first - 3) : first - 1])
    if _is_shown(before) or _EXPLAINS.search(before):
        return
    texts = lines.texts[first - 1 : min(last, first + MAX_BLOCK_LINES)]
    if not texts:
        return
    texts[0] = _QUOTES.sub(b"", texts[0], count=1)
    tail = texts[-1].rstrip(b" \t;")[-3:]
    if tail and last <= first + MAX_BLOCK_LINES:
        texts[-1] = texts[-1].rpartition(tail)[0]
    for start, end, code in _code_in(tuple(texts), ()):
        if not any(text.strip() for text in (*texts[:start], *texts[end:])):  # prose around it says what it shows
            yield _block(texts, start, end, code, first, scopes)


def _is_shown(before: bytes) -> bool:
    text = before.rstrip(b" \t\n")
    return (text.endswith(b":") and b"#" in text.rpartition(b"\n")[2]) or _PRINTS.search(before) is not None


@lru_cache(maxsize=64)
def _code_in(texts: tuple[bytes, ...], gaps: tuple[int, ...]) -> tuple[tuple[int, int, str], ...]:
    """(start, end, first line) of the parts of a run of comments that are code; every file bears the same licence."""
    return tuple(_parts(texts, gaps))


def _parts(texts: Sequence[bytes], gaps: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """What is no code as a whole is cut at the gaps, lines that are no comment, and each piece then looked at alone."""
    start, end = _trimmed(texts, 0, len(texts))
    cuts = [gap for gap in gaps if start < gap < end]
    if cuts and isinstance(tree := _parsed(texts, start, end), ast.Module) and _is_code(tree):
        cuts = []
    for first, last in zip([start, *[cut + 1 for cut in cuts]], [*cuts, end], strict=True):
        yield from _parts_of_piece(texts, first, last)


def _parts_of_piece(texts: Sequence[bytes], start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """What doesn't parse is cut where the parser stumbles."""
    todo = [(start, end)]
    attempts = MAX_ATTEMPTS
    while todo and attempts:
        start, end = _trimmed(texts, *todo.pop())
        if sum(bool(text.strip()) for text in texts[start:end]) < LEAST_RUN:
            continue
        attempts -= 1
        parsed = _parsed(texts, start, end)
        if isinstance(parsed, int):
            todo += [(parsed + 1, end), (start, parsed)]
        elif parsed and _is_code(parsed) and not _EXPLAINS.search(b"\n".join(texts[max(0, start - 2) : start])):
            yield start, end, " ".join(texts[start].decode("utf-8", "replace").split())[:120]


def _trimmed(texts: Sequence[bytes], start: int, end: int) -> tuple[int, int]:
    while start < end and not _may_be_code(texts[start]):
        start += 1
    while start < end and not texts[end - 1].strip():
        end -= 1
    return start, end


def _parsed(texts: Sequence[bytes], start: int, end: int) -> ast.Module | int | None:
    """The tree of these lines; the line at which the parser stumbles; or None where it gives up."""
    try:
        return parse_or_raise(_dedented(texts[start:end]))
    except SyntaxError as error:
        # A formatter takes the indentation from comments: what stumbles then is the line that wants a block.
        bare = _WANTS_A_BLOCK.search(error.msg)
        line = int(bare[1]) if bare else error.lineno or 1
        return min(max(line - 1, 0), end - start - 1) + start
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return None


_WANTS_A_BLOCK = re.compile(r"^expected an indented block after .* on line (\d+)$")
_CODE_LIKE = re.compile(rb"[:()\[\]{},\\\"']\s*$|[=(]|^\s*(?:import|from|return|raise|del|assert|@)\b")


def _may_be_code(text: bytes) -> bool:
    """A cheap test that spares most prose the parser."""
    return _CODE_LIKE.search(text) is not None


def _dedented(texts: Sequence[bytes]) -> bytes:
    """The common indentation removed; a "#" without a blank after it counts as one level less."""
    margins = [len(text) - len(text.lstrip()) for text in texts if text.strip()]
    margin = min(margins)
    if b"\t" in b"".join(texts):
        texts = [text.expandtabs() for text in texts]
        margin = min(len(text) - len(text.lstrip()) for text in texts if text.strip())
    return b"\n".join([text[margin:] for text in texts]) + b"\n"


def _is_code(tree: ast.Module) -> bool:
    """Whether a tree is of statements that do something, and not of prose or a list that happens to parse."""
    strong = 0
    for statement in tree.body:
        weight = _weight(statement)
        if weight < 0:
            return False
        strong += weight
    return strong * 2 > len(tree.body) or strong >= 3


def _weight(statement: ast.stmt) -> int:
    """2 or 1: surely code; 0: may be; -1: prose, a list, a legend."""
    kind: Any = statement.__class__
    if kind in _COMPOUND:
        return 2
    if kind in _STRONG:
        return 1
    if kind in _NEUTRAL:
        return 0
    value: Any = getattr(statement, "value", None)
    while value.__class__ in (ast.Await, ast.Starred):
        value = value.value
    if kind is ast.Expr:
        if value.__class__ is ast.Call:
            return int(not isinstance(value.func, ast.Constant))
        return 0 if isinstance(value, ast.Constant) and isinstance(value.value, str) else -1
    if kind is ast.Assign:
        return 0 if value.__class__ in _DATA else 1
    return -1 if value is None else 0
