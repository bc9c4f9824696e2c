"""Facts in their place: a file's entry with what one reader said of it, and what analyses derived of that."""

from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from scoring.analyses.python_file import CodeFile, code_file
from scoring.facts import CodeFacts, FileEntry, FileFacts

Kind = TypeVar("Kind")


class _Pair(NamedTuple, Generic[Kind]):
    entry: FileEntry
    facts: Kind


class InPlace(_Pair[Kind]):
    """Facts with the entry of the file that they are of."""

    @cached_property
    def derived(self) -> dict[object, Any]:
        return {}


Known = dict[tuple[str, str, int], CodeFile | InPlace[Any]]
"""Files by (path, blob, place among the facts of their entry), carried from one week to the next with what was derived
of each."""


def file_of(entry: FileEntry, facts: FileFacts) -> CodeFile | InPlace[Any]:
    return code_file(entry, facts) if isinstance(facts, CodeFacts) else InPlace(entry, facts)
