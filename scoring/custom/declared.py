"""An operator's own signals as debts of the catalogue: what the files of a folder declare, as told by a limited child.

A file that does not load is a debt too, with one row that is always an error: it is told on every page and in every
report, and stops nothing.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NoReturn

from scoring.custom import MOST_ID, SECTION, YOURS, misdeclared
from scoring.custom.asking import LIMITS, Asker
from scoring.custom.records import Page, Row
from scoring.debts import install, own
from scoring.findings import LOADING, OWN, PY, Debt, M, Signal, SignalFile
from scoring.measuring import Failed
from scoring.sandbox.pipe import Limits
from scoring.sources.signal_files import MOST_NAME, NAME, SourceFile, read_folder

IMPORT = Limits(cpu_seconds=4.0, seconds=12.0)
MOST_PAGE = 20_000
"""Characters of a page, and of what a row says."""
FEWEST_CPU_SECONDS, FEWEST_SECONDS = 1.5, 3.0
"""What the import of a file may take, at the first one and at the last of many that end their process."""


class OwnDebt(Debt):
    """A debt as its file's page tells it; `problem` says why the file is not in, "" where it is."""

    def __init__(self, page: Page, file: str, problem: str = "") -> None:
        self.slug = page.slug
        self.section = SECTION
        self.ml_only = page.ml_only
        self.group = YOURS
        self.umbrella = ""
        self.rows = {row.id: _signal(row, page.slug) for row in page.rows}
        self._page = page.text.strip()
        self.beside = page.beside
        self.file = file
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _File:
    source: SourceFile
    debt: OwnDebt


class Signals:
    """The signals of one folder: its files are read at once, and run in a child when their debts are asked for."""

    def __init__(self, folder: Path, limits: Limits = LIMITS) -> None:
        """Raises UnusableFolder."""
        self._sources = read_folder(folder)
        self._limits = limits
        self._lock = threading.Lock()
        self._loaded: tuple[_File, ...] | None = None

    @cached_property
    def digest(self) -> str:
        """16 hex digits over names and bytes; "" where there is no file."""
        return _digest(*(part for item in self._sources for part in _parts(item))) if self._sources else ""

    def debts(self) -> tuple[Debt, ...]:
        """A debt for each file."""
        return tuple(file.debt for file in self._files())

    def files(self) -> tuple[SignalFile, ...]:
        """The files as a report names them."""
        return tuple(
            SignalFile(
                name=file.source.name,
                digest=_digest(*_parts(file.source)),
                debt=file.debt.slug,
                signals=() if file.debt.problem else tuple(file.debt.rows),
                problem=file.debt.problem,
            )
            for file in self._files()
        )

    def problems(self) -> tuple[str, ...]:
        """A sentence for each file that is not in."""
        return tuple(f"{file.name} {file.problem}." for file in self.files() if file.problem)

    def asker(self, *, watch: bool = False) -> Asker:
        """A way to ask the signals; close it."""
        files = self._files()
        return Asker(
            {
                id: (_stem(file.source.name), file.source.source)
                for file in files
                if not file.debt.problem
                for id in file.debt.rows
            },
            {
                id: f"does not load: {file.source.name} {file.debt.problem}"
                for file in files
                if file.debt.problem
                for id in file.debt.rows
            },
            self._limits,
            watch=watch,
        )

    def _files(self) -> tuple[_File, ...]:
        with self._lock:
            if self._loaded is None:
                self._loaded = tuple(self._load())
            return self._loaded

    def _load(self) -> Iterator[_File]:
        """Each file that ends its process halves what an import may take from then on, so that a page waits for a whole
        folder of such files no longer than a server lets it."""
        taken: dict[str, str] = {}
        limits = least(self._limits, IMPORT)
        asker = Asker(limits=limits)
        for source in self._sources:
            page = Failed(source.problem) if source.problem else asker.load(_stem(source.name), source.source)
            if isinstance(page, Failed) and not source.problem and asker.ended:
                asker.close()
                limits = least(self._limits, halved(limits))
                asker = Asker(limits=limits)
            if isinstance(page, Page) and (wrong := _wrong_page(page, source.name, taken)):
                page = Failed(wrong)
            if isinstance(page, Failed):
                yield _File(source, OwnDebt(_broken(source.name), source.name, page.reason))
                continue
            taken.update((row.id, source.name) for row in page.rows)
            yield _File(source, OwnDebt(page, source.name))
        asker.close()


