"""A few lines of a scanned file, read from its mirror when a page asks: never stored, masked, and shown as text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from debtboard.domain import fetching, measuring
from debtboard.domain.queries.places import NOTEBOOK, cell_of
from debtboard.models import Finding
from scoring.masking import mask_lines
from scoring.readers.base import Unreadable
from scoring.readers.notebook import cell_source
from scoring.sources.git import GitError, GitRepository

AROUND = 4
MOST_LINES = 40
WIDTH = 240
MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    number: int
    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines around a finding; without lines, `reason` says why in one sentence."""

    lines: tuple[ExcerptLine, ...] = ()
    cut: bool = False
    cell: int = 0
    """The notebook's cell that the lines are of; 0 outside notebooks."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LastChange:
    """When a line last changed. No person is named."""

    commit: str
    at: datetime | None
    subject: str


def excerpt(finding: Finding, commit: str) -> Excerpt:
    """The lines of a finding as they stood at a commit, with some around them."""
    cell = cell_of(finding.path, finding.evidence)
    if cell is None and finding.path.endswith(NOTEBOOK):
        return Excerpt(reason="It is about the notebook as a whole, not about one of its cells.")
    try:
        with measuring.open_repository(finding.component.repository) as repository:
            data = _content(repository, finding, commit)
    except (GitError, fetching.Refused) as error:
        return Excerpt(reason=f"The repository could not be opened: {error}")
    if data is None:
        return Excerpt(reason="The file is not in the mirror of that commit, or is larger than 2 MB.")
    last = max(finding.end_line, finding.line)
    if cell is None:
        return _around(data.decode("utf-8", "replace").splitlines(), finding.line, last)
    try:
        return replace(_around(cell_source(data, cell).splitlines(), finding.line, last), cell=cell)
    except Unreadable as refusal:
        return Excerpt(reason=f"The notebook can't be opened as one: {refusal}.")


def last_change(finding: Finding, commit: str) -> LastChange | str:
    """Who touched the line last is not asked; when and in which commit is. A sentence where git can't say."""
    try:
        with measuring.open_repository(finding.component.repository) as repository:
            path = next(_candidates(repository, finding, commit), None)
            if path is None:
                return "The file is not in the mirror of that commit."
            found = repository.blame_line(commit, path[0], finding.line)
    except (GitError, fetching.Refused) as error:
        return str(error)
    at = None if found.time is None else datetime.fromtimestamp(found.time, UTC)
    return LastChange(found.commit[:12], at, found.subject)


def _content(repository: GitRepository, finding: Finding, commit: str) -> bytes | None:
    blob = next((blob for _, blob in _candidates(repository, finding, commit)), None)
    if blob is None:
        return None
    return next((data for _, data in repository.blobs([blob], MAX_BYTES)), None)


def _candidates(repository: GitRepository, finding: Finding, commit: str) -> Iterator[tuple[str, str]]:
    """(path, blob) of the file: a finding's path is the repository's own, its stray bytes escaped."""
    for entry in repository.tree(commit):
        if entry.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") == finding.path:
            yield entry.path, entry.blob


def _around(lines: list[str], first: int, last: int) -> Excerpt:
    """Masked whole, so that a key block that begins above the excerpt is known, then cut."""
    if first > len(lines):
        return Excerpt(reason="That line is beyond the end of the text.")
    start, stop = max(1, first - AROUND), min(len(lines), last + AROUND, first + MOST_LINES)
    shown = mask_lines([line[:2000] for line in lines[:stop]])[start - 1 :]
    cut = any(len(line) > WIDTH for line in shown)
    return Excerpt(
        tuple(
            ExcerptLine(number, text[:WIDTH].replace("\t", "    "), first <= number <= last)
            for number, text in enumerate(shown, start)
        ),
        cut,
    )
