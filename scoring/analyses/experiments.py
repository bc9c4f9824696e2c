"""Experiments that debtboard.toml declares with an end date, and branches that ask for one (dec.1)."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.settings import words_of
from scoring.analyses.view import PythonFile, View
from scoring.facts import Branch, DeclarationFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable

SMALLEST = 5.0
"""KLOC of ML code that a density is at least told of (catalogue 2.5, rule 2)."""


class Ended(NamedTuple):
    """An experiment whose declared end date is past."""

    name: str
    until: str
    line: int
    """Of debtboard.toml."""


def flag(name: str) -> str:
    """What a flag goes by: the last part of the name, with underscores."""
    return name.rpartition(".")[2].replace("-", "_")


def running(view: View) -> frozenset[str]:
    """Flags of declared experiments that have not ended: they are no findings until the day after."""
    return frozenset(flag(name) for name, until, _ in _declared(view) if until >= _today(view))


def ended(view: View) -> dict[str, Ended]:
    """Flag -> the declared experiment that has ended."""
    past = (Ended(*item) for item in _declared(view) if item[1] < _today(view))
    return {flag(item.name): item for item in past}


def _declared(view: View) -> tuple[tuple[str, str, int], ...]:
    declaration = view.component.declaration
    return declaration.experiments if declaration is not None else ()


def _today(view: View) -> str:
    return view.as_of.date().isoformat()


# ---------------------------------------------------------------- branches


def experiment_branches(view: View) -> Answer:
    """Conditions on experiment, treatment, legacy or new-against-old flags per KLOC of ML code."""
    return _branches(view, running(view), tuple(sorted(ended(view).items())))


@lru_cache(maxsize=1)
def _branches(view: View, now: frozenset[str], ends: tuple[tuple[str, Ended], ...]) -> Answer:
    files = [file for file in view.ml_once if file.facts.code_lines]
    lines = sum([file.facts.code_lines for file in files])
    if not lines:
        return NotApplicable("nothing of the kind in the files read")
    past = dict(ends)
    hits = [hit for file in files if file.facts.structure for hit in _branches_of(file)]
    hits = [_late(hit, past) for hit in hits if flag(str(hit.evidence["flag"])) not in now]
    told = {flag(str(hit.evidence["flag"])) for hit in hits}
    hits += _left_over(view, [item for name, item in ends if name not in told])
    return Measure(len(hits) / max(view.ml_kloc, SMALLEST), lines, tuple(hits))


def _hits(file: PythonFile) -> tuple[Hit, ...]:
    branches = file.facts.structure.branches if file.facts.structure else ()
    return tuple(placed(_hit(branch), file) for branch in branches)


_branches_of: Memo[PythonFile, tuple[Hit, ...]] = Memo(_hits)


def _hit(branch: Branch) -> Hit:
    return Hit(
        line=branch.line,
        key=f"if {branch.name}",
        symbol=branch.scope,
        message=f"A branch on `{branch.name}` keeps an old or experimental way beside the other; each such branch "
        "doubles the ways through its function.",
        evidence={"flag": branch.name},
    )


def _late(hit: Hit, past: dict[str, Ended]) -> Hit:
    item = past.get(flag(str(hit.evidence["flag"])))
    if item is None:
        return hit
    message = (
        f"The experiment `{item.name}` ended on {item.until}, and this branch still asks for it: delete the losing "
        "way, the flag, and its entry in debtboard.toml."
    )
    return msgspec.structs.replace(hit, message=message, severity=3, evidence={**hit.evidence, "until": item.until})


def _left_over(view: View, items: Iterable[Ended]) -> Iterator[Hit]:
    """Experiments that ended and whose flag some code names, though no condition was told of it."""
    path = next((entry.path for entry, _ in view.of(DeclarationFacts)), "")
    for item in items if path else ():
        file = next((file for file in view.product if _names(file, flag(item.name))), None)
        if file is not None:
            yield Hit(
                path=path,
                line=item.line,
                key=f"experiment {item.name}",
                message=f"The experiment `{item.name}` ended on {item.until}, and {file.path} still names its flag: "
                "delete the losing way, the flag, and this entry.",
                severity=3,
                evidence={"flag": item.name},
            )


def _names(file: PythonFile, name: str) -> bool:
    shapes = file.facts.structure.functions if file.facts.structure else ()
    return (
        name in words_of(file)
        or name in file.facts.bound_at_top
        or any(name == flag(switch) for shape in shapes for switch in shape.switches)
    )