@contextmanager
def installed(folder: Path | None, limits: Limits = LIMITS) -> Iterator[Signals | None]:
    """The folder's signals stand beside the catalogue for as long as the context lasts. Raises UnusableFolder."""
    signals = None if folder is None else Signals(folder, limits)
    before = install(signals)
    try:
        yield signals
    finally:
        install(before)


def asker_of_own() -> Asker:
    """A way to ask what is installed; it starts nothing where that is nothing. Close it."""
    declared = own()
    return declared.asker() if isinstance(declared, Signals) else Asker()


def least(one: Limits, other: Limits) -> Limits:
    """The smaller time of each; the rest is that of the first."""
    return replace(one, cpu_seconds=min(one.cpu_seconds, other.cpu_seconds), seconds=min(one.seconds, other.seconds))


def halved(limits: Limits) -> Limits:
    """Half the time, and no less than a good file may need."""
    return replace(
        limits,
        cpu_seconds=max(FEWEST_CPU_SECONDS, limits.cpu_seconds / 2),
        seconds=max(FEWEST_SECONDS, limits.seconds / 2),
    )


def _stem(name: str) -> str:
    return name.removesuffix(".py")


def _slug(name: str) -> str:
    return OWN + _stem(name).replace("_", "-")


def _parts(source: SourceFile) -> tuple[bytes, ...]:
    return source.name.encode("utf-8", "surrogateescape"), source.source, source.problem.encode()


def _digest(*parts: bytes) -> str:
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _wrong_page(page: Page, file: str, taken: dict[str, str]) -> str:
    """Why the file is not in, though it loads; "" where it is. A child says what a file says: nothing is taken on
    trust that a page or a score rests on."""
    if page.slug != _slug(file):
        return "declares a debt that is not CustomDebt(__name__)"
    for row in page.rows:
        if wrong := misdeclared(_signal(row, page.slug)):
            return f"declares {row.id[:MOST_ID]!r}, which {wrong}"
        if row.id in taken:
            return f"declares {row.id}, which {taken[row.id]} declares already"
    texts = [page.text, page.beside, *(text for row in page.rows for text in _texts(row))]
    if any("\0" in text or len(text) > MOST_PAGE for text in texts):
        return f"declares a text with a NUL in it, or one of over {MOST_PAGE} characters"
    return ""


def _texts(row: Row) -> Iterator[str]:
    """What a page, a finding or a store takes of it."""
    yield from (row.measure, row.unit, row.group, row.remedy, row.caution, row.also)


def _broken(file: str) -> Page:
    """What stands for a file that does not load."""
    named = NAME.fullmatch(file) and len(file) <= MOST_NAME
    slug = _slug(file if named else f"file_{_digest(os.fsencode(file))}.py")
    text = (
        f"{file}, a file of your own signals that does not load.\n\n"
        "Why: Nothing that it would find is found, so it is unseen, and never clear.\n\n"
        "What is read: Nothing, until the file loads.\n\n"
        "Remedy: Run `debtboard signals check` on its folder, and mend what it names.\n\n"
        "Source: The operator of this installation."
    )
    row = Row(
        id=f"{slug}{LOADING}",
        source=PY,
        anchors=(0.0, 1.0),
        severity=2,
        precision=M,
        measure="Whether the file loads at all",
        unit="files",
        kind="level",
        effort="small",
        lifecycle="stable",
        group="",
        remedy="",
        caution="",
        also="",
        dated=False,
        per_file=False,
        bad={},
        good={},
    )
    return Page(slug=slug, text=text, ml_only=False, beside="", rows=(row,))


def _signal(row: Row, slug: str) -> Signal:
    fields: dict[str, Any] = {name: getattr(row, name) for name in row.__struct_fields__ if name != "per_file"}
    return Signal(debt=slug, function=_asked_elsewhere, **fields)


def _asked_elsewhere(*_: object) -> NoReturn:
    """In place of the function, which no process but the child ever holds."""
    raise RuntimeError("An operator's own signal is asked by its child.")
