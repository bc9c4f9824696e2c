"""Reading blobs that the store does not know: out of git, through the sandbox, into the store."""

import threading
from collections.abc import Iterator, Mapping, Sequence

from scoring.analyses.admissions import (
    Comments,
    Earlier,
    Since,
    admitted_before,
    in_doubt,
    standing_comments,
    year_before,
)
from scoring.facts import AdmissionFacts, FileEntry, FileFacts, Refusal
from scoring.listing import Lister
from scoring.readers.admissions import READER as ADMISSIONS
from scoring.sandbox import Item, Sandbox, decode
from scoring.sources.git import GitRepository
from scoring.sources.stores import FactStore, Key, Stored

MAX_FILE_BYTES = 2_000_000
MAX_NOTEBOOK_BYTES = 20_000_000
"""Notebooks carry their outputs, and lock files a hash for every wheel: both are large without being odd."""
CHUNK = 512
"""Blobs read, parsed and stored at a time: what a stop or a crash can cost."""

MISSING = Refusal("its blob is missing from this copy of the repository", passing=True)


class BlobReader:
    """Reads each (blob, reader) once; the store remembers facts and refusals alike."""

    def __init__(self, repository: GitRepository, store: FactStore, sandbox: Sandbox) -> None:
        self.parsed = 0
        """Blobs handed to a reader so far: what a content-addressed history is held to (T5)."""
        self._repository = repository
        self._store = store
        self._sandbox = sandbox
        self._sizes: dict[str, int | None] = {}
        self._passing: dict[Key, Refusal] = {}
        self._turns, self._counting = Turns(), threading.Lock()

    def unknown(self, keys: Sequence[Key]) -> list[Key]:
        """Those of the keys that the store does not know, in order; their sizes are looked up in one go."""
        known = self._store.known(keys)
        unknown = [key for key in keys if key not in known and key not in self._passing]
        self._learn_sizes([key[0] for key in unknown])
        return unknown

    def stored(self, keys: Sequence[Key]) -> dict[Key, Stored]:
        """What the store holds for the keys; what it lacks is read first."""
        stored = self._store.get_many(keys)
        stored.update((key, self._passing[key]) for key in keys if key in self._passing)
        if absent := [key for key in keys if key not in stored]:
            for chunk in chunks(absent):
                self.read(chunk)
            stored.update(self._store.get_many(absent))
            stored.update((key, self._passing[key]) for key in absent if key in self._passing)
        return stored

    def facts(self, keys: Sequence[Key]) -> dict[Key, FileFacts | None]:
        """What the blobs say, of older versions too; None where one is missing or was refused."""
        stored = {key: kept for part in chunks(keys) for key, kept in self.stored(part).items()}
        return {key: None if isinstance(kept, Refusal) else decode(kept) for key, kept in stored.items()}

    def read(self, keys: Sequence[Key]) -> None:
        """Read these blobs by these readers, and store what comes back; what another thread reads is waited for."""
        while mine := self._turns.take(keys):
            read: Sequence[Key] = ()
            try:
                self._read(mine)
                read = mine
            finally:
                self._turns.end(mine, read)

    def _read(self, keys: Sequence[Key]) -> None:
        by_blob: dict[str, list[Key]] = {}
        for key in keys:
            by_blob.setdefault(key[0], []).append(key)
        self._learn_sizes(by_blob)
        rows: list[tuple[Key, Stored]] = []
        readable: list[str] = []
        for blob, wanted in by_blob.items():
            if (refusal := _too_large(self._sizes[blob], wanted)) is None:
                readable.append(blob)
            else:
                rows.extend((key, refusal) for key in wanted)
        asked: dict[str, Key] = {}

        def items() -> Iterator[tuple[str, Item]]:
            for blob, data in self._repository.blobs(readable):
                for key in by_blob[blob]:
                    if data is None:
                        rows.append((key, MISSING))
                        continue
                    name = f"{blob} {key[1]}"
                    asked[name] = key
                    yield name, Item(key[1], data)

        rows.extend((asked[name], stored) for name, stored in self._sandbox.read(items()))
        with self._counting:
            self.parsed += len(asked)
        passing = {key: kept for key, kept in rows if isinstance(kept, Refusal) and kept.passing}
        self._passing.update(passing)
        self._store.put_many(row for row in rows if row[0] not in passing)

    def _learn_sizes(self, blobs: "Sequence[str] | dict[str, list[Key]]") -> None:
        fresh = [blob for blob in dict.fromkeys(blobs) if blob not in self._sizes]
        if fresh:
            self._sizes.update(self._repository.sizes(fresh))


class Turns:
    """Whose turn each key is, where several threads read: the first that asks for it reads it, others wait for that."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._underway: set[Key] = set()
        self._read: set[Key] = set()

    def take(self, keys: Sequence[Key]) -> list[Key]:
        """Those of the keys that are this thread's to read now; none once all of them are read."""
        with self._changed:
            while left := [key for key in keys if key not in self._read]:
                if mine := [key for key in left if key not in self._underway]:
                    self._underway.update(mine)
                    return mine
                self._changed.wait()
        return []

    def end(self, taken: Sequence[Key], read: Sequence[Key]) -> None:
        """The turn is over, and these of its keys were read: another thread may try those that were not."""
        with self._changed:
            self._underway.difference_update(taken)
            self._read.update(read)
            self._changed.notify_all()


class EarlierAdmissions:
    """What files admitted at earlier commits, asked commit by commit: what one answer holds is not loaded again for
    the next. Their versions of then are not parsed for it."""

    def __init__(self, lister: Lister, blobs: BlobReader) -> None:
        self._lister = lister
        self._blobs = blobs
        self._known: dict[str, AdmissionFacts | None] = {}

    def since(self, commit: str, entries: Sequence[FileEntry], admitted: Mapping[str, Comments]) -> Since:
        """What became of the admitted debt from the commit on, up to where these entries stand."""
        modules = year_before(self._lister.modules(commit), entries, admitted)
        blobs = self._lister.blobs(commit, {*admitted, *modules.others})
        earlier = self._of(blobs)
        doubted = frozenset(in_doubt(admitted, modules, earlier))
        blobs_now = {entry.path: entry.blob for entry in entries if entry.path in doubted}
        now = self._of(blobs_now)
        standing = {*blobs.values(), *blobs_now.values()}
        self._known = {blob: facts for blob, facts in self._known.items() if blob in standing}
        return Since(standing_comments(admitted, earlier), admitted_before(admitted, modules, earlier, now))

    def _of(self, blobs: Mapping[str, str]) -> Earlier:
        """path -> what its blob admits."""
        fresh = [blob for blob in dict.fromkeys(blobs.values()) if blob not in self._known]
        for key, kept in self._blobs.stored([(blob, ADMISSIONS.name, ADMISSIONS.version) for blob in fresh]).items():
            facts = None if isinstance(kept, Refusal) else decode(kept)
            self._known[key[0]] = facts if isinstance(facts, AdmissionFacts) else None
        return {path: self._known[blob] for path, blob in blobs.items()}


def _too_large(size: int | None, keys: Sequence[Key]) -> Refusal | None:
    if size is None:
        return None
    generous = any(key[1].endswith(("notebook", "-lock")) for key in keys)
    limit = MAX_NOTEBOOK_BYTES if generous else MAX_FILE_BYTES
    return Refusal(f"{size / 1e6:.1f} MB, over the limit of {limit // 1_000_000} MB") if size > limit else None


def chunks(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
