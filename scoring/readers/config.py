"""Configuration files: every key with its literal value and its line.

Keys are dotted paths; items of a list of mappings are numbered ("hooks.0.id"), a list of scalars is one value. What a
template engine has to fill in first is read as far as its lines tell, and says so. The value of a key that is named
for a secret is never kept. A file larger or with more keys than a person would write is machine-made data: it is kept
as truncated, not refused.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from scoring.facts import ConfigFacts, Setting
from scoring.readers import ini_source, safe_json, safe_yaml, toml_source
from scoring.readers.base import Reader, Unreadable
from scoring.readers.decoding import cut_lines, text_of
from scoring.readers.safe_json import Number
from scoring.readers.safe_yaml import Text

VERSION = 1
MAX_CONFIG_BYTES = 512 * 1024
MAX_KEYS = 5_000
MAX_STEPS = 50_000
MAX_DEPTH = 50
VALUE_CUT = 120
KEY_CUT = 300

HIDDEN = "(hidden)"
_SECRET = re.compile(
    r"(?<!pad_)(?<!eos_)(?<!bos_)(?<!unk_)(?<!sep_)(?<!cls_)(?<!mask_)(?<!special_)"
    r"(?:token|secret|passw(?:or)?d|pwd|pass|credentials?|(?:api|access|private|account|secret|subscription|auth)[_-]?key"
    r"|connection[_-]?string|secret[_-]?access[_-]?key|client[_-]?secret)$",
    re.IGNORECASE,
)
_SECRET_ENDS = ("token", "secret", "passwd", "password", "pwd", "pass", "credential", "credentials", "key", "string")
"""What the pattern can end with: most names are told apart by that alone."""
_TEMPLATE_MARK = re.compile(r"\{%-?\s|\{\{")
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_BOOLEANS = frozenset({"true", "false", "yes", "no", "on", "off"})
_TEMPLATE_LINE = re.compile(r"^(\s*)(?:- )?[\"']?([A-Za-z_][\w.-]{0,100})[\"']?\s*[:=]\s*(.*)$")
_ENV_LINE = re.compile(r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]{0,100})\s*=\s*(.*)$")
_CONDA_KEYS = frozenset({"name", "channels", "dependencies", "prefix", "variables", "platforms", "category"})


class _Collector:
    """Settings in the order of the file, up to MAX_KEYS; `steps` bounds the walk where aliases multiply the tree."""

    def __init__(self) -> None:
        self.settings: list[Setting] = []
        self.truncated = False
        self._steps = 0

    def step(self) -> bool:
        self._steps += 1
        if self._steps > MAX_STEPS:
            self.truncated = True
        return not self.truncated

    def add(self, path: str, value: str, kind: str, line: int) -> None:
        if len(self.settings) >= MAX_KEYS:
            self.truncated = True
            return
        if value and kind == "string" and path.lower().endswith(_SECRET_ENDS) and _SECRET.search(path[-KEY_CUT:]):
            value = HIDDEN
        folded = value if len(value) <= VALUE_CUT and "\n" not in value else " ".join(value[: 2 * VALUE_CUT].split())
        self.settings.append(Setting(key=path[:KEY_CUT], value=folded[:VALUE_CUT], kind=kind, line=line))


def kind_of(value: str) -> str:
    """The kind of a literal of a format that does not type its values."""
    if "${" in value or "{{" in value or "%(" in value:
        return "reference"
    if _NUMBER.fullmatch(value[:60]):
        return "number"
    return "boolean" if value.lower() in _BOOLEANS else "string"


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _read_text(data: bytes, form: str, walk: Callable[[str], ConfigFacts]) -> ConfigFacts:
    if len(data) > MAX_CONFIG_BYTES:
        return ConfigFacts(format=form, lines=data.count(b"\n") + 1, truncated=True)
    text = text_of(data, MAX_CONFIG_BYTES)
    try:
        return walk(text)
    except Unreadable:
        if _TEMPLATE_MARK.search(text):
            return _template(text, form)
        raise


def _config_lines(text: str) -> int:
    """Lines that set something: not blank, and not a comment."""
    marks = [line.lstrip()[:2] for line in text.split("\n")]
    return sum([mark != "" and mark[0] not in "#;" and mark != "//" for mark in marks])


def _template(text: str, form: str) -> ConfigFacts:
    """A template that its format does not parse: keys by their indentation, as far as one line tells."""
    collector = _Collector()
    open_keys: list[tuple[int, str]] = []
    for number, line in enumerate(cut_lines(text), start=1):
        match = _TEMPLATE_LINE.match(line)
        if not match or not collector.step():
            continue
        indent, value = len(match[1]), match[3].strip().strip("\"'")
        while open_keys and open_keys[-1][0] >= indent:
            open_keys.pop()
        path = ".".join([key for _, key in open_keys[-MAX_DEPTH:]] + [match[2]])
        if value and value not in ("|", ">", "|-", ">-"):
            collector.add(path, value, kind_of(value), number)
        else:
            open_keys.append((indent, match[2]))
    settings = tuple(collector.settings)
    lines = _config_lines(text)
    return ConfigFacts(format=form, settings=settings, lines=lines, template=True, truncated=collector.truncated)


# ---------------------------------------------------------------- YAML


def _yaml(text: str) -> ConfigFacts:
    trees = safe_yaml.documents(text.encode("utf-8", "replace"))
    collector = _Collector()
    for tree in trees:
        if not _is_conda(tree):
            _walk_yaml(collector, tree, "", 0)
    return ConfigFacts(
        format="yaml",
        settings=tuple(collector.settings),
        documents=len(trees),
        lines=_config_lines(text),
        template=bool(_TEMPLATE_MARK.search(text)) and "{%" in text,
        truncated=collector.truncated,
    )


def _is_conda(tree: object) -> bool:
    """A conda environment declares packages; it configures nothing."""
    keys = safe_yaml.mapping(tree).keys()
    return "dependencies" in keys and keys <= _CONDA_KEYS and isinstance(safe_yaml.mapping(tree)["dependencies"], list)


def _walk_yaml(collector: _Collector, tree: Any, path: str, depth: int) -> None:
    if not collector.step():
        return
    if isinstance(tree, Text):
        if path:
            collector.add(path, tree, tree.kind, tree.line)
    elif depth > MAX_DEPTH:
        collector.truncated = True
    elif isinstance(tree, dict):
        for key, value in tree.items():
            below = f"{path}.{key}" if path else key
            if value.__class__ is not Text:
                _walk_yaml(collector, value, below, depth + 1)
            elif collector.step() and below:
                collector.add(below, value, value.kind, value.line)
    elif all(isinstance(item, Text) for item in tree):
        if path:
            collector.add(path, _listed(tree), "list", safe_yaml.line_of(tree))
    else:
        for index, item in enumerate(tree):
            _walk_yaml(collector, item, _join(path, str(index)), depth + 1)


def _listed(values: list[Any]) -> str:
    """A list of scalars as text, no longer than a value may be."""
    shown = ", ".join(str(value)[:VALUE_CUT] for value in values[:VALUE_CUT])
    return f"[{shown[: VALUE_CUT - 2]}]"


# ---------------------------------------------------------------- TOML and JSON


def _toml(text: str) -> ConfigFacts:
    source = toml_source.parse_text(text)
    collector = _Collector()
    for path, value in _leaves(collector, source.values, (), 0):
        line = source.line_of(*path)
        _add_plain(collector, ".".join(path), value, line)
    lines = _config_lines(text)
    return ConfigFacts(format="toml", settings=tuple(collector.settings), lines=lines, truncated=collector.truncated)


def _json(text: str) -> ConfigFacts:
    """A file whose root is a list is data, not configuration."""
    loose = "//" in text or "/*" in text
    try:
        values = safe_json.loads(text)
    except Unreadable:
        if not loose:
            raise
        values = safe_json.loads_with_comments(text)
    lines = _config_lines(text)
    if not isinstance(values, dict):
        return ConfigFacts(format="json", lines=lines)
    collector = _Collector()
    keys = safe_json.key_lines(text)
    position = 0
    for path, value in _leaves(collector, values, (), 0):
        position, line = _next_line(keys, position, path)
        _add_plain(collector, ".".join(path), value, line)
    return ConfigFacts(format="json", settings=tuple(collector.settings), lines=lines, truncated=collector.truncated)


def _next_line(keys: list[tuple[str, int]], position: int, path: tuple[str, ...]) -> tuple[int, int]:
    """The line of the path's last name among the keys that follow, as both are in the order of the text."""
    name = next((part for part in reversed(path) if not part.isdigit()), "")
    for index in range(position, min(len(keys), position + 200)):
        if keys[index][0] == name:
            return index, keys[index][1]
    return position, 0


