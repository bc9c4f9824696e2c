"""Generators that files beside the training programs draw from, and no program that runs them seeds (mls-14)."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from scoring.analyses.memo import Answers, Asking, Latest, Memo
from scoring.analyses.modules import imports_by_path
from scoring.analyses.placing import placed
from scoring.analyses.python_file import trains_inside
from scoring.analyses.randomness import EVERY_GENERATOR, Draw, Seed, program_of, randomness_of, shown
from scoring.analyses.seeding import MADE_UP, callee, kept_programs
from scoring.analyses.view import PythonFile, View
from scoring.findings import Answer, Hit, Measure, NotApplicable

_DRAWS_DATA = re.compile(
    r"data|augment|transform|sampl|loader|batch|generator|train|preprocess|split|fold", re.IGNORECASE
)

NAMING = frozenset({"random.choice", "random.choices", "random.sample"})
"""Where the letters of `string` are at hand, these make names."""
TRYING = re.compile(
    r"^(?:test|demo|example|main)$|^test_|bench|speed|profil|smoke|latency|compare|check", re.IGNORECASE
)
PICTURING = re.compile(r"(?:^|_)(?:plot|show|visuali[sz]e|jitter)(?:_|$)|(?:^|_)plot\w*", re.IGNORECASE)

MIN_KLOC = 5.0
"""A density is taken over this many KLOC at least (catalogue 2.5, rule 1)."""

ARCHITECTURE = ("torch.nn.", "tensorflow.keras.", "keras.")
"""Drawing the first weights of a network: its training program answers for it, not the file that defines it."""


def _draws(count: int) -> str:
    return "one draw" if count == 1 else f"{count} draws"


def unseeded_density(view: View) -> Answer:
    """Generators that files beside the training entry points draw from, while no program that runs them seeds them."""
    training = {file.path for file in view.training}
    examined = 0
    hits: list[Hit] = []
    graph = _graph(view)
    _unseeded.rest_on(graph, graph.unseeded_by_all)
    told = _told_at_programs(view, graph)
    for file in view.ml_once:
        if not randomness_of(file).draws_at_all or file.path in training:
            continue
        loose = _loose_of(file, _unseeded)
        if loose is not None:
            examined += 1
            hits += [hit for hit in loose if (file.path, hit.key) not in told]
    if not examined:
        return NotApplicable("no file beside the training entry points draws random numbers in a program")
    return Measure(len(hits) / max(view.ml_kloc, MIN_KLOC), examined, tuple(hits))


def _told_at_programs(view: View, graph: "_Graph") -> frozenset[tuple[str, str]]:
    """(path, generator) of what training programs run into that rep.1 already tells to seed that generator."""
    open_to = [
        (file.path, draws.generator) for file in kept_programs(view) for draws in program_of(view, file).unseeded
    ]
    rests_on = (graph, tuple(sorted(set(open_to))))
    return _latest_told(rests_on, lambda: frozenset(graph.run_into(rests_on[1])))


_latest_told: Latest[frozenset[tuple[str, str]]] = Latest()

_Asked = tuple[str, frozenset[str]]
"""A file's path, and generators."""


def _draws_loosely(
    file: PythonFile, unseeded_by_all: Callable[[_Asked], frozenset[str] | None]
) -> tuple[Hit, ...] | None:
    """What the file draws from that no program seeds; None where nothing runs it."""
    draws = [draw for draw in randomness_of(file).draws if not _is_aside(draw, file)]
    unseeded = unseeded_by_all((file.path, frozenset([draw.generator for draw in draws])))
    return None if unseeded is None else tuple(_loose(file, draws, unseeded))


_loose_of: Asking[PythonFile, _Asked, frozenset[str] | None, tuple[Hit, ...] | None] = Asking(_draws_loosely)
_unseeded: Answers[_Asked, frozenset[str] | None] = Answers()


def _is_of_data(file: PythonFile) -> bool:
    return _DRAWS_DATA.search(file.path) is not None


def _is_aside(draw: Draw, file: PythonFile) -> bool:
    """Whether it sets up a network, spreads points in a picture, makes a name of letters, or makes up numbers to show
    something with or to try it out, where nothing learns from them."""
    if draw.call.name.startswith(ARCHITECTURE):
        return True
    function = draw.call.scope.rpartition(".")[2]
    if PICTURING.search(function) or function.startswith("test_"):
        return True
    made_up = MADE_UP.search(draw.call.name) is not None
    learns = trains_inside(file.facts) or file.prepares
    if file.is_notebook:
        return made_up or not learns
    if made_up and (TRYING.search(function) or not (learns or (_is_of_data(file) and not draw.call.in_main))):
        return True
    return draw.call.name in NAMING and any(item.module == "string" for item in file.facts.imports)


