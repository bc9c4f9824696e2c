"""Which files a model is saved to, who reads what another file writes, and which settings name data, for a proposal."""

from collections.abc import Iterator
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.training import words_of
from scoring.analyses.training_points import ASIDE
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call
from scoring.knowledge.proposals import NAMES
from scoring.masking import masked

MAX_TEXT = 200
MAX_CONSUMED = 100
MAX_ALIASES = 100
_DUMPS = ("pickle.dump", "cPickle.dump", "dill.dump", "cloudpickle.dump", "joblib.dump")


class Proposed(NamedTuple):
    """One guess: what is to be written, the place that tells it, and for an alias what it stands for."""

    text: str
    evidence: str
    value: str = ""


class Outputs(NamedTuple):
    """Files that a model is saved to."""

    files: tuple[Proposed, ...]
    notes: tuple[str, ...]
    """Places that save it under a name that only running tells."""


NOTHING = Proposed("", "")


def plain(source: str) -> str:
    """The text of a literal as written in source, where it is short, plain and no secret; "" otherwise."""
    text = source[1:-1] if len(source) > 1 and source[0] in "'\"" and source[0] == source[-1] else ""
    good = text and len(text) <= MAX_TEXT and text.isprintable() and "\\" not in text and masked(text) == text
    return text.removeprefix("./") if good else ""


def _is_model_file(text: str) -> bool:
    return text.lower().endswith(NAMES.model_files) and not any(mark in text for mark in "{}*%$")


def _is_data(text: str) -> bool:
    named = text.lower().endswith(NAMES.data_files) or text.startswith(NAMES.schemes)
    return named and not any(mark in text for mark in "{}*%$<>") and "placeholder" not in text.lower()


def outputs_of(view: View, file: PythonFile, also: set[str]) -> Outputs:
    """What the entry point, the file that fits and a pipeline's stage that runs it save the model to."""
    found: dict[str, Proposed] = {}
    notes: list[str] = []
    for one in _around(view, file, also):
        dumps = {call.scope for call in one.facts.calls if call.name in _DUMPS}
        for call in one.facts.calls:
            for text in _saved(call, dumps):
                found.setdefault(text, Proposed(text, f"{one.path}:{call.line}"))
            if knowledge.is_call(call.name, "WRITE") and call.name.endswith((".log_model", ".register_model")):
                notes.append(f"{one.path}:{call.line}")
    for path, line, text in view.commands:
        words = [word.strip("'\"").removeprefix("./") for word in text.split()]
        if any(f"/{file.path}".endswith(f"/{word}") for word in words if word.endswith(".py")):
            for word in words:
                if _is_model_file(word) and masked(word) == word:
                    found.setdefault(word, Proposed(word, f"{path}:{line}"))
    return Outputs(tuple(sorted(found.values())), tuple(sorted(notes)))


def _around(view: View, file: PythonFile, also: set[str]) -> Iterator[PythonFile]:
    """The entry point and the modules that train with it."""
    wanted = {file.path, *also}
    return (other for other in view.product if other.path in wanted)


def _saved(call: Call, dumps: set[str]) -> Iterator[str]:
    """Model files that a call writes: named in it, or opened where something is dumped."""
    reads = knowledge.is_call(call.name, "READ") and not (call.name == "open" and call.scope in dumps)
    option = call.name.endswith(("add_argument", "add_option", ".option"))
    if not reads and not (option and NAMES.saving.isdisjoint(words_of(plain(call.first)))):
        keywords = {key: plain(value) for key, value in call.keywords}
        folder = keywords.get("dirpath", "")
        for text in (plain(call.first), *keywords.values()):
            if text and _is_model_file(text):
                yield f"{folder.rstrip('/')}/{text}" if folder else text


def registered_name(view: View, file: PythonFile, also: set[str]) -> Proposed:
    """The literal name under which the model is registered, if there is exactly one."""
    found: dict[str, Proposed] = {}
    for one in _around(view, file, also):
        for call in one.facts.calls:
            for text in _registered(call):
                found.setdefault(text, Proposed(text, f"{one.path}:{call.line}"))
    return next(iter(found.values())) if len(found) == 1 else NOTHING


def _registered(call: Call) -> Iterator[str]:
    keywords = dict(call.keywords)
    for key in sorted(NAMES.registered_keywords & keywords.keys()):
        if text := plain(keywords[key]):
            yield text
    if call.name in NAMES.registering:
        text = plain(keywords.get("model_name", keywords.get("name", call.first)))
        if text and "/" not in text and ":" not in text:
            yield text


# ---------------------------------------------------------------- consumers


def consumers(view: View) -> tuple[tuple[str, tuple[Proposed, ...], str], ...]:
    """(data, the files that read it, the place that writes it) of each file of data that one module writes and others
    read by the same literal name, by name."""
    written: dict[str, str] = {}
    read: dict[str, dict[str, Proposed]] = {}
    for file in view.product:
        if file.roles & ASIDE:
            continue
        for call in file.facts.calls:
            text = plain(call.first)
            if not text or not (_is_data(text) or _is_model_file(text)) or call.name == "open":
                continue
            if knowledge.is_call(call.name, "WRITE"):
                written.setdefault(text, f"{file.path}:{call.line}")
            elif knowledge.is_call(call.name, "READ"):
                read.setdefault(text, {}).setdefault(file.path, Proposed(file.path, f"{file.path}:{call.line}"))
    found = []
    for text, writer in sorted(written.items()):
        readers = tuple(one for path, one in sorted(read.get(text, {}).items()) if path != writer.rpartition(":")[0])
        if readers:
            found.append((text, readers, writer))
    return tuple(found[:MAX_CONSUMED])


# ---------------------------------------------------------------- aliases


def aliases(view: View) -> tuple[Proposed, ...]:
    """Settings whose value names data, by key; one that has several values stands for none of them."""
    found: dict[str, dict[str, Proposed]] = {}
    for entry, facts in view.configs:
        if entry.roles & {"test", "example", "docs", "ci", "packaging", "generated"}:
            continue
        for setting in facts.settings:
            text = setting.value.removeprefix("./")
            usable = setting.kind == "string" and _is_data(text) and text.isprintable() and masked(text) == text
            about_else = not NAMES.not_data.isdisjoint(words_of(setting.key))
            if (
                usable
                and not about_else
                and len(text) < MAX_TEXT
                and setting.key.isprintable()
                and len(setting.key) < MAX_TEXT
            ):
                key = f"cfg:{setting.key}"
                found.setdefault(key, {})[text] = Proposed(key, f"{entry.path}:{setting.line}", text)
    single = (next(iter(values.values())) for _, values in sorted(found.items()) if len(values) == 1)
    return tuple(single)[:MAX_ALIASES]
