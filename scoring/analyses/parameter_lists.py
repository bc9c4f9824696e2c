"""Long parameter lists of a component, each told once where it is born (defect-long-parameter-list).

An override, a wrapper and what hands its parameters on take the same list again: who mends it mends all of them. They
count in the share, and the finding of the widest names them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.ancestors import Bases, all_above, bases_of
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.placing import place_name, placed
from scoring.analyses.plugs import last_of
from scoring.analyses.view import CodeFile, PythonFile, View
from scoring.facts import Function, PythonFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge import packages

MANY = 5
FEW = 4
"""Parameters without a default, below which a list is not told, and up to which it is not for its length alone."""
BY_NAME = 3
"""Arguments of a call, up to which nobody asks how they are given."""
MOST_COMPARED = 2_000
"""Lists of a component; what goes beyond is told one by one, since each is compared with each."""
SAME = 2 / 3
"""Of the longer of two lists: the share of names in common from which on they are one list."""

MODEL_WORDS = ("Module", "Model", "Estimator", "Layer", "Classifier", "Regressor", "Transformer", "PreTrainedModel")
"""Ends of the names of base classes whose constructors list hyper-parameters because their libraries ask for it."""

MAKERS = frozenset(
    {"tool", "function_tool", "register_tool", "mcp_tool", "kernel_function", "command", "group", "callback", "flow"}
    | {"option", "argument", "get", "post", "put", "patch", "delete", "route", "websocket", "api_route", "component"}
    | {"hookimpl", "overload", "override", "njit", "jit"}
)
"""Last parts of decorators that read a function's signature and make a schema, a command, endpoint or kernel of it."""

HOOK = re.compile(r"on_[a-z]|pytest_|_from_pretrained$|optimizer_step$|\w*_cli$")
"""Names of what a framework calls with arguments of its own choice, or a command line with those that it parsed."""

OVERRIDES = re.compile(
    r"(?:forward|call|__call__|(?:partial_)?fit|predict|transform|score|update_state|compute_(?:loss|metrics)|\w*_step"
    r"|write_on_\w+|\w+_(?:batch|epoch)_(?:start|begin|end))$"
)
"""Names of what a trainer, a network or an estimator calls in the classes that derive from its own."""


class LongList(NamedTuple):
    """A function of many parameters."""

    file: PythonFile
    function: Function
    names: frozenset[str]

    @property
    def symbol(self) -> str:
        return f"{self.function.owner}.{self.function.name}".lstrip(".")

    @property
    def is_constructor(self) -> bool:
        return self.function.name == "__init__"

    @property
    def called_as(self) -> str:
        """The last part of what a call names."""
        return last_of(self.function.owner) if self.is_constructor else self.function.name


def _read(file: PythonFile) -> tuple[LongList, ...]:
    facts = file.facts
    own = [item for item in facts.functions if item.parameters > MANY and not facts.is_taken(item.line)]
    long = [item for item in own if _is_long(item)]
    return tuple(
        [LongList(file, item, frozenset(item.given.split())) for item in long if not _makes_a_record(item, facts)]
    )


_long_in = Memo(_read)


def _is_long(function: Function) -> bool:
    """A list that its author chose, and that stands for more than one statement."""
    if function.unchosen or _is_set_by_a_framework(function):
        return False
    # A private one of one statement hands its parameters on, or is a formula of them.
    return function.public or function.statements != 1


def _needed(function: Function) -> float:
    """Parameters without a default that are not keyword-only."""
    return 2 * function.parameters - function.listed


def _is_set_by_a_framework(function: Function) -> bool:
    """Whether the signature is no choice of the author: the list is the form that a user or an event fills in."""
    if HOOK.match(function.name):
        return True
    return any(name.removesuffix("()").rpartition(".")[2] in MAKERS for name in function.decorators)


