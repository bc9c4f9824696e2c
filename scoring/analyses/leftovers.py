"""Work in progress that stayed (pro.6): scratch folders nobody touches, files named as copies or old versions, folders
so named that stand beside the one they are named after, and copies of notebooks that an editor saves by itself."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.entry_points import named_by
from scoring.analyses.modules import imports_by_path
from scoring.analyses.view import View
from scoring.facts import FileEntry
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

UNTOUCHED_DAYS = 90
CHECKPOINTS = ".ipynb_checkpoints/"
SCRATCH = re.compile(
    r"^(?:tmp|temp|scratch|playground|sandbox|old|wip|backups?|bak|exp|to_?delete|unused|trash|junk|graveyard|attic"
    r"|deprecated|obsolete|outdated|(?:old|deprecated)[-_ ]\w+|\w+[-_ ](?:old|deprecated|bak|backup))$",
    re.IGNORECASE,
)
COPY = re.compile(
    r"(?:[-_. ](?:old|bak|backup|copy\d*|orig|wip|tmp)|(?<!semi)[-_ ]final\d*| \(\d+\)|^(?:old|tmp|copy of)[-_ ].+)$",
    re.IGNORECASE,
)
FINAL = re.compile(r"^(.+?)[-_ ]final\d*$", re.IGNORECASE)
"""The final one of several counts only beside another."""
BESIDE = re.compile(r"^(.+)[-_. ](?:old|bak|backup|deprecated)$|^(?:old|deprecated)[-_ ](.+)$", re.IGNORECASE)
"""A folder's name, with the name of what it was."""
VERSION = re.compile(r"^(.+?)[-_]?v\d+$", re.IGNORECASE)
"""model_v2 counts only beside a model of the same name."""


def leftovers(view: View) -> Answer:
    """Scratch folders untouched for 90 days, files named as copies or old versions, and folders so named beside what
    they are named after, per 10 KLOC of ML code."""
    history = view.history
    if history is None or history.reason or not history.last_change:
        return Unknown(history.reason if history and history.reason else "the history was not read")
    lying = _lying(view)
    if not lying.files:
        return NotApplicable("no file of code, notebook or configuration")
    hits = [*_scratch_hits(lying.scratch, view.as_of, history.last_change), *lying.replaced, *lying.copies]
    hits += _saved_by_editor(view)
    return Measure(len(hits) / view.ten_klocs, lying.files, tuple(hits))


def _saved_by_editor(view: View) -> Iterator[Hit]:
    """One for each folder of them: left out of every count, and in the repository all the same."""
    saved: dict[str, list[str]] = {}
    for path, _ in view.component.excluded:
        above, folder, _ = path.partition(CHECKPOINTS)
        if folder and path.endswith(".ipynb") and (not above or above.endswith("/")):
            saved.setdefault(f"{above}{folder}", []).append(path)
    for folder, paths in saved.items():
        copies = "a copy of a notebook" if len(paths) == 1 else f"{len(paths)} copies of notebooks"
        yield Hit(
            line=1,
            path=paths[0],
            key=folder,
            message=f"{folder} holds {copies} that the editor saved by itself: another version, which nobody keeps up. "
            "Remove the folder and name it in .gitignore.",
            evidence={"folder": folder, "files": len(paths)},
        )


class _Lying(NamedTuple):
    """What the paths of one snapshot say."""

    files: int
    scratch: tuple[tuple[str, tuple[FileEntry, ...]], ...]
    """Outermost scratch folders with what lies in them, by path."""
    replaced: tuple[Hit, ...]
    """Of those beside what they are named after, which are none of `scratch`."""
    copies: tuple[Hit, ...]


@lru_cache(maxsize=1)
def _lying(view: View) -> _Lying:
    files = [entry for entry in view.files if entry.facts and not entry.roles & {"test", "generated", "docs"}]
    folders: dict[str, list[FileEntry]] = {}
    for entry in files:
        if folder := _named(entry.path).scratch_folder:
            folders.setdefault(folder, []).append(entry)
    known = {folder.lower() for folder in _all_folders(files)}
    replaced = [folder for folder in sorted(folders) if _stands_for(folder) in known]
    left = [folder for folder in sorted(folders) if folder not in replaced]
    used = _used_folders(view) if left else set()
    scratch = tuple([(folder, tuple(folders[folder])) for folder in left if folder not in used])
    hits = tuple([_replaced_hit(folder, folders[folder]) for folder in replaced])
    return _Lying(len(files), scratch, hits, tuple(_copy_hits(files, view)))


def _used_folders(view: View) -> set[str]:
    """Scratch folders of which anything from outside imports or starts a part: there the name says little."""
    told = frozenset([command.text for _, facts in view.docs for command in facts.commands])
    run = {file.path for file in view.entry_points if not file.facts.main_line} | named_by(view.paths, told)
    used = {_named(path).scratch_folder for path in run}
    for path, others in imports_by_path(view).items():
        for other in others:
            folder = _named(other).scratch_folder
            if folder and not path.startswith(f"{folder}/"):
                used.add(folder)
    return used


