"""One interface for every purpose.

Why: A class with methods for four unrelated jobs, or a function whose mode argument picks one of six behaviours, is
several things under one name. Callers depend on all of it for the part they use, and the combinations are never
tested.

What is read: Python classes: public methods that fall into separate clusters, and three or more base classes.
Functions: over three mode flags, or a mode string with over five cases.

Remedy: Split by cluster, or by mode, into functions with plain names, and let callers import the one they need.
Where a caller must choose at run time, use a small registry.

Source: McAteer, Nitpicking Machine Learning Technical Debt (2020), part 5, the table of design defects. Brown et
al., AntiPatterns (1998).
"""

from scoring import knowledge
from scoring.facts import Class, ClassShape, FunctionShape, PythonFacts, Structure
from scoring.findings import PY, Debt, Hit, M, Tally
from scoring.knowledge.structure import MODE

debt = Debt(__name__, section="5.7", ml_only=False)

WIDE = 10
CLUSTERS = 4
BASES = 3
_ASIDE = ("Base", "ABC", "Generic", "Protocol", "Enum", "Interface", "Exception", "Error")
MODES = 5


@debt.file_signal(
    "defect-swiss-army-knife",
    PythonFacts,
    source=PY,
    anchors=(0, 2),
    severity=2,
    precision=M,
    unit="places",
    feeds=("abstraction-debt", "glue-code"),
    scope="product",
    lifecycle="experimental",
    caution="Base classes of libraries and mixins are not counted: their libraries ask for them.",
    bad={
        "score.py": "def score(mode, rows):\n"
        + "".join(f"    if mode == 'kind{n}':\n        return rows + {n}\n" for n in range(6))
    },
    good={"score.py": "def score(mode, rows):\n    if mode == 'fast':\n        return rows\n    return rows + 1\n"},
)
def everything_at_once(facts: PythonFacts) -> Tally | None:
    """Classes of ten public methods in four unrelated clusters or of three base classes; functions of six modes."""
    examined = len(facts.classes) + len(facts.functions)
    if not examined:
        return None
    structure = facts.structure or Structure()
    alone = {item.name for item in facts.classes if not item.bases}
    hits = [
        *(_clusters(shape) for shape in structure.classes if shape.name in alone and _is_split(shape)),
        *(_bases(item, own) for item in facts.classes if len(own := _own_bases(item)) >= BASES),
        *(_modes(shape) for shape in structure.functions if _is_switchboard(shape)),
    ]
    return Tally(examined, len(hits), tuple(sorted(hits, key=lambda hit: hit.line)))


def _is_split(shape: ClassShape) -> bool:
    return shape.public_methods >= WIDE and shape.clusters >= CLUSTERS


def _is_switchboard(shape: FunctionShape) -> bool:
    return shape.cases > MODES and MODE.match(shape.mode.rpartition(".")[2]) is not None


def _own_bases(item: Class) -> tuple[str, ...]:
    """Base classes that bring behaviour: no mixins, traits, interfaces or marks, and none that a library asks for."""
    return tuple(base for base in item.bases if _is_own(base))


def _is_own(base: str) -> bool:
    last = base.rpartition(".")[2]
    aside = "Mixin" in last or last.startswith("Has") or last.endswith(_ASIDE)
    return not aside and last[:1].isupper() and not knowledge.libraries(base)


def _clusters(shape: ClassShape) -> Hit:
    return Hit(
        line=shape.line,
        end_line=shape.end_line,
        key="clusters",
        symbol=shape.name,
        message=f"{shape.name} has {shape.public_methods} public methods in {shape.clusters} groups that share no "
        "attribute and no call: each group is a class of its own under one name.",
        evidence={"public_methods": shape.public_methods, "clusters": shape.clusters},
    )


def _bases(item: Class, own: tuple[str, ...]) -> Hit:
    return Hit(
        line=item.line,
        key="bases",
        symbol=item.name,
        message=f"{item.name} inherits from {len(own)} classes ({', '.join(own)}); what it does depends on the order "
        "in which they are searched.",
        evidence={"bases": len(own)},
    )


def _modes(shape: FunctionShape) -> Hit:
    return Hit(
        line=shape.line,
        end_line=shape.end_line,
        key=f"mode {shape.mode}",
        symbol=shape.scope,
        message=f"{shape.scope or 'The module'} compares `{shape.mode}` with {shape.cases} strings: it is "
        f"{shape.cases} functions under one name.",
        evidence={"cases": shape.cases},
    )
