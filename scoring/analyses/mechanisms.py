"""In how many ways a component is told its settings (cfg.3)."""

from scoring.analyses.memo import Memo
from scoring.analyses.onboarding import is_given
from scoring.analyses.placing import place_name
from scoring.analyses.settings import loaded_configs
from scoring.analyses.view import PythonFile, View
from scoring.findings import CFG, Answer, Hit, Measure, NotApplicable, Unknown

PARSERS = {
    "argparse": "argparse",
    "click": "click",
    "typer": "typer",
    "fire": "fire",
    "absl.flags": "absl flags",
    "docopt": "docopt",
    "gin": "gin",
    "configargparse": "configargparse",
    "jsonargparse": "jsonargparse",
}
"""Modules that a program takes options by."""
MAKERS = {
    "click": frozenset({"click.command", "click.group", "click.option", "click.argument"}),
    "typer": frozenset({"typer.Typer", "typer.run", "typer.Option", "typer.Argument"}),
}
"""Those that do other things too, such as colours, and what of them makes a parser."""
FEW = 2
SHOWN = 6
ASIDE = frozenset({"test", "docs", "example", "research"})


def _ways(file: PythonFile) -> tuple[tuple[str, int], ...]:
    """(mechanism, line of its first use) in one file."""
    if file.roles & ASIDE or not file.is_runtime:
        return ()
    found: dict[str, int] = {}
    for item in file.facts.imports:
        if item.level == 0:
            name = f"{item.module}.{item.name}" if item.name else item.module
            way = PARSERS.get(item.module.partition(".")[0]) or PARSERS.get(name)
            if way and (way not in MAKERS or any(call.name in MAKERS[way] for call in file.facts.calls)):
                found.setdefault(f"options by {way}", item.line)
    for name, line in file.facts.environment:
        if not is_given(name):
            found.setdefault("the environment", line)
    if file.facts.notebook is not None and file.facts.notebook.parameters:
        found.setdefault("parameters of a notebook", 1)
    return tuple(sorted(found.items()))


_ways_of = Memo(_ways)


def mechanisms(view: View) -> Answer:
    """Mechanisms of configuration in use at once: each parser of options, each format of file, the environment."""
    places: dict[str, str] = {}
    first = ""
    for file in view.product:
        for way, line in _ways_of(file):
            if way not in places:
                places[way] = place_name(file, line)
            first = first or file.path
    for item in loaded_configs(view):
        if not item.entry.roles & ASIDE:
            places.setdefault(f"{item.facts.format.upper()} files", item.entry.path)
            first = first or item.entry.path
    if len(places) <= FEW and (view.python_unseen or view.unread(CFG)):
        return Unknown("files that may take settings went unread")
    if not places:
        return NotApplicable("nothing sets it")
    return Measure(len(places), len(places), (_hit(places, first),) if len(places) > FEW else ())


def _hit(places: dict[str, str], first: str) -> Hit:
    shown = ", ".join(f"{way} ({place})" for way, place in sorted(places.items())[:SHOWN])
    return Hit(
        path=first,
        line=1,
        key="mechanisms",
        message=f"Settings come in {len(places)} ways: {shown}; to know what a run used, all of them have to be asked.",
        evidence={"mechanisms": len(places)},
    )
