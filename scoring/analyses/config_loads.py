"""Configurations that Python loads, and whether anything holds them to the keys that there are (cfg.12).

A load counts where names or paths around it speak of configuration. It is held to its keys where its module, or one
that imports it, uses classes with fields or a schema, where what was loaded is unpacked into a call, or where a
function of its module is named for checking. What Hydra composes refuses unknown overrides and nothing in a file: it
counts half.
"""

import re
from typing import NamedTuple

from scoring.analyses.calls import calls_of
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.placing import placed
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge.schemas import CHECKING, SCHEMAS

_WORD = r"(?:^|[_./\W])(?:{})(?=$|[_\W\d])"
_CONFIG = re.compile(
    _WORD.format("config|conf|cfg|params?|settings|hparams|hyp|hyper_?params|hyper_?parameters|options?|opts?"), re.I
)
_JSON = re.compile(_WORD.format("config|cfg|settings|hparams|hyp|hyper_?params|hyper_?parameters"), re.I)
"""JSON holds results and models as often."""
_OTHER = re.compile(
    r"secret|credential|meta|pyproject|version|conda|environ|spec|schema|manifest|docker|workflow|dataset|label|token"
    r"|vocab|best_|result|trial|state|index|checkpoint|history|pretrained|auth|columns|categories|description|model_path|logg(?:er|ing)|orig(?:inal)?_|layer",
    re.I,
)
"""What is kept in such files besides: other tools' settings, and what a program wrote for itself."""
_OWN = re.compile(r"^_?(?:load|load_model|from_\w+|restore|convert\w*)$")
"""Functions that read back what an object saved of itself."""
_SAVES = frozenset({"json.dump", "yaml.dump", "yaml.safe_dump", "configparser.ConfigParser().write", "toml.dump"})
"""What loads and saves keeps a record of its own, or edits a file for another program."""
_FAR, _MOST_OPENED = 2, 8
"""Lines between the `open` of a file and the call that loads it; files opened in a line that are looked at."""
_HYDRA = "hydra.main"
_CONVERTS = re.compile(r"(?:^|[/_])convert(?:ers?|ing)?(?:_|\.py$)", re.I)
"""What turns one format of a published model into another reads its settings."""
_PUBLISHED = frozenset({"transformers", "diffusers", "huggingface_hub"})
"""Libraries whose models carry settings of their own, as JSON."""
_RECORDS = frozenset(
    {"BaseModel", "BaseSettings", "NamedTuple", "TypedDict", "Struct", "dataclass", "define", "attrs", "frozen"}
)
"""Last parts of the names of what makes a class one with fields."""
_WRAPPERS = frozenset(
    {"EasyDict", "Box", "ConfigBox", "Munch", "AttrDict", "Namespace", "SimpleNamespace", "DotMap", "OrderedDict"}
)
_SPARED = frozenset({"example", "research", "notebook"})


class Load(NamedTuple):
    """One configuration that a file takes in."""

    call: Call
    held: bool
    """To its keys, by what the file itself says."""


def _loads(file: PythonFile) -> tuple[Load, ...]:
    calls = calls_of(file.facts, "CONFIG")
    if not calls or not file.is_runtime or file.roles & _SPARED or _CONVERTS.search(file.path):
        return ()
    if any(call.name in _SAVES for call in file.facts.calls):
        calls = tuple([call for call in calls if call.name == _HYDRA])
    loads = [call for call in calls if call.name == _HYDRA or _is_config(call, file)]
    held = bool(loads) and _holds(file)
    return tuple([Load(call, held or _is_handed_on(call, file)) for call in loads])


_loads_of = Memo(_loads)


def _is_config(call: Call, file: PythonFile) -> bool:
    """Whether names around it say that it is configuration, and nothing that it is something else."""
    if call.first[:1] in ("'", '"') and "\\n" in call.first:
        return False
    function = call.scope.rpartition(".")[2]
    opened, lines = _opened_in(file), range(call.line - _FAR, call.line + 1)
    paths = [path for line in lines for path in opened.get((call.scope, line), ())]
    near = " ".join([call.target, call.receiver, function, call.first, *paths])
    stem = file.path.rpartition("/")[2].removesuffix(".py")
    json = call.name.startswith("json.")
    if _OTHER.search(near) or _OTHER.search(stem) or (json and (_OWN.search(function) or _is_published(file))):
        return False
    return (_JSON if json else _CONFIG).search(" ".join([near, *call.inputs, stem])) is not None


def _opened(file: PythonFile) -> dict[tuple[str, int], tuple[str, ...]]:
    """(scope, line) -> what is opened there, as far as a line of code goes."""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for call in file.facts.calls:
        if call.name == "open" and len(known := found.get((call.scope, call.line), ())) < _MOST_OPENED:
            found[call.scope, call.line] = (*known, call.first)
    return found


_opened_in = Memo(_opened)


