"""From a repository to components: which blobs are new, who reads them, and what stands where at each week.

What one file says is kept by (blob, reader, version) in a fact store, so a history of 104 weeks costs its unique
blobs. Moments are prepared newest first: a first answer exists in seconds, and the past follows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from scoring.analyses.admissions import Admitting, Comments, Since
from scoring.analyses.cut_off_ages import CutOffMiner
from scoring.analyses.history import HistoryIndex
from scoring.analyses.history_places import HistoryPlaces, PlaceFinder
from scoring.analyses.sibling_edits import SiblingMiner
from scoring.analyses.swaps import SwapMiner
from scoring.analyses.vendored import vendored
from scoring.facts import LEFT_OUT, LINK, Component, DeclarationFacts, FileEntry, FileFacts, HistoryFacts, Refusal
from scoring.listing import Lister, Place, file_entry, matches
from scoring.moments import Moment, end_of_week, iso_week
from scoring.readers import readers_for
from scoring.reading import BlobReader, EarlierAdmissions, chunks
from scoring.reading_ahead import Progress, Wanted, reading
from scoring.sandbox import Sandbox, decode
from scoring.sources.git import CommitStamp, GitRepository
from scoring.sources.stores import FactStore, Key, Stored

MAX_SMALL_BYTES = 1_000_000
DECLARED = "excluded by debtboard.toml, which nobody has approved yet"
ASKED = f"{LEFT_OUT}, which nobody has approved yet"
MAILMAP, IGNORED_REVISIONS = ".mailmap", ".git-blame-ignore-revs"
PROFILES = ("production", "prototype", "library")
YEAR = timedelta(days=365)


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What a component's files say at one commit: quiet weeks share it."""

    commit: str
    files: tuple[FileEntry, ...]
    excluded: tuple[tuple[str, str], ...]
    complete: bool
    declaration: DeclarationFacts | None
    places: HistoryPlaces
    admitted: dict[str, Comments]


