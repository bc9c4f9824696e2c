"""Which keys of the configuration the code reads, and which reads find no key (cfg.18, cfg.20).

A key is dead only where its name stands nowhere: not as a name, attribute, keyword or string of any Python file, not in
an interpolation, not in a command. What is handed on whole (`**cfg.model`, a section passed to a call, a mapping that
names its class) may be read by a library: such keys are left out, and where they are most of them nothing is said.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Memo
from scoring.analyses.own_configs import group, own_configs
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, Settings

ITERATED = frozenset({"items", "keys", "values", "copy", "to_dict", "pop", "as_dict", "toDict", "update"})
COMPOSERS = frozenset({"hydra", "omegaconf"})
LIGHTNING = frozenset({"LightningCLI", "ArgumentParserPlus", "jsonargparse", "HfArgumentParser"})

ROOTS = frozenset({"cfg", "config", "conf", "hparams", "settings", "params", "opt", "opts", "hyp", "hp"})
"""Names of settings as a whole, where they are unpacked."""


class Spoken(NamedTuple):
    """What one Python file says that bears on settings."""

    files: frozenset[str]
    """Last parts of strings that may be paths."""
    composed: frozenset[str]
    """Names of the configurations that are composed, without extension."""
    sections: frozenset[str]
    """Sections handed on whole; "" for all of a file's top keys."""
    by_library: bool
    """It names a library that reads configuration by its own rules."""


SILENT = Spoken(frozenset(), frozenset(), frozenset(), by_library=False)
"""What a file says that says nothing of settings."""


class Reading(NamedTuple):
    """What the component's Python says of settings, together."""

    files: frozenset[str]
    composed: frozenset[str]
    sections: frozenset[str]
    by_library: bool
    """A library reads configuration by its own rules."""


# ---------------------------------------------------------------- what Python says


def _spoken(file: PythonFile) -> Spoken:
    said = file.facts.settings
    if said is None:
        return SILENT
    texts = said.texts.split()
    return Spoken(
        frozenset([text.rpartition("/")[2] for text in texts if "." in text]),
        frozenset(_composed(file) if "hydra" in said.names else ()),
        frozenset(_sections(said)),
        any(name in said.names for name in LIGHTNING),
    )


def _words(file: PythonFile) -> frozenset[str]:
    said = file.facts.settings
    if said is None:
        return frozenset()
    texts = said.texts.replace("--", "").replace("-", "_").replace(".", " ").replace("/", " ")
    return frozenset(said.names.split() + texts.split())


words_of = Memo(_words)


def _composed(file: PythonFile) -> Iterator[str]:
    """The configurations that Hydra composes here: `config_name="train"`."""
    for call in file.facts.calls:
        if call.name.startswith("hydra."):
            names = (value.strip("'\"") for name, value in call.keywords if name == "config_name")
            yield from (name.removesuffix(".yaml") for name in names if name)


def _sections(said: Settings) -> Iterator[str]:
    """Names of sections that this file hands on whole, goes through, or reads by a key worked out at run time."""
    uses = said.uses
    unpacks = any(use.how == "unpacked" and not use.path for use in uses)
    for use in uses:
        keys = use.path.split(".") if use.path else []
        if use.how == "unpacked":
            root = use.root.removeprefix("self.")
            yield keys[-1] if keys else root
            if not keys and root in ROOTS:
                yield ""
        elif use.how == "called":
            if keys and keys[-1] in ITERATED:
                yield keys[-2] if len(keys) > 1 else ""
        elif "*" in keys:
            place = keys.index("*")
            yield keys[place - 1] if place else ""
        elif keys and (use.how == "" or (use.how == "named" and unpacks)):
            yield keys[-1]


_speaks = Memo(_spoken)


def _reading(view: View, wanted: frozenset[str]) -> Reading:
    """`wanted`: the names of configuration files that are looked for."""
    spoken = [_speaks(file) for file in view.whole if file.facts.settings]
    return Reading(
        frozenset().union(*[item.files & wanted for item in spoken]),
        frozenset().union(*[item.composed for item in spoken if item.composed]),
        frozenset().union(*[item.sections for item in spoken if item.sections]),
        any(item.by_library for item in spoken),
    )


def uses_omegaconf(view: View) -> bool:
    """Whether product code composes its configuration by Hydra or OmegaConf."""
    return any(_composes(file) for file in view.product)


def _imports_composer(file: PythonFile) -> bool:
    return not COMPOSERS.isdisjoint([item.module.partition(".")[0] for item in file.facts.imports])


_composes = Memo(_imports_composer)


# ---------------------------------------------------------------- what configuration says


def _choose(item: InPlace[ConfigFacts]) -> frozenset[tuple[str, str]]:
    chosen = (group(setting) for setting in item.facts.settings)
    return frozenset((name, choice.removesuffix(".yaml")) for name, choice in chosen if name)


_chosen = Memo(_choose)


def _is_loaded(path: str, reading: Reading, chosen: frozenset[tuple[str, str]]) -> bool:
    """Whether some Python file names this file, or it is composed: at the top, or as a choice of a defaults list."""
    folder, _, name = path.rpartition("/")
    within, stem = folder.rpartition("/")[2], name.rpartition(".")[0]
    return within != "hydra" and (name in reading.files or stem in reading.composed or (within, stem) in chosen)


@lru_cache(maxsize=1)
def loaded(view: View) -> tuple[tuple[InPlace[ConfigFacts], ...], Reading]:
    own = own_configs(view)
    if not own:
        return (), Reading(frozenset(), frozenset(), frozenset(), by_library=False)
    reading = _reading(view, frozenset(item.entry.path.rpartition("/")[2] for item in own))
    chosen: frozenset[tuple[str, str]] = frozenset()
    if reading.composed:
        chosen = chosen.union(*(_chosen(item) for item in own))
    return tuple(item for item in own if _is_loaded(item.entry.path, reading, chosen)), reading


def loaded_configs(view: View) -> tuple[InPlace[ConfigFacts], ...]:
    """Those that Python code of this component names."""
    return loaded(view)[0]
