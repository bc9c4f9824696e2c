"""Whether models that stand beside one another are trained and asked in the same way (abs.1)."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from scoring.analyses.memo import Latest, Memo
from scoring.analyses.placing import placed
from scoring.analyses.plugs import Plugs, last_of, plugs_of
from scoring.analyses.training import words_of
from scoring.analyses.view import PythonFile, View, once
from scoring.facts import Function, PythonFacts
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge.plugs import FOLDERS

PREPARERS = frozenset({"transform", "fit_transform", "encode", "tokenize"})
"""Methods of a class that prepares data and is no model."""
AGREE = 2
"""Models that have to agree before another one differs."""


class Method(NamedTuple):
    """One way to train a model, or to ask it."""

    path: str
    line: int
    owner: str
    name: str
    needs: str
    most: int
    """Arguments that it takes at most."""
    bases: tuple[str, ...]
    """Of its class, without their modules."""

    @property
    def arity(self) -> int:
        """How many arguments have to be given: by place, their names don't matter."""
        return len(self.needs.split()) if self.needs != "-" else 0

    def takes(self, arguments: int) -> bool:
        return self.arity <= arguments <= self.most

    @property
    def verb(self) -> str:
        return "predict" if self.name == "predict" else "train"


def _read(file: PythonFile) -> tuple[Method, ...]:
    """What a class trains by, and what it is asked by; of one that has both, `fit` is a step of `train`."""
    facts = file.facts
    told = [item for item in facts.functions if item.signature and not _is_property(item)]
    if not told:
        return ()
    preparing = _preparers(facts)
    both = {item.owner for item in told if item.name == "train"}
    bases = {item.name: tuple(map(last_of, item.bases)) for item in facts.classes}
    return tuple(
        Method(file.path, item.line, item.owner, item.name, item.signature, item.listed, bases.get(item.owner, ()))
        for item in told
        if item.owner not in preparing and not (item.name == "fit" and item.owner in both)
    )


def _is_property(item: Function) -> bool:
    return any(name == "property" or name.endswith((".setter", "cached_property")) for name in item.decorators)


def _preparers(facts: PythonFacts) -> frozenset[str]:
    return frozenset([item.owner for item in facts.functions if item.name in PREPARERS])


def _lineage(file: PythonFile) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """Each class, its bases, and whether it prepares data."""
    preparing = _preparers(file.facts)
    return tuple((item.name, tuple(map(last_of, item.bases)), item.name in preparing) for item in file.facts.classes)


_methods_in, _lineage_of = Memo(_read), Memo(_lineage)
_latest: Latest[Answer] = Latest()


def signatures(view: View) -> Answer:
    """Ways to train or to ask a model beyond the first of each family, per model beyond the first."""
    files = list(once([file for file in view.ml if file.is_runtime and not file.is_notebook]))
    methods = tuple([found for file in files if (found := _methods_in(file))])
    lineages = tuple([own for file in files if (own := _lineage_of(file))]) if methods else ()
    plugs = plugs_of(view)

    def answer() -> Answer:
        preparing = _prepare_by_birth([one for of_file in lineages for one in of_file])
        asked = [one for of_file in methods for one in of_file if preparing.isdisjoint(one.bases)]
        return _answer(view, asked, plugs)

    return _latest((methods, lineages, plugs), answer)


def _answer(view: View, methods: Iterable[Method], plugs: Plugs) -> Answer:
    """A network's `train` only switches its layers."""
    asked = [item for item in methods if item.name != "train" or last_of(item.owner) not in plugs.own]
    families = [family for family in _families(asked, plugs.classes) if len(family) > 1]
    if not families:
        return NotApplicable("no two models with a train or a predict of their own stand beside one another")
    ways = sum(len({item.arity for item in _different(family)}) for family in families)
    models = sum(len(family) for family in families)
    hits = [hit for family in families for hit in _hits(view, family)]
    return Measure(ways / (models - len(families)), models, tuple(sorted(hits, key=lambda hit: (hit.path, hit.line))))


def _prepare_by_birth(classes: Iterable[tuple[str, tuple[str, ...], bool]]) -> frozenset[str]:
    """Names of classes that prepare data themselves or by a base of the component's own."""
    told = list(classes)
    children: dict[str, list[str]] = {}
    for name, bases, _ in told:
        for base in bases:
            children.setdefault(base, []).append(name)
    found = {name for name, _, prepares in told if prepares}
    left = list(found)
    while left:
        born = set(children.get(left.pop(), ())) - found
        found |= born
        left += born
    return frozenset(found)


def _families(methods: Iterable[Method], own: frozenset[str]) -> list[list[Method]]:
    """Models of one base class of the component's own, or else of one folder or file, by verb."""
    asked = list(methods)
    shared = Counter((item.verb, base) for item in asked for base in item.bases if base in own)
    found: dict[tuple[str, str], list[Method]] = {}
    for item in asked:
        base = next((base for base in item.bases if shared[item.verb, base] > 1), "")
        found.setdefault((item.verb, base or _place(item.path)), []).append(item)
    return list(found.values())


def _place(path: str) -> str:
    """The folder, if it is one of models, else the file: elsewhere classes of many kinds stand in one folder."""
    folder = path.rpartition("/")[0]
    return f"{folder}/" if not FOLDERS.isdisjoint(words_of(folder.rpartition("/")[2])) else path


def _usual(family: Iterable[Method]) -> int:
    """How many arguments most need."""
    counts = Counter(item.arity for item in family)
    return max(counts, key=lambda arity: (counts[arity], -arity))


def _different(family: list[Method]) -> list[Method]:
    """Those that need more or fewer arguments than most do, but for three and more that are most of their folder."""
    arity = _usual(family)
    folders = Counter(_folder(item) for item in family)
    kinds = Counter((_folder(item), item.arity) for item in family)

    def is_of_a_kind(item: Method) -> bool:
        alike = kinds[_folder(item), item.arity]
        return len(folders) > 1 and alike > AGREE and 2 * alike > folders[_folder(item)]

    return [item for item in family if not item.takes(arity) and not is_of_a_kind(item)]


def _folder(item: Method) -> str:
    return item.path.rpartition("/")[0]


def _hits(view: View, family: list[Method]) -> list[Hit]:
    """Those that need more or fewer arguments than most, where two at least agree."""
    arity = _usual(family)
    agreeing = [item for item in family if item.takes(arity)]
    if len(agreeing) < AGREE:
        return []
    needs = Counter(item.needs for item in family if item.arity == arity)
    usual = min(needs, key=lambda text: (-needs[text], text))
    return [_hit(view, item, usual, len(agreeing), len(family)) for item in _different(family)]


def _hit(view: View, item: Method, usual: str, count: int, models: int) -> Hit:
    name = f"{item.owner}.{item.name}"
    hit = Hit(
        line=item.line,
        key=item.verb,
        symbol=name,
        message=f"{name} needs {_shown(item.needs)}, while {count} of the {models} models beside one another need "
        f"{_shown(usual)}: what calls those can't call this one.",
        evidence={"needs": _shown(item.needs), "usual": _shown(usual), "models": models},
    )
    return placed(hit, view.product_by_path[item.path])


def _shown(needs: str) -> str:
    names = needs.split()
    if needs == "-":
        return "nothing"
    return f"({', '.join(names)})" if len(names) > 1 else names[0]
