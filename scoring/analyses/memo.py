"""What is kept between the weeks of a history, and never wrong: what one file gives, and what rests on little.

`Memo` keeps what follows from one file alone, with the file: it goes when the file does. `Asking` keeps what follows
from a file and from what it asks of the component around it, and `Standing` tells whether any of its answers changed.
`Latest` keeps what follows from several files for as long as they stand: most weeks change no packaging file, no import
and no module's name.
"""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar


class Keeping(Protocol):
    """A file of one week or several, with what was derived of it."""

    @property
    def derived(self) -> dict[object, Any]: ...


Source = TypeVar("Source", bound=Keeping)
Derived = TypeVar("Derived")
Question = TypeVar("Question")
Reply = TypeVar("Reply")

_NOTHING = object()


class Memo(Generic[Source, Derived]):
    """A pure function of one file in its place, worked out once for as long as the file stands there."""

    def __init__(self, derive: Callable[[Source], Derived]) -> None:
        self._derive = derive

    def __call__(self, source: Source) -> Derived:
        kept = source.derived
        found: Any = kept.get(self, _NOTHING)
        if found is _NOTHING:
            found = kept[self] = self._derive(source)
        answer: Derived = found
        return answer


class _Asked(NamedTuple):
    """What was derived under one authority, and what it was told."""

    authority: object
    told: dict[Any, Any]
    derived: Any


class Asking(Generic[Source, Question, Reply, Derived]):
    """A pure function of one file and of the answers to what it asks; kept while they stay what they were."""

    def __init__(self, derive: Callable[[Source, Callable[[Question], Reply]], Derived]) -> None:
        self._derive = derive

    def __call__(self, source: Source, authority: object, ask: Callable[[Question], Reply]) -> Derived:
        """`ask` answers; as long as `authority` is the same object, its answers are."""
        kept: _Asked | None = source.derived.get(self)
        if kept is not None and kept.authority is not authority:
            same = all(ask(question) == reply for question, reply in kept.told.items())
            kept = source.derived[self] = kept._replace(authority=authority) if same else None
        if kept is None:
            told: dict[Question, Reply] = {}

            def remember(question: Question) -> Reply:
                reply = told[question] = ask(question)
                return reply

            kept = source.derived[self] = _Asked(authority, told, self._derive(source, remember))
        answer: Derived = kept.derived
        return answer


MOST_TOLD = 1 << 14
"""Answers that one authority is held to; past them it gives way to the next."""


class Standing(Generic[Question, Reply]):
    """Answers from one week to the next: one authority for as long as none that was ever given turns out otherwise.

    `Asking` then asks no file's questions again, though what answers them is made anew.
    """

    def __init__(self) -> None:
        self.authority = object()
        self._source: object = None
        self._answer: Callable[[Question], Reply] | None = None
        self._told: dict[Question, Reply] = {}

    def rest_on(self, source: object, answer: Callable[[Question], Reply]) -> None:
        """From now on `answer` answers; as long as `source` is the same object, it answers the same."""
        if source is not self._source:
            differs = any(answer(question) != reply for question, reply in self._told.items())
            if differs or len(self._told) > MOST_TOLD:
                self.authority, self._told = object(), {}
            self._source, self._answer = source, answer

    def ask(self, question: Question) -> Reply:
        """The answer of this authority."""
        told: Any = self._told.get(question, _NOTHING)
        if told is _NOTHING:
            if self._answer is None:
                raise LookupError("nobody answers yet")
            told = self._told[question] = self._answer(question)
        reply: Reply = told
        return reply


class Latest(Generic[Derived]):
    """The last answer of a pure function, kept while everything that it rests on stays equal."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], Derived] | None = None

    def __call__(self, rests_on: tuple[object, ...], derive: Callable[[], Derived]) -> Derived:
        """`rests_on` names all that `derive` reads, cheap to compare: paths with their blobs, or earlier answers."""
        kept = self._kept
        if kept is None or kept[0] != rests_on:
            kept = self._kept = (rests_on, derive())
        return kept[1]
