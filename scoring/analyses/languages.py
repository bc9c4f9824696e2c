"""How the code between training and serving spreads over programming languages (mul.1).

Tests, documentation, examples, user interfaces and short shell scripts are no part of that way; SQL counts half, since
nearly every system has some.
"""

from math import exp, fsum, log
from typing import NamedTuple

from scoring.analyses.view import PRODUCT_EXCLUDES, View
from scoring.facts import FileEntry, PythonFacts, TextFacts

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

_BROWSER = frozenset({"JavaScript or TypeScript"})
_INTERFACE_FILES = frozenset({"html", "css", "scss", "sass", "less", "vue", "svelte", "jsx", "tsx"})
_INTERFACE_FOLDERS = frozenset(
    {
        "static",
        "templates",
        "frontend",
        "front-end",
        "ui",
        "web",
        "webapp",
        "www",
        "public",
        "assets",
        "client",
        "website",
        "dashboard",
        "js",
    }
)
_NOT_ON_THE_WAY = PRODUCT_EXCLUDES | {"example", "ci", "task", "packaging"}


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


def spread(view: View) -> Spread:
    """The languages of the component's own code, identical files once."""
    interfaces = {entry.path.partition("/")[0] for entry in view.files if entry.language in _INTERFACE_FILES}
    sizes: dict[str, dict[str, int]] = {}
    seen: set[str] = set()
    unread = ""
    for entry in view.files:
        name = _language(entry)
        if not name or not entry.roles.isdisjoint(_NOT_ON_THE_WAY):
            continue
        if name in _BROWSER and _is_interface(entry.path, interfaces):
            continue
        if entry.skipped and not entry.facts:
            unread = unread or entry.path
        lines = _lines(entry)
        if not lines or entry.blob in seen or (name == "shell" and lines < SHORT_SHELL):
            continue
        seen.add(entry.blob)
        sizes.setdefault(name, {})[entry.path] = lines
    return Spread(_shares(sizes), unread)


def _language(entry: FileEntry) -> str:
    if entry.language == "jupyter":
        notebooks = [facts.notebook for facts in entry.facts if isinstance(facts, PythonFacts)]
        language = notebooks[0].language if notebooks and notebooks[0] else "python"
        return LANGUAGES.get(language.lower(), "")
    return LANGUAGES.get(entry.language, "")


def _lines(entry: FileEntry) -> int:
    return sum([facts.code_lines for facts in entry.facts if isinstance(facts, (PythonFacts, TextFacts))])


def _is_interface(path: str, interfaces: set[str]) -> bool:
    folders = path.lower().split("/")[:-1]
    return path.partition("/")[0] in interfaces or any(folder in _INTERFACE_FOLDERS for folder in folders)


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
