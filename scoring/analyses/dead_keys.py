"""Keys of the configuration that nothing reads (cfg.18)."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.config_keys import last_names
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.settings import loaded, words_of
from scoring.analyses.view import InPlace, View
from scoring.analyses.words import words_in
from scoring.facts import ConfigFacts, Setting
from scoring.findings import CFG, PY, Answer, Hit, Measure, NotApplicable, Unknown

FOLLOWED = 0.5
"""Share of the keys that must be followed before anything is said of them."""
SHOWN = 4

TARGETS = frozenset({"_target_", "target", "class_path", "_class_name", "class_name", "_partial_"})
"""Keys by which a mapping names the class that takes the others."""
HANDED = frozenset(
    {
        "trainer", "pl_trainer", "training_args", "optimizer", "optim", "optimizers", "scheduler", "lr_scheduler",
        "schedulers", "logger", "loggers", "logging", "wandb", "mlflow", "callbacks", "callback", "dataloader",
        "data_loader", "loader", "tokenizer", "deepspeed", "accelerate", "ray", "spark", "sampler", "early_stopping",
    }
)  # fmt: skip
"""Sections that go to a library as they are, whatever the code looks like."""

_NAME = re.compile(r"[A-Za-z_][\w-]*")
_REFERENCE = re.compile(r"\$\{([^{}]+)\}")


class _Key(NamedTuple):
    item: InPlace[ConfigFacts]
    setting: Setting
    parts: tuple[str, ...]


def _readable(item: InPlace[ConfigFacts]) -> list[Setting]:
    """Keys that a program could read by name, without those of a mapping that names its class."""
    classes: set[str] = set()
    if not TARGETS.isdisjoint(last_names(item)):
        split = [setting.key.rpartition(".") for setting in item.facts.settings]
        classes = {section for section, _, name in split if name in TARGETS}
    found = []
    for setting in item.facts.settings:
        key = setting.key
        if "._" in key or key.startswith(("_", "hydra.", "defaults.")) or key in ("hydra", "defaults"):
            continue
        section, _, name = key.rpartition(".")
        if _is_name(name) and not (classes and _lies_in(section, classes)):
            found.append(setting)
    return found


@lru_cache(maxsize=1 << 14)
def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def _lies_in(section: str, classes: set[str]) -> bool:
    """In one of these sections, at any depth."""
    parts = section.split(".")
    return "" in classes or any(".".join(parts[: depth + 1]) in classes for depth in range(len(parts)))


def _count(item: InPlace[ConfigFacts]) -> dict[str, int]:
    """Section -> how many of the keys stand in it."""
    return Counter([setting.key.rpartition(".")[0] for setting in _readable_of(item)])


_readable_of, _count_of = Memo(_readable), Memo(_count)


def _is_followed(section: str, sections: frozenset[str]) -> bool:
    """Neither it nor a section above it is handed on whole."""
    above = [part for part in section.split(".") if not part.isdigit()] if section else []
    if "" in sections and not above:
        return False
    return sections.isdisjoint(above) and HANDED.isdisjoint(above)


def _followed(configs: tuple[InPlace[ConfigFacts], ...], sections: frozenset[str]) -> list[_Key]:
    """Keys that no section above hands on whole; none where they are few of all."""
    counts = [_count_of(item) for item in configs]
    every = frozenset().union(*counts)
    followed = frozenset([section for section in every if _is_followed(section, sections)])
    kept = sum([count for one in counts for section, count in one.items() if section in followed])
    if kept < FOLLOWED * sum([sum(one.values()) for one in counts]):
        return []
    return [
        _Key(item, setting, tuple(setting.key.split(".")))
        for item in configs
        for setting in _readable_of(item)
        if setting.key.rpartition(".")[0] in followed
    ]


_latest: Latest[list[_Key]] = Latest()


def _refer(item: InPlace[ConfigFacts]) -> frozenset[str]:
    """Words of a file's interpolations."""
    values = [setting.value for setting in item.facts.settings if setting.kind == "reference"]
    return frozenset(word for value in values for found in _REFERENCE.findall(value) for word in words_in(found))


_referred = Memo(_refer)


def _mentioned(view: View, wanted: set[str]) -> set[str]:
    """Of the words, those that stand somewhere in Python, an interpolation or a command."""
    left = set(wanted)
    for file in view.whole:
        if left:
            left = left - words_of(file)
    if not left:
        return wanted
    for item in view.configs:
        left -= _referred(item)
    for _, _, text in view.commands:
        left -= words_in(text)
    return wanted - left


def dead_keys(view: View) -> Answer:
    """Of the keys that code could read by name, those whose name stands nowhere; one hit for each section."""
    configs, reading = loaded(view)
    if not configs:
        unread = view.unread(PY) or view.unread(CFG)
        return Unknown("files went unread") if unread else NotApplicable("no configuration file that Python code names")
    if view.python_unseen:
        return Unknown("Python that may read the keys went unread")
    if reading.by_library:
        return Unknown("a library reads the configuration by its own rules")
    files = tuple([(item.entry.path, item.entry.blob) for item in configs])
    followed = _latest((files, reading.sections), lambda: _followed(configs, reading.sections))
    if not followed:
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
