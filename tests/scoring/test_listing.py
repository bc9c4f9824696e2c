"""What a component's excludes leave out, and what they can't."""

from collections.abc import Callable
from pathlib import Path

from scoring.listing import Lister
from scoring.sources.git import GitRepository

FILES = {"debtboard.toml": "[scan]\n", "pyproject.toml": "[project]\n", "part/debtboard.toml": "[scan]\n"}


def listed(repository_of: Callable[..., Path], prefix: str) -> tuple[list[str], list[str]]:
    """(the paths of the component, those left out) with every TOML file excluded."""
    with GitRepository(repository_of("tomls", [("2026-10-05T10:00:00Z", FILES)])) as repository:
        found = Lister(repository, prefix, ["**", "*.toml"]).at(repository.default_revision())
    return [place.path for place in found.places], [path for path, _ in found.excluded]


def test_own_debtboard_toml_is_never_left_out(repository_of: Callable[..., Path]) -> None:
    assert listed(repository_of, "") == (["debtboard.toml"], ["part/debtboard.toml", "pyproject.toml"])
    assert listed(repository_of, "part/") == (["debtboard.toml"], [])