class Survey:
    """One component of one repository, at any of its moments."""

    def __init__(
        self,
        repository: GitRepository,
        store: FactStore,
        sandbox: Sandbox,
        component_path: str = "",
        exclude: Sequence[str] = (),
        profile: str | None = None,
        *,
        asked: Sequence[str] = (),
        refused: Sequence[str] = (),
    ) -> None:
        """`exclude` and `profile` are approved. `asked` excludes are not yet; `refused` ones never count, so that a
        debtboard.toml can't bring them back. A profile that is only declared there does not count either."""
        self.repository = repository
        self.component_path = component_path.strip("/")
        self._prefix = self.component_path + "/" if self.component_path else ""
        self._blobs = BlobReader(repository, store, sandbox)
        self._ahead = sandbox.workers > 1
        self._lister = Lister(repository, self._prefix, exclude)
        self._profile = profile or PROFILES[0]
        self._asked = tuple(asked)
        self._refused = frozenset(refused)
        self._entries: dict[tuple[str, str, int], FileEntry] = {}
        self._snapshot: _Snapshot | None = None
        self._index: HistoryIndex | None = None
        self._finder = PlaceFinder()
        self._admitting = Admitting()
        self._earlier = EarlierAdmissions(self._lister, self._blobs)
        self._miner, self._ages = SwapMiner(self._blobs.facts), CutOffMiner(self._blobs.facts)
        self._siblings = SiblingMiner(self._blobs.facts)
        self._old: tuple[_Snapshot, str | None, Since] | None = None
        self._small: dict[str, bytes] = {}
        self._stamps: tuple[CommitStamp, ...] = ()
        self._line: dict[str, int] = {}

    # ------------------------------------------------------------ moments

    def committed_at(self, commit: str) -> datetime:
        """Its committer date; the epoch where git's own is beyond belief."""
        line, position = self._line_of(commit)
        return datetime.fromtimestamp(line[position].time or 0, UTC)

    def moments(self, commit: str, as_of: datetime, weeks: int) -> tuple[Moment, ...]:
        """The commit at as_of, then the end of each earlier UTC ISO week, newest first; `weeks` in all at the most.

        A week's point is the last first-parent commit by its last second; there is none before the first commit.
        """
        if self._line.get(commit) != 0:
            self._line = {}  # the line of another head would leave this one's newest commits out
        line, position = self._line_of(commit)
        found = [Moment(iso_week(as_of), as_of, commit)]
        end = end_of_week(as_of)
        for back in range(1, weeks):
            moment = end - timedelta(weeks=back)
            while position < len(line) and _after(line[position], moment):
                position += 1
            if position == len(line):
                break
            found.append(Moment(iso_week(moment), moment, line[position].id))
        return tuple(found)

    def _line_of(self, commit: str) -> tuple[tuple[CommitStamp, ...], int]:
        """(a first-parent line that holds the commit, its place in it); one line serves all weeks of a history."""
        if commit not in self._line:
            # the whole log first: it tells the line too, which would be a second walk through the history
            self._index = HistoryIndex.build(self.repository.log(commit), commit, prefix=self._prefix)
            self._stamps = self.repository.first_parents(commit)
            self._line = {stamp.id: place for place, stamp in enumerate(self._stamps)}
        return self._stamps, self._line[commit]

    # ------------------------------------------------------------ reading

    def prepare(
        self,
        moments: Sequence[Moment],
        on_progress: OnProgress | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        """Read every blob of the moments that the store does not know, newest moment first. Raises Stopped."""
        for _ in self.weeks(moments, on_progress, should_stop):
            pass

    def weeks(
        self,
        moments: Sequence[Moment],
        on_progress: OnProgress | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Iterator[Moment]:
        """Each moment once its files are read, newest first; several readers go on while the caller is at work with
        one. Raises Stopped."""
        handed = 0
        for progress in reading(self._blobs, self._wanted(moments), should_stop, ahead=self._ahead):
            if on_progress is not None:
                on_progress(progress)
            yield from moments[handed : progress.moments]
            handed = progress.moments

    def _wanted(self, moments: Sequence[Moment]) -> Wanted:
        commits: dict[str, int] = {}
        for number, moment in enumerate(moments):
            commits.setdefault(moment.commit, number)  # a quiet week has no blob that its neighbour has not
        before = {commit: None for moment in moments if (commit := self._year_before(moment)) is not None}
        self.repository.load_trees([*commits, *before])
        first_seen: dict[Key, int] = {}
        for commit, number in commits.items():
            for place in self._lister.at(commit).places:
                for key in place.keys:
                    first_seen.setdefault(key, number)
        return Wanted(self._blobs.unknown(list(first_seen)), first_seen, len(moments))

    @property
    def parsed(self) -> int:
        """Blobs handed to a reader so far (T5)."""
        return self._blobs.parsed

    # ------------------------------------------------------------ one component at one moment

    def component(self, moment: Moment) -> Component:
        """Everything the debts may read at this moment; reads what `prepare` has not read yet."""
        snapshot = self._snapshot
        if snapshot is None or snapshot.commit != moment.commit:
            snapshot = self._snapshot = self._snapshot_at(moment.commit)
        return Component(
            path=self.component_path,
            profile=self._profile,
            as_of=moment.as_of,
            commit=moment.commit,
            committed_at=self.committed_at(moment.commit),
            files=snapshot.files,
            excluded=snapshot.excluded,
            history=self._history(moment, snapshot),
            complete=snapshot.complete,
            declaration=snapshot.declaration,
        )

    def _snapshot_at(self, commit: str) -> _Snapshot:
        listed = self._lister.at(commit)
        entries = self._entries_of(listed.places)
        told = (facts for entry in entries for facts in entry.facts if isinstance(facts, DeclarationFacts))
        declaration = next(told, None)
        declared = tuple(item for item in declaration.exclude if item not in self._refused) if declaration else ()
        copied = vendored(entries)
        files = tuple(
            _left_out(_left_out(entry, self._asked, ASKED), declared, DECLARED)
            for entry in entries
            if entry.path not in copied
        )
        excluded = tuple(sorted([*listed.excluded, *copied.items()]))
        places = self._finder.places(files)
        return _Snapshot(commit, files, excluded, listed.complete, declaration, places, self._admitting.comments(files))

    def exists(self, commit: str) -> bool:
        """Whether the commit holds any file of the component."""
        return any(entry.path.startswith(self._prefix) for entry in self.repository.tree(commit).entries)

    def _entries_of(self, places: Sequence[Place]) -> list[FileEntry]:
        """Entries by path; those of the last moment that still stand are taken over, the others are loaded."""
        known = {(place.path, place.entry.blob, place.entry.mode): place for place in places}
        fresh = [key for key in known if key not in self._entries]
        decoded: dict[Key, FileFacts] = {}
        made: dict[tuple[str, str, int], FileEntry] = {}
        for part in chunks(fresh):
            stored = self._blobs.stored(list(dict.fromkeys(key for item in part for key in known[item].keys)))
            made.update((item, _entry(known[item], stored, decoded)) for item in part)
        self._entries = {key: made.get(key) or self._entries[key] for key in known}
        return list(self._entries.values())

    # ------------------------------------------------------------ history

    def _history(self, moment: Moment, snapshot: _Snapshot) -> HistoryFacts:
        self._line_of(moment.commit)
        assert self._index is not None
        history = self._index.at(
            moment.commit,
            moment.as_of,
            snapshot.places,
            mailmap=self._small_file(moment.commit, MAILMAP),
            ignored=self._small_file(moment.commit, IGNORED_REVISIONS),
            miner=self._miner,
            ages=self._ages,
            siblings=self._siblings,
        )
        since = self._since(moment, snapshot)
        return msgspec.structs.replace(history, old_comments=since.old_comments, admitted_before=since.before)

    def _small_file(self, commit: str, path: str) -> bytes:
        """A file at the root of the repository that steers how history is read; b"" without one."""
        blob = self.repository.files(commit, [path]).get(path, "")
        if blob not in self._small:
            self._small[blob] = next(self.repository.blobs([blob], MAX_SMALL_BYTES))[1] or b"" if blob else b""
        return self._small[blob]

    def _since(self, moment: Moment, snapshot: _Snapshot) -> Since:
        """Comments that stood a year before the moment already, and what became of those that stood then; most weeks
        between two commits share the answer."""
        commit = self._year_before(moment)
        kept = self._old
        if kept is None or kept[0] is not snapshot or kept[1] != commit:
            since = self._earlier.since(commit, snapshot.files, snapshot.admitted) if commit else Since()
            kept = self._old = (snapshot, commit, since)
        return kept[2]

    def _year_before(self, moment: Moment) -> str | None:
        """The commit that stood a year before the moment."""
        line, position = self._line_of(moment.commit)
        before = (moment.as_of - YEAR).timestamp()
        older = (line[place] for place in range(position, len(line)))
        return next((stamp.id for stamp in older if stamp.time is not None and stamp.time <= before), None)


def _after(stamp: CommitStamp, moment: datetime) -> bool:
    """Whether it can't be the point of a week that ends at the moment: later, or dated beyond belief."""
    return stamp.time is None or stamp.time > moment.timestamp()


def _left_out(entry: FileEntry, patterns: Sequence[str], reason: str) -> FileEntry:
    """A file that is asked to be left out: until somebody else approves it (catalogue 2.5, rule 3) it is never clean,
    and what is bad in it stays bad."""
    if not patterns or not (entry.facts or entry.skipped) or not matches(entry.path, patterns):
        return entry
    return msgspec.structs.replace(entry, skipped=entry.skipped or reason)


def _entry(place: Place, stored: dict[Key, Stored], decoded: dict[Key, FileFacts]) -> FileEntry:
    told: list[FileFacts | Refusal] = []
    for key in place.keys:
        kept = stored[key]
        if isinstance(kept, Refusal):
            told.append(kept)
            continue
        if key not in decoded:
            decoded[key] = decode(kept)
        told.append(decoded[key])
    if place.entry.is_link and readers_for(place.path):
        told.append(Refusal(LINK))
    return file_entry(place.path, place.entry.blob, None, told)