def _makes_a_record(function: Function, facts: PythonFacts) -> bool:
    """The constructor of a class that only holds what it is given: its parameters are the fields."""
    shapes = facts.structure.classes if facts.structure else ()
    return function.name == "__init__" and function.owner in [shape.name for shape in shapes if shape.held]


# ---------------------------------------------------------------- over all files


_latest: Latest[Answer] = Latest()


def parameter_lists(view: View) -> Answer:
    """Share of functions whose list is long; each list told once."""
    files = view.product_once
    return _latest((files, view.python), lambda: _answer(view, files))


def _answer(view: View, files: Sequence[PythonFile]) -> Answer:
    examined = sum([len(file.facts.functions) for file in files])
    if not examined:
        return NotApplicable("nothing of the kind in the files read")
    long = [item for file in files for item in _long_in(file)]
    bases = bases_of(view) if any(item.function.owner for item in long) else {}
    chosen = [item for item in long if not (item.is_constructor and _is_model(item, bases))]
    given = _given_by_place(view, chosen)
    own = [item for item in chosen if not (item.called_as not in given and _is_for_a_base(item, bases))]
    told = tuple([item for item in own if _is_filled_by_place(item, given.get(item.called_as, -1))])
    shown = tuple([item for item in told if "parameters" not in item.function.waived])
    above = tuple([bases.get(last_of(item.function.owner), ()) for item in shown])
    return Measure(len(told) / examined, examined, _latest_hits((shown, above), lambda: _hits(shown, bases)))


_latest_hits: Latest[tuple[Hit, ...]] = Latest()
"""Most weeks change modules, and no long list."""


# ---------------------------------------------------------------- the classes of the component


def _passed(file: PythonFile) -> tuple[tuple[str, int], ...]:
    """The class above, and the most that a constructor gives it by place."""
    found = [(item.bases, item.passes_up) for item in file.facts.classes if item.passes_up >= 0]
    return tuple([(last_of(base), most) for bases, most in found for base in bases])


_passed_up = Memo(_passed)


def _is_for_a_base(item: LongList, bases: Bases) -> bool:
    """Whether it overrides what a class of another package calls, with the parameters that one sets."""
    if not (item.function.owner and OVERRIDES.match(item.function.name)):
        return False
    above = (base for base in all_above(item.function.owner, bases) if "." in base and last_of(base) not in bases)
    return any(packages.is_known(base.partition(".")[0]) for base in above)


def _is_model(item: LongList, bases: Bases) -> bool:
    """Whether its class derives from a model or estimator, by way of others too."""
    return any(
        knowledge.in_library(base, "ALG") or base.endswith(MODEL_WORDS)
        for base in all_above(item.function.owner, bases)
    )


# ---------------------------------------------------------------- how its calls fill it


def _given_by_place(view: View, long: Sequence[LongList]) -> Mapping[str, int]:
    """Name of a function -> the most that a call of any file, tests too, gives by place, as far as calls are known."""
    found: dict[str, int] = {}
    for item in long:
        if item.function.by_place >= 0:
            found[item.called_as] = max(item.function.by_place, found.get(item.called_as, -1))
    asked = frozenset([item.called_as for item in long])
    known = [pair for file in _callers(view, long) for pair in _places(file)]
    if any(item.function.owner for item in long):
        known += [pair for file in view.with_shown for pair in file.facts.wide_calls]
    if any(item.is_constructor for item in long):
        known += [pair for file in view.with_shown if file.facts.classes for pair in _passed_up(file)]
    for name, most in known:
        if name in asked:
            found[name] = max(most, found.get(name, -1))
    return found


def _callers(view: View, long: Sequence[LongList]) -> Iterator[CodeFile]:
    """Files that import one of these modules, or a package in which one lies."""
    modules: set[str] = set()
    for item in long:
        parts = item.file.path.split("/")
        modules.add(item.file.path)
        modules.update(["/".join([*parts[:depth], "__init__.py"]) for depth in range(1, len(parts))])
    by_path = view.python_by_path
    return (by_path[path] for path, own in imports_by_path(view).items() if not own.isdisjoint(modules))


