"""What a newcomer needs before the first run: a set-up command, and settings somebody wrote down (catalogue 9, Q5)."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from scoring import knowledge
from scoring.analyses.config_keys import last_names
from scoring.analyses.memo import Memo
from scoring.analyses.python_file import ASIDE
from scoring.analyses.view import PythonFile, View
from scoring.analyses.words import words_in
from scoring.facts import Call, FileEntry
from scoring.findings import PKG, Answer, Measure, Unknown

_TABLE = tomllib.loads(files(knowledge).joinpath("settings.toml").read_text("utf-8"))
_GIVEN, _GIVEN_PREFIXES = frozenset(_TABLE["names"]), tuple(_TABLE["prefixes"])
_SECRETS = frozenset(_TABLE["needed"])

SETUP = re.compile(
    r"(?<![\w-])(?:make(?!\s+sure)|just|tox|nox|task|docker[ -]compose|devcontainer|conda env create|mamba env create"
    r"|(?:uv|poetry|pdm|pipenv|pixi) (?:sync|install|run)|pip3? install (?:[^|;&]*\s)?(?:-r|-e|\.)|invoke|hatch run)"
    r"(?=[\s:./]|$)"
)
SETUP_TOOLS = frozenset(
    {"make", "just", "tox", "nox", "task", "taskfile", "compose", "devcontainer", "pyproject", "hatch"}
)
UNDOCUMENTED = 0.1
"""Good anchor of tribal data: a share above it is bad whatever the descriptions of the datasets say."""


@lru_cache(maxsize=1)
def one_command_setup(view: View) -> Answer:
    """A set-up command exists, the README shows it, and CI runs it: 1; some of it: .5; nothing: 0."""
    exists = _has_setup_file(view)
    readmes = [facts for _, facts in view.docs if facts.kind == "readme"]
    shown = any(SETUP.search(command.text) for facts in readmes for command in facts.commands)
    run = any(SETUP.search(command.text) for _, facts in view.ci for command in facts.commands)
    if not exists and not shown:
        if view.unread(PKG) > 0:
            return Unknown("files that may set it up went unread")
        return Measure(0.0, 1, note="no set-up command found")
    if exists and shown and run:
        return Measure(1.0, 1, note="it exists, the README shows it and CI runs it")
    return Measure(
        0.5, 1, note=f"exists: {_word(exists)}; shown in the README: {_word(shown)}; run by CI: {_word(run)}"
    )


def _word(answer: bool) -> str:
    return "yes" if answer else "no"


def _has_setup_file(view: View) -> bool:
    """A task file with targets, or a list that one command installs; those of examples and tests are not it."""
    tasks = any(facts.targets for entry, facts in view.tasks if facts.tool in SETUP_TOOLS and _own(entry))
    lists = any(facts.requirements or facts.project for entry, facts in view.packaging if _own(entry))
    return tasks or lists


def _own(entry: FileEntry) -> bool:
    return not entry.roles & ASIDE


# ---------------------------------------------------------------- tribal data


@lru_cache(maxsize=1)
def tribal_data(view: View) -> Answer:
    """Share of the secrets and places that code reads from the environment and no file of the repository names."""
    needed = needed_settings(view)
    named = _named(view, needed) if needed else frozenset()
    missing = tuple(name for name in needed if name not in named)
    descriptions = "no lineage is connected, so the datasets' descriptions are unknown"
    if not needed or len(missing) <= UNDOCUMENTED * len(needed):
        return Unknown(descriptions)
    if any(entry.skipped and "config" in entry.roles for entry in view.files):
        return Unknown("configuration that may name the settings went unread")
    return Measure(len(missing) / len(needed), len(needed), note=f"nowhere written down: {', '.join(missing[:5])}")


def needed_settings(view: View) -> tuple[str, ...]:
    """Environment variables that product code can't do without: read with no default, and not set by a machine."""
    files = [file for file in view.product if file.facts.environment and not file.roles & ASIDE]
    return tuple(sorted(frozenset().union(*map(_needed_in, files))))


def _needed(file: PythonFile) -> frozenset[str]:
    calls = {call.line: call for call in file.facts.calls if call.name in ("os.getenv", "os.environ.get")}
    return frozenset(
        name for name, line in file.facts.environment if not _is_given(name) and _has_no_default(name, calls.get(line))
    )


_needed_in = Memo(_needed)


def _is_given(name: str) -> bool:
    return name in _GIVEN or name.startswith(_GIVEN_PREFIXES)


def _has_no_default(name: str, call: Call | None) -> bool:
    """`environ["X"]` fails without X; `getenv("X")` gives None, which only a secret or a place can't be."""
    if call is None:
        return True
    defaulted = call.arguments > 1 or any(keyword == "default" for keyword, _ in call.keywords)
    return not defaulted and not _SECRETS.isdisjoint(name.upper().split("_"))


def _named(view: View, names: Iterable[str]) -> frozenset[str]:
    """The settings that an example file, a container, a job or a document names."""
    texts = [text for _, _, text in view.commands]
    texts += [command.text for _, facts in view.docs for command in facts.commands]
    words = frozenset().union(*map(words_in, texts), *map(last_names, view.configs))
    return frozenset(names) & words
