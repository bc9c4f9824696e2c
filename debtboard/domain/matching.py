"""How many files of the newest snapshot a pattern would leave out: told before it is asked for."""

from debtboard.domain import fetching
from debtboard.domain.measuring import GitError, open_repository
from debtboard.models import Component
from scoring.listing import matches


def files_matched(component: Component, patterns: tuple[str, ...]) -> dict[str, int] | None:
    """pattern -> files; None where there is no snapshot yet, or its commit can't be read now."""
    snapshot = component.current
    if snapshot is None:
        return None
    try:
        with open_repository(component.repository) as repository:
            entries = repository.tree(snapshot.commit).entries
    except (GitError, fetching.Refused):
        return None
    prefix = f"{component.path}/" if component.path else ""
    paths = [entry.path.removeprefix(prefix) for entry in entries if entry.is_file and entry.path.startswith(prefix)]
    return {pattern: sum(matches(path, (pattern,)) for path in paths) for pattern in patterns}
