"""What is kept between the weeks of a history, and never wrong: what one file gives, and what rests on little.

`Memo` keeps what follows from one file alone, with the file: it goes when the file does. `Asking` keeps what follows
from a file and from what it asks of the component around it, and `Answers` tells whether any of its answers changed.
`Latest` keeps what follows from several files for as long as they stand: most weeks change no packaging file, no import
and no module's name.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar


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

    def __new__(cls, derive: Callable[[Source], Derived]) -> "Memo[Source, Derived]":
        """A plain function: a call of one costs half of what a call of an object does, and there are very many."""

        def known(source: Source) -> Derived:
            found: Any = source.derived.get(known, _NOTHING)
            if found is _NOTHING:
                found = source.derived[known] = derive(source)
            answer: Derived = found
            return answer

        return known  # type: ignore[return-value]  # -- it is called as a Memo is, and nothing else is asked of one

    if TYPE_CHECKING:

        def __call__(self, source: Source) -> Derived: ...


MOST_TOLD = 1 << 14
"""Answers that one authority is held to; past them it gives way to the next."""


class Answers(Generic[Question, Reply]):
    """Answers from one week to the next: one authority for as long as none that was given turns out otherwise."""

    def __init__(self) -> None:
        self.authority = object()
        self.told: dict[Question, Reply] = {}
        self._source: object = None
        self._answer: Callable[[Question], Reply] | None = None

    def rest_on(self, source: object, answer: Callable[[Question], Reply]) -> None:
        """From now on `answer` answers; as long as `source` is the same object, it answers the same."""
        if source is self._source:
            return
        self._source, self._answer = source, answer
        kept = self.told if len(self.told) <= MOST_TOLD else {}
        told = {question: answer(question) for question in kept}
        if told != self.told:
            self.authority, self.told = object(), told

    def ask(self, question: Question) -> Reply:
        """The answer of this authority."""
        reply: Any = self.told.get(question, _NOTHING)
        if reply is _NOTHING:
            if self._answer is None:
                raise LookupError("nobody answers yet")
            reply = self.told[question] = self._answer(question)
        answer: Reply = reply
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

    def __call__(self, source: Source, answers: Answers[Question, Reply]) -> Derived:
        kept: _Asked | None = source.derived.get(self)
        if kept is not None and kept.authority is not answers.authority:
            same = kept.told.items() <= answers.told.items()
            kept = source.derived[self] = kept._replace(authority=answers.authority) if same else None
        if kept is None:
            told: dict[Question, Reply] = {}

            def remember(question: Question) -> Reply:
                reply = told[question] = answers.ask(question)
                return reply

            kept = source.derived[self] = _Asked(answers.authority, told, self._derive(source, remember))
        answer: Derived = kept.derived
        return answer


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