def _leaves(
    collector: _Collector, value: Any, path: tuple[str, ...], depth: int
) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not collector.step():
        return
    if depth > MAX_DEPTH:
        collector.truncated = True
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(collector, item, (*path, key), depth + 1)
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for index, item in enumerate(value):
            yield from _leaves(collector, item, (*path, str(index)), depth + 1)
    elif path:
        yield path, value


def _add_plain(collector: _Collector, path: str, value: Any, line: int) -> None:
    if isinstance(value, list):
        collector.add(path, _listed(value), "list", line)
    elif value is None:
        collector.add(path, "null", "null", line)
    elif isinstance(value, bool):
        collector.add(path, str(value).lower(), "boolean", line)
    elif isinstance(value, int | float | Number):
        collector.add(path, str(value), "number", line)
    else:
        text = str(value)
        collector.add(path, text, "reference" if "${" in text or "{{" in text else "string", line)


# ---------------------------------------------------------------- INI and .env


def _ini(text: str) -> ConfigFacts:
    collector = _Collector()
    for entry in ini_source.entries(text):
        if collector.step():
            kind = "list" if len(entry.values) > 1 else kind_of(entry.value)
            collector.add(_join(entry.section, entry.key), entry.value, kind, entry.line)
    lines = _config_lines(text)
    return ConfigFacts(format="ini", settings=tuple(collector.settings), lines=lines, truncated=collector.truncated)


def _env(text: str) -> ConfigFacts:
    collector = _Collector()
    for number, line in enumerate(cut_lines(text), start=1):
        match = _ENV_LINE.match(line)
        if match and collector.step():
            value = match[2].strip().strip("\"'")
            collector.add(match[1], value, kind_of(value), number)
    lines = _config_lines(text)
    return ConfigFacts(format="env", settings=tuple(collector.settings), lines=lines, truncated=collector.truncated)


def _reader(form: str, walk: Callable[[str], ConfigFacts]) -> Reader:
    return Reader(f"config.{form}", VERSION, lambda data: _read_text(data, form, walk))


READERS = tuple(
    _reader(form, walk)
    for form, walk in (("yaml", _yaml), ("toml", _toml), ("json", _json), ("ini", _ini), ("env", _env))
)
