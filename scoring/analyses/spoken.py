"""Which declared packages the repository speaks of outside its code: in commands, those of shell
scripts too, and in values of configuration.

Each configuration keeps what was asked of it, so that from week to week only new names and new files are read.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from scoring.analyses.ci_scripts import SHELL
from scoring.analyses.config_keys import value_text
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.named import Names
from scoring.analyses.view import InPlace, View
from scoring.facts import ConfigFacts, TextFacts
from scoring.knowledge import packages

_INSTALLS = re.compile(r"\b(?:install|add)\b")
_WORD = re.compile(r"[A-Za-z][\w.-]*")


MANY_NAMES = 500
"""Past which reading the words of each text is less work than looking for each name."""


def spoken_of(view: View, names: frozenset[str]) -> frozenset[str]:
    """Of these names of distributions, normalised, those that commands or values of configuration speak of."""
    tasks = [file for file in view.tasks if file.facts.tool != SHELL]  # of a shell script what it runs counts, below
    commands = [_in_commands(file) for group in (view.ci, view.docker, tasks, view.docs) for file in group]
    commands += [words for file in view.of(TextFacts) if (words := _in_script(file))]
    named = _latest_commanded((commands,), lambda: _as_names(frozenset().union(*commands)))
    return _in_values(view.configs, names) | (names & named)


_latest_commanded: Latest[frozenset[str]] = Latest()


def _commanded(file: InPlace[Any]) -> frozenset[str]:
    """What its commands speak of; one that installs uses nothing yet."""
    texts = [command.text for command in file.facts.commands]
    return frozenset().union(*(_words(text) for text in texts if not _INSTALLS.search(text)))


_in_commands = Memo(_commanded)
_in_script: Memo[InPlace[TextFacts], frozenset[str]] = Memo(lambda file: frozenset(file.facts.words.split()))


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _as_names(words: frozenset[str]) -> frozenset[str]:
    """Words, each as the name of a distribution, with and without what follows a dot."""
    return packages.all_normalised(words.union([word.partition(".")[0] for word in words]))


def _near(text: str, names: frozenset[str]) -> frozenset[str]:
    """Those that may stand in the text, however it separates their parts."""
    if not names or not text:
        return frozenset()
    if len(names) > MANY_NAMES:
        return names
    folded = text.lower().replace("_", "-").replace(".", "-")
    while "--" in folded:
        folded = folded.replace("--", "-")
    return frozenset([name for name in names if name in folded or not name.isascii()])


def _near_any(files: list[InPlace[ConfigFacts]], names: frozenset[str]) -> frozenset[str]:
    return _near("\n".join(map(value_text, files)), names)


def _says(file: InPlace[ConfigFacts], names: Collection[str]) -> frozenset[str]:
    near = _near(value_text(file), frozenset(names))
    return near & _names_in(file) if near else near


def _names_in(file: InPlace[ConfigFacts]) -> frozenset[str]:
    # No word reaches over the end of a line.
    values = [setting.value for setting in file.facts.settings if setting.kind == "string"]
    return _as_names(frozenset(_WORD.findall("\n".join(values))))


_in_values = Names(_near_any, _says)
