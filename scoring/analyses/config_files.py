"""Configuration files beside each other: near-copies, composition, and what they refer to (cfg.10, cfg.14)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Any

from scoring.analyses.config_keys import key_lines, last_names
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.own_configs import group, own_configs
from scoring.analyses.settings import uses_omegaconf
from scoring.analyses.settings_modules import kept_in_modules
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, Setting
from scoring.findings import CFG, PY, Answer, Hit, Measure, NotApplicable, Unknown

RELATED, NEAR = 0.5, 0.8
"""Jaccard of the keys from which on files are of one kind, and of (key, value) from which on they are near-copies."""
MIN_KEYS = 8
MAX_KEYS = 1_500
"""More are data, and no settings."""
MAX_FILES = 40
"""Of one folder, compared pair by pair."""
MANY_COPIES = 6
COMPOSING = frozenset(
    (
        "defaults",
        "extends",
        "_base_",
        "base",
        "inherit_from",
        "inherits",
        "include",
        "includes",
        "parent",
        "base_config",
    )
)
TARGET_KEYS = frozenset({"_target_", "class_path", "target"})

ANY = frozenset({"*"})
OPEN = ANY | {"__getattr__"}
"""Names of a module that may have any other too."""
MODULES = (".py", ".pyx", ".pyi", ".so", ".pyd")

_REFERENCE = re.compile(r"\$\{([A-Za-z_][\w.]*)\}")


_latest: Latest[Answer] = Latest()


def inheritance(view: View) -> Answer:
    """As `_inheritance`, kept while the files stand; unknown where the configurations are Python modules."""
    own = own_configs(view)
    rests_on = tuple((item.entry.path, item.entry.blob) for item in own)
    answer = _latest((*rests_on, view.unread(CFG)), lambda: _inheritance(view))
    return kept_in_modules(view) or answer if isinstance(answer, NotApplicable) else answer


def _inheritance(view: View) -> Answer:
    """Share of sibling configurations that are composed or stand on their own; or near-copies (0 good, 6 bad)."""
    families = _families(own_configs(view))
    members = [item for family in families for item in family]
    if not members:
        none = NotApplicable("no two configuration files of one kind")
        return Unknown("files went unread") if view.unread(CFG) else none
    groups = _groups(own_configs(view))
    copies = [
        pair
        for family in families
        for pair in _near_copies([item for item in family if not _is_composed(item, groups)])
    ]
    share = 1 - len(copies) / len(members)
    worse = min(share, 0.8 - 0.7 * min(1.0, len(copies) / MANY_COPIES)) if copies else share
    return Measure(worse, len(members), tuple(_copy_hit(*copy) for copy in copies))


def _is_composed(item: InPlace[ConfigFacts], groups: frozenset[str]) -> bool:
    """It names what it is based on, or is a choice of a group that a defaults list composes from."""
    keys = {setting.key.partition(".")[0] for setting in item.facts.settings}
    return not COMPOSING.isdisjoint(keys) or item.entry.path.rpartition("/")[0].rpartition("/")[2] in groups


def _families(items: tuple[InPlace[ConfigFacts], ...]) -> list[list[InPlace[ConfigFacts]]]:
    """Files of one folder and format with a sibling that has half of their keys."""
    folders: dict[tuple[str, str], list[InPlace[ConfigFacts]]] = {}
    for item in items:
        if MIN_KEYS <= len(item.facts.settings) <= MAX_KEYS and "example" not in item.entry.roles:
            folders.setdefault((item.entry.path.rpartition("/")[0], item.facts.format), []).append(item)
    found = []
    for _, siblings in sorted(folders.items()):
        siblings = siblings[:MAX_FILES]
        keys = [_key_set(item) for item in siblings]
        related = {
            index
            for (one, first), (other, second) in combinations(enumerate(keys), 2)
            if _jaccard(first, second) >= RELATED
            for index in (one, other)
        }
        if related:
            found.append([siblings[index] for index in sorted(related)])
    return found


def _all_keys(item: InPlace[ConfigFacts]) -> frozenset[str]:
    return frozenset([setting.key for setting in item.facts.settings])


_key_set = Memo(_all_keys)


def _pairs(item: InPlace[ConfigFacts]) -> frozenset[tuple[str, str]]:
    return frozenset((setting.key, setting.value) for setting in item.facts.settings)


def _jaccard(one: frozenset[Any], other: frozenset[Any]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _groups(items: tuple[InPlace[ConfigFacts], ...]) -> frozenset[str]:
    """Groups that some defaults list chooses from: `defaults: [{model: small}]`."""
    return frozenset(
        name
        for item in items
        for setting in item.facts.settings
        if setting.key.startswith("defaults.") and (name := group(setting)[0])
    )


def _near_copies(
    family: list[InPlace[ConfigFacts]],
) -> Iterator[tuple[InPlace[ConfigFacts], InPlace[ConfigFacts], int, int]]:
    """(file, the earlier file that it nearly repeats, equal entries, entries), once for each file."""
    said = [_pairs(item) for item in family]
    for index, item in enumerate(family):
        best = max(range(index), key=lambda other: (_jaccard(said[index], said[other]), -other), default=None)
        if best is not None and _jaccard(said[index], said[best]) >= NEAR:
            yield item, family[best], len(said[index] & said[best]), len(said[index])


def _copy_hit(item: InPlace[ConfigFacts], other: InPlace[ConfigFacts], same: int, total: int) -> Hit:
    name = other.entry.path.rpartition("/")[2]
    return Hit(
        path=item.entry.path,
        line=1,
        key=f"near-copy of {name}",
        message=f"{same} of its {total} entries repeat {name}: an edit to what they share has to be made in both, "
        "and what differs is hard to see.",
        evidence={"same": same, "entries": total},
    )


# ---------------------------------------------------------------- references


def dangling(view: View) -> Answer:
    """Interpolations, targets and defaults in configuration that lead to nothing."""
    configs = [item for item in own_configs(view) if _referring(item)]
    composes = bool(configs) and uses_omegaconf(view)
    keys = _known_keys(view) if composes else set()
    examined = count = 0
    told: dict[tuple[str, str], Hit] = {}  # what is missing once for each file
    for item in configs:
        for setting in _referring(item):
            if setting.key.rpartition(".")[2] in TARGET_KEYS:
                found = _targets(setting, _modules(view))
            elif not composes or item.facts.format != "yaml":
                continue
            elif setting.kind == "reference":
                found = _interpolations(setting, keys)
            else:
                found = _choice(setting, view.paths)
            if found is not None:
                examined += 1
                count += bool(found)
            if found:
                told.setdefault((item.entry.path, found), _dangling_hit(item, setting, found))
    if not examined:
        unread = view.unread(CFG) or view.unread(PY)
        return (
            Unknown("files went unread") if unread else NotApplicable("no reference in configuration can be followed")
        )
    return Measure(count, examined, tuple(told.values()))


def _refer(item: InPlace[ConfigFacts]) -> tuple[Setting, ...]:
    """Settings that may refer to something of the repository."""
    named = not TARGET_KEYS.isdisjoint(last_names(item))
    chosen = "\ndefaults." in key_lines(item)
    return tuple(
        [
            setting
            for setting in item.facts.settings
            if setting.kind == "reference"
            or (named and setting.key.rpartition(".")[2] in TARGET_KEYS)
            or (chosen and setting.key.startswith("defaults.") and group(setting)[0])
        ]
    )


_referring = Memo(_refer)


def _known_keys(view: View) -> set[str]:
    """Every part of a key of any configuration, and the names of YAML files and their folders, which are packages."""
    keys = {part for item in view.configs for setting in item.facts.settings for part in setting.key.split(".")}
    paths = [entry.path.rpartition(".")[0] for entry in view.files if entry.language == "yaml"]
    return keys | {part for path in paths for part in path.split("/")}


@lru_cache(maxsize=1)
def _modules(view: View) -> dict[str, frozenset[str]]:
    """Dotted module, as it may be imported from any folder above it -> names that it binds or imports; ANY of a
    module that was not read for them."""
    found: dict[str, frozenset[str]] = {}
    for path, names in _named(view):
        parts = path.rpartition(".")[0].removesuffix("/__init__").split("/")
        for start in range(len(parts)):
            dotted = ".".join(parts[start:])
            found[dotted] = found.get(dotted, frozenset()) | names
    return found


def _named(view: View) -> Iterator[tuple[str, frozenset[str]]]:
    """Path of each module, also of those that were left out or not read, and the names that it has."""
    read = {file.path: _names_of(file) for file in view.whole if not file.is_notebook}
    others = [entry.path for entry in view.files if entry.path not in read]
    others += [path for path, _ in view.component.excluded]
    yield from read.items()
    yield from ((path, ANY) for path in others if path.endswith(MODULES))


def _has_names(file: PythonFile) -> frozenset[str]:
    return frozenset({*file.facts.bound_at_top, *(item.bound for item in file.facts.imports)})


_names_of = Memo(_has_names)


def _targets(setting: Setting, modules: dict[str, frozenset[str]]) -> str | None:
    """What is wrong with a dotted target of this repository; "" if nothing, None if it isn't of it."""
    value = setting.value
    if setting.kind != "string" or not re.fullmatch(r"[A-Za-z_]\w*(?:\.\w+)+", value):
        return None
    module, _, name = value.rpartition(".")
    root = value.partition(".")[0]
    if module in modules:
        names = modules[module]
        if not names.isdisjoint(OPEN) or name in names or f"{module}.{name}" in modules:
            return ""
        return f"`{module}` has no `{name}`"
    outer = module.rpartition(".")[0]
    if outer in modules and module.rpartition(".")[2] in modules[outer]:
        return ""
    if root in modules and any(key.startswith(f"{root}.") for key in modules):
        return f"no module `{module}` is in the repository"
    return None


