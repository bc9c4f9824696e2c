"""Hits for idioms: one at each place where the reader saw one, told in the words of whoever asks."""

from collections.abc import Callable, Iterable

from scoring.facts import Idiom, PythonFacts
from scoring.findings import Hit, Tally


def tallied(
    facts: PythonFacts, found: Iterable[Idiom], key: Callable[[Idiom], str], message: Callable[[Idiom], str]
) -> Tally:
    """One hit for each idiom, over the file's lines of code."""
    hits = tuple(
        Hit(line=item.line, end_line=item.end_line, key=key(item), symbol=item.scope, message=message(item))
        for item in found
    )
    return Tally(facts.code_lines, len(hits), hits)


def of_kind(facts: PythonFacts, kind: str) -> list[Idiom]:
    """Those of one kind, in the order of the facts."""
    return [item for item in facts.idioms if item.kind == kind]
