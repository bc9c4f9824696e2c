"""setup.py, read by its syntax tree and never run, and setup.cfg.

Names bound to literals at the top of setup.py are followed, so are sums of lists, texts put together of such names, the
look-ups of a table of requirements by name (`deps["torch"]`, `deps_list("torch")`) and a table that takes some entries
of another. Whatever else computes the list makes it `dynamic`.
"""

import ast
import re
import warnings
from typing import NamedTuple

from scoring.facts import PackagingFacts, Requirement
from scoring.readers import ini_source
from scoring.readers.base import Reader, Unreadable
from scoring.readers.decoding import text_of
from scoring.readers.packaging.made import choice_of, made_text
from scoring.readers.packaging.people import is_address
from scoring.readers.packaging.pins import group_of, normalised, requirement

VERSION = 6
MAX_BYTES = 300_000
MAX_REQUIREMENTS = 10_000
MAX_DEPTH = 30

_PEOPLE = ("author_email", "maintainer_email")
_SETUP = frozenset({"setup", "setuptools.setup", "core.setup", "distutils.core.setup", "skbuild.setup"})
_INCLUDED = re.compile(r"(?:^|/)[\w.-]*(?:requirements?|reqs?)[\w.-]*\.(?:txt|in)$|^requirements/[\w./-]+$")


class _Listed(NamedTuple):
    """Strings with their lines, and whether all of the expression was understood."""

    texts: tuple[tuple[str, int], ...] = ()
    whole: bool = True


_UNKNOWN = _Listed(whole=False)


