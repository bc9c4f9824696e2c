"""How the code between training and serving spreads over programming languages, and what checks them (mul.1, mul.5).

Tests, documentation, examples, user interfaces and short shell scripts are no part of that way; SQL counts half, since
nearly every system has some.
"""

import re
from functools import lru_cache
from math import exp, fsum, log
from typing import NamedTuple

from scoring.analyses.code_tests import tells_of_untested
from scoring.analyses.dbt_projects import dbt_projects
from scoring.analyses.dead import is_beside_dead
from scoring.analyses.user_interfaces import BROWSER, interface_folders, is_interface
from scoring.analyses.view import PRODUCT_EXCLUDES, View
from scoring.analyses.working_ci import ci_unread, commands_of_ci, has_ci, runs_out_of_sight
from scoring.facts import FileEntry, PythonFacts, TextFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

SHORT_SHELL = 50
"""Lines under which a shell script is a command with a name (catalogue 4.18)."""
SQL_WEIGHT = 0.5
LANGUAGES = {
    "python": "Python",
    "r": "R",
    "julia": "Julia",
    "scala": "Scala",
    "java": "Java",
    "kotlin": "Kotlin",
    "c": "C or C++",
    "c++": "C or C++",
    "cuda": "C or C++",
    "cython": "Cython",
    "go": "Go",
    "rust": "Rust",
    "swift": "Swift",
    "c#": "C#",
    "f#": "F#",
    "javascript": "JavaScript or TypeScript",
    "ts": "JavaScript or TypeScript",
    "shell": "shell",
    "sql": "SQL",
    "matlab": "MATLAB",
    "perl": "Perl",
    "ruby": "Ruby",
    "lua": "Lua",
    "php": "PHP",
    "fortran": "Fortran",
    "haskell": "Haskell",
    "ocaml": "OCaml",
    "clojure": "Clojure",
    "elixir": "Elixir",
    "erlang": "Erlang",
    "groovy": "Groovy",
    "dart": "Dart",
    "nim": "Nim",
    "zig": "Zig",
    "powershell": "PowerShell",
    "sas": "SAS",
    "vb": "Visual Basic",
    "pascal": "Pascal",
}
"""identify's tag -> the language as people name it; what is not here is no code of the way."""

_NOT_ON_THE_WAY = PRODUCT_EXCLUDES | {"example", "ci", "task", "packaging"}

BUILDS = (".gradle", ".gradle.kts", ".sbt")
"""Ends of files that only build a program, in the language of its build tool."""


class Share(NamedTuple):
    """One language on the way from training to serving."""

    name: str
    lines: int
    files: int
    largest: str
    """Path of its largest file."""
    share: float
    """Of all lines, SQL at half weight."""


class Spread(NamedTuple):
    """Languages by share, largest first; `unread` names a code file that could not be read, or ""."""

    shares: tuple[Share, ...]
    unread: str

    @property
    def effective(self) -> float:
        """The exponential of the entropy of the shares: 1 for one language, n for n in equal parts."""
        return exp(-fsum(item.share * log(item.share) for item in self.shares if item.share > 0))


@lru_cache(maxsize=1)
def spread(view: View) -> Spread:
    """The languages of the component's own code, identical files once."""
    interfaces = interface_folders(view.files)
    sizes: dict[str, dict[str, int]] = {}
    seen: set[str] = set()
    unread = ""
    for entry in view.files:
        name = language_on_the_way(entry)
        if not name:
            continue
        if name in BROWSER and is_interface(entry.path, interfaces):
            continue
        if entry.skipped and not entry.facts:
            unread = unread or entry.path
        lines = _lines(entry)
        if not lines or entry.blob in seen or (name == "shell" and lines < SHORT_SHELL):
            continue
        seen.add(entry.blob)
        sizes.setdefault(name, {})[entry.path] = lines
    return Spread(_shares(sizes), unread)


def language_on_the_way(entry: FileEntry) -> str:
    """The language of a file between training and serving; "" for what is aside of it, or no code."""
    aside = not entry.roles.isdisjoint(_NOT_ON_THE_WAY) or entry.path.endswith(BUILDS)
    return "" if aside else _language(entry)


