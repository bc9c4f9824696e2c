"""Whether a component makes a model of its own, for which somebody answers."""

from scoring.analyses.demonstrations import is_demonstration
from scoring.analyses.lessons import is_course
from scoring.analyses.published import is_library
from scoring.analyses.python_file import trains_inside
from scoring.analyses.view import View


def makes_a_model(view: View) -> bool | None:
    """Whether a model is declared, or product code fits one. The models of a library are its users', those of a lesson
    nobody's, and who only asks a hosted or a downloaded one has none. None where what went unread may fit one."""
    declared = view.component.declaration
    if declared is not None and declared.models:
        return True
    if is_library(view) or is_course(view):
        return False
    if any(trains_inside(file.facts) for file in view.product if file.alg):
        return True
    return None if view.python_unseen else False


def ships_a_model(view: View) -> bool | None:
    """Whether it makes a model that somebody takes: of a template and of samples nobody does."""
    declared = view.component.declaration
    if is_demonstration(view) and not (declared is not None and declared.models):
        return False
    return makes_a_model(view)


def decides_for_itself(view: View) -> bool:
    """Whether it is neither a course nor a library, whose users have the models and decide by them."""
    return not (is_course(view) or is_library(view))