def syntax_tree(data: bytes) -> ast.Module:
    """The module's tree; raises Unreadable."""
    text = text_of(data, MAX_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError:
        raise Unreadable("not valid Python 3") from None
    except (ValueError, RecursionError, MemoryError):
        raise Unreadable("not parsed") from None


class _SetupModule:
    """What the top level of a setup.py binds, and its call of setup()."""

    def __init__(self, tree: ast.Module) -> None:
        self.names: dict[str, ast.expr] = {}
        self.entries: dict[str, dict[str, ast.expr]] = {}
        self.call: ast.Call | None = None
        self.includes: list[str] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                self._bind(node.targets[0], node.value)
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                self._bind(node.target, node.value)
            elif isinstance(node, ast.Call) and _dotted(node.func) in _SETUP and node.keywords:
                self.call = node
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _INCLUDED.search(node.value[:200]):
                self.includes.append(node.value)
        self.known = self._known()

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.names.setdefault(target.id, value)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            key = _string(target.slice)
            if key:
                self.entries.setdefault(target.value.id, {})[key] = value

    def _known(self) -> dict[str, tuple[str, int]]:
        """name -> (requirement, line) of every list of strings bound to a name."""
        known: dict[str, tuple[str, int]] = {}
        for value in self.names.values():
            if isinstance(value, ast.List):
                for item in value.elts:
                    one = requirement(_string(item), item.lineno) if _string(item) else None
                    if one:
                        known.setdefault(one.name, (_string(item), item.lineno))
        return known

    def keyword(self, name: str) -> ast.expr | None:
        """The expression of setup(<name>=...), through a ** of a dict bound to a name too."""
        for given in self.call.keywords if self.call else ():
            if given.arg == name:
                return given.value
            table = self._dict(given.value) if given.arg is None else None
            for key, value in zip(table.keys, table.values, strict=True) if table else ():
                if key is not None and _string(key) == name:
                    return value
        return None

    def _dict(self, node: ast.expr) -> ast.Dict | None:
        node = self.names.get(node.id, node) if isinstance(node, ast.Name) else node
        return node if isinstance(node, ast.Dict) else None

    def strings(self, node: ast.expr | None, depth: int = 0) -> _Listed:
        """The strings of an expression that gives a list of them."""
        if node is None:
            return _Listed()
        if depth > MAX_DEPTH:
            return _UNKNOWN
        if isinstance(node, ast.Constant):
            return _of_text(node.value, node.lineno)
        if text := made_text(node, self.names):
            return _of_text(text, node.lineno)
        if isinstance(node, ast.Name) and node.id in self.names:
            return self.strings(self.names[node.id], depth + 1)
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return _joined([self.strings(item, depth + 1) for item in node.elts])
        if isinstance(node, ast.Starred):
            return self.strings(node.value, depth + 1)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _joined([self.strings(node.left, depth + 1), self.strings(node.right, depth + 1)])
        if isinstance(node, ast.Subscript):
            return self._looked_up(node, depth)
        if isinstance(node, ast.Call):
            return self._called(node, depth)
        return _UNKNOWN

    def _looked_up(self, node: ast.Subscript, depth: int) -> _Listed:
        key = _string(node.slice)
        table = node.value.id if isinstance(node.value, ast.Name) else ""
        entry = self.entries.get(table, {}).get(key)
        if entry is None and table in self.names:
            literal = self._dict(node.value)
            pairs = zip(literal.keys, literal.values, strict=True) if literal else ()
            entry = next((value for name, value in pairs if name is not None and _string(name) == key), None)
        if entry is not None:
            return self.strings(entry, depth + 1)
        found = self.known.get(normalised(key)) if key else None
        return _Listed((found,)) if found else _UNKNOWN

    def _called(self, node: ast.Call, depth: int) -> _Listed:
        """`list(x)`, `sorted(x)`, `"...".split()`, and functions whose arguments name known requirements."""
        name = _dotted(node.func)
        if name in ("list", "sorted", "tuple", "set") and len(node.args) == 1:
            return self.strings(node.args[0], depth + 1)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("split", "splitlines"):
            text = _string(node.func.value)
            return _Listed(tuple((part, node.lineno) for part in text.split())) if text else _UNKNOWN
        found = [self.known.get(normalised(_string(argument))) for argument in node.args if _string(argument)]
        if found and len(found) == len(node.args) and all(found):
            return _Listed(tuple(one for one in found if one))
        return _UNKNOWN

    def table(self, node: ast.expr | None) -> tuple[dict[str, _Listed], bool]:
        """name -> strings of a dict expression, and whether all of it was understood."""
        if node is None:
            return {}, True
        bound = self.names.get(node.id, node) if isinstance(node, ast.Name) else node
        name = node.id if isinstance(node, ast.Name) else ""
        found, whole = self._chosen(bound) if isinstance(bound, ast.DictComp) else self._written(bound)
        added = {key: self.strings(value) for key, value in self.entries.get(name, {}).items()}
        return found | added, whole or (bool(added) and not isinstance(bound, ast.DictComp))

    def _written(self, node: ast.expr) -> tuple[dict[str, _Listed], bool]:
        if not isinstance(node, ast.Dict):
            return {}, False
        pairs = [(_string(key), value) for key, value in zip(node.keys, node.values, strict=True) if key is not None]
        return {key: self.strings(value) for key, value in pairs if key}, True

    def _chosen(self, node: ast.DictComp) -> tuple[dict[str, _Listed], bool]:
        """What a comprehension takes of a table by its keys."""
        choice = choice_of(node)
        found, whole = self.table(choice.table) if choice and self._dict(choice.table) else ({}, False)
        return {name: listed for name, listed in found.items() if choice and choice.takes(name)}, whole


def _of_text(value: object, line: int) -> _Listed:
    if not isinstance(value, str):
        return _UNKNOWN
    lines = value.split("\n")
    return _Listed(tuple((text.strip(), line + index) for index, text in enumerate(lines) if text.strip()))


def _joined(parts: list[_Listed]) -> _Listed:
    return _Listed(tuple(text for part in parts for text in part.texts), all(part.whole for part in parts))


def _string(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _dotted(node: ast.expr) -> str:
    parts: list[str] = []
    for _ in range(MAX_DEPTH):
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Name):
            return ".".join([node.id, *reversed(parts)])
        else:
            break
    return ""


def _requirements(listed: _Listed, group: str) -> list[Requirement]:
    found = (requirement(text.partition("#")[0].strip(), line, group) for text, line in listed.texts)
    return [one for one in found if one]


def _console_scripts(listed: _Listed) -> tuple[tuple[str, str], ...]:
    pairs = (text.partition("=") for text, _ in listed.texts if "=" in text)
    return tuple(sorted((name.strip(), target.strip()) for name, _, target in pairs))


def _read_setup_py(data: bytes) -> PackagingFacts:
    module = _SetupModule(syntax_tree(data))
    if module.call is None:
        return PackagingFacts(manager="setuptools", role="declaration")
    needed = module.keyword("install_requires") or module.keyword("requires")
    runtime = module.strings(needed)
    requirements = _requirements(runtime, "runtime")
    extras, whole = module.table(module.keyword("extras_require"))
    whole = whole and runtime.whole
    for name, listed in extras.items():
        requirements += _requirements(listed, group_of(name.partition(":")[0]))
        whole = whole and listed.whole
    for keyword, group in (("tests_require", "dev"), ("setup_requires", "build")):
        requirements += _requirements(module.strings(module.keyword(keyword)), group)
    points, _ = module.table(module.keyword("entry_points"))
    python = module.strings(module.keyword("python_requires")).texts
    project = module.strings(module.keyword("name")).texts
    packages = module.strings(module.keyword("packages")).texts + module.strings(module.keyword("py_modules")).texts
    return PackagingFacts(
        manager="setuptools",
        role="declaration",
        requirements=tuple(_unique(requirements)[:MAX_REQUIREMENTS]),
        python=python[0][0] if len(python) == 1 else "",
        project=normalised(project[0][0]) if len(project) == 1 else "",
        scripts=_console_scripts(points.get("console_scripts", _Listed())),
        includes=tuple(sorted(set(module.includes))),
        dynamic=not whole,
        libraries=tuple(sorted({name.partition(".")[0] for name, _ in packages})),
        people=_names_people(module),
        none_needed=isinstance(needed, ast.List) and not needed.elts,
    )


def _names_people(module: _SetupModule) -> bool:
    """In the call, or in a name at the top that the call was to take."""
    given = [text for key in _PEOPLE for text, _ in module.strings(module.keyword(key)).texts]
    return any(map(is_address, [*given, *map(_string, module.names.values())]))


def _unique(requirements: list[Requirement]) -> list[Requirement]:
    """An extra that sums others up repeats them; one line in one group counts once."""
    return list(dict.fromkeys(requirements))


def _read_setup_cfg(data: bytes) -> PackagingFacts:
    entries = ini_source.entries(text_of(data, MAX_BYTES))
    found = {(entry.section, entry.key): entry for entry in entries}
    requirements: list[Requirement] = []
    groups = {("options", "install_requires"): "runtime", ("options", "tests_require"): "dev"}
    groups[("options", "setup_requires")] = "build"
    includes: list[str] = []
    for entry in entries:
        group = groups.get((entry.section, entry.key))
        if entry.section == "options.extras_require":
            group = group_of(entry.key)
        for text, line in entry.values if group else ():
            if text.startswith("file:"):
                includes += [name.strip() for name in text[5:].split(",")]
                continue
            one = requirement(text.partition(" #")[0], line, group or "")
            requirements += [one] if one else []
    scripts = found.get(("options.entry_points", "console_scripts"))
    python = found.get(("options", "python_requires"))
    name = found.get(("metadata", "name"))
    return PackagingFacts(
        manager="setuptools",
        role="declaration",
        requirements=tuple(requirements[:MAX_REQUIREMENTS]),
        python=python.value if python else "",
        project=normalised(name.value) if name else "",
        scripts=_console_scripts(_Listed(scripts.values)) if scripts else (),
        includes=tuple(includes),
        people=any(is_address(item.value) for key in _PEOPLE if (item := found.get(("metadata", key)))),
    )


READERS = (
    Reader("packaging.setup-py", VERSION, _read_setup_py),
    Reader("packaging.setup-cfg", VERSION, _read_setup_cfg),
)