def _language(entry: FileEntry) -> str:
    if entry.language == "jupyter":
        notebooks = [facts.notebook for facts in entry.facts if isinstance(facts, PythonFacts)]
        language = notebooks[0].language if notebooks and notebooks[0] else "python"
        return LANGUAGES.get(language.lower(), "")
    return LANGUAGES.get(entry.language, "")


def _lines(entry: FileEntry) -> int:
    return sum([facts.code_lines for facts in entry.facts if isinstance(facts, (PythonFacts, TextFacts))])


def _shares(sizes: dict[str, dict[str, int]]) -> tuple[Share, ...]:
    weights = {name: (SQL_WEIGHT if name == "SQL" else 1.0) * sum(files.values()) for name, files in sizes.items()}
    total = fsum(weights.values())
    found = [
        Share(
            name,
            sum(files.values()),
            len(files),
            max(files, key=lambda path: (files[path], path)),
            weights[name] / total,
        )
        for name, files in sizes.items()
    ]
    return tuple(sorted(found, key=lambda item: (-item.share, item.name)))


# ---------------------------------------------------------------- what checks them

SMALL = 100
"""Lines under which a language is a script or two."""
_BUILDS_EXTENSIONS = (
    r"|pip[\d.]* install (?:-\S+ )*['\"]?\.|setup\.py|python -m build|cibuildwheel|poetry (?:install|build)"
    r"|uv (?:sync|build)"
)
_CHECKS = {
    "Python": r"\bpytest|\bpy\.test|\bunittest\b|\bnosetests|\btox\b|\bnox\b|\bruff\b|\bflake8\b|\bpylint\b|\bmypy\b"
    r"|\bpyright\b|\bblack\b"
    r"|\bsetup\.py\b.*\b(?:sdist|bdist\w*|build\w*|test)\b|python\S* -m build|(?:poetry|uv) build",
    "R": r"\bRscript\b|\bR CMD\b|\bR -|r-lib/|setup-r\b",
    "Julia": r"\bjulia\b",
    "Scala": r"\bsbt\b|\bmvn\w*\b|gradle|\bscala",
    "Java": r"\bmvn\w*\b|gradle|\bant\b|\bjavac\b|setup-java|bazel",
    "Kotlin": r"\bmvn\w*\b|gradle|\bkotlinc\b",
    "C or C++": r"\bcmake\b|\bmake\b|\bg?cc\b|g\+\+|clang|\bctest\b|bazel|\bninja\b|meson|catkin|colcon|nvcc|conan"
    + _BUILDS_EXTENSIONS,
    "Cython": r"cython" + _BUILDS_EXTENSIONS,
    "Go": r"\bgo (?:test|build|vet)\b|golangci|setup-go",
    "Rust": r"\bcargo\b|maturin|rust" + _BUILDS_EXTENSIONS,
    "Swift": r"\bswift\b|xcodebuild",
    "C#": r"\bdotnet\b|msbuild",
    "F#": r"\bdotnet\b|msbuild",
    "JavaScript or TypeScript": r"\bnp[mx]\b|\byarn\b|\bpnpm\b|\bnode\b|\bbun\b|\bdeno\b|eslint|setup-node|\bjest\b",
    "SQL": r"\bdbt\b|sqlfluff|\bpsql\b|\bmysql\b|\bsqlite3?\b|alembic|flyway|sqlcmd|\.sql\b",
    "MATLAB": r"\bmatlab\b|\boctave\b",
    "Perl": r"\bperl\b|\bprove\b",
    "Ruby": r"\brake\b|\brspec\b|\bbundle\b|\bruby\b",
    "Lua": r"\blua\w*\b|\bbusted\b|\bth\b",
    "PHP": r"\bphp\w*\b|composer",
}
"""Language -> what a command or the name of an action looks like that builds, tests or runs it."""
_GLUE = frozenset({"shell", "PowerShell"})
"""What only calls other programs: a job that runs those covers it."""
_BESIDE = re.compile(
    r"(?:^|/)(?:r?shiny|figures?|figs|plots?|papers?|latex|analys[ie]s|reports?|\.[^/]+|[a-z][\w-]*\d\.[\d.]+)/|\.(?:[rq]md|ipynb)$",
    re.IGNORECASE,
)
"""Folders whose code draws or reports, serves the CI itself, or is another's release; reports and notebooks."""
_INDIRECT = re.compile(r"\bmake\b|\btox\b|\bnox\b|\bjust\b|\bdocker\b|\bdocker-compose\b|\bbazel\b", re.IGNORECASE)


