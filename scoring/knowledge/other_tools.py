"""What results of other tools are evidence of: tool and rule -> a debt of the catalogue (other_tools.toml)."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from tomllib import loads

MAPPED: tuple[tuple[str, tuple[str, ...], str], ...] = tuple(
    (entry["tool"], tuple(entry["rules"]), entry["debt"])
    for entry in loads(files("scoring.knowledge").joinpath("other_tools.toml").read_text("utf-8"))["map"]
)
"""(tool, rule patterns, slug of the debt), the first that fits counting."""

OTHER = ""
"""The debt of what no entry maps."""


def family_of(tool: str) -> str:
    """The name that the table uses: "Semgrep OSS" -> "semgrep"."""
    words = tool.lower().replace("-", " ").split()
    return words[0] if words else ""


@lru_cache(maxsize=4096)
def debt_of(tool: str, names: Sequence[str]) -> str:
    """The slug of the debt that a rule of a tool speaks of; OTHER where none is known. `names`: its id, its symbol."""
    family = family_of(tool)
    return next(
        (
            debt
            for known, patterns, debt in MAPPED
            if known == family and any(fnmatchcase(name, pattern) for name in names for pattern in patterns)
        ),
        OTHER,
    )
