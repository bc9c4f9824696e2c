"""What the methods of models and transformers do to rows, for the data-flow pass."""

import ast
from typing import Any, NamedTuple

from scoring.knowledge.flows import FLOWS
from scoring.readers.python.flow_reads import Reads
from scoring.readers.python.flow_values import EMPTY, Thing, Value, join

JUDGED = frozenset({"eval_set", "validation_data", "evals", "valid_sets"})
_PREDICTS = frozenset(
    {"predict", "predict_proba", "predict_log_proba", "decision_function", "predict_classes", "predict_generator"}
)
_JUDGES = frozenset({"score", "evaluate", "evaluate_generator"})
FITS = frozenset({"fit", "fit_generator", "partial_fit", "train_on_batch"})
OF_MODELS = FITS | _PREDICTS | _JUDGES | {"fit_transform", "transform", "fit_predict"}
"""Methods that fit, use or judge a model or a transformer."""
ROWS = ("X", "x", "data", "generator")
"""Keywords for the rows."""


class Fit(NamedTuple):
    """A model that was fitted."""

    model: Thing | None
    rows: Value
    target: Value
    line: int
    end_line: int
    scope: str
    label: str
    loop: int
    """Line of a loop that varies one of the model's parameters, 0 without one."""


class Judged(NamedTuple):
    """Rows that a model predicted or was scored on."""

    model: Thing | None
    rows: Value
    line: int
    label: str
    loops: tuple[int, ...]
    """Lines of the loops around it."""
    validates: bool
    """It is named as a validation set, or watched while fitting."""


class Models(Reads):
    """Adds fits, predictions, scores and transformations, and keeps what the verdicts need of them."""

    def __init__(self, imports: dict[str, str]) -> None:
        super().__init__(imports)
        self.fits: list[Fit] = []
        self.judged: list[Judged] = []
        self.crossed: list[tuple[Value, int]] = []
        self.given_back: list[Value] = []
        """What functions that nobody calls here return."""
        self.split_lines: dict[str, int] = {}
        """Splits by functions and folds -> their line."""
        self.halved: set[str] = set()
        """Splits in two by a function."""

    def resampled(self, node: ast.Call, thing: Thing | None, values: list[Value]) -> Value:
        data = join(values)
        called = thing.called if thing is not None else ""
        if called and not FLOWS.resamples(called):
            return data._replace(items=tuple(values))
        marked = data.marked(self.mark("resampled", called.rpartition(".")[2] or "fit_resample", node, data))
        return marked._replace(items=(marked, marked))

    def of_model(
        self, node: ast.Call, func: ast.Attribute, base: Value, values: list[Value], named: dict[str, Value]
    ) -> Value:
        thing, name = base.thing, func.attr
        rows = values[0] if values else next((named[key] for key in ROWS if key in named), EMPTY)
        if name in FITS:
            return self._fit(node, func, base, rows, values, named)
        if name in ("fit_transform", "transform"):
            return self._transform(node, thing, func, base, rows)
        if name in _JUDGES:
            self.judge(thing, [*values, *named.values()], node, name)
            return EMPTY
        if thing is not None and FLOWS.learns(thing.called) and not thing.called.endswith("Pipeline"):
            return rows
        self.judge(thing, [rows], node, name)
        result = Value(rows.roots, rows.parts)
        if not rows.roots or (thing is not None and thing.called.startswith(FLOWS.embedders)):
            return result
        label = thing.called.rpartition(".")[2] if thing is not None else _name_of(func.value)
        return result.marked(self.mark("predicted", label, node, result))

    def _fit(
        self,
        node: ast.Call,
        func: ast.Attribute,
        base: Value,
        rows: Value,
        values: list[Value],
        named: dict[str, Value],
    ) -> Value:
        thing = base.thing
        target = values[1] if len(values) > 1 else named.get("y", EMPTY)
        if thing is None:
            thing = Thing("")
            if isinstance(func.value, ast.Name) and not base.roots:
                self.frames[-1].names[func.value.id] = Value(thing=thing)
        thing.fitted = join((rows, target)) if _selects(thing) else rows
        if not thing.called.startswith(FLOWS.unsupervised) and (
            not FLOWS.learns(thing.called) or thing.called.endswith("Pipeline")
        ):
            label = thing.called.rpartition(".")[2] or _name_of(func.value)
            self.fit_event(thing, rows, target, node, label)
        for key in sorted(JUDGED & named.keys()):
            self.judged.append(Judged(thing, named[key], node.lineno, key, (), True))
        return base._replace(thing=thing)

    def fit_event(self, thing: Thing, rows: Value, target: Value, node: ast.Call, label: str) -> None:
        scope = self.frames[-1].scope
        last = node.end_lineno or node.lineno
        self.fits.append(Fit(thing, rows, target, node.lineno, last, scope, label, thing.in_loop))

    def _transform(self, node: ast.Call, thing: Thing | None, func: ast.Attribute, base: Value, rows: Value) -> Value:
        if thing is None:
            if base.roots and not _tells_learner(_name_of(func.value)):
                return join((base, rows))
            if not _tells_learner(_name_of(func.value)):
                return rows
            thing = Thing("")
            if func.attr == "transform":
                return rows
        elif thing.called and not FLOWS.learns(thing.called):
            return rows
        if func.attr == "fit_transform":
            thing.fitted = rows
        if thing.fitted is None or not thing.fitted.roots:
            return rows
        kind = "selected" if _selects(thing) else "learnt"
        label = thing.called.rpartition(".")[2] or _name_of(func.value)
        return rows.marked(self.mark(kind, label, node, thing.fitted))

    def judge(self, thing: Thing | None, values: list[Value], node: ast.Call, label: str) -> None:
        loops = self.loop_lines()
        validates = _names_validation(node)
        self.judged += [Judged(thing, value, node.lineno, label, loops, validates) for value in values if value.roots]

    def loop_lines(self) -> tuple[int, ...]:
        return tuple(line for line, _ in self.loops)


def _selects(thing: Thing) -> bool:
    return thing.called.startswith(FLOWS.selectors)


def _tells_learner(name: str) -> bool:
    name = name.lower()
    return any(word in name for word in ("scaler", "pca", "tfidf", "vectorizer", "imputer", "selector", "normalizer"))


def _names_validation(node: ast.Call) -> bool:
    names = [item.id.lower() for argument in node.args for item in ast.walk(argument) if isinstance(item, ast.Name)]
    return any("val" in name or "dev" in name for name in names)


def _name_of(node: Any) -> str:
    text = str(getattr(node, "id", getattr(node, "attr", "")))
    return text or "a model"
