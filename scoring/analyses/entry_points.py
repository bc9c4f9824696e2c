"""Which files something runs: what commands name, and what console scripts call."""

from collections.abc import Iterable
from functools import lru_cache

from scoring.facts import PackagingFacts


def run_by_command(
    paths: Iterable[str], commands: Iterable[str], packaging: Iterable[PackagingFacts]
) -> frozenset[str]:
    """Those of the paths that end as a command or a console script names them."""
    words = frozenset().union(*map(_scripts_of, commands))
    scripts = {target.partition(":")[0].replace(".", "/") + ".py" for facts in packaging for _, target in facts.scripts}
    wanted = words | scripts
    ends = {word.rpartition("/")[2] for word in wanted}
    return frozenset(
        path
        for path in paths
        if path.rpartition("/")[2] in ends and any(f"/{path}".endswith(f"/{word}") for word in wanted)
    )


@lru_cache(maxsize=1 << 12)
def _scripts_of(command: str) -> frozenset[str]:
    """The Python files and notebooks that a command names."""
    words = [word.strip("'\"") for word in command.split()]
    return frozenset([word.removeprefix("./") for word in words if word.endswith((".py", ".ipynb"))])
