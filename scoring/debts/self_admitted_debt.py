"""Debt that its authors wrote down.

Why: A comment that says TODO, FIXME or hack is the cheapest debt register there is: the author saw the shortcut and
said so. Machine-learning projects carry about twice the share that others do, and its most frequent kind is about
how data is prepared and configured. The comments that grow old are the interesting ones.

What is read: Comments of Python files and notebook cells, without licence headers and linter directives. Each
whose words say clearly what it is about (hyper-parameters, glue, prototype, abstraction and so on) points to that debt.
Git: how many have stood for over a year.

Remedy: Once a month, take the oldest ten: do it, turn it into a ticket with an owner, or delete the comment. In a
review, ask that a new TODO name its ticket.

Source: O'Brien et al., 23 Shades of Self-Admitted Technical Debt (2022). Bhatia et al., An Empirical Study of
Self-Admitted Technical Debt in Machine Learning Software (2023).
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

import msgspec

from scoring.analyses.lessons import is_course
from scoring.analyses.memo import Answers, Asking, Latest, Memo
from scoring.analyses.past import history_of
from scoring.analyses.placing import placed
from scoring.analyses.vendored import modules_of_others
from scoring.analyses.view import CodeFile, PythonFile, View
from scoring.facts import Comment, PythonFacts
from scoring.findings import (
    DENSITY,
    GIT,
    PY,
    SHARE,
    SMALL,
    Answer,
    Debt,
    H,
    Hit,
    L,
    Measure,
    NotApplicable,
    Tally,
    Unknown,
)
from scoring.knowledge.admitted import OTHER, kind_of

LEFT = ": something is left to do here."
AGED = " It has stood for over a year: do it, give it a ticket with an owner, or delete it."
LINKED = " It has stood for over a year: see whether what it links to is settled by now, and do it or delete it."
LINK = re.compile(
    r"https?://|\bb/\d{5,}|\b(?i:bug|issue|pr|ticket|gh)[\s-]*#?\d+|(?<![\w&])#\d{2,}"
    r"|\b(?i:fix(?:e[sd])?|close[sd]?|resolv(?:e[sd]?|ing)|resolution|block(?:ed|er)|track(?:ed)?)\b"
    r"(?i:\s+(?:in|by|of|on))?\s+(?!(?:19|20)\d\d\b)\d{4,}\b"
    r"|\b(?!(?:AES|ASCII|BERT|CIFAR|COVID|CP|CUDA|CVE|GPT|HTTP|IEEE|IMAGENET|ISO|LLAMA|MD|MNIST|PEP|RFC|SHA|TLS|UTF|VGG|VOC|YOLO)-)"
    r"[A-Z][A-Z]{2,9}-\d+\b"
)
"""An address, a number of a ticket, or the key of one: TRACK-45."""
SHOWN = 90
"""Characters of a comment in a message."""
MANY_TASKS = 5
"""Notes of one notebook, from which on they are the tasks of an exercise."""
FRESH = 0.2
"""The good anchor of sat.3: up to it an old comment is no finding."""

ASSERTS = re.compile(r"\bassert", re.IGNORECASE)
"""In a test, what is still to be asserted: until then it passes whatever the code does."""
MEDIUM_RANK = 2

debt = Debt(__name__, section="4.34", ml_only=False, group="Work")


@debt.file_signal(
    "sat.1",
    PythonFacts,
    source=PY,
    anchors=(0.5, 3.6),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    scope="product",
    bad={"train.py": "def train(rows):\n    # TODO: sort by day first\n    return rows\n"},
    good={"train.py": "def train(rows):\n    # Rows are sorted by day.\n    return rows\n"},
)
def admissions(facts: PythonFacts) -> Tally | None:
    """Comments that admit debt, per KLOC.

    The places are sat.2's findings, so that no comment is listed twice.
    """
    return Tally(facts.code_lines, len(facts.comments)) if facts.code_lines else None


@debt.signal(
    "sat.2",
    source=PY,
    anchors=(0, 5),
    severity=1,
    precision=L,
    unit="comments",
    effort=SMALL,
    caution="Kinds need judgement: people agreed on .63 at first. One that names its ticket is told when it is old.",
    dated=True,
    bad={"train.py": "def train(rows):\n    # TODO: tune the learning rate\n    return rows\n"},
    good={"train.py": "def train(rows):\n    # The learning rate is tuned weekly.\n    return rows\n"},
)
def admitted_kinds(view: View) -> Answer:
    """Comments that admit debt, each in the kind of debt that its words point to."""
    return _latest_kinds((view, _old_comments(view)), lambda: _kinds(view))


_latest_kinds: Latest[Answer] = Latest()
_latest_ages: Latest[Answer] = Latest()


def _kinds(view: View) -> Answer:
    learning = is_course(view)  # what a notebook of a course leaves to do is the learner's exercise
    files = [file for file in view.product_once if file.facts.code_lines and not (learning and file.is_notebook)]
    files = [file for file in files if not (file.is_notebook and len(file.facts.comments) >= MANY_TASKS)]
    if not files:
        return NotApplicable("no Python code but the notebooks of a course" if learning else "no Python code")
    old = standing(view)
    _old.rest_on(old, old.__contains__)
    hits = [hit for file in files if file.facts.comments for hit in _told(file, _old)]
    return Measure(len(hits) / max(1.0, view.kloc / 10), len(files), tuple(_each_once(_own(view, hits))))


def _own(view: View, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Those of modules that the component's people wrote: what others left to do is theirs."""
    copied = modules_of_others(view)
    return (hit for hit in hits if hit.path not in copied)


