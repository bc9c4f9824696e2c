"""What kind of work a commit is, by its subject and the paths it changed (catalogue 3.6, 4.16, 4.20, 4.30).

Lines are not counted: `git log --raw` reads no blob, which is what makes a history of years cost a fraction of a
second. So "removes more than it adds" is told in files, and a deletion inside a file only by the subject.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from scoring.readers.places import roles_of
from scoring.sources.git import Change

_PREFIX = re.compile(r"^(?:\[(?P<tag>[a-z]+)\]|(?P<kind>[a-z]+)(?:\([^)]*\))?!?:)\s*", re.IGNORECASE)
SERVICE_KINDS = frozenset(
    {"refactor", "docs", "doc", "test", "tests", "cleanup", "clean", "remove", "delete", "drop", "deprecate", "style"}
)
REMOVAL_KINDS = frozenset({"remove", "delete", "drop"})
OTHER_KINDS = frozenset({"feat", "feature", "fix", "bugfix", "revert", "perf", "exp", "experiment"})
_SERVICE = re.compile(
    r"^(?:refactor|re-?organi[sz]|re-?structur|simplif|tid(?:y|ied)|clean(?:s|ed|ing|up|-up)?\b|de-?duplicat"
    r"|document|typos?\b|docstrings?\b|deprecat|renam|(?:add|improve|update|fix|write)(?:s|ed|d)?\s(?:\w+\s){0,2}"
    r"(?:unit |integration )?(?:tests?|docs?|documentation|docstrings?|readme|typos?)\b(?![./_]))",
    re.IGNORECASE,
)
_REMOVAL = re.compile(r"^(?:remov|delet|drop|purg|prun|get(?:ting)? rid of|retire)", re.IGNORECASE)
_UPKEEP_PATH = re.compile(
    r"(?:^|/)(?:tests?|testing|docs?|documentation)/|(?:^|/)(?:conftest\.py|readme[^/]*|changelog[^/]*)$"
    r"|_test\.py$|\.(?:md|rst)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)  # the questions about one commit come one after the other
def _split(subject: str) -> tuple[str, str]:
    """(what the subject declares itself to be, in lower case, or ""; the rest of it)."""
    prefix = _PREFIX.match(subject)
    return ((prefix["tag"] or prefix["kind"]).lower(), subject[prefix.end() :]) if prefix else ("", subject)


_REVIEWED = re.compile(r"\([#!]\d+\)\s*$|^Merged? (?:pull request|in |PR )|^Merge branch .+ into ", re.IGNORECASE)
_REPAIR = re.compile(r"^(?:fix|typo|wrong|correct|revert|hotfix|oops)", re.IGNORECASE)
_ADDITION = re.compile(r"^(?:add(?:s|ed|ing)?\b|implement|introduc|support|new\b|creat|enabl)", re.IGNORECASE)
ADDING_KINDS = frozenset({"feat", "feature"})


_NOT_THE_SYSTEM = frozenset({"test", "docs", "ci", "packaging", "task", "generated", "example"})


def was_reviewed(subject: str) -> bool:
    """Its subject names the request that it came with: "(#12)", "Merge pull request"."""
    return bool(_REVIEWED.search(subject))


_SYNC = re.compile(
    r"\bsync(?:s|ed|ing|hroni[sz]\w*)?\b|\bmirror(?:s|ed|ing)?\b|\bto match (?:the )?(?:current|internal|latest)"
    r"|\b(?:initial|first|public) (?:open[- ]?source )?(?:import|release|drop)\b",
    re.IGNORECASE,
)


def synchronises(subject: str) -> bool:
    """It brings over what was worked on elsewhere, all at once."""
    return _SYNC.search(subject) is not None


def repairs(subject: str) -> bool:
    """It says that it puts right what stood there."""
    kind, rest = _split(subject)
    return kind in ("fix", "bugfix", "revert", "hotfix") or bool(_REPAIR.match(rest))


def adds(subject: str) -> bool:
    """It says that it brings something new."""
    kind, rest = _split(subject)
    return kind in ADDING_KINDS or (kind not in SERVICE_KINDS | OTHER_KINDS and bool(_ADDITION.match(rest)))


def is_config(path: str) -> bool:
    """A file that configures the system: neither a test's nor a document's, nor what builds or checks it."""
    roles = roles_of(path)
    return "config" in roles and not roles & _NOT_THE_SYSTEM


def removes(subject: str, changes: Sequence[Change]) -> bool:
    """It deletes more files than it adds, or says that it removes."""
    kind, rest = _split(subject)
    if kind in REMOVAL_KINDS or _REMOVAL.match(rest):
        return True
    balance = 0
    for change in changes:
        balance += (change.status == "D") - (change.status == "A")
    return balance > 0


def serves(subject: str, changes: Sequence[Change]) -> bool:
    """It pays debt: refactors, tests, documents, tidies or removes. A declared feat or fix does not, unless it
    touches only tests and documents."""
    kind, rest = _split(subject)
    if kind in SERVICE_KINDS or (kind not in OTHER_KINDS and _SERVICE.match(rest)):
        return True
    if changes and all(_UPKEEP_PATH.search(change.path) for change in changes):
        return True
    return kind not in OTHER_KINDS and removes(subject, changes)