def _all_folders(files: Iterable[FileEntry]) -> set[str]:
    """The folders that hold the files, and those that hold these."""
    found: set[str] = set()
    for entry in files:
        folder = entry.path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _stands_for(folder: str) -> str:
    """The path, lower-cased, of the folder that one is named as an old version of; "" for none."""
    above, _, name = folder.lower().rpartition("/")
    beside = BESIDE.match(name)
    if beside is None:
        return ""
    return f"{above}/".lstrip("/") + (beside.group(1) or beside.group(2))


def _replaced_hit(folder: str, inside: Sequence[FileEntry]) -> Hit:
    name = folder.rpartition("/")[2]
    return Hit(
        line=1,
        path=inside[0].path,
        key=folder,
        message=f"{folder}/ holds {_files(len(inside))} and stands beside {_stands_for(folder).rpartition('/')[2]}/, "
        "which took its place: readers and tools find everything twice.",
        evidence={"folder": name, "files": len(inside)},
    )


def _scratch_hits(
    folders: Iterable[tuple[str, Sequence[FileEntry]]], as_of: datetime, last_change: Mapping[str, datetime]
) -> Iterator[Hit]:
    """One for the outermost scratch folders beside each other whose files all lie untouched."""
    beside: set[str] = set()
    for folder, inside in folders:
        changes = [last_change[entry.path] for entry in inside if entry.path in last_change]
        if not changes:
            continue
        days = (as_of - max(changes)).days
        holds = any(not entry.path.endswith("/__init__.py") for entry in inside)
        above = folder.rpartition("/")[0]
        if days > UNTOUCHED_DAYS and holds and above not in beside:
            beside.add(above)
            yield Hit(
                line=1,
                path=inside[0].path,
                key=folder,
                message=f"{folder}/ holds {_files(len(inside))} that nobody has touched for {days} days; readers take "
                "it for part of the system.",
                evidence={"folder": folder, "files": len(inside), "days": days},
            )


def _scratch_folder(path: str) -> str:
    """The outermost folder with the name of a scratch folder that holds the path, "" without one."""
    parts = path.split("/")[:-1]
    depth = next((number for number, part in enumerate(parts, 1) if SCRATCH.match(part)), 0)
    return "/".join(parts[:depth])


def _files(count: int) -> str:
    return "one file" if count == 1 else f"{count} files"


def _named_by_pages(view: View) -> frozenset[str]:
    """Names of files that commands and lines of the documentation hold."""
    texts = [text for _, facts in view.docs for text in (facts.modules, *(item.text for item in facts.commands))]
    return frozenset([word.rpartition("/")[2] for text in texts for word in text.split()])


def _copy_hits(files: list[FileEntry], view: View) -> Iterator[Hit]:
    found = [
        (entry, named)
        for entry in files
        if (named := _named(entry.path)).copy or (named.version_of and _is_code(entry))
    ]
    if not found:
        return
    stems = {entry.path.rpartition(".")[0].lower() for entry in files}
    told = _named_by_pages(view)
    for entry, named in found:
        if named.copy and not (named.final_of and named.final_of not in stems):
            what = "is named as a copy or an old version"
        elif entry.path.rpartition("/")[2] in told:
            continue  # a page says what this one is for
        elif named.version_of in stems:
            what = f"stands beside {named.version_of.rpartition('/')[2]}, the name it was a version of"
        else:
            continue
        yield Hit(
            line=1,
            path=entry.path,
            key="copy",
            message=f"{entry.path.rpartition('/')[2]} {what}; nobody can tell which of the two is in use.",
        )


def _is_code(entry: FileEntry) -> bool:
    return entry.language in {"python", "jupyter"}


class _Named(NamedTuple):
    """What a file's path says of it."""

    scratch_folder: str
    """The outermost folder with the name of a scratch folder that holds it, "" without one."""
    copy: bool
    final_of: str
    """The path, lower-cased and without its suffix, of what it would be the final one of; "" for none."""
    version_of: str
    """The path, lower-cased and without its suffix, of what it would be a version of; "" for none."""


@lru_cache(maxsize=1 << 14)
def _named(path: str) -> _Named:
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    version = VERSION.match(stem)
    prefix = f"{folder}/".lower() if folder else ""
    final = FINAL.match(stem)
    return _Named(
        scratch_folder=_scratch_folder(path),
        copy=bool(COPY.search(stem)),
        final_of=f"{prefix}{final.group(1).lower()}" if final else "",
        version_of=f"{prefix}{version.group(1).lower()}" if version else "",
    )
