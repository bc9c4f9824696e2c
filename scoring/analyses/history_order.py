"""Commits in one order in which the ancestors of every first-parent commit are a prefix; and each file's identity.

The order depends on nothing but the ancestors: from the root of the first-parent line to its head, each commit is
preceded by what it merged, parents first. So an index built at the head answers for any past week of the line what an
index built at that week's commit would answer.
"""

from collections.abc import Iterable, Mapping, Sequence

from scoring.sources.git import Change, LoggedCommit

EMPTY_BLOBS = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
"""The empty file, in both kinds of names: all empty files are alike, so none is a renamed other."""


def first_parent_line(commits: Mapping[str, LoggedCommit], head: str) -> list[str]:
    """From the root to the head."""
    line = []
    name: str | None = head
    while name is not None and name in commits:
        line.append(name)
        parents = commits[name].parents
        name = parents[0] if parents else None
    return line[::-1]


def ordered(commits: Iterable[LoggedCommit], head: str) -> tuple[list[LoggedCommit], dict[str, int]]:
    """(the ancestors of the head, parents first; commit of the first-parent line -> its place in that order)."""
    by_name = {commit.id: commit for commit in commits}
    order: list[LoggedCommit] = []
    done: set[str] = set()
    line: dict[str, int] = {}
    for end in first_parent_line(by_name, head):
        commit = by_name[end]
        if len(commit.parents) == 1 and (commit.parents[0] in done or commit.parents[0] not in by_name):
            done.add(end)  # most commits follow the one before
            line[end] = len(order)
            order.append(commit)
            continue
        stack = [(end, 0)]
        while stack:
            name, next_parent = stack.pop()
            if name in done:
                continue
            parents = by_name[name].parents
            if next_parent == len(parents):
                done.add(name)
                order.append(by_name[name])
                continue
            stack.append((name, next_parent + 1))
            parent = parents[next_parent]
            if parent in by_name and parent not in done:
                stack.append((parent, 0))
        line[end] = len(order) - 1
    return order, line


class Files:
    """Files by number: a file keeps its number through renames with the very same content.

    Parallel branches are taken one after the other, so a change on a branch that still used the old name finds the
    file under its new one; a path that is deleted and comes back is the same file.
    """

    def __init__(self) -> None:
        self.count = 0
        self.numbers: dict[str, list[tuple[int, int]]] = {}
        """path -> (place in the order since which, file number), oldest first."""
        self._now: dict[str, int] = {}
        self._moved: dict[str, int] = {}

    def apply(self, place: int, changes: Sequence[Change]) -> list[tuple[int, bool]]:
        """(file number, whether the file is new) for each change of the commit at `place`."""
        found: list[tuple[int, bool]] = []
        now = self._now
        sources = {change.path: now.get(change.old_path) for change in changes if change.status == "R"}
        for change in changes:
            if change.status == "R" and change.new not in EMPTY_BLOBS:
                found.append((self._rename(place, change, sources[change.path]), False))
                continue
            known = now.get(change.path)
            found.append(
                self._touch(place, change.path, added=change.status in "AR") if known is None else (known, False)
            )
        return found

    def at(self, path: str, place: int) -> int | None:
        """The file that stood at the path then, if it was ever seen there."""
        steps = self.numbers.get(path)
        if steps is None or steps[0][0] > place:
            return None
        number = steps[0][1]
        for since, later in steps[1:]:
            if since > place:
                break
            number = later
        return number

    def _rename(self, place: int, change: Change, source: int | None) -> int:
        if source is None:
            source = self._moved.get(change.old_path)
        if source is None:
            return self._touch(place, change.path, added=True)[0]
        if self._now.get(change.old_path) == source:
            del self._now[change.old_path]
        self._moved[change.old_path] = source
        self._name(place, change.path, source)
        return source

    def _touch(self, place: int, path: str, *, added: bool) -> tuple[int, bool]:
        number = self._now.get(path)
        if number is None and not added:
            number = self._moved.get(path)
            if number is not None:
                return number, False
        if number is not None:
            return number, False
        number = self.count
        self.count += 1
        self._name(place, path, number)
        return number, added

    def _name(self, place: int, path: str, number: int) -> None:
        self._now[path] = number
        self.numbers.setdefault(path, []).append((place, number))