def _interpolations(setting: Setting, keys: set[str]) -> str | None:
    """The first `${a.b}` of whose last part no configuration has a key; "" if all have, None without one."""
    names = _REFERENCE.findall(setting.value) if setting.kind == "reference" else []
    names = [name for name in names if not name.isupper() and name.partition(".")[0] not in ("hydra", "env", "oc")]
    if not names:
        return None
    missing = next((name for name in names if name.rpartition(".")[2] not in keys), "")
    return f"no configuration has a key `{missing}`" if missing else ""


def _choice(setting: Setting, paths: frozenset[str]) -> str | None:
    named, choice = group(setting)
    if (
        not named
        or "optional " in setting.key
        or setting.kind != "string"
        or not re.fullmatch(r"[\w./-]+", choice)
        or "hydra" in setting.key
    ):
        return None
    folder = f"/{named}/"
    if not any(folder in f"/{other}" for other in paths):
        return None
    ends = tuple(f"{folder}{choice.removesuffix('.yaml')}{end}" for end in (".yaml", ".yml"))
    return (
        ""
        if any(f"/{other}".endswith(ends) for other in paths)
        else f"the group `{named}` has no file `{choice.removesuffix('.yaml')}.yaml`"
    )


def _dangling_hit(item: InPlace[ConfigFacts], setting: Setting, wrong: str) -> Hit:
    return Hit(
        path=item.entry.path,
        line=max(1, setting.line),
        key=f"{setting.key}: {setting.value}",
        message=f"`{setting.key}: {setting.value}` leads to nothing: {wrong}.",
    )
