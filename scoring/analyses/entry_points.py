"""Which files something runs: what commands name, and what console scripts call."""

import re
from collections.abc import Iterable
from functools import lru_cache

from scoring.analyses.memo import Latest
from scoring.facts import PackagingFacts

_MODULE = re.compile(r"(?:^|[\s;&|/'\"])(?:python[\d.]*|run|launch)(?:\s+-{1,2}[\w=-]+)*?\s+-m\s+([A-Za-z_][\w.]*)")
"""A module that Python, or a launcher of it, is told to run."""


def run_by_command(
    paths: frozenset[str], commands: Iterable[str], packaging: Iterable[PackagingFacts]
) -> frozenset[str]:
    """Those of the paths that end as a command or a console script names them."""
    words = frozenset().union(*map(_scripts_of, commands))
    scripts = {target.partition(":")[0].replace(".", "/") + ".py" for facts in packaging for _, target in facts.scripts}
    wanted = words | scripts
    return _latest_run((paths, wanted), lambda: _ending_as(paths, wanted))


_latest_run: Latest[frozenset[str]] = Latest()


def named_by(paths: frozenset[str], commands: frozenset[str]) -> frozenset[str]:
    """Those of the paths that commands of a document name."""
    return _latest_named((paths, commands), lambda: _ending_as(paths, frozenset().union(*map(_scripts_of, commands))))


_latest_named: Latest[frozenset[str]] = Latest()


def _ending_as(paths: Iterable[str], wanted: Iterable[str]) -> frozenset[str]:
    by_name: dict[str, list[str]] = {}
    for word in wanted:
        by_name.setdefault(word.rpartition("/")[2], []).append(f"/{word}")
    return frozenset([path for path in paths if f"/{path}".endswith(tuple(by_name.get(path.rpartition("/")[2], ())))])


@lru_cache(maxsize=1 << 12)
def _scripts_of(command: str) -> frozenset[str]:
    """The Python files and notebooks that a command names, and the modules that it has Python run."""
    words = [word.strip("'\"") for word in command.split()]
    modules = [name.replace(".", "/") for name in _MODULE.findall(command)] if "-m" in words else []
    files = [word.removeprefix("./") for word in words if word.endswith((".py", ".ipynb"))]
    return frozenset([*files, *[f"{path}.py" for path in modules], *[f"{path}/__main__.py" for path in modules]])
