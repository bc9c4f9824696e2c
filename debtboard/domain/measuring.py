"""The join to the engine: a component and a moment in, assessments out. Nothing else here imports the survey.

No database transaction may be open while this runs: reading takes seconds to minutes.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec
from django.conf import settings

from debtboard.domain import fetching
from debtboard.domain.declaring import PATTERN, Wish
from debtboard.models import Approval, Component, FlagUpload, Repository
from scoring.custom.declared import asker_of_own
from scoring.engine import assess
from scoring.facts import Component as Facts
from scoring.facts import FlagExport
from scoring.listing import DECLARATION
from scoring.measuring import AskOwn, TallyCache
from scoring.moments import Moment
from scoring.readers import all_readers
from scoring.reading_ahead import Progress, Stopped
from scoring.reports.json import render
from scoring.sandbox import Sandbox
from scoring.scores.answers import Assessment
from scoring.sources.git import GitRepository
from scoring.sources.git_errors import DamagedRepository, GitError
from scoring.sources.stores import SqliteFactStore
from scoring.survey import Survey

__all__ = ["Bench", "GitError", "Measured", "Moment", "Progress", "Stopped", "Unmeasurable", "bench", "open_repository"]


_flags = msgspec.json.Decoder(FlagExport).decode


class Unmeasurable(Exception):
    """The component can't be measured as it is registered: one sentence, what and what to do."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One moment of one component: what is stored as a snapshot."""

    moment: Moment
    assessment: Assessment
    report: bytes
    """The report's bytes (contracts, section 2)."""
    paths: frozenset[str]
    """Of the component's tree at that commit, relative to the component."""
    backfilled: bool
    inputs: str
    """The digest of the settings it was measured under."""
    branch: str
    wishes: tuple[Wish, ...] | None
    """What its debtboard.toml declares that somebody must approve; None where that file could not be read."""


@cache
def _sandbox() -> Sandbox:
    """One for the process, so that its reader stays warm between scans."""
    return Sandbox(workers=1)


