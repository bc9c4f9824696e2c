"""The calls of one file by what they do: each is asked once, most do nothing that anybody asks for.

What is asked of a call's name alone is declared by `calls_where`; all of it is answered in one go through a file's
calls, and once for each name whatever the files.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from scoring import knowledge
from scoring.analyses.memo import Memo
from scoring.facts import Call, CodeFacts, PythonFacts

Asks = Callable[[str], bool]
"""Whether a call of this resolved name is one that somebody looks for."""


class Calling(Protocol):
    """A file in its place."""

    @property
    def facts(self) -> CodeFacts: ...
    @property
    def derived(self) -> dict[object, Any]: ...


class _Index(dict[object, tuple[Call, ...]]):
    """Kind, or the question that a name answers with yes -> the calls, by place."""

    asked = 0
    """How many questions there were."""


_ASKED: list[Asks] = []


@lru_cache(maxsize=1 << 16)
def _marks(name: str) -> tuple[object, ...]:
    return (*knowledge.call_kinds(name), *[asks for asks in _ASKED if asks(name)])


def _index(facts: CodeFacts) -> _Index:
    found: dict[object, list[Call]] = {}
    for call in facts.calls:
        for mark in _marks(call.name):
            found.setdefault(mark, []).append(call)
    index = _Index({mark: tuple(calls) for mark, calls in found.items()})
    index.asked = len(_ASKED)
    return index


_of_facts: Memo[PythonFacts, _Index] = Memo(_index)
_of_tests: Memo[Calling, _Index] = Memo(lambda file: _index(file.facts))


def calls_of(facts: PythonFacts, kind: str) -> tuple[Call, ...]:
    """The calls of one kind (READ, FIT, ...; see `knowledge.CALLS`), by place."""
    return _of_facts(facts).get(kind, ())


def has_call(facts: PythonFacts, *kinds: str) -> bool:
    """Whether it makes a call of any of these kinds."""
    return not _of_facts(facts).keys().isdisjoint(kinds)


def calls_where(asks: Asks) -> Callable[[Calling | PythonFacts], tuple[Call, ...]]:
    """A function that gives a file's calls, by place, whose names answer with yes. For modules to declare as they are
    imported: a file that was gone through before is gone through again."""
    _ASKED.append(asks)
    _marks.cache_clear()

    def found(file: Calling | PythonFacts) -> tuple[Call, ...]:
        if isinstance(file, PythonFacts):
            index = _of_facts(file)
        else:
            index = _of_facts(file.facts) if isinstance(file.facts, PythonFacts) else _of_tests(file)
        if index.asked != len(_ASKED):
            index.update(_index(file if isinstance(file, PythonFacts) else file.facts))
            index.asked = len(_ASKED)
        return index.get(asks, ())

    return found
