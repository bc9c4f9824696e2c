"""READMEs, model cards, datasheets and checklists: which documents are one, and which could not be read."""

import re
from collections.abc import Iterator

from scoring.analyses.view import View
from scoring.facts import DocFacts, FileEntry
from scoring.knowledge.packages import normalised
from scoring.readers.choice import reader_names

CARD_KINDS = frozenset({"model-card", "datasheet", "checklist"})
ASIDE = frozenset({"example", "test"})
"""Roles of documents that speak of a part, not of the component."""

DOCUMENTATION = frozenset({"doc", "docs", "documentation"})

MIN_WORDS = 25
"""A shorter document is a heading and a promise."""

_NAMES_PEOPLE = re.compile(
    r"^(?:\.github/|docs/)?(?:contribut\w+|authors?|maintainers|codeowners|support|security|citation|contact)(?:\.\w+)?$",
    re.IGNORECASE,
)
"""Files that say who answers, or where to ask."""
_OF_DATA = re.compile(
    r"(?:^|/)(?:(?:data(?:sets?)?|inputs?|corpus)/readme[^/]*|(?:data[-_]?(?:sets?)?|corpus)[-_]?(?:card|sheet|sources?"
    r"|origin|description|readme)?\.(?:md|rst|txt))$",
    re.IGNORECASE,
)
"""Documents of nothing but the data."""

SEVERAL = 2
"""Parts whose READMEs tell something, from which on the one above need not."""
TOLD = frozenset({"set-up", "run", "data"})
ASKED = tuple(
    re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for words in (
        r"(?:re)?train(?:ing)?\b",
        r"evaluat|test(?:ing)?\b|benchmark",
        r"pre-?trained|checkpoints?\b|weights\b|model zoo",
        r"results?\b|performance|accuracy|scores?\b|metrics\b",
    )
)
"""The ML Code Completeness Checklist (Papers with Code, taken over by NeurIPS 2020): beside what is needed to run it,
how to train and to evaluate, models ready trained, and results."""

HUB_KEYS = frozenset(
    {"license", "tags", "datasets", "metrics", "library_name", "pipeline_tag", "model-index", "base_model"}
)
"""Keys of the front matter that model hubs read; two of them make a README a card."""


def is_card(entry: FileEntry, facts: DocFacts) -> bool:
    """Whether a document is a model card, datasheet or checklist with something in it.

    A page of the documentation that has a card's headings describes an interface; only its name makes it a card.
    """
    named = any(name.removeprefix("docs.") in CARD_KINDS for name in reader_names(entry.path))
    if facts.words < MIN_WORDS or (not named and DOCUMENTATION.intersection(entry.path.split("/")[:-1])):
        return False
    hub = facts.kind == "readme" and len(HUB_KEYS.intersection(facts.front_matter)) >= 2
    return facts.kind in CARD_KINDS or hub


def answers_checklist(entry: FileEntry, facts: DocFacts) -> bool:
    """Whether a document is a README with all that the checklist for the code of a paper asks for."""
    if facts.kind != "readme" or entry.roles & ASIDE or not TOLD.issubset(facts.checks):
        return False
    headings = "\n".join([text for text, _ in facts.headings])
    return all(asked.search(headings) for asked in ASKED)


def unread_card(view: View) -> str:
    """A card's path that could not be read, or ""."""
    for entry in view.files:
        if not entry.skipped:
            continue
        kinds = {name.removeprefix("docs.") for name in reader_names(entry.path)}
        if kinds & (CARD_KINDS | {"readme"}):
            return entry.path
    return ""


def has_ml_code(view: View) -> bool | None:
    """Whether there is a model to speak of; None where files that may hold one went unread."""
    if view.ml_code:
        return True
    return None if view.ml_undecided else False


def card_of(view: View, model: tuple[str, str, str, int]) -> str:
    """The path of a declared model's card, or "": one that names it, stands beside its entry point, or is the only
    model's.

    `model`: (name, entry point, owner, line).
    """
    name, entry_point, *_ = model
    paths = [entry.path for entry, facts in view.docs if is_card(entry, facts) and facts.kind != "checklist"]
    named = [path for path in paths if normalised(name) in normalised(path)]
    folder = entry_point.rpartition(":")[0].rpartition("/")[0] or entry_point.rpartition("/")[0]
    beside = [path for path in paths if folder and path.rpartition("/")[0] == folder]
    declared = view.component.declaration
    only = paths if declared is not None and len(declared.models) == 1 else []
    return next(iter(named or beside or only), "")


def nearest_readmes(view: View) -> tuple[tuple[FileEntry, DocFacts], ...]:
    """The READMEs that lie nearest to the component's root, all of that depth; of one folder if there are several."""
    found = [(entry, facts) for entry, facts in view.docs if facts.kind == "readme" and not entry.roles & ASIDE]
    if not found:
        return ()
    nearest = min((entry for entry, _ in found), key=lambda entry: (entry.path.count("/"), entry.path))
    folder = nearest.path.rpartition("/")[0]
    return tuple((entry, facts) for entry, facts in found if entry.path.rpartition("/")[0] == folder)


def told_elsewhere(view: View) -> frozenset[str]:
    """Parts that another file than the README tells: whom to ask, where the data comes from."""
    parts = set()
    named = any(facts.people for _, facts in view.packaging)
    if view.owners or named or any(_NAMES_PEOPLE.search(path) for path in view.paths):
        parts.add("contact")
    if any(facts.kind == "datasheet" or _OF_DATA.search(entry.path) for entry, facts in view.docs if facts.words):
        parts.add("data")
    parts.update(_told_by_parts(view))
    return frozenset(parts)


def _told_by_parts(view: View) -> Iterator[str]:
    """What the READMEs of several parts tell: the root leaves it to them."""
    nearest = {entry.path for entry, _ in nearest_readmes(view)}
    others = [
        facts
        for entry, facts in view.docs
        if facts.kind == "readme" and entry.path not in nearest and not entry.roles & ASIDE
    ]
    for part in TOLD:
        if sum([part in facts.checks for facts in others]) >= SEVERAL:
            yield part


def unread_readme(view: View) -> str:
    """The path of a README that could not be read, or ""."""
    return next((entry.path for entry in view.files if entry.skipped and "docs.readme" in reader_names(entry.path)), "")
