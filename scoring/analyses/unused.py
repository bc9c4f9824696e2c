"""Functions and classes whose names stand nowhere but where they are defined (dec.3).

Names are compared, whatever the module: a function is used where anything imports its name, where text has it as a
word, or where a file has its module at hand and may ask it for any name. So much that is unused is not found, and what
is found is.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import all_imports
from scoring.analyses.named import named
from scoring.analyses.placing import placed
from scoring.analyses.published import is_library
from scoring.analyses.python_file import CodeFile
from scoring.analyses.reached import is_module, reached
from scoring.analyses.settings import words_of
from scoring.analyses.starts import INTERFACE, SERVICES, is_offered, is_public, loading, naming_unread, stem
from scoring.analyses.unparsed import asked_of, spoken_of, uses_unseen
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, Unmentioned
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge import packages

CALLED = frozenset(
    {
        "main", "run", "init", "setup", "teardown", "handler", "handle", "make_app", "get_app", "application", "app",
        "train", "predict", "execute", "register", "register_pipelines", "create_pipeline", "register_commands",
        "upgrade", "downgrade", "model", "setUpModule", "tearDownModule", "Command", "Migration", "Config", "Meta",
        "Plugin", "excepthook", "entrypoint", "entry_point", "load_ipython_extension", "unload_ipython_extension",
        "init_context", "lambda_handler",
        "define_env", *SERVICES,
    }
)  # fmt: skip
"""Names by which a tool calls what a module offers: services, functions in the cloud, plugins, pipelines."""
BEGINNINGS = ("pytest_", "on_", "test_", "Test", "hook_", "do_", "when_", "post_", "pre_")
FOUND = (
    "TestCase", "AppConfig", "ModelAdmin", "BaseCommand", "Migration", "HttpUser", "FastHttpUser", "Plugin",
)  # fmt: skip
"""Ends of the bases by which a runner or a framework finds a class."""
WORTH = 5
"""Lines under which what a file holds unused can wait; it counts all the same."""
SHOWN = 4
FEW = 0.02
"""Share of the lines up to which dec.3 is clear: its good anchor."""
LOADED = frozenset(
    {"getattr", "vars", "__dict__", "inspect", "getmembers", "globals", "import_module", "__import__", "eval"}
)
"""Words of a file that may ask a module for a name as text."""
BUILD = frozenset({"setup", "noxfile", "conftest", "tasks", "fabfile", "dodo", "conf", "hubconf", "locustfile"})


def _candidates(file: PythonFile) -> tuple[Unmentioned, ...]:
    """What it never mentions again, without what tools call by name and cases of tests."""
    if any(call.name == "fire.Fire" and not (call.arguments or call.keywords) for call in file.facts.calls):
        return ()  # each name of such a module is a command
    cases = {item.name for item in file.facts.classes if any(map(_is_found_by, item.bases))}
    return tuple(
        item
        for item in file.facts.unmentioned
        if item.name not in CALLED and not item.name.startswith(BEGINNINGS) and item.name not in cases
    )


def _is_found_by(base: str) -> bool:
    return base.endswith(FOUND) or INTERFACE(base.rpartition(".")[2]) is not None


_candidates_of: Memo[PythonFile, tuple[Unmentioned, ...]] = Memo(_candidates)


Found = list[tuple[PythonFile, Unmentioned]]


class _Unused(NamedTuple):
    answer: Answer
    named: tuple[Hit, ...] = ()
    """Each function and class that its findings name, by itself."""


def unused_code(view: View) -> Answer:
    """Share of the lines of code that stand in functions and classes that nothing names."""
    return _judged(view).answer


def unused_parts(view: View) -> tuple[Hit, ...]:
    """The places of all that the findings of `unused_code` name, of which each finding stands at the first."""
    return _judged(view).named


@lru_cache(maxsize=1)
def _judged(view: View) -> _Unused:
    files = [file for file in view.product_once if is_module(file) and stem(file.path) not in BUILD]
    if not any(file.facts.functions or file.facts.classes for file in files):
        none = NotApplicable("no function and no class")
        return _Unused(Unknown("Python went unread") if view.python_unseen else none)
    if uses_unseen(view):
        return _Unused(Unknown("Python that may use them went unread"))
    if naming_unread(view):
        return _Unused(Unknown("configuration, packaging or jobs that may name them went unread"))
    found = reached(view)
    files = [file for file in files if file.path in found.imported or loading(file).starts]
    files = [file for file in files if file.path not in found.left]
    lines = sum([file.facts.code_lines for file in files])
    if not lines:
        return _Unused(NotApplicable("no module that is imported or run"))
    left = [(file, item) for file in files if file.facts.unmentioned for item in _candidates_of(file)]
    if is_library(view):
        left = [place for place in left if not _is_for_others(view, *place)]
    unnamed = _unnamed(view, left)
    unused = _asked_by_no_user(view, [place for place in unnamed if not _is_for_others(view, *place)], _speaks_of)
    dead, few = _lines(unused), FEW * lines
    if dead <= few < _lines(unnamed) and (lost := _lines(_never_named(view, unnamed))) > few:
        why = f"whether anybody calls what nothing here names ({lost} of {lines} lines) can't be told"
        return _Unused(Unknown(why))
    told = _told(unused) if dead > few else []
    hits = tuple([placed(_hit([item for _, item in places]), places[0][0]) for places in told])
    parts = tuple([placed(_hit([item]), file) for places in told for file, item in places])
    return _Unused(Measure(dead / lines, lines, hits), parts)


def _never_named(view: View, left: Found) -> Found:
    """Those that no call ends in, and that no file with their module at hand says; one whose words are not known may
    say any."""
    called = frozenset().union(*map(_called_in, view.whole))
    left = [(file, item) for file, item in left if item.name not in called]
    return _asked_by_no_user(view, left, _says)


def _says(file: CodeFile, name: str) -> bool:
    return not isinstance(file, PythonFile) or file.facts.settings is None or name in words_of(file)


_called_in: Memo[PythonFile, frozenset[str]] = Memo(
    lambda file: frozenset([call.name.rpartition(".")[2] for call in file.facts.calls])
)


def _lines(found: Found) -> int:
    return sum([item.code_lines for _, item in found])


def _is_for_others(view: View, file: PythonFile, item: Unmentioned) -> bool:
    return is_offered(view) and is_public(f"{file.path}/{item.name}")


def _unnamed(view: View, left: Found) -> Found:
    """Those that no import and no text names."""
    imported = _latest_imported((all_imports(view),), lambda: _imported(view))
    left = [(file, item) for file, item in left if item.name not in imported]
    names = [item.name for _, item in left]
    said = named(view, names) | spoken_of(view, names)
    left = [(file, item) for file, item in left if item.name not in said and not asked_of(view, stem(file.path))]
    left = _outside_of_families(view, left) if left else left
    if left and any("__subclasses__" in words_of(file) for file in view.whole if file.facts.settings is not None):
        left = [(file, item) for file, item in left if item.name not in _derived_in(file)]
    return left


def _asked_by_no_user(view: View, left: Found, asks: Callable[[CodeFile, str], bool]) -> Found:
    """Those that no other file which has their module at hand asks it for."""
    stems = frozenset([stem(file.path) for file, _ in left])
    users = _latest_users((all_imports(view), stems), lambda: _users(view, stems))
    by_path = view.python_by_path
    return [
        (file, item)
        for file, item in left
        if not any(asks(by_path[user], item.name) for user in users.get(stem(file.path), ()) if user != file.path)
    ]


_latest_imported: Latest[frozenset[str]] = Latest()


def _imported(view: View) -> frozenset[str]:
    """Names that any file imports, but those of packages which no module of the component is called after."""
    own = frozenset([part for path in view.python_paths for part in path.removesuffix(".py").split("/")])
    foreign = [name for file in view.python for root, name in _foreign(file) if root in own]
    return frozenset(foreign).union(*map(_local, view.python))


def _of_packages(file: CodeFile) -> tuple[tuple[str, str], ...]:
    """(package, name) of what it imports from a package that is known."""
    pairs = [(item.module.partition(".")[0], item.name) for item in file.facts.imports if item.name and not item.level]
    return tuple([pair for pair in pairs if packages.is_known(pair[0]) or pair[0] in packages.STANDARD])


_foreign: Memo[CodeFile, tuple[tuple[str, str], ...]] = Memo(_of_packages)
_local: Memo[CodeFile, frozenset[str]] = Memo(
    lambda file: _brought(file) - (frozenset([name for _, name in _foreign(file)]) - _own_names(file))
)


def _own_names(file: CodeFile) -> frozenset[str]:
    """Names that it imports from elsewhere too."""
    known = {root for root, _ in _foreign(file)}
    return frozenset(
        [item.name for item in file.facts.imports if item.level or item.module.partition(".")[0] not in known]
    )


def _names(file: CodeFile) -> frozenset[str]:
    """The last part of what it imports: a name, a module; of a star the module."""
    imports = file.facts.imports
    names = {item.name for item in imports}
    if "" in names or "*" in names:
        names -= {"", "*"}
        names |= {item.module.rpartition(".")[2] for item in imports if item.name in ("", "*")}
    return frozenset(names)


_brought: Memo[CodeFile, frozenset[str]] = Memo(_names)


_latest_users: Latest[dict[str, list[str]]] = Latest()


def _users(view: View, stems: frozenset[str]) -> dict[str, list[str]]:
    """Name of a module -> paths of the files that have a module of that name at hand, or all that it defines."""
    found: dict[str, list[str]] = {}
    for file in view.python if stems else ():
        for name in stems & _brought(file):
            found.setdefault(name, []).append(file.path)
    return found


def _speaks_of(file: CodeFile, name: str) -> bool:
    """Whether a file that has the module at hand may use this name of it; where its words are not known, it may."""
    return _says(file, name) or (isinstance(file, PythonFile) and not LOADED.isdisjoint(words_of(file)))


# ---------------------------------------------------------------- modules whose classes are taken by a name in text


def _outside_of_families(view: View, left: Found) -> Found:
    """Without what a name put together at run time may take, and the classes that configuration may."""
    open_to_code = frozenset().union(*map(_prefixes_of, view.whole))
    open_to_settings = frozenset().union(*map(_targets_of, view.configs))
    return [
        (file, item)
        for file, item in left
        if (name := stem(file.path)) not in open_to_code and not (item.name[0].isupper() and name in open_to_settings)
    ]


_derived_in: Memo[PythonFile, frozenset[str]] = Memo(
    lambda file: frozenset([item.name for item in file.facts.classes if any(base != "object" for base in item.bases)])
)
"""Classes that a base can list."""


def _targets(item: InPlace[ConfigFacts]) -> frozenset[str]:
    """Parts of the dotted names in its values, but the last."""
    values = [setting.value for setting in item.facts.settings if "." in setting.value and _DOTTED(setting.value)]
    return frozenset(part for value in values for part in value.split(".")[:-1])


def _prefixes(file: PythonFile) -> frozenset[str]:
    """Modules that a string names without what it takes of them: "features." of `"features." + name`."""
    said = file.facts.settings
    texts = said.texts.split() if said and ". " in f"{said.texts} " else []
    return frozenset([text[:-1].rpartition(".")[2] for text in texts if text[-1] == "."])


_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+").fullmatch
_targets_of = Memo(_targets)
_prefixes_of: Memo[PythonFile, frozenset[str]] = Memo(_prefixes)


def _told(unused: Found) -> list[Found]:
    """What is told, file by file; of files with few such lines only the one with the most, if there is no other."""
    files: dict[str, Found] = {}
    for file, item in unused:
        files.setdefault(file.path, []).append((file, item))
    worth = [places for places in files.values() if _lines(places) >= WORTH]
    if worth or not files:
        return worth
    return [max(files.values(), key=_lines)]


def _hit(items: list[Unmentioned]) -> Hit:
    first, total = items[0], sum([item.code_lines for item in items])
    lines = f"{total} lines" if total != 1 else "1 line"
    named = ", ".join(item.name for item in items[:SHOWN])
    more = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    says = "is used nowhere: no code, configuration, command or string names it"
    if len(items) > 1:
        says = "are used nowhere: no code, configuration, command or string names them"
    return Hit(
        line=first.line,
        end_line=first.end_line,
        key="unused",
        symbol=first.name,
        message=f"{named}{more} ({lines}) {says}.",
        evidence={"lines": total, "names": len(items)},
    )
