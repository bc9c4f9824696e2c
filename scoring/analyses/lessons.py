"""Whether a component is a course: its README says that it teaches, or its folders count or name lessons, in whatever
language the README is; and most of its ML code lies in the lessons.

A lesson repeats what the one before it showed, states its settings where the reader sees them and is read rather than
run. What asks for the form of a product (shared code, types, docstrings, options, a job for it all) does not apply.
"""

import re
from functools import lru_cache

from scoring.analyses.calls import registers_model
from scoring.analyses.cards import nearest_readmes
from scoring.analyses.memo import Memo
from scoring.analyses.published import is_library
from scoring.analyses.python_file import PythonFile, once
from scoring.analyses.view import View

LESSON = re.compile(
    r"tutorial|lesson|lecture|course|chapter|\bch\d|week|day\d|exercise|assignment|homework|workshop|example|demo|guide|solution"
    r"|quick_?start|book|kata|leetcode|migrations|getting[-_]started|learn",
    re.IGNORECASE,
)
"""A path that is one lesson of several, or shows how something is done."""

_TAUGHT = re.compile(
    r"(?:^|/)(?:part[-_ ]?|k?lab[-_])\d|tutorial|lesson|lecture|course|chapter|\bch\d|week|day\d|exercise|assignment"
    r"|homework|workshop|solutions?/",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:^|/)\d{1,2}[a-z]?[-_. ][^/]*$")
_COUNTED = re.compile(r"(?:^|/)(?:chapter|chap|ch|lesson|lecture|exercise)[-_ ]?0*(\d{1,2})(?!\d)", re.IGNORECASE)
_TEACHING = re.compile(
    r"(?:^|/)(?:courses?|courseworks?|lessons?|lectures?|tutorials?|exercises?|homeworks?)/", re.IGNORECASE
)
_IN_ORDER = re.compile(r"(?:^|/)\d{1,2}[-_. ]\w[^/]*/")
_SHOWING = re.compile(
    rf"{_TEACHING.pattern}|{_IN_ORDER.pattern}"
    r"|(?:^|/)(?:examples?|demos?|books?|chapters?|notes|refs?|references|assignments?|workshops?|labs)/",
    re.IGNORECASE,
)
"""Folders of lessons, and of what lies beside them in a collection of such."""
VERY_MANY = 20
"""Notebooks in numbered folders: a pipeline has not so many steps."""
MANY_LESSONS = 5
"""Different numbers of chapters or lessons, from which on they tell of a course by themselves; weeks may be a diary."""
MOST = 0.6
"""Of the lines of ML code, from which on they lie in lessons for the most part."""


@lru_cache(maxsize=1)
def is_course(view: View) -> bool:
    """Whether the component is a course, a workshop, a book's code or a set of tutorials."""
    library = is_library(view)
    told = not library and any(facts.teaches for _, facts in nearest_readmes(view))
    named = not library and not told and _names_lessons(view) and not _is_used(view)
    if not (told or named or _counts_lessons(view)):  # a book may publish its code as a package beside its chapters
        return False
    files = _ml_files(view)
    total = sum([file.facts.code_lines for file in files])
    beside = tuple({file.path.rpartition("/")[0] + "/" for file in files if file.is_notebook and "/" in file.path})
    if named:
        lessons = [file for file in files if _SHOWING.search(file.path)]
    else:
        lessons = [file for file in files if (_is_lesson(file, beside) if told else _is_counted(file))]
    inside = sum([file.facts.code_lines for file in lessons])
    return total > 0 and inside >= MOST * total


def _ml_files(view: View) -> list[PythonFile]:
    """Once each, examples too: a lesson may lie among them."""
    return list(once([file for file in view.with_shown if file.ml]))


def _names_lessons(view: View) -> bool:
    """Whether many notebooks lie in folders of lessons, or very many in numbered ones, whatever a README says."""
    paths = [file.path for file in _ml_files(view) if file.is_notebook]
    named, numbered = ([path for path in paths if pattern.search(path)] for pattern in (_TEACHING, _IN_ORDER))
    return len(named) >= MANY_LESSONS or len(numbered) >= VERY_MANY


def _is_used(view: View) -> bool:
    """Whether something is made here for others to use, so that folders which look like lessons are steps: a model is
    declared or entered into a registry, or the clock starts notebooks."""
    declaration = view.component.declaration
    if declaration is not None and declaration.models:
        return True
    timed = [command.text for _, facts in view.ci if facts.scheduled for command in facts.commands]
    return any("papermill" in text for text in timed) or any(map(_registers, view.product))


_registers: Memo[PythonFile, bool] = Memo(lambda file: any(map(registers_model, file.facts.calls)))


def _counts_lessons(view: View) -> bool:
    numbers = {found[1] for file in _ml_files(view) if (found := _COUNTED.search(file.path))}
    return len(numbers) >= MANY_LESSONS


def _is_counted(file: PythonFile) -> bool:
    return _COUNTED.search(file.path) is not None


def _is_lesson(file: PythonFile, beside: tuple[str, ...]) -> bool:
    """A notebook, what lies in a folder with some and so serves them, and a chapter by its path."""
    return (
        file.is_notebook
        or file.path.startswith(beside)
        or any(pattern.search(file.path) for pattern in (_TAUGHT, _NUMBERED))
    )


def is_no_course(view: View) -> bool:
    """Whether what is asked of a product's code is asked of this component."""
    return not is_course(view)


def has_trials(view: View) -> bool:
    """Whether somebody tries out settings here: a library's numbers are what its users get by default."""
    return not (is_library(view) or is_course(view))
