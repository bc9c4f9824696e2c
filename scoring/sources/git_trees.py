"""Trees as flat listings: each tree object is read once for all commits, each folder listed once per version.

Hostile trees are ordinary here: nothing is written to disk, an entry that no checkout would allow (`..`, `.git`, a
slash in its name) becomes a reasoned problem, and a tree that unfolds without end stops at the limits.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from scoring.sources.git_objects import CatFile

MAX_ENTRIES = 50_000
MAX_DEPTH = 100
MAX_PATH_BYTES = 1_024
"""Far beyond any path that people write, and what PostgreSQL can hold in an index of findings."""
MAX_TREE_BYTES = 16 << 20

REGULAR, LINK, SUBMODULE, FOLDER = 0o100000, 0o120000, 0o160000, 0o040000
_KIND = 0o170000


class TreeEntry(msgspec.Struct, frozen=True, gc=False):
    """One path of a snapshot. `path` is decoded with surrogateescape: `os.fsencode` gives its bytes back."""

    path: str
    mode: int
    blob: str
    """40 or 64 hex digits; for a submodule, the commit it names."""

    @property
    def is_file(self) -> bool:
        return self.mode & _KIND == REGULAR

    @property
    def is_link(self) -> bool:
        return self.mode & _KIND == LINK

    @property
    def is_submodule(self) -> bool:
        return self.mode & _KIND == SUBMODULE


class Listing(msgspec.Struct, frozen=True):
    """All entries under one tree, in git's order; iterates and counts as its entries."""

    entries: tuple[TreeEntry, ...]
    truncated: bool = False
    """Entries are left out: too many, too deep, or a folder that cannot be read."""
    problems: tuple[tuple[str, str], ...] = ()
    """(path, reason) of what is not in `entries`."""

    def __iter__(self) -> Iterator[TreeEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


class _Folder(msgspec.Struct, frozen=True):
    """What one tree unfolds to at one place."""

    entries: tuple[TreeEntry, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    truncated: bool = False


class Trees:
    """The trees of one repository."""

    def __init__(self, cat: CatFile, *, sha256: bool) -> None:
        self._cat = cat
        width = 32 if sha256 else 20
        self._entry = re.compile(rb"([0-7]{5,6}) ([^\0]*)\0(.{%d})" % width, re.DOTALL)
        self._width = width
        self._raw: dict[bytes, bytes | None] = {}
        self._folders: dict[tuple[bytes, bytes], _Folder] = {}
        self._latest: dict[bytes, dict[bytes, TreeEntry]] = {}
        self._unfolded: dict[bytes, int] = {}
        self._named: dict[bytes, dict[bytes, tuple[int, bytes]] | None] = {}
        """What `files` asked of trees the last time, so that memory does not grow with the weeks."""
        self._asked: set[bytes] = set()

    def roots(self, names: Iterable[str]) -> dict[str, bytes | None]:
        """name of a commit or tree -> its tree (None: missing). All of them are read in one go."""
        asked = list(dict.fromkeys(names))
        found: dict[str, bytes | None] = {}
        for name, (oid, kind, data) in zip(
            asked, self._cat.contents([f"{name}^{{tree}}" for name in asked], MAX_TREE_BYTES), strict=True
        ):
            root = bytes.fromhex(oid) if kind == "tree" else None
            found[name] = root
            if root is not None:
                self._raw[root] = data
        self._load([root for root in found.values() if root is not None])
        return found

    def listing(self, root: bytes) -> Listing:
        """The listing of a tree that `roots` gave."""
        if self._count(root, 0) > MAX_ENTRIES:
            return self._part(root)
        whole = self._folder(root, b"", 0)
        return Listing(whole.entries, whole.truncated, whole.problems)

    def files(self, root: bytes, paths: Iterable[str]) -> dict[str, str] | None:
        """path -> blob of those of the paths that are regular files, as `listing` would have them; None where only a
        whole listing tells, since a folder is damaged, names something twice, or unfolds to too much."""
        if self._count(root, 0) > MAX_ENTRIES:
            return None
        folders: dict[bytes, dict[bytes, tuple[int, bytes]] | None] = {b"": self._children(root)}
        found: dict[str, str] = {}
        for text in paths:
            path = text.encode("utf-8", "surrogateescape")
            start = 0
            names = folders[b""]
            while names is not None and (end := path.find(b"/", start)) >= 0:
                folder = path[:end]
                if folder not in folders:
                    folders[folder] = self._inner(names, path[start:end], folder)
                names, start = folders[folder], end + 1
            if names is None:
                return None
            mode, oid = names.get(path[start:], (0, b""))
            if mode & _KIND == REGULAR and not _refusal(mode, path[start:], path, 0):
                found[text] = oid.hex()
        self._named = {oid: names for oid, names in self._named.items() if oid in self._asked}
        self._asked = set()
        return found

    def _inner(
        self, names: dict[bytes, tuple[int, bytes]], name: bytes, path: bytes
    ) -> dict[bytes, tuple[int, bytes]] | None:
        """What stands in a folder of another; nothing where it is none that `listing` would go into."""
        mode, oid = names.get(name, (0, b""))
        if mode & _KIND != FOLDER or _refusal(mode, name, path, path.count(b"/")):
            return {}
        return self._children(oid)

    def _children(self, tree: bytes) -> dict[bytes, tuple[int, bytes]] | None:
        """name -> (mode, object) of one tree; None when it is damaged or a name stands twice in it."""
        self._asked.add(tree)
        if tree not in self._named:
            entries = self._parse(tree)
            names = {name: (mode, oid) for mode, name, oid in entries}
            self._named[tree] = names if len(names) == len(entries) and self._whole(tree) else None
        return self._named[tree]

    def _load(self, level: list[bytes]) -> None:
        """Read every tree below, level by level, each once."""
        for _ in range(MAX_DEPTH):
            wanted: dict[bytes, None] = {}
            for tree in level:
                for kind, _, oid in self._parse(tree):
                    if kind & _KIND == FOLDER and oid not in self._raw:
                        wanted[oid] = None
            if not wanted:
                return
            level = list(wanted)[:MAX_ENTRIES]
            answers = self._cat.contents([oid.hex() for oid in level], MAX_TREE_BYTES)
            for oid, (_, kind_name, data) in zip(level, answers, strict=True):
                self._raw[oid] = data if kind_name == "tree" else None

    def _parse(self, tree: bytes) -> list[tuple[int, bytes, bytes]]:
        """(mode, name, object) of each entry; what does not parse is left out and seen by `_folder`."""
        return [(int(mode, 8), name, oid) for mode, name, oid in self._entry.findall(self._raw.get(tree) or b"")]

    def _whole(self, tree: bytes) -> bool:
        """The tree was read, and every byte of it parses."""
        raw = self._raw.get(tree)
        if raw is None:
            return False
        return sum(len(mode) + len(name) + 2 + self._width for mode, name, _ in self._entry.findall(raw)) == len(raw)

    def _count(self, tree: bytes, depth: int) -> int:
        """How many entries the tree unfolds to, as far as it matters: above MAX_ENTRIES any number may come back."""
        if depth > MAX_DEPTH:
            return 0
        if tree not in self._unfolded:
            total = 0
            for mode, _, oid in self._parse(tree):
                total += self._count(oid, depth + 1) if mode & _KIND == FOLDER else 1
                if total > MAX_ENTRIES:
                    break
            self._unfolded[tree] = total
        return self._unfolded[tree]

    def _folder(self, tree: bytes, prefix: bytes, depth: int) -> _Folder:
        """One tree unfolded under a prefix; remembered, so that an unchanged folder costs nothing."""
        known = self._folders.get((tree, prefix))
        if known is not None:
            return known
        entries: list[TreeEntry] = []
        problems: list[tuple[str, str]] = []
        truncated = not self._whole(tree)
        if truncated:
            problems.append((_text(prefix), "the folder's object is missing or damaged"))
        latest: dict[bytes, TreeEntry] = self._latest.get(prefix, {})
        current: dict[bytes, TreeEntry] = {}
        for mode, name, oid in self._parse(tree):
            path = prefix + name
            reason = _refusal(mode, name, path, depth) or ("the name stands twice" if name in current else "")
            if reason:
                problems.append((_text(path), reason))
                truncated = truncated or mode & _KIND == FOLDER
            elif mode & _KIND == FOLDER:
                inner = self._folder(oid, path + b"/", depth + 1)
                entries.extend(inner.entries)
                problems.extend(inner.problems)
                truncated = truncated or inner.truncated
            else:
                blob = oid.hex()
                entry = latest.get(name)
                if entry is None or entry.blob != blob or entry.mode != mode:
                    entry = TreeEntry(_text(path), mode, blob)
                current[name] = entry
                entries.append(entry)
        self._latest[prefix] = current
        folder = self._folders[tree, prefix] = _Folder(tuple(entries), tuple(problems), truncated)
        return folder

    def _part(self, root: bytes) -> Listing:
        """The first MAX_ENTRIES entries of a tree that unfolds to more."""
        entries: list[TreeEntry] = []
        stack: list[Iterator[tuple[int, bytes, bytes]]] = [iter(self._parse(root))]
        prefixes = [b""]
        while stack and len(entries) < MAX_ENTRIES:
            item = next(stack[-1], None)
            if item is None:
                stack.pop()
                prefixes.pop()
                continue
            mode, name, oid = item
            path = prefixes[-1] + name
            if _refusal(mode, name, path, len(stack) - 1):
                continue
            if mode & _KIND == FOLDER:
                stack.append(iter(self._parse(oid)))
                prefixes.append(path + b"/")
            else:
                entries.append(TreeEntry(_text(path), mode, oid.hex()))
        return Listing(
            tuple(entries),
            truncated=True,
            problems=(("", f"more than {MAX_ENTRIES} entries: the rest was not listed"),),
        )


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _refusal(mode: int, name: bytes, path: bytes, depth: int) -> str:
    """Why an entry is not listed; "" when it is."""
    if not name or name in (b".", b"..") or b"/" in name or name.lower() == b".git":
        return "a name that no work tree may hold"
    if mode & _KIND not in (REGULAR, LINK, SUBMODULE, FOLDER):
        return "an unknown kind of entry"
    if len(path) > MAX_PATH_BYTES:
        return f"a path of more than {MAX_PATH_BYTES} bytes"
    if mode & _KIND == FOLDER and depth + 1 >= MAX_DEPTH:
        return f"deeper than {MAX_DEPTH} folders"
    return ""
