"""Which keys of the configuration the code reads, and which reads find no key (cfg.18, cfg.20).

A key is dead only where its name stands nowhere: not as a name, attribute, keyword or string of any Python file, not in
an interpolation, not in a command. What is handed on whole (`**cfg.model`, a section passed to a call, a mapping that
names its class) may be read by a library: such keys are left out, and where they are most of them nothing is said.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Memo
from scoring.analyses.own_configs import group, own_configs
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, Setting, Settings
from scoring.findings import CFG, PY, Answer, Hit, Measure, NotApplicable, Unknown

FOLLOWED = 0.5
"""Share of the keys that must be followed before anything is said of them."""
SHOWN = 4

TARGETS = frozenset({"_target_", "target", "class_path", "_class_name", "class_name", "_partial_"})
"""Keys by which a mapping names the class that takes the others."""
ITERATED = frozenset({"items", "keys", "values", "copy", "to_dict", "pop", "as_dict", "toDict", "update"})
COMPOSERS = frozenset({"hydra", "omegaconf"})
LIGHTNING = frozenset({"LightningCLI", "ArgumentParserPlus", "jsonargparse", "HfArgumentParser"})

HANDED = frozenset(
    {
        "trainer", "pl_trainer", "training_args", "optimizer", "optim", "optimizers", "scheduler", "lr_scheduler",
        "schedulers", "logger", "loggers", "logging", "wandb", "mlflow", "callbacks", "callback", "dataloader",
        "data_loader", "loader", "tokenizer", "deepspeed", "accelerate", "ray", "spark", "sampler", "early_stopping",
    }
)  # fmt: skip
"""Sections that go to a library as they are, whatever the code looks like."""

ROOTS = frozenset({"cfg", "config", "conf", "hparams", "settings", "params", "opt", "opts", "hyp", "hp"})
"""Names of settings as a whole, where they are unpacked."""
_WORD = re.compile(r"[A-Za-z_]\w*")
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_REFERENCE = re.compile(r"\$\{([^{}]+)\}")


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


_words_of = Memo(_words)


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
def _loaded(view: View) -> tuple[tuple[InPlace[ConfigFacts], ...], Reading]:
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
    return _loaded(view)[0]


class _Key(NamedTuple):
    item: InPlace[ConfigFacts]
    setting: Setting
    parts: tuple[str, ...]


def _keys(item: InPlace[ConfigFacts]) -> list[_Key]:
    """Keys that a program could read by name, without those of a mapping that names its class."""
    classes = {
        setting.key.rpartition(".")[0] for setting in item.facts.settings if setting.key.rpartition(".")[2] in TARGETS
    }
    found = []
    for setting in item.facts.settings:
        parts = tuple(setting.key.split("."))
        if (
            not _NAME.fullmatch(parts[-1])
            or any(part.startswith("_") for part in parts)
            or parts[0] in ("hydra", "defaults")
        ):
            continue
        if any(".".join(parts[:depth]) in classes for depth in range(len(parts))):
            continue
        found.append(_Key(item, setting, parts))
    return found


_keys_of = Memo(_keys)


def _is_followed(parts: tuple[str, ...], sections: frozenset[str]) -> bool:
    """No section above it is handed on whole."""
    above = [part for part in parts[:-1] if not part.isdigit()]
    if "" in sections and len(above) == 0:
        return False
    return sections.isdisjoint(above) and HANDED.isdisjoint(above)


def _mentioned(view: View, wanted: set[str]) -> set[str]:
    """Of the words, those that stand somewhere in Python, an interpolation or a command."""
    left = set(wanted)
    for file in view.whole:
        if left:
            left = left - _words_of(file)
    for item in view.configs:
        for setting in item.facts.settings:
            if setting.kind == "reference":
                left.difference_update(
                    word for found in _REFERENCE.findall(setting.value) for word in _WORD.findall(found)
                )
    for _, _, text in view.commands:
        left.difference_update(_WORD.findall(text))
    return wanted - left


def dead_keys(view: View) -> Answer:
    """Of the keys that code could read by name, those whose name stands nowhere; one hit for each section."""
    configs, reading = _loaded(view)
    if not configs:
        unread = view.unread(PY) or view.unread(CFG)
        return Unknown("files went unread") if unread else NotApplicable("no configuration file that Python code names")
    if view.python_unseen:
        return Unknown("Python that may read the keys went unread")
    if reading.by_library:
        return Unknown("a library reads the configuration by its own rules")
    keys = [key for item in configs for key in _keys_of(item)]
    followed = [key for key in keys if _is_followed(key.parts, reading.sections)]
    if len(followed) < max(1, FOLLOWED * len(keys)):
        return Unknown("most of the configuration is handed on whole, so what is read of it could not be told")
    mentioned = _mentioned(view, {_plain(part) for key in followed for part in key.parts[-2:]})
    whole = _whole_sections(followed, mentioned)
    followed = [key for key in followed if _section(key) not in whole]
    dead = [key for key in followed if _plain(key.parts[-1]) not in mentioned]
    if not followed:
        return Unknown("what is read of the configuration could not be told")
    return Measure(len(dead) / len(followed), len(followed), tuple(_dead_hits(dead)))


def _section(key: _Key) -> tuple[str, tuple[str, ...]]:
    return key.item.entry.path, key.parts[:-1]


def _whole_sections(followed: list[_Key], mentioned: set[str]) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Sections that are named while none of their keys is: some call that unpacks a mapping may take them all."""
    sections = {_section(key) for key in followed}
    named = {_section(key) for key in followed if _plain(key.parts[-1]) in mentioned}
    return frozenset(item for item in sections - named if not item[1] or _plain(item[1][-1]) in mentioned)


def _plain(name: str) -> str:
    return name.replace("-", "_")


def _dead_hits(dead: list[_Key]) -> Iterator[Hit]:
    groups: dict[tuple[str, tuple[str, ...]], list[_Key]] = {}
    for key in dead:
        section = tuple(part for part in key.parts[:-1] if not part.isdigit())
        groups.setdefault((key.item.entry.path, section), []).append(key)
    for (path, section), keys in sorted(groups.items()):
        names = list(dict.fromkeys(key.parts[-1] for key in keys))
        shown = ", ".join(f"`{name}`" for name in names[:SHOWN])
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        where = f" under `{'.'.join(section)}`" if section else ""
        stand = "stands" if len(names) == 1 else "stand"
        yield Hit(
            path=path,
            line=max(1, keys[0].setting.line),
            key=f"{'.'.join(section)}: {' '.join(names)}"[:200],
            message=f"{shown}{more}{where} {stand} in no Python file but tests, no interpolation and no "
            "command: changing it changes nothing, and whoever does is misled.",
            evidence={"keys": len(names)},
        )