def unchecked_languages(view: View) -> Answer:
    """How many languages on the way no test is written in and no CI job builds, tests or checks."""
    found = spread(view)
    shares = [item for item in found.shares if item.lines >= SMALL]
    known = {item.name for item in shares}
    if strange := [path for path, name in _unread(view) if name not in known]:
        return Unknown(f"{strange[0]} could not be read")
    if not shares:
        return NotApplicable("no language of any size")
    tested, commands = _tested_languages(view), _ci_texts(view)
    left = [
        item
        for item in shares
        if item.name not in tested
        and item.name not in _GLUE
        and not _BESIDE.search(item.largest)
        and not _is_checked(item.name, commands)
    ]
    if left and (ci_unread(view) or runs_out_of_sight(view)):
        return Unknown("CI files went unread" if ci_unread(view) else "CI runs scripts whose commands are not seen")
    unsure = {item.name: why for item in left if (why := _why_unsure(item.name, view, commands))}
    if unsure and not (left := [item for item in left if item.name not in unsure]):
        return Unknown(next(iter(unsure.values())))
    named = [item for item in left if not _is_told(view, item)]
    hits = tuple(_unchecked_hit(item, has_ci(view), len(shares) == 1) for item in named)
    return Measure(len(left), len(shares) - len(unsure), hits)


def _is_told(view: View, item: Share) -> bool:
    """Whether another row tells of it: of untested Python tst.1, of what dead modules call dec.4."""
    return tells_of_untested(view) if item.name == "Python" else is_beside_dead(view, item.largest)


def _why_unsure(language: str, view: View, commands: str) -> str:
    """Why nobody can say that it goes unchecked; "" where all was seen."""
    if language not in _CHECKS and commands:
        return f"by which commands CI checks {language} is not known"
    tests = (entry.path for entry in view.files if "test" in entry.roles and entry.skipped and not entry.facts)
    unread = next((path for path in tests if path.endswith((".py", ".ipynb"))), "") if language == "Python" else ""
    return f"{unread} may hold tests, and could not be read" if unread else ""


def _unread(view: View) -> list[tuple[str, str]]:
    """(path, language) of code that could not be read, by path: more of a language already seen changes nothing."""
    return [
        (entry.path, name)
        for entry in view.files
        if entry.skipped and not entry.facts and entry.roles.isdisjoint(_NOT_ON_THE_WAY) and (name := _language(entry))
        if name not in BROWSER
    ]


def _tested_languages(view: View) -> set[str]:
    """Languages that tests are written in. A Python file called test that holds no test function is a script."""
    tested = {_language(entry) for entry in view.files if "test" in entry.roles} - {"Python"}
    by_name = any(name.startswith("test") for file in view.tests for name in file.facts.function_names)
    if by_name or any(facts.runs_tests for _, facts in view.ci):
        tested.add("Python")
    if any(item.has_key_test for project in dbt_projects(view) for item in project.described.values()):
        tested.add("SQL")
    return tested


def _ci_texts(view: View) -> str:
    """Commands, actions and images of CI; those of task files and images too where CI runs such."""
    texts = [*commands_of_ci(view), *[name for _, facts in view.ci for name in facts.uses]]
    if any(map(_INDIRECT.search, texts)):
        texts += [text for _, _, text in view.commands]
    return "\n".join(texts)


def _is_checked(language: str, commands: str) -> bool:
    pattern = _CHECKS.get(language)
    return pattern is not None and re.search(pattern, commands, re.IGNORECASE) is not None


def _unchecked_hit(item: Share, runs: bool, alone: bool) -> Hit:
    """Where there is one language alone, its tests are spoken of and no seam."""
    ci = "no CI job builds or runs it" if runs else "there is no CI"
    many = f"{item.lines} lines of {item.name} in {f'{item.files} files' if item.files > 1 else 'one file'}"
    message = f"{many} lie on the way from training to serving; no test is written in it and {ci}."
    bare = f"{many}: no test is written for them and {ci}; what a change breaks, its next user finds."
    return Hit(
        path=item.largest,
        line=1,
        key=f"unchecked {item.name}",
        message=bare if alone else message,
        evidence={"language": item.name, "lines": item.lines},
        remedy="Write one test that runs the code on a few rows, and a CI job that runs the test." * alone,
    )
