"""Small histories, told in days before a fixed day."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from scoring.analyses.view import View
from scoring.facts import Component, HistoryFacts
from scoring.findings import Finding, SignalResult
from scoring.sandbox import Sandbox
from scoring.sources.git import GitRepository
from scoring.sources.stores import MemoryFactStore
from scoring.survey import Survey
from scoring.testing import result_of
from tests.scoring.sources.git_lab import DAY, START, Lab

ADA = "Ada <ada@example.org>"
NOW = datetime.fromtimestamp(START, UTC)


class Past:
    """Commits told in days before NOW; each holds its files whole."""

    def __init__(self, tmp_path: Path, sandbox: Sandbox) -> None:
        self.lab = Lab(tmp_path / "r")
        self.commits: list[str] = []
        self._sandbox = sandbox

    def add(self, days_ago: int, files: Mapping[str, str], author: str = ADA, message: str = "work") -> str:
        parents = (self.commits[-1],) if self.commits else ()
        tree = self.lab.files(dict(files))
        commit = self.lab.commit(tree, parents, author=author, time=START - days_ago * DAY, message=message)
        self.commits.append(self.lab.point(commit))
        return commit

    def survey(self, repository: GitRepository) -> Survey:
        return Survey(repository, MemoryFactStore(), self._sandbox)

    def component(self) -> Component:
        """As it is now."""
        with GitRepository(self.lab.path) as repository:
            survey = self.survey(repository)
            return survey.component(survey.moments(self.commits[-1], NOW, 1)[0])

    def history(self) -> HistoryFacts:
        history = self.component().history
        assert history is not None
        return history

    def told(self, signal: str) -> tuple[SignalResult, tuple[Finding, ...]]:
        return result_of(signal, View(self.component()))
