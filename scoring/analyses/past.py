"""Reading the history's facts: what they say, or why they say nothing."""

from scoring.analyses.view import View
from scoring.facts import HistoryFacts
from scoring.findings import NotApplicable, Unknown

MIN_TEAM = 2
"""One person has no wall to others, and models that one person changes together are no surprise (catalogue 13, 19)."""


def history_of(view: View) -> HistoryFacts | Unknown:
    """The history's facts, or why there are none."""
    history = view.history
    if history is None or history.reason:
        return Unknown(history.reason if history else "the history was not read")
    return history


def alone(history: HistoryFacts) -> NotApplicable | Unknown | None:
    """Why a measure of people does not apply to a history of one person; None for a team."""
    if history.authors_12m is None:
        return Unknown("the authors of the last 12 months are not known")
    if history.authors_12m < MIN_TEAM:
        return NotApplicable("one person, or nobody, has worked on it in 12 months")
    return None


def model_folders(view: View) -> tuple[str, ...]:
    """Folders with a training entry point of their own; "" is the component's root."""
    return tuple(sorted({file.path.rpartition("/")[0] for file in view.training}))
