"""A history told in a few lines, for the tests of `HistoryIndex`."""

from datetime import UTC, datetime

from scoring.analyses.history import HistoryIndex
from scoring.analyses.history_places import HistoryPlaces
from scoring.facts import HistoryFacts
from scoring.sources.git import Change, CommitLog, LoggedCommit
from tests.scoring.sources.git_lab import DAY, START

NOW = datetime.fromtimestamp(START, UTC)


class Story:
    """A first-parent history told in days before NOW."""

    def __init__(self) -> None:
        self.commits: list[LoggedCommit] = []

    def add(
        self,
        days_ago: float | None,
        author: str,
        *changes: str,
        subject: str = "change",
        parents: tuple[str, ...] | None = None,
    ) -> str:
        """`changes`: "M path", "A path", "D path" or "R old new"."""
        name = f"{len(self.commits) + 1:040x}"
        before = (self.commits[-1].id,) if self.commits else ()
        time = None if days_ago is None else int(START - days_ago * DAY)
        split = [line.split() for line in changes]
        told = [Change(words[0], words[-1], words[1], "0" * 40, "1" * 40) for words in split]
        self.commits.append(
            LoggedCommit(
                name,
                "",
                before if parents is None else parents,
                time,
                time,
                author,
                f"{author}@example.org".lower(),
                subject,
                tuple(told),
            )
        )
        return name

    def facts(
        self, places: HistoryPlaces, *, prefix: str = "", mailmap: bytes = b"", ignored: bytes = b""
    ) -> HistoryFacts:
        head = self.commits[-1].id
        index = HistoryIndex.build(CommitLog(tuple(reversed(self.commits))), head, prefix=prefix)
        return index.at(head, NOW, places, mailmap=mailmap, ignored=ignored)
