"""Whether a component is an entry to a contest: its data is given once, and nobody deploys its models."""

from functools import lru_cache

from scoring.analyses.cards import nearest_readmes
from scoring.analyses.lessons import is_course
from scoring.analyses.own_models import ships_a_model
from scoring.analyses.published import is_library
from scoring.analyses.view import View


@lru_cache(maxsize=1)
def is_entry(view: View) -> bool:
    """By the README at the root; what is published, or declares a model, is more than that."""
    declared = view.component.declaration
    if is_library(view) or (declared is not None and declared.models):
        return False
    return any(facts.enters_contest for _, facts in nearest_readmes(view))


def takes_tables_in(view: View) -> bool:
    """Whether tables come in that may change: those of a contest are given once, and a lesson brings its own."""
    return not (is_entry(view) or is_course(view))


def is_kept_up(view: View) -> bool:
    """Whether code is changed after it was shown: an entry to a contest is published when it is over, as it was."""
    return not (is_entry(view) or is_course(view))


def hands_out_a_model(view: View) -> bool | None:
    """Whether somebody takes the model that it makes: of an entry to a contest the organisers alone do."""
    return False if is_entry(view) else ships_a_model(view)