def _each_once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """What was copied with the code around it is one thing to do; a mark without a word says nothing."""
    places: dict[str, list[Hit]] = {}
    for hit in hits:
        if len(hit.key.split()) > 1:
            places.setdefault(hit.key, []).append(hit)
    for first, *others in places.values():
        more = f"{len(others)} more places" if len(others) > 1 else "one more place"
        said = f"{first.message} It stands in {more}." if others else first.message
        yield msgspec.structs.replace(first, message=said)


def _hits(file: PythonFile, is_old: Callable[[tuple[str, int]], bool]) -> tuple[Hit, ...]:
    own = [comment for comment in file.facts.comments if not _told_elsewhere(comment.line, file.facts)]
    ages = [(comment, is_old((file.path, comment.line))) for comment in own]
    # One that names its ticket has what is asked of it, until it has stood too long.
    told = [(comment, old) for comment, old in ages if old or not LINK.search(comment.text)]
    return tuple([placed(_hit(comment, file.path, old=old), file) for comment, old in told])


def _told_elsewhere(line: int, facts: PythonFacts) -> bool:
    """In what was taken from another project, or in a block that is commented out, which dec.10 tells."""
    at = bisect_right(facts.commented_code, line, key=attrgetter("line")) - 1
    return facts.is_taken(line) or (at >= 0 and line <= facts.commented_code[at].end_line)


_told: Asking[PythonFile, tuple[str, int], bool, tuple[Hit, ...]] = Asking(_hits)
"""A file's findings, which tell of each comment whether it has stood for over a year."""
_old: Answers[tuple[str, int], bool] = Answers()


def standing(view: View) -> frozenset[tuple[str, int]]:
    """(path, line) of comments that are known to have stood for over a year; empty where nobody looked."""
    return frozenset(_old_comments(view) or ())


def _old_comments(view: View) -> tuple[tuple[str, int], ...] | None:
    """The same object for as long as nothing of it changes."""
    return view.history.old_comments if view.history else None


def _hit(comment: Comment, path: str, *, old: bool) -> Hit:
    guess = kind_of(comment.text, path)
    kind = guess if guess.clear else OTHER
    text = " ".join(comment.text.split())
    shown = text if len(text) <= SHOWN else text[:SHOWN].rstrip() + "..."
    return Hit(
        line=comment.line,
        key=" ".join(comment.text.lower().split()),
        symbol=comment.scope,
        message=f"The author wrote `{shown}`{'.' if old else LEFT}{_aged(comment.text) if old else ''}",
        severity=1,
        evidence={"kind": kind.label, "debt": kind.debt},
    )


def _aged(text: str) -> str:
    return LINKED if LINK.search(text) else AGED


@debt.signal(
    "sat.3",
    source=GIT,
    also="PY",
    anchors=(0.2, 0.8),
    severity=1,
    precision=H,
    kind=SHARE,
    unit="of comments",
    effort=SMALL,
)
def old_admissions(view: View) -> Answer:
    """Share of the comments that admit debt and are older than 365 days.

    Those that sat.2 lists are told there, with their age. Of tests only those that say what goes unproved are listed.
    """
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.old_comments is None:
        return Unknown("the files of a year before were not read")
    return _latest_ages((view, history.old_comments, view.unread(PY)), lambda: _ages(view))


def _ages(view: View) -> Answer:
    admitting = [file for file in view.python if file.facts.comments and file.path not in view.shown]
    if not admitting:
        return Unknown("files went unread") if view.unread(PY) > 0 else NotApplicable("no comment admits debt")
    aged = standing(view)
    comments = sum([len(file.facts.comments) for file in admitting])
    old = [
        (file, comment) for file in admitting for comment in file.facts.comments if (file.path, comment.line) in aged
    ]
    share = len(old) / comments
    told = {file.path for file in view.product_once}
    others = [(file, comment) for file, comment in old if file.path not in told] if share > FRESH else []
    hits = tuple([_old_hits(file)[comment] for file, comment in others if _is_unproved(file, comment)])
    return Measure(share, comments, hits)


def _hits_if_old(file: CodeFile) -> dict[Comment, Hit]:
    return {comment: _old_hit(file, comment) for comment in file.facts.comments}


_old_hits = Memo(_hits_if_old)


def _is_unproved(file: CodeFile, comment: Comment) -> bool:
    return "test" in file.roles and ASSERTS.search(comment.text) is not None


def _old_hit(file: CodeFile, comment: Comment) -> Hit:
    text = comment.text if len(comment.text) <= SHOWN else comment.text[:SHOWN] + "..."
    hit = Hit(
        line=comment.line,
        key=comment.text,
        symbol=comment.scope,
        message=f'"{text}"{_aged(comment.text).removeprefix(" It")}',
        severity=MEDIUM_RANK,
        evidence={"tag": comment.tag},
    )
    return placed(hit, file)