def close_sandbox() -> None:
    """End the process's reader, if there is one."""
    if _sandbox.cache_info().currsize:
        _sandbox().close()
        _sandbox.cache_clear()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the answer rests on besides commit and moment: the settings of the component."""

    path: str
    branch: str
    """"" for the default one."""
    profile: str
    excludes: tuple[str, ...]
    """Approved."""
    asked: tuple[str, ...]
    """Excludes that a person asked for and nobody has approved yet."""
    refused: tuple[str, ...]
    """Excludes that were rejected, whoever asked: a debtboard.toml that declares one of them is not followed."""
    flags: FlagExport | None = None

    @property
    def digest(self) -> str:
        said: list[object] = [self.path, self.profile, list(self.excludes)]
        if self.asked or self.refused:
            said += [list(self.asked), list(self.refused)]
        if self.branch:
            said.append(f"branch {self.branch}")
        if self.flags is not None:
            said.append(f"flags {self.flags.digest} {self.flags.taken_at.isoformat()}")
        return hashlib.blake2b(json.dumps(said).encode(), digest_size=8).hexdigest()


def inputs_of(component: Component) -> Inputs:
    """As they stand in the database now."""
    rows = (
        component.approvals.filter(kind=Approval.Kind.EXCLUDE).order_by("what").values_list("what", "state", "declared")
    )
    waiting = Approval.State.ASKED
    return Inputs(
        path=component.path,
        branch=Repository.objects.values_list("branch", flat=True).get(pk=component.repository_id),
        profile=component.profile,
        excludes=tuple(sorted(component.excludes)),
        asked=tuple(what for what, state, declared in rows if state == waiting and not declared),
        refused=tuple(what for what, state, _ in rows if state == Approval.State.REJECTED),
        flags=flags_of(component),
    )


def flags_of(component: Component) -> FlagExport | None:
    """The export of feature flags that counts now, if there is one."""
    document = FlagUpload.objects.filter(component=component.pk).values_list("document", flat=True).first()
    return None if document is None else _flags(document)


@contextmanager
def open_repository(repository: Repository) -> Iterator[GitRepository]:
    """Its mirror, or the folder itself where it is local; for reading. Raises GitError or fetching.Refused."""
    with GitRepository(fetching.place(repository), contained=True) as opened:
        yield opened


def newest_commit(repository: GitRepository, branch: str) -> str:
    """Of the branch, "" for the default one. Raises GitError."""
    return repository.resolve(f"refs/heads/{branch}") if branch else repository.default_revision()


def facts_path(repository: Repository) -> Path:
    """Where the facts of its files are kept, beside its mirror."""
    return settings.MIRRORS / str(repository.pk) / "facts.sqlite3"


@contextmanager
def bench(component: Component) -> Iterator["Bench"]:
    """Everything that measuring one component needs, opened and closed. Raises GitError or Unmeasurable."""
    store = SqliteFactStore(facts_path(component.repository))
    try:
        store.keep_only({reader.name: reader.version for reader in all_readers()})
        with open_repository(component.repository) as repository, asker_of_own() as ask:
            yield Bench(component, repository, store, ask)
    finally:
        store.close()


class Bench:
    """One component of one opened repository."""

    def __init__(
        self, component: Component, repository: GitRepository, store: SqliteFactStore, ask: AskOwn | None = None
    ) -> None:
        self._repository = repository
        self._ask = ask
        self._mirrored = component.repository.kind == Repository.Kind.REMOTE
        self._prefix = component.path + "/" if component.path else ""
        self.inputs = inputs = inputs_of(component)
        self.commit = newest_commit(repository, inputs.branch)
        self._survey = Survey(
            repository,
            store,
            _sandbox(),
            component.path,
            inputs.excludes,
            inputs.profile,
            asked=inputs.asked,
            refused=inputs.refused,
        )
        self._survey.committed_at(self.commit)  # reads the whole log, which tells the first-parent line too
        self.root = repository.root_commit(self.commit)
        self._tallies = TallyCache()
        if component.path and not self._survey.exists(self.commit):
            raise Unmeasurable(
                f"{component.path} is no folder of the newest commit: change the component's path, or retire it."
            )

    def moments(self, as_of: datetime, weeks: int) -> tuple[Moment, ...]:
        """Newest first; the first is the newest commit at as_of."""
        return self._survey.moments(self._commit_at(as_of), as_of, max(1, weeks))

    def _commit_at(self, as_of: datetime) -> str:
        """The last commit of the first-parent line by as_of: a scan that runs late looks at its own moment.

        The newest one where no other will do: none is as old, or the component's folder was not there yet.
        """
        line, latest = self._repository.first_parents(self.commit), as_of.timestamp()
        if line[0].time is None or line[0].time <= latest:
            return self.commit
        found = next((stamp.id for stamp in line if stamp.time is not None and stamp.time <= latest), self.commit)
        return found if self._survey.exists(found) else self.commit

    def newest(
        self, moment: Moment, on_progress: Callable[[Progress], None], should_stop: Callable[[], bool]
    ) -> Measured:
        """Raises Stopped, or DamagedRepository where a mirror is not whole: it can be had anew."""
        self._survey.prepare([moment], on_progress, should_stop)
        if self._mirrored and self._repository.damaged():
            raise DamagedRepository("The copy of the repository is damaged: scan again, and it is cloned anew.")
        return self._measured(moment, backfilled=False)

    def past(
        self,
        moments: Sequence[Moment],
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        on_week: Callable[[Measured], None],
    ) -> None:
        """Each week is handed over as soon as its files are read, newest first. Raises Stopped."""
        handed = 0

        def progressed(progress: Progress) -> None:
            nonlocal handed
            on_progress(progress)
            for moment in moments[handed : progress.moments]:
                if should_stop():
                    raise Stopped
                on_week(self._measured(moment, backfilled=True))
                handed += 1

        self._survey.prepare(moments, progressed, should_stop)

    def paths(self, commit: str) -> frozenset[str] | None:
        """The component's paths at an earlier commit; None where it is no longer there."""
        try:
            entries = self._repository.tree(commit).entries
        except GitError:
            return None
        start = len(self._prefix)
        return frozenset(entry.path[start:] for entry in entries if entry.path.startswith(self._prefix))

    def _measured(self, moment: Moment, *, backfilled: bool) -> Measured:
        component = msgspec.structs.replace(self._survey.component(moment), flags=self.inputs.flags)
        assessment = assess(component, self.root, self._tallies, self._ask)
        paths = self.paths(moment.commit) or frozenset()
        wishes = _wishes(component)
        inputs = self.inputs
        return Measured(moment, assessment, render(assessment), paths, backfilled, inputs.digest, inputs.branch, wishes)


def _wishes(component: Facts) -> tuple[Wish, ...] | None:
    declaration, live = component.declaration, Component.Profile.PRODUCTION
    if declaration is None:
        unread = any(entry.path == DECLARATION and entry.skipped for entry in component.files)
        return None if unread else ()
    if declaration.problems and not declaration.exclude and not declaration.components:
        return None
    profiles = [profile for place, _, profile in declaration.components if place == component.path and profile][:1]
    return (
        *((Approval.Kind.PROFILE.value, profile) for profile in profiles if profile != live),
        *(
            (Approval.Kind.EXCLUDE.value, pattern)
            for pattern in sorted(set(declaration.exclude))
            if PATTERN.fullmatch(pattern)
        ),
    )
