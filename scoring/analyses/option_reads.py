"""Reads of settings that nothing defines: attributes of parsed arguments, and keys of a loaded file (cfg.20).

Only where the source of the settings stands in the same function: `args = parser.parse_args()` of a parser that this
file makes, or a file that is loaded there and is in the repository. What is set somewhere, or named as a string or key
in any file, is defined.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scoring.analyses.config_keys import key_parts
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.settings import ITERATED, LIGHTNING, loaded_configs
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call, Settings, SettingUse
from scoring.findings import CFG, Answer, Hit, Measure, NotApplicable, Unknown

PARSED = "argparse.ArgumentParser().parse_args"
LOADERS = frozenset(
    {
        "yaml.safe_load",
        "yaml.full_load",
        "yaml.load",
        "omegaconf.OmegaConf.load",
        "toml.load",
        "tomllib.load",
        "json.load",
    }
)
OUTSIDE = LIGHTNING | frozenset(
    {
        "add_argparse_args", "add_config_arguments", "add_model_specific_args", "parse_known_args", "parents",
        "setattr", "add_args", "add_arguments", "namespace", "__dict__", "vars",
    }
)  # fmt: skip
"""Words of a file whose arguments may come from elsewhere."""
METHODS = ITERATED | {"get", "merge", "merge_with", "to_container", "format"}


FORMATS = (".yaml", ".yml", ".json", ".toml")
ABOVE = 2
"""Lines between the opening of a file and its loading."""


class Reads(NamedTuple):
    """The reads of one file whose source is known; of arguments, and of loaded files, each with that file's name."""

    arguments: tuple[SettingUse, ...]
    loaded: tuple[tuple[SettingUse, str], ...]
    set_here: frozenset[str]
    """Names that it sets, or asks for before it reads them."""


NOTHING = Reads((), (), frozenset())


def _reads(file: PythonFile) -> Reads:
    facts, said = file.facts, file.facts.settings
    if said is None:
        return NOTHING
    if "parse_args" not in said.names and "load" not in said.names:
        return NOTHING
    parsed = {(call.target, call.scope) for call in facts.calls if call.name == PARSED and call.target}
    files = _files_named(facts.calls)
    loaded = {(call.target, call.scope): _file_of(call, files) for call in facts.calls if call.name in LOADERS}
    if not parsed and not loaded:
        return NOTHING
    if not OUTSIDE.isdisjoint(said.names.split()) or any(_is_computed(call) for call in facts.calls):
        parsed = set()
    read = [use for use in said.uses if use.how in ("", "named") and use.path]
    return Reads(
        tuple(use for use in read if (use.root, use.scope) in parsed),
        tuple((use, name) for use in read if "*" not in use.path and (name := loaded.get((use.root, use.scope)))),
        _set_in(said),
    )


def _set_in(said: Settings) -> frozenset[str]:
    """Names that it sets, or asks for before it reads them."""
    return frozenset(part for use in said.uses if use.how in ("set", "tested") for part in use.path.split("."))


def _defined(file: PythonFile) -> frozenset[str]:
    """Names that the file sets, or names as a string or an option."""
    said = file.facts.settings
    if said is None:
        return frozenset()
    named = [text.lstrip("-") for text in said.texts.replace(".", " ").split()]
    return frozenset(name.replace("-", "_") for name in named) | _set_in(said)


_defined_in = Memo(_defined)


def _undefined(file: PythonFile) -> frozenset[str]:
    """Arguments that the file reads and does not define itself."""
    return frozenset([use.path.partition(".")[0] for use in _reads_of(file).arguments]) - _defined_in(file)


_undefined_in = Memo(_undefined)


def _is_computed(call: Call) -> bool:
    """An option whose name is worked out when the code runs."""
    return call.name.endswith(".add_argument") and not call.first


def _files_named(calls: tuple[Call, ...]) -> dict[tuple[str, int], set[str]]:
    """(scope, line) -> names of files in calls there, two at most: of two nobody knows which one is loaded."""
    found: dict[tuple[str, int], set[str]] = {}
    for call in calls:
        name = call.first.strip("'\"").rpartition("/")[2]
        if name.endswith(FORMATS) and len(names := found.setdefault((call.scope, call.line), set())) < 2:
            names.add(name)
    return found


def _file_of(loader: Call, files: dict[tuple[str, int], set[str]]) -> str:
    """Name of the file that is loaded, where it is written in the call or in one that opens it just above."""
    lines = range(loader.line - ABOVE, loader.end_line + 1)
    named = frozenset[str]().union(*[files.get((loader.scope, line), ()) for line in lines])
    return min(named) if len(named) == 1 else ""


_reads_of = Memo(_reads)


def phantom_reads(view: View) -> Answer:
    """Reads of arguments and of loaded keys that no option, file or assignment defines."""
    files = [(file, reads) for file in view.product_once if (reads := _reads_of(file)).arguments or reads.loaded]
    asked: frozenset[str] = frozenset().union(*[_undefined_in(file) for file, reads in files if reads.arguments])
    for file in view.whole:
        if asked:
            asked = asked - _defined_in(file)
    if view.python_unseen or view.unread(CFG):
        return Unknown("files that may define them went unread")
    keys: dict[str, frozenset[str]] = {}
    for item in loaded_configs(view):
        name = item.entry.path.rpartition("/")[2]
        keys[name] = keys.get(name, frozenset()) | key_parts(item)
    examined = 0
    hits: list[Hit] = []
    for file, reads in files:
        loaded = [(use, keys[name]) for use, name in reads.loaded if name in keys]
        examined += len(reads.arguments) + len(loaded)
        hits += [placed(hit, file) for hit in _argument_hits(reads.arguments, asked)]
        hits += [placed(hit, file) for hit in _key_hits(loaded, reads.set_here)]
    if not examined:
        return NotApplicable("no read of settings whose source stands beside it")
    return Measure(len(hits) / view.ten_klocs, examined, tuple(hits))


def _argument_hits(uses: tuple[SettingUse, ...], undefined: frozenset[str]) -> Iterator[Hit]:
    seen: set[str] = set()
    for use in uses:
        name = use.path.partition(".")[0]
        if name not in undefined or name in METHODS or name.startswith("_") or name == "*" or name in seen:
            continue
        seen.add(name)
        yield Hit(
            line=use.line,
            key=f"{use.root}.{name}",
            symbol=use.scope,
            message=f"`{use.root}.{name}` is read, but no option of that name is defined or set: the line fails when "
            "it is reached.",
        )


def _key_hits(uses: list[tuple[SettingUse, frozenset[str]]], set_here: frozenset[str]) -> Iterator[Hit]:
    seen: set[str] = set()
    for use, known in uses:
        parts = use.path.split(".")
        if not set_here.isdisjoint(parts):
            continue
        missing = next((part for part in parts if part not in known), "")
        if not missing or missing in METHODS or use.path in seen:
            continue
        seen.add(use.path)
        yield Hit(
            line=use.line,
            key=f"{use.root}.{use.path}",
            symbol=use.scope,
            message=f"`{use.path}` is read from the loaded configuration, but no key `{missing}` is in it.",
        )
