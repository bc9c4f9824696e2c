"""The calls of one file by what they do: each is asked once, most do nothing that anybody asks for."""

from scoring import knowledge
from scoring.analyses.memo import Memo
from scoring.facts import Call, PythonFacts


def _index(facts: PythonFacts) -> dict[str, tuple[Call, ...]]:
    found: dict[str, list[Call]] = {}
    for call in facts.calls:
        for kind in knowledge.call_kinds(call.name):
            found.setdefault(kind, []).append(call)
    return {kind: tuple(calls) for kind, calls in found.items()}


_by_kind = Memo(_index)


def calls_of(facts: PythonFacts, kind: str) -> tuple[Call, ...]:
    """The calls of one kind (READ, FIT, ...; see `knowledge.CALLS`), by place."""
    return _by_kind(facts).get(kind, ())


def has_call(facts: PythonFacts, *kinds: str) -> bool:
    """Whether it makes a call of any of these kinds."""
    return not _by_kind(facts).keys().isdisjoint(kinds)
