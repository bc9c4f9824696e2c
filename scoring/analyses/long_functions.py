"""Which functions are too long to hold in the head, and which of them are told (defect-long-method)."""

from scoring.facts import Function

LONG = 52
"""Lines of body: the machine-tuned limit of PySmell."""
LONG_IF_COMPLEX = 38
COMPLEX = 10
LONG_IF_STRAIGHT = 2 * LONG
"""A body without any branch is a list of declarations up to here: one display, one pipeline of steps, one figure."""
SHOWN = 65
"""Lines from which on a body with many branches is shown; a shorter one counts in the share alone, and so does one of
fewer than VERY_LONG that hardly branches: a network's forward or a figure is read from top to bottom. Of nine
that strangers waved away in three draws, at least four had a complexity of ten or less."""
VERY_LONG = 150
"""Lines from which on any is shown: a script that trains from top to bottom in a hundred is read as one."""
VERY_COMPLEX = 15
"""A complexity up to which a body of fewer than SHOWN lines counts and is not shown: a loop with a check at each step
is read at once. Of eleven such that were judged, six were right."""
FEW_STATEMENTS = 20
"""A body of fewer is long by the layout of its calls: the catalogue counts lines, of which one call may take 20."""
CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__"})
"""Long by their fields and the parts that they build; told where they are complex too."""
SHIPPED = frozenset({"component", "pipeline"})
"""Last parts of decorators that send a function's source away as one piece, or read a pipeline's steps from it."""


def is_long(function: Function) -> bool:
    if function.statements < FEW_STATEMENTS or any(name.rpartition(".")[2] in SHIPPED for name in function.decorators):
        return False
    lines = function.body_lines - function.plain
    if function.complexity == 1:
        return lines >= LONG_IF_STRAIGHT
    # An early return or `x or default` is read where it stands; the catalogue's limit is on all of the complexity.
    return lines >= (LONG_IF_COMPLEX if _ways(function) > COMPLEX else LONG)


def is_listed(function: Function) -> bool:
    """Whether one that is long is told: no linter was told to let it be, and it is neither going nor made of fields."""
    if "length" in function.waived or is_going(function):
        return False
    lines, ways = function.body_lines - function.plain, _ways(function)
    if function.name in CONSTRUCTORS and ways <= COMPLEX:
        return False
    return lines >= VERY_LONG or ways > (COMPLEX if lines >= SHOWN else VERY_COMPLEX)


def is_going(function: Function) -> bool:
    """Whether it is marked as one that a later release drops: nobody works on its form."""
    return any("deprecated" in name.rpartition(".")[2].lower() for name in function.decorators)


def _ways(function: Function) -> int:
    return function.complexity - function.guards