def _is_published(file: PythonFile) -> bool:
    return any(item.module.partition(".")[0] in _PUBLISHED for item in file.facts.imports)


def _holds(file: PythonFile) -> bool:
    """Whether the file uses what may hold a configuration to its keys."""
    said = file.facts.settings
    if not SCHEMAS.isdisjoint(said.names.split() if said else _imported_in(file)):
        return True
    named = [item.name.strip("_").lower() for item in file.facts.functions]
    return any(name.startswith(CHECKING) or name.endswith(CHECKING) for name in named)


_holds_in = Memo(_holds)


def _records(file: PythonFile) -> frozenset[str]:
    """Classes with fields that it defines."""
    return frozenset(
        [
            item.name
            for item in file.facts.classes
            for made in (*item.bases, *item.decorators)
            if made.rpartition(".")[2] in _RECORDS
        ]
    )


_records_of = Memo(_records)


def _is_handed_on(call: Call, file: PythonFile) -> bool:
    """`Model(**cfg)`: a call refuses what it has no parameter for. `Study(cfg)`: a class looks at what it is given."""
    return call.target != "" and call.target in _handed_on_in(file)


def _handed_on(file: PythonFile) -> frozenset[str]:
    """Names that are unpacked into a call, or given to a class."""
    said = file.facts.settings
    unpacked = [use.root for use in said.uses if use.how == "unpacked"] if said else []
    classes = [item for item in file.facts.calls if item.inputs and _is_class(item.name.rpartition(".")[2])]
    return frozenset(unpacked).union(*[item.inputs for item in classes])


_handed_on_in = Memo(_handed_on)


def _is_class(name: str) -> bool:
    """By its name; what only gives a mapping's keys as attributes looks at none."""
    return name[:1].isupper() and name not in _WRAPPERS


def _imported(file: PythonFile) -> frozenset[str]:
    """Last parts of what it imports of its own packages and others."""
    imports = file.facts.imports
    return frozenset([item.module.rpartition(".")[2] for item in imports] + [item.name for item in imports])


_imported_in = Memo(_imported)
_latest: Latest[Answer] = Latest()


def config_schemas(view: View) -> Answer:
    """Share of the configurations loaded by Python that something holds to their keys."""
    return _latest((view.product, view.python_unseen), lambda: _schemas(view))


def _schemas(view: View) -> Answer:
    files = [file for file in view.product_once if _loads_of(file)]
    if not files:
        if view.python_unseen:
            return Unknown("Python files went unread")
        return NotApplicable("no Python code loads a configuration")
    loose = [file for file in files if any(not load.held for load in _loads_of(file))]
    records = frozenset().union(*[_records_of(file) for file in view.product]) if loose else frozenset()
    asked = _asked_by_holders(view, records) if loose else frozenset()
    holders = frozenset([file.path for file in loose if _is_held_elsewhere(file, records, asked)])
    hydra = any(load.call.name == _HYDRA for file in files for load in _loads_of(file))
    return _answer(files, holders, stored=hydra and _is_stored(view))


def _asked_by_holders(view: View, records: frozenset[str]) -> frozenset[str]:
    """What modules import that use what may hold a configuration to its keys."""
    names = ((file, _imported_in(file)) for file in view.product)
    return frozenset().union(*[said for file, said in names if not records.isdisjoint(said) or _holds_in(file)])


def _is_held_elsewhere(file: PythonFile, records: frozenset[str], asked: frozenset[str]) -> bool:
    """It imports a class with fields of the component's own, or a module that has them asks for what it loads."""
    if not records.isdisjoint(_imported_in(file)):
        return True
    stem = file.path.rpartition("/")[2].removesuffix(".py")
    if stem == "__init__":
        stem = file.path.rpartition("/")[0].rpartition("/")[2]
    return stem in asked


def _is_stored(view: View) -> bool:
    """Whether Hydra is told the fields, by classes that are put into its store."""
    named = (file.facts.settings.names for file in view.product if file.facts.settings)
    return any("ConfigStore" in names for names in named)


def _answer(files: list[PythonFile], holders: frozenset[str], *, stored: bool) -> Answer:
    count, total = 0.0, 0
    hits: list[Hit] = []
    for file in files:
        for load in _loads_of(file):
            total += 1
            if load.call.name == _HYDRA:
                count += 1.0 if stored or load.held else 0.5
            elif load.held or file.path in holders:
                count += 1
            else:
                hits.append(placed(_hit(load.call), file))
    return Measure(count / total, total, tuple(hits))


def _hit(call: Call) -> Hit:
    name = call.name.replace("()", "")
    given = f" into `{call.target}`" if call.target else ""
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"load {name}",
        symbol=call.scope,
        message=f"`{name}` takes a configuration{given} as it stands, and nothing holds it to the keys that there are: "
        "one that is misspelt is passed over, and one that is missing shows only where it is read.",
    )