def _loose(file: PythonFile, draws: list[Draw], unseeded: frozenset[str]) -> Iterator[Hit]:
    """Of what learns or prepares, or is named after data: elsewhere chance is mostly what is wanted, and in a
    notebook a person looks on."""
    if file.is_notebook or not (trains_inside(file.facts) or file.prepares or _is_of_data(file)):
        return
    for generator in sorted({draw.generator for draw in draws} & unseeded):
        own = [draw for draw in draws if draw.generator == generator]
        hit = Hit(
            line=own[0].call.line,
            key=generator,
            symbol=own[0].call.scope,
            message=f"{callee(own[0])} draws from {shown(generator)}, which no program that runs this file seeds; "
            f"with {_draws(len(own))} here its output differs from run to run.",
            evidence={"generator": generator, "draws": len(own)},
        )
        yield placed(hit, file)


_NONE: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


class _Graph:
    """Imports between the component's own files and examples, those that something runs, and what each seeds."""

    def __init__(
        self,
        imports: dict[str, frozenset[str]],
        programs: frozenset[str],
        seeds: dict[str, tuple[frozenset[str], frozenset[str]]],
    ) -> None:
        """`seeds`: path -> what the file seeds as a program, and what it seeds where it is imported."""
        self._imports = imports
        self._programs = programs
        self._seeds = seeds
        self._importers: dict[str, set[str]] = {}
        for path, found in imports.items():
            for other in found:
                self._importers.setdefault(other, set()).add(path)
        self._below: dict[frozenset[str], frozenset[str]] = {}

    def unseeded_by_all(self, asked: _Asked) -> frozenset[str] | None:
        """Of these generators, those that no program which runs the file seeds anywhere; None where nothing runs it.

        The programs are the file itself, if something runs it, and the entry points that import it by any way.
        """
        path, generators = asked
        # Most programs seed at their own top, so what they import is only searched for what is still open.
        programs: set[str] = set()
        left = set(generators)
        reached, todo = {path}, [path]
        while todo and (left or not programs):
            one = todo.pop()
            if one in self._programs:
                programs.add(one)
                left -= self._seeds.get(one, _NONE)[0]
            found = self._importers.get(one, set()) - reached
            reached |= found
            todo += found
        if not programs:
            return None
        return frozenset(left - self._seeded_below(frozenset(programs))) if left else frozenset()

    def run_into(self, programs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """(path, generator) of each file that these programs run or import."""
        for program, generator in programs:
            yield from ((path, generator) for path in _closure(self._imports, [program]))

    def _seeded_below(self, programs: frozenset[str]) -> frozenset[str]:
        """The generators that some file which the programs run or import seeds."""
        if programs not in self._below:
            reached = _closure(self._imports, programs)
            found = [self._seeds.get(path, _NONE)[path not in programs] for path in reached]
            self._below[programs] = frozenset().union(*found)
        return self._below[programs]


def _closure(edges: dict[str, frozenset[str]], start: Iterable[str]) -> set[str]:
    """What is reached from `start` along the edges, itself included."""
    reached = set(start)
    todo = list(reached)
    while todo:
        found = edges.get(todo.pop(), frozenset()) - reached
        reached |= found
        todo += found
    return reached


_latest_graph: Latest[_Graph] = Latest()


@lru_cache(maxsize=1)
def _graph(view: View) -> _Graph:
    """The graph of the view; it stays while no import, no program and no seed changes."""
    known = imports_by_path(view)
    imports = {file.path: known[file.path] for file in view.with_shown}
    started = {file.path for file in (*view.entry_points, *view.training, *view.notebooks)}
    programs = frozenset((started | view.shown) & imports.keys())
    seeds = {file.path: seeded for file in view.with_shown if (seeded := _seeds_of(file))[0]}
    return _latest_graph((imports, programs, seeds), lambda: _Graph(imports, programs, seeds))


def _seeded_in(file: PythonFile) -> tuple[frozenset[str], frozenset[str]]:
    """The generators that the file's own calls fix, run as a program and imported."""
    seeds = randomness_of(file).seeds
    return _all_of(seeds), _all_of([seed for seed in seeds if not seed.in_main])


def _all_of(seeds: Iterable[Seed]) -> frozenset[str]:
    return frozenset().union(*(seed.generators or EVERY_GENERATOR for seed in seeds))


_seeds_of = Memo(_seeded_in)
