"""The calls of one file by what they do: each is asked once, most do nothing that anybody asks for.

What is asked of a call's name alone is declared by `calls_where`; all of it is answered in one go through a file's
calls, and once for each name whatever the files.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from scoring import knowledge
from scoring.analyses.memo import Memo
from scoring.facts import Call, CodeFacts, PythonFacts

Asks = Callable[[str], bool]
"""Whether a call of this resolved name is one that somebody looks for."""


class _Index(dict[object, tuple[Call, ...]]):
    """Kind, or the question that a name answers with yes -> the calls, by place."""

    __slots__ = ("asked",)
    asked: int
    """How many questions there were."""


_ASKED: list[Asks] = []


@lru_cache(maxsize=1 << 16)
def _marks(name: str) -> tuple[object, ...]:
    return (*knowledge.call_kinds(name), *[asks for asks in _ASKED if asks(name)])


def _index(facts: PythonFacts) -> _Index:
    found: dict[object, list[Call]] = {}
    for call in facts.calls:
        for mark in _marks(call.name):
            found.setdefault(mark, []).append(call)
    index = _Index([(mark, tuple(calls)) for mark, calls in found.items()])
    index.asked = len(_ASKED)
    return index


_of_facts = Memo(_index)


def calls_of(facts: PythonFacts, kind: str) -> tuple[Call, ...]:
    """The calls of one kind (READ, FIT, ...; see `knowledge.CALLS`), by place."""
    return _of_facts(facts).get(kind, ())


def has_call(facts: PythonFacts, *kinds: str) -> bool:
    """Whether it makes a call of any of these kinds."""
    return not _of_facts(facts).keys().isdisjoint(kinds)


def calls_where(asks: Asks) -> Callable[[CodeFacts], tuple[Call, ...]]:
    """A function that gives a file's calls, by place, whose names answer with yes; of modules of tests, few are asked.

    For modules to declare as they are imported: a file that was gone through before is gone through again. It pays
    where most files are asked, and where few names need more than a glance."""
    _ASKED.append(asks)
    _marks.cache_clear()

    def found(facts: CodeFacts) -> tuple[Call, ...]:
        if not isinstance(facts, PythonFacts):
            return tuple([call for call in facts.calls if asks(call.name)])
        index = _of_facts(facts)
        if index.asked != len(_ASKED):
            index.update(_index(facts))
            index.asked = len(_ASKED)
        return index.get(asks, ())

    return found


_REGISTERS = re.compile(r"(?:^|\.)(?:register_model|create_model_version|create_registered_model)$|\.Model\.register$")


def registers_model(call: Call) -> bool:
    """Whether it enters a model into a registry, from which others take it."""
    return bool(_REGISTERS.search(call.name)) or any(name == "registered_model_name" for name, _ in call.keywords)
