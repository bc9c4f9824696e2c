"""What stands in a component at a commit: its paths, who reads each, and what is left out and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from scoring.facts import LEFT_OUT, FileEntry, FileFacts, Refusal, UnparsedFacts
from scoring.readers import readers_for
from scoring.readers.base import Reader
from scoring.readers.places import exclusion, language_of, roles_of
from scoring.sources.git import GitRepository, TreeEntry
from scoring.sources.stores import Key

DECLARATION = "debtboard.toml"
"""At the component's root: never left out, since excludes are asked for there, and end where they stand no more."""


@dataclass(frozen=True, slots=True)
class Place:
    """One path of a tree that belongs to the component."""

    path: str
    """Inside the component; bytes that are not UTF-8 are escaped, never dropped."""
    entry: TreeEntry
    readers: tuple[Reader, ...]
    keys: tuple[Key, ...]
    """What its readers' facts are kept under."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A component's tree at one commit, by path."""

    places: tuple[Place, ...]
    excluded: tuple[tuple[str, str], ...]
    complete: bool


class Lister:
    """Lists one component at any commit. An entry that stood in another week already is not judged again."""

    def __init__(self, repository: GitRepository, prefix: str, exclude: Sequence[str]) -> None:
        self._repository = repository
        self._prefix = prefix
        self._exclude = tuple(exclude)
        self._known: dict[tuple[str, int, str], Place | tuple[str, str]] = {}

    def at(self, commit: str) -> Listed:
        """(the places, the paths left out with their reasons, whether the tree was listed whole)."""
        listing = self._repository.tree(commit)
        places: list[Place] = []
        excluded: list[tuple[str, str]] = []
        known, prefix = self._known, self._prefix
        for entry in listing.entries:
            if not entry.path.startswith(prefix):
                continue
            key = (entry.path, entry.mode, entry.blob)
            found = known.get(key)
            if found is None:
                found = known[key] = self._judge(entry)
            if isinstance(found, Place):
                places.append(found)
            else:
                excluded.append(found)
        return Listed(tuple(places), tuple(excluded), not listing.truncated and not listing.problems)

    def modules(self, commit: str) -> dict[str, str]:
        """path -> blob of the Python modules that are no tests, by path."""
        found = {place.path: place.entry.blob for place in self.at(commit).places if place.path.endswith(".py")}
        return {path: blob for path, blob in found.items() if "test" not in roles_of(path)}

    def blobs(self, commit: str, paths: Iterable[str]) -> dict[str, str]:
        """path -> blob of those of the paths that stand there as files, by path."""
        prefix = self._prefix
        found = self._repository.files(commit, [prefix + path for path in sorted(paths)])
        return {path[len(prefix) :]: blob for path, blob in found.items()}

    def _judge(self, entry: TreeEntry) -> Place | tuple[str, str]:
        path = _escaped(entry.path[len(self._prefix) :])
        if entry.is_submodule:
            return path, "submodule"
        if reason := exclusion(path):
            return path, reason
        if path != DECLARATION and matches(path, self._exclude):
            return path, LEFT_OUT
        readers = () if entry.is_link else readers_for(path)
        return Place(path, entry, readers, tuple((entry.blob, reader.name, reader.version) for reader in readers))


def file_entry(path: str, blob: str, size: int | None, told: Iterable[FileFacts | Refusal]) -> FileEntry:
    """A path with what its readers said of it, or why they could not."""
    facts: list[FileFacts] = []
    reasons: list[str] = []
    words = ""
    for item in told:
        if isinstance(item, Refusal):
            reasons.append(item.reason)
        elif isinstance(item, UnparsedFacts):
            reasons.append(item.reason)
            words = item.words
        else:
            facts.append(item)
    return FileEntry(
        path=path,
        blob=blob,
        size=size,
        language=language_of(path),
        roles=roles_of(path),
        facts=tuple(facts),
        skipped="; ".join(dict.fromkeys(reasons)),
        words=words,
    )


def matches(path: str, patterns: Iterable[str]) -> bool:
    """`**` and `*` match across folders; a pattern that names a folder covers what is under it."""
    return any(
        fnmatchcase(path, pattern) or path.startswith(pattern.removesuffix("/**").rstrip("/") + "/")
        for pattern in patterns
    )


def _escaped(path: str) -> str:
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def unusable(pattern: str) -> str:
    """Why an exclude can match no path as it is meant, and what to write instead; "" where it can."""
    if pattern.startswith(("/", "~")) or pattern[1:3] in {":\\", ":/"}:
        return "is absolute: patterns begin at the component's folder, like third_party/**"
    if "\\" in pattern:
        return "holds a backslash: folders are parted by /"
    if pattern.startswith("!"):
        return "begins with !, which takes nothing back here: name what is left out"
    if any(part in {".", ".."} for part in pattern.split("/")):
        return "holds . or .. as a folder: patterns begin at the component's folder, like third_party/**"
    if pattern.count("[") > pattern.count("]"):
        return "has a [ that is never closed: write [[] for the bracket itself"
    return ""
