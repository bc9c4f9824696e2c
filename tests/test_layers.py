"""Who may import whom (README, "Decisions"; the design's section 3). It runs before every other test.

Imports are read from the source, the late ones inside functions too. A module that no list below names fails.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SCORING = (
    {"__main__"},
    {"contract"},
    {"testing", "reports"},
    {
        "engine",
        "arguments",
        "collector",
        "custom",
        "survey",
        "measuring",
        "tallying",
        "reading",
        "reading_ahead",
        "outcomes",
        "location",
        "listing",
        "moments",
        "edition",
    },
    {"scores"},
    {"debts"},
    {"analyses"},
    {"readers", "sources"},
    {"sandbox"},
    {"findings", "facts", "knowledge", "masking"},
    {"catalog"},
)
"""Top to bottom: a part imports its own modules, its own layer's, and those below."""

DEBTBOARD = (
    {"celery", "asgi", "wsgi", "urls", "apps"},
    {"views", "api", "templatetags", "management", "cli", "embedded"},
    {"tasks", "charts", "forms"},
    {"domain"},
    {"models", "migrations"},
    {"settings"},
    {"environment", "secrets_file"},
)

BLIND = ({"readers", "sources"},)
"""Parts of one layer that must not see each other."""

ALLOWED = {
    ("scoring.sandbox", "readers"): "the child looks its readers up by name; the parent never imports one",
}
"""(module, part) -> why it may look up."""

NETWORK = {"git", "http", "socket", "urllib", "ssl", "ftplib", "smtplib", "asyncio", "requests", "httpx"}
PROCESS = {"subprocess", "multiprocessing", "pty", "ProcessPoolExecutor"}
PROCESS_CALLS = ("os.system", "os.popen", "os.fork", "os.exec", "os.spawn", "os.posix_spawn")
RUNS_INPUT = {"pickle", "marshal", "shelve", "runpy", "joblib", "cloudpickle", "dill"}
RUNS_INPUT_CALLS = {"eval", "exec", "__import__"}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
}
FRAMEWORKS = {"django", "celery", "redis", "plotly", "debtboard"}


def modules(package: str) -> list[str]:
    return sorted(_dotted(path) for path in (ROOT / package).rglob("*.py"))


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _path(module: str) -> Path:
    base = ROOT.joinpath(*module.split("."))
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(_path(module).read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Every module and name it imports, dotted, wherever the statement stands."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
            found.add(str(node.module))
    return frozenset(found)


def calls(module: str) -> Iterator[tuple[str, int]]:
    """(dotted callee, line) of every call of a plain name."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def part_of(module: str) -> str:
    """The second name of a dotted module: scoring.debts.glue_code -> debts; "" for the package itself."""
    return module.split(".")[1] if "." in module else ""


def imported_parts(module: str, package: str) -> set[str]:
    """The parts of `package` that the module imports, its own left out."""
    parts = {part_of(name) for name in imports(module) if name.split(".")[0] == package}
    known = {part_of(name) for name in modules(package)}
    return (parts & known) - {"", part_of(module)}


def layer_of(part: str, layers: tuple[set[str], ...]) -> int:
    """0 is the top; an unlisted part, which has a test of its own, counts as the lowest."""
    return next((index for index, layer in enumerate(layers) if part in layer), len(layers))


def misplaced(module: str, package: str) -> list[str]:
    """The parts it imports and may not."""
    layers, part = PACKAGES[package], part_of(module)
    others = imported_parts(module, package)
    if not part:
        return sorted(others - {"celery"})
    return sorted(
        other
        for other in others
        if (module, other) not in ALLOWED
        and (layer_of(other, layers) < layer_of(part, layers) or any({part, other} <= pair for pair in BLIND))
    )


PACKAGES = {"scoring": SCORING, "debtboard": DEBTBOARD}
EVERY = [(package, module) for package in PACKAGES for module in modules(package)]
ENGINE = modules("scoring")


@pytest.mark.parametrize(("package", "module"), EVERY)
def test_module_is_of_a_listed_part(package: str, module: str) -> None:
    listed = set().union(*PACKAGES[package])
    assert part_of(module) in listed | {""}, f"{module} is in no layer: add its part, or move it"


@pytest.mark.parametrize(("package", "module"), EVERY)
def test_module_imports_only_its_layer_and_those_below(package: str, module: str) -> None:
    wrong = misplaced(module, package)
    assert wrong == [], f"{module} may not import {wrong}"


def test_upward_import_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "readers/upward.py": "def late():\n    from scoring.engine import assess\n    return assess\n",
        "readers/sideways.py": "import scoring.sources.git\n",
        "engine.py": "",
        "sources/git.py": "",
    }.items():
        path = tmp_path / "scoring" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert misplaced("scoring.readers.upward", "scoring") == ["engine"]
    assert misplaced("scoring.readers.sideways", "scoring") == ["sources"]


@pytest.mark.parametrize("module", ENGINE)
def test_engine_module_imports_no_framework(module: str) -> None:
    assert {name.split(".")[0] for name in imports(module)} & FRAMEWORKS == set()


@pytest.mark.parametrize("module", [name for name in ENGINE if part_of(name) != "sources"])
def test_engine_module_outside_sources_opens_no_connection(module: str) -> None:
    assert {name.split(".")[0] for name in imports(module)} & NETWORK == set()


@pytest.mark.parametrize("module", [name for name in ENGINE if part_of(name) not in {"sources", "sandbox"}])
def test_engine_module_outside_sources_and_sandbox_starts_no_process(module: str) -> None:
    assert {part for name in imports(module) for part in name.split(".")} & PROCESS == set()
    assert [(name, line) for name, line in calls(module) if name.startswith(PROCESS_CALLS)] == []


@pytest.mark.parametrize("module", ENGINE)
def test_engine_module_runs_nothing_it_reads(module: str) -> None:
    assert {name.split(".")[0] for name in imports(module)} & RUNS_INPUT == set()
    assert [(name, line) for name, line in calls(module) if name in RUNS_INPUT_CALLS] == []


def test_only_the_child_runs_files_of_an_operators_own_signals() -> None:
    """It imports them from bytes; whoever holds it in another process could run them there."""
    machinery = {"importlib.abc", "importlib.util", "importlib.machinery", "types.FunctionType"}
    assert [name for name in ENGINE if imports(name) & machinery] == ["scoring.custom.child"]
    every = [*ENGINE, *modules("debtboard")]
    assert [name for name in every if "scoring.custom.child" in imports(name)] == []


@pytest.mark.parametrize("module", [name for name in ENGINE if part_of(name) != "__main__"])
def test_engine_module_reads_no_clock(module: str) -> None:
    """Time is a parameter. The command line alone may ask what time it is; time.monotonic limits, and says nothing."""
    assert [
        (name, line) for name, line in calls(module) if name.removeprefix("datetime.") in CLOCKS or name in CLOCKS
    ] == []


@pytest.mark.parametrize("module", [name for name in ENGINE if name.startswith("scoring.debts.")])
def test_debt_imports_no_other_debt(module: str) -> None:
    assert sorted(name for name in imports(module) if name.startswith("scoring.debts")) == []


def test_allowed_exceptions_are_still_needed() -> None:
    assert [key for key in ALLOWED if key[1] not in imported_parts(key[0], "scoring")] == []
