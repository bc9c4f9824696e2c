"""Seeds of training programs as answers: which entry points fix what they draw from (catalogue: rep.1)."""

import re

import msgspec

from scoring.analyses.calls import calls_of
from scoring.analyses.modules import imported, imports_by_path
from scoring.analyses.placing import place_name, placed, together
from scoring.analyses.published import is_library
from scoring.analyses.randomness import Draw, OpenDraws, program_of, shown
from scoring.analyses.training import fitted_in
from scoring.analyses.view import CodeFile, PythonFile, View, once
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

MADE_UP = re.compile(r"\.(?:randn?|randint|random|normal|uniform|randn_like|rand_like|random_sample)$")
"""Numbers that are made up."""
MEDIUM = 2
"""Severity of a notebook beside modules that train."""


def seeded_share(view: View) -> Answer:
    """Of the training entry points that draw random numbers, those that seed each generator they draw from; the
    examples of a library show a call, and nobody keeps their models."""
    if not view.training:
        return untrained(view) or NotApplicable("no training entry point was recognised")
    drawing = seeded = 0
    programs = kept_programs(view)
    if not programs:
        return NotApplicable("only examples train")
    modules = any(not file.is_notebook for file in programs)
    hits: list[Hit] = []
    notebooks: list[Hit] = []
    for file in once(programs):
        program = program_of(view, file)
        if not program.draws_at_all:
            continue
        drawing += 1
        seeded += not program.unseeded
        if any(not _shows_something(*place) for one in program.unseeded for place in one.places):
            rank = MEDIUM if file.is_notebook and modules else 0
            (notebooks if file.is_notebook else hits).append(_entry_hit(view, file, program.unseeded, rank))
    if not drawing:
        return NotApplicable("no training entry point draws random numbers")
    return Measure(seeded / drawing, drawing, (*_once_each(hits), *together(notebooks, "notebooks train unseeded")))


def _once_each(hits: list[Hit]) -> list[Hit]:
    """One finding for the programs that come to the same first draw, at the file that draws if it is one of them."""
    alike: dict[object, list[Hit]] = {}
    for hit in hits:
        alike.setdefault(hit.evidence["at"], []).append(hit)
    found = []
    for at, same in alike.items():
        first = next((hit for hit in same if at == f"{hit.path}:{hit.line}"), same[0])
        more = f" Programs that come to the same draw: {len(same)}." if len(same) > 1 else ""
        found.append(msgspec.structs.replace(first, message=first.message + more))
    return found


def _shows_something(file: CodeFile, draw: Draw) -> bool:
    """Whether a notebook makes up the numbers that it shows something with, or a call mixes what was predicted."""
    if draw.call.inputs and all("pred" in name.lower() for name in draw.call.inputs):
        return True
    return file.notebook is not None and MADE_UP.search(draw.call.name) is not None


def untrained(view: View) -> Unknown | None:
    """Where a model is fitted and what runs it is not known, nothing shows that nothing trains here. Who uses a library
    runs what it fits."""
    path = "" if view.training or is_library(view) else fitted_in(view)
    return Unknown(f"{path} fits a model, and what runs it was not recognised") if path else None


def kept_programs(view: View) -> list[PythonFile]:
    """Without modules that others import and that try themselves out, where another program trains: nobody keeps their
    model."""
    return [file for file in view.training if not _tries_itself_out(view, file)] or list(view.training)


def _tries_itself_out(view: View, file: PythonFile) -> bool:
    fits = calls_of(file.facts, "FIT")
    return bool(fits) and all(call.in_main for call in fits) and file.path in imported(view)


def _entry_hit(view: View, file: PythonFile, unseeded: tuple[OpenDraws, ...], rank: int) -> Hit:
    """One finding for all generators of a program, which one function would seed. At the first draw of the entry point
    itself, else at its first line with the place of the draw named. Medium for a notebook beside modules that train."""
    told = [(one.generator, place) for one in unseeded for place in one.places if not _shows_something(*place)]
    places = [place for _, place in told]
    own = [place for place in places if place[0].path == file.path]
    where, draw = min(own, key=lambda place: place[1].call.line) if own else places[0]
    here = bool(own)
    place = "" if here else f" ({place_name(where, draw.call.line)})"
    name = file.path.rpartition("/")[2]
    generators = list(dict.fromkeys([generator for generator, _ in told]))
    hit = Hit(
        line=draw.call.line if here else _import_line(view, file, where.path),
        key="unseeded",
        symbol=draw.call.scope if here else "",
        severity=rank,
        message=f"{name} trains with {' and '.join(map(shown, generators))} unseeded: {callee(draw)}{place} "
        f"{_role(len(places))}, so two runs on the same data give different models.",
        evidence={
            "generator": ", ".join(generators),
            "draws": len(places),
            "first": callee(draw),
            "at": f"{where.path}:{draw.call.line}",
        },
    )
    return placed(hit, file)


def _import_line(view: View, file: PythonFile, path: str) -> int:
    """Where the file imports the module, or the first one that does."""
    imports = imports_by_path(view)
    for way in (path, *sorted(near for near in imports[file.path] if path in imports.get(near, ()))):
        stem = way.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
        for item in file.facts.imports:
            if stem in (item.name, item.module.rpartition(".")[2]):
                return item.line
    return 1


def callee(draw: Draw) -> str:
    """A drawing call's name in a sentence."""
    return ".".join(draw.call.name.removesuffix("()").split(".")[-2:])


def _role(count: int) -> str:
    return "draws from it" if count == 1 else f"is the first of {count} draws"
