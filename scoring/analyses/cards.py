"""Model cards, datasheets and checklists: which documents are one, and which could not be read."""

from scoring.analyses.view import View
from scoring.facts import DocFacts
from scoring.readers.choice import reader_names

CARD_KINDS = frozenset({"model-card", "datasheet", "checklist"})
MIN_WORDS = 25
"""A shorter document is a heading and a promise."""

HUB_KEYS = frozenset(
    {"license", "tags", "datasets", "metrics", "library_name", "pipeline_tag", "model-index", "base_model"}
)
"""Keys of the front matter that model hubs read; two of them make a README a card."""


def is_card(facts: DocFacts) -> bool:
    """Whether a document is a model card, datasheet or checklist with something in it."""
    if facts.words < MIN_WORDS:
        return False
    hub = facts.kind == "readme" and len(HUB_KEYS.intersection(facts.front_matter)) >= 2
    return facts.kind in CARD_KINDS or hub


def unread_card(view: View) -> str:
    """A card's path that could not be read, or ""."""
    for entry in view.files:
        kinds = {name.removeprefix("docs.") for name in reader_names(entry.path)}
        if entry.skipped and kinds & (CARD_KINDS | {"readme"}):
            return entry.path
    return ""


def has_ml_code(view: View) -> bool | None:
    """Whether there is a model to speak of; None where files that may hold one went unread."""
    if view.ml_code:
        return True
    return None if view.ml_undecided else False