def _most_places(file: CodeFile) -> tuple[tuple[str, int], ...]:
    """Last part of a callee's name, and the most that a call of it gives by place."""
    most: dict[str, int] = {}
    for call in file.facts.calls:
        if call.arguments + len(call.keywords) > BY_NAME and not knowledge.libraries(call.name):
            name = last_of(call.name)
            unpacked = call.arguments <= MANY and any(key == "**" for key, _ in call.keywords)
            most[name] = max(most.get(name, -1), -1 if unpacked else call.arguments)
    return tuple(most.items())


_places = Memo(_most_places)


def _is_filled_by_place(item: LongList, most: int) -> bool:
    """Whether a call gives over five arguments by place, as far as one is known, or else has to: where they are named,
    a reader sees what each is. A list twice as long is long in any case."""
    needed = _needed(item.function)
    by_place = most if most >= 0 else needed
    return needed >= FEW and (by_place > MANY or (item.function.listed > 2 * MANY and needed > FEW))


# ---------------------------------------------------------------- one list, told once


def _groups(long: Sequence[LongList], bases: Bases) -> list[list[LongList]]:
    """Functions that take one list, where it is born first; in the order of their first."""
    groups: list[list[LongList]] = []
    for at, item in enumerate(sorted(long, key=_birth)):
        group = next((group for group in groups if _is_same(item, group[0])), None) if at < MOST_COMPARED else None
        if group is None:
            groups.append([item])
        else:
            group.append(item)
    return [_from_its_base(group, bases) for group in groups]


def _birth(item: LongList) -> tuple[int, str, int]:
    return (-item.function.listed, item.file.path, item.function.line)


def _is_same(one: LongList, other: LongList) -> bool:
    """Whether most of the names are the same; one less is enough for an override."""
    shared = len(one.names & other.names)
    enough = MANY if one.function.name == other.function.name else MANY + 1
    return shared >= enough and shared >= SAME * max(len(one.names), len(other.names))


def _from_its_base(group: list[LongList], bases: Bases) -> list[LongList]:
    """The method of a base class before those that override it."""
    overriding = {last_of(base) for item in group for base in bases.get(last_of(item.function.owner), ())}
    first = next((item for item in group if last_of(item.function.owner) in overriding), group[0])
    return [first, *(item for item in group if item is not first)]


def _hits(told: Sequence[LongList], bases: Bases) -> tuple[Hit, ...]:
    return tuple(sorted(map(_hit, _groups(told, bases)), key=lambda hit: (hit.path, hit.line)))


def _hit(group: Sequence[LongList]) -> Hit:
    item, function = group[0], group[0].function
    halved = round(2 * (function.listed - function.parameters))
    hit = Hit(
        line=function.line,
        key="parameters",
        symbol=item.symbol,
        message=f"{function.name} takes {function.listed} parameters{_halved(halved, function.listed)}: more than a "
        f"reader of a call keeps apart.{_others(group[1:])}",
        evidence={"parameters": function.listed, **({"same_list": len(group)} if len(group) > 1 else {})},
    )
    return placed(hit, item.file)


def _halved(halved: int, listed: int) -> str:
    """How many of them a call may leave out or has to name, and what that makes."""
    if not halved:
        return ""
    count = f"{listed - halved / 2:g}"
    each = "it counts" if halved == 1 else "each counts"
    return f", {halved} of them with a default or keyword-only ({each} one half: {count} in all)"


def _others(others: Sequence[LongList]) -> str:
    """Who takes the same list again."""
    if not others:
        return ""
    first = f"{others[0].symbol} ({place_name(others[0].file, others[0].function.line)})"
    if len(others) == 1:
        return f" {first} takes nearly the same list."
    return f" {first} and {len(others) - 1} more take nearly the same list."
