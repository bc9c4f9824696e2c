"""Which names stand in text: in configuration, commands, console scripts and strings of the code."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from scoring.analyses.config_keys import value_text
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, DocFacts, PackagingFacts

Source = InPlace[ConfigFacts] | InPlace[DocFacts] | InPlace[PackagingFacts] | PythonFile
Find = Callable[[str, str], bool]
"""Whether a name that a text holds somewhere stands there by itself."""


def _text(source: Source) -> str:
    """What a file says that may be a name: values of settings, commands, console scripts, strings of the code."""
    facts = source.facts
    if isinstance(facts, ConfigFacts):
        return value_text(source)  # type: ignore[arg-type]  # -- it holds these facts
    if isinstance(facts, DocFacts):
        return "\n".join([*(command.text for command in facts.commands), facts.modules])
    if isinstance(facts, PackagingFacts):
        return "\n".join([target for _, target in facts.scripts])
    literal = [call.first.strip("'\"") for call in facts.calls if "import" in call.name.rpartition(".")[2]]
    return " ".join([facts.settings.texts if facts.settings else "", *facts.scripts, *literal])


_text_of: Memo[Source, str] = Memo(_text)


class _Told(NamedTuple):
    """What was asked of a file last, and which of it the file says."""

    asked: frozenset[str]
    said: frozenset[str]


_NOTHING = _Told(frozenset(), frozenset())

File = TypeVar("File", bound=Source)


class Names(Generic[File]):
    """Which names stand in files: kept with each, so that from week to week only new names and new files are read.

    `near` gives those of the names that any of the files may say, `says` those that one file says.
    """

    def __init__(
        self,
        near: Callable[[list[File], frozenset[str]], Collection[str]],
        says: Callable[[File, Collection[str]], Iterable[str]],
    ) -> None:
        self._near, self._says = near, says
        self._latest: Latest[frozenset[str]] = Latest()

    def __call__(self, files: Iterable[File], wanted: frozenset[str]) -> frozenset[str]:
        wanted = self._latest((wanted,), lambda: wanted)
        found: set[str] = set()
        behind: dict[frozenset[str], list[File]] = {}
        for file in files if wanted else ():
            kept: _Told = file.derived.get(self, _NOTHING)
            if kept.asked is not wanted:
                behind.setdefault(kept.asked, []).append(file)
            elif kept.said:
                found |= kept.said
        for asked, group in behind.items():
            found.update(*self._ask(group, wanted, wanted - asked))
        return frozenset(found)

    def _ask(self, group: list[File], wanted: frozenset[str], new: frozenset[str]) -> Iterator[frozenset[str]]:
        """What each says of all that is wanted; it was asked for everything but the new names before."""
        left = self._near(group, new) if new else ()
        for file in group:
            kept: _Told = file.derived.get(self, _NOTHING)
            said = (kept.said & wanted).union(self._says(file, left) if left else ())
            file.derived[self] = _Told(wanted, said)
            yield said


def _found_by(find: Find) -> Names[Source]:
    return Names(_in_any, lambda source, names: _standing(_text_of(source), names, find))


def _in_any(sources: list[Source], names: frozenset[str]) -> list[str]:
    whole = "\n".join(map(_text_of, sources))
    return [name for name in names if name in whole]


def _standing(text: str, names: Iterable[str], find: Find) -> list[str]:
    return [name for name in names if name in text and find(text, name)]


def _around(text: str, name: str) -> Iterator[tuple[str, str]]:
    """The characters before and after each place where the name stands, "" at an end of the text."""
    at = text.find(name)
    while at >= 0:
        after = at + len(name)
        yield text[at - 1 : at] if at else "", text[after : after + 1]
        at = text.find(name, at + 1)


def _ends_word(character: str) -> bool:
    return not (character.isalnum() or character == "_")


def _is_word(text: str, name: str) -> bool:
    return any(_ends_word(before) and _ends_word(after) for before, after in _around(text, name))


def _is_part(text: str, name: str) -> bool:
    """Of a dotted name or a path, or a string by itself."""
    return any(
        (before in _JOINTS and _ends_word(after))
        or (_ends_word(before) and after in _JOINTS)
        or (before in _BLANKS and after in _BLANKS)
        for before, after in _around(text, name)
    )


def _begins_word(text: str, name: str) -> bool:
    """By itself, or followed by a part of it or a way to use it: "apples.grow", "apples_fast"."""
    return any(before in _BLANKS and (after in _BLANKS or after in "._:") for before, after in _around(text, name))


_JOINTS = frozenset("./")
_BLANKS = frozenset(["", " "])

_modules_said, _modules_in_code = _found_by(_is_word), _found_by(_is_part)
_begun_in_code = _found_by(_begins_word)
_said, _said_in_code = _found_by(_is_word), _found_by(_is_word)


def _files(view: View) -> Iterator[Source]:
    """All but Python."""
    return chain(view.configs, view.docs, view.packaging)


def _commanded(view: View, wanted: frozenset[str]) -> list[str]:
    return _standing("\n".join([text for _, _, text in view.commands]), wanted, _is_word) if wanted else []


def named_modules(view: View, stems: Iterable[str]) -> frozenset[str]:
    """Of the names of modules, those that stand in text; in strings of Python as part of a dotted name or a path."""
    wanted = frozenset(stems)
    said = _modules_said(_files(view), wanted) | _modules_in_code(view.whole, wanted)
    return said.union(_commanded(view, wanted))


def named(view: View, names: Iterable[str]) -> frozenset[str]:
    """Of the names of functions and classes, those that stand in text, Python's strings included."""
    wanted = frozenset(names)
    said = _said(_files(view), wanted) | _said_in_code(view.whole, wanted)
    return said.union(_commanded(view, wanted))


def named_in_code(view: View, names: Iterable[str]) -> frozenset[str]:
    """Of the names, those that a string of Python is or begins with."""
    return _begun_in_code(view.whole, frozenset(names))


def commanded(view: View, names: Iterable[str]) -> frozenset[str]:
    """Of the names, those that stand in a command, of documents too."""
    wanted = frozenset(names)
    texts = [_text_of(item) for item in view.docs] if wanted else []
    return frozenset(_standing("\n".join(texts), wanted, _is_word)).union(_commanded(view, wanted))
