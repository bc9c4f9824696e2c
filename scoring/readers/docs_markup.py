"""Markdown and reStructuredText by their lines: headings, code blocks and prose, which is all that the checks need.

One scanner serves both, as README files mix them. Nothing is rendered, and no line is looked at twice.
"""

import re
from typing import NamedTuple

from scoring.readers.decoding import cut_lines

MAX_HEADINGS = 2_000
MAX_BLOCK_LINES = 20_000
MAX_TITLE = 200

_ATX = re.compile(r"^ {0,3}(#{1,6})\s+(\S.*)$")
_UNDERLINE = re.compile(r"^([=\-~^\"'*+#`:.])\1{2,}\s*$")
_HTML_HEADING = re.compile(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]>", re.IGNORECASE)
_FENCE = re.compile(r"^\s{0,8}(```+|~~~+)\s*\{?\.?([\w+-]*)")
_DIRECTIVE = re.compile(r"^\s*\.\. (?:code-block|code|sourcecode|prompt)::\s*(\w*)")
_MARKUP = re.compile(r"<[^>]*>|!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|`([^`]*)`__?|[*_`]{1,3}")
_MARKS = re.compile(r"[<!\[`*_]")
"""What markup begins with."""
_BEGIN = re.compile(r"[^\w#(]+")
_END = re.compile(r"[\s#:*]+$")
_FRONT_KEY = re.compile(r"^([A-Za-z_][\w-]*)\s*:")


class CodeLine(NamedTuple):
    """A line of a code block, with the block's language ("" where it names none) and number."""

    line: int
    text: str
    language: str
    block: int


class Page(NamedTuple):
    """Prose has (line, text) of each non-blank line outside blocks, headings and front matter."""

    headings: tuple[tuple[str, int], ...]
    code: tuple[CodeLine, ...]
    prose: tuple[tuple[int, str], ...]
    front_matter: tuple[str, ...]


class _Scanner:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.headings: list[tuple[str, int]] = []
        self.code: list[CodeLine] = []
        self.prose: list[tuple[int, str]] = []
        self._blocks = 0
        self._fence = ""
        self._language = ""
        self._indented = -1

    def scan(self, start: int) -> None:
        for index in range(start, len(self.lines)):
            self._line(index)

    def _line(self, index: int) -> None:
        line = self.lines[index]
        fence = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if self._fence:
            if fence and line.strip().startswith(self._fence) and not fence[2]:
                self._fence = ""
            else:
                self._keep_code(index, line.strip(), self._language)
            return
        if fence:
            self._fence, self._language = fence[1], fence[2].lower()
            self._blocks += 1
            return
        if not self._in_indented_block(index, line):
            self._text(index, line)

    def _in_indented_block(self, index: int, line: str) -> bool:
        """Four spaces after a blank line, or what stands deeper than a directive."""
        directive = _DIRECTIVE.match(line) if ".. " in line else None
        if directive:
            self._indented, self._language = len(line) - len(line.lstrip()), directive[1].lower()
            self._blocks += 1
            return True
        if not line.strip():
            return False
        indent = len(line) - len(line.lstrip())
        if self._indented >= 0:
            if indent > self._indented:
                if not line.lstrip().startswith(":"):
                    self._keep_code(index, line.strip(), self._language)
                return True
            self._indented = -1
        previous = self.lines[index - 1] if index else ""
        opened = bool(self.code) and self.code[-1].line == index and self.code[-1].language == "indented"
        if line.startswith(("    ", "\t")) and (not previous.strip() or opened):
            self._blocks += not opened
            self._keep_code(index, line.strip(), "indented")
            return True
        return False

    def _keep_code(self, index: int, text: str, language: str) -> None:
        if len(self.code) < MAX_BLOCK_LINES:
            self.code.append(CodeLine(index + 1, text, language, self._blocks))

    def _text(self, index: int, line: str) -> None:
        bare = line.strip()
        atx = _ATX.match(line) if "#" in line else None
        html = _HTML_HEADING.search(line) if "</" in line and "</h" in line.lower() else None
        if atx or html:
            self._heading(atx[2] if atx else html[1] if html else "", index + 1)
        elif _UNDERLINE.match(bare):
            if self.prose and self.prose[-1][0] == index and len(bare) >= min(3, len(self.prose[-1][1])):
                number, title = self.prose.pop()
                self._heading(title, number)
        elif bare:
            self.prose.append((index + 1, bare))

    def _heading(self, text: str, number: int) -> None:
        title = plain(text[: 2 * MAX_TITLE])
        if title and len(self.headings) < MAX_HEADINGS:
            self.headings.append((title[:MAX_TITLE], number))


def plain(text: str) -> str:
    """A line without its markup, and without what is no word at its edges."""
    if _MARKS.search(text):
        text = _MARKUP.sub(lambda match: match[1] or match[2] or "", text)
    begin = _BEGIN.match(text)
    text = text[begin.end() :] if begin else text
    return (_END.sub("", text) if text and not text[-1].isalnum() else text).strip()


def _front_matter(lines: list[str]) -> tuple[tuple[str, ...], int]:
    """(top-level keys, index of the first line after it)."""
    if not lines or lines[0].strip() != "---":
        return (), 0
    for index, line in enumerate(lines[1:], start=1):
        if line.strip() in ("---", "..."):
            keys = [found[1] for found in map(_FRONT_KEY.match, lines[1:index]) if found]
            return tuple(dict.fromkeys(keys)), index + 1
    return (), 0


def scan(text: str) -> Page:
    lines = cut_lines(text)
    front_matter, start = _front_matter(lines)
    scanner = _Scanner(lines)
    scanner.scan(start)
    return Page(tuple(scanner.headings), tuple(scanner.code), tuple(scanner.prose), front_matter)
