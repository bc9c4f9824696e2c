"""What calls do to rows, for the data-flow pass: learn from them, split them, resample them, take statistics of them.

What nobody knows gives back what it was given: a function of a frame is taken for a frame of the same rows.
"""

import ast
from typing import Any

from scoring import knowledge
from scoring.knowledge.flows import FLOWS
from scoring.readers.python.flow_models import JUDGED, OF_MODELS, Judged, Models
from scoring.readers.python.flow_values import EMPTY, Thing, Value, join


class Calls(Models):
    """Adds calls to `Models`."""

    def set_column(self, node: Any, column: str, value: Value) -> None:
        """Bind a column of the frame that an expression names."""
        raise NotImplementedError

    def call_own(self, name: str, node: ast.Call, values: list[Value], named: dict[str, Value]) -> Value | None:
        """Go into a function of this module."""
        raise NotImplementedError

    def call(self, node: ast.Call) -> Value:
        """What a call gives back."""
        dotted = self.dotted(node.func)
        lambdas = [item for item in node.args if isinstance(item, ast.Lambda)]
        values = [self.value(item) for item in node.args if not isinstance(item, ast.Lambda)]
        named = {item.arg or "**": self.value(item.value) for item in node.keywords}
        own = self._own_name(node.func)
        if own:
            found = self.call_own(own, node, values, named)
            return join([*values, *named.values()]) if found is None else found
        if dotted:
            return self._function(dotted, node, values, named)
        if isinstance(node.func, ast.Name):
            return self._plain_name(node, values, named)
        if isinstance(node.func, ast.Attribute):
            return self._method(node, node.func, values, named, lambdas)
        self.value(node.func)
        return join(values)

    def _own_name(self, func: Any) -> str:
        if func.__class__ is ast.Name and func.id in self.functions:
            return str(func.id)
        if func.__class__ is ast.Attribute and func.value.__class__ is ast.Name and func.value.id in ("self", "cls"):
            name = f"{self.frames[-1].owner}{func.attr}"
            return name if name in self.functions else ""
        return ""

    # ------------------------------------------------------------ functions

    def _plain_name(self, node: ast.Call, values: list[Value], named: dict[str, Value]) -> Value:
        name = node.func.id  # type: ignore[attr-defined]  # -- a Name, asked for by the caller
        if name in FLOWS.bare_functions:
            return EMPTY
        if name == "next" and values and values[0].kind == "folds":
            return values[0]
        if name == "enumerate" and values:
            if values[0].kind == "folds":
                return Value(kind="folds", items=(EMPTY, values[0]))
            return values[0]._replace(items=())
        if f"{name}.__init__" in self.functions or any(key.startswith(f"{name}.") for key in self.functions):
            return Value(thing=Thing(name))
        held = self.find(name)
        if held is not None and held.thing is not None:
            return held._replace(thing=Thing(held.thing.called))
        return join([*values, *named.values()])

    def _function(self, dotted: str, node: ast.Call, values: list[Value], named: dict[str, Value]) -> Value:
        last = dotted.rpartition(".")[2]
        if dotted in FLOWS.splits or (last == "train_test_split" and values):
            return self._split(node, values)
        if dotted in FLOWS.statistic_functions:
            return join(values)._replace(kind="statistic")
        if dotted in FLOWS.learning_functions or (dotted in FLOWS.binning and self._counted_bins(node)):
            data = values[0] if values else join(named.values())
            return data.marked(self.mark("learnt", last, node, data)) if data.roots else data
        if dotted in FLOWS.resampling_functions:
            data = join(values)
            marked = data.marked(self.mark("resampled", last, node, data))
            return marked._replace(items=tuple(marked for _ in values) if len(values) > 1 else ())
        if dotted in FLOWS.crossed:
            self.crossed.append((join(values[1:2]), node.lineno))
            return EMPTY
        if dotted.startswith("sklearn.metrics."):
            self.judge(None, values, node, last)
            return EMPTY
        if last[:1].isupper() and self._makes_thing(dotted):
            return self._thing(dotted, node)
        if knowledge.is_call(dotted, "READ"):
            return Value(frozenset({f"{last}@{node.lineno}:{node.col_offset}"}))
        if knowledge.is_call(dotted, "FIT") and last in ("train", "cv"):
            return self._trained(dotted, node, values, named)
        if last in ("make_pipeline", "make_column_transformer"):
            return Value(thing=Thing(dotted))
        result = join([*values, *named.values()])
        return result if result.roots else Value(frozenset({f"{last}@{node.lineno}:{node.col_offset}"}))

    def _makes_thing(self, dotted: str) -> bool:
        if dotted.endswith(("DMatrix", "Dataset", "Pool", "DataLoader", "TensorDataset")):
            return False
        return FLOWS.learns(dotted) or FLOWS.resamples(dotted) or knowledge.in_library(dotted, "ALG")

    def _thing(self, dotted: str, node: ast.Call) -> Value:
        thing = Thing(dotted)
        names = {
            item.id
            for argument in (*node.args, *[keyword.value for keyword in node.keywords])
            for item in ast.walk(argument)
            if isinstance(item, ast.Name)
        }
        for line, bound in self.loops:
            if names & bound:
                thing.in_loop = line
        return Value(thing=thing)

    def _counted_bins(self, node: ast.Call) -> bool:
        """Bins given by their number take their edges from the data."""
        bins = node.args[1] if len(node.args) > 1 else next((k.value for k in node.keywords if k.arg == "bins"), None)
        return isinstance(bins, ast.Constant) and isinstance(bins.value, int)

    def _split(self, node: ast.Call, values: list[Value]) -> Value:
        split = f"{node.lineno}:{node.col_offset}"
        self.split_lines[split] = node.lineno
        self.halved.add(split)
        halves = [half for value in values for half in (value.part(split, "train"), value.part(split, "test"))]
        return join(halves)._replace(items=tuple(halves))

    def _trained(self, dotted: str, node: ast.Call, values: list[Value], named: dict[str, Value]) -> Value:
        thing = Thing(dotted)
        data = join([*values[1:2], *(named[key] for key in ("dtrain", "train_set") if key in named), *values[:1]])
        if dotted.endswith(".train"):
            self.fit_event(thing, data, EMPTY, node, dotted)
            for key in JUDGED & named.keys():
                self.judged.append(Judged(thing, named[key], node.lineno, key, (), True))
        return Value(thing=thing)

    # ------------------------------------------------------------ methods

    def _method(
        self,
        node: ast.Call,
        func: ast.Attribute,
        values: list[Value],
        named: dict[str, Value],
        lambdas: list[ast.Lambda],
    ) -> Value:
        base, name = self.value(func.value), func.attr
        thing = base.thing
        if name == "split" and self._is_folds(func.value, thing):
            return self._folds(node)
        if name in FLOWS.resampling_methods:
            return self.resampled(node, thing, [*values, *named.values()])
        if name in OF_MODELS:
            return self.of_model(node, func, base, values, named)
        if thing is not None:
            self.times_of(thing, name, node)
            return join(values)
        return self._of_rows(node, func, base, values, named, lambdas)

    def times_of(self, thing: Thing, name: str, node: ast.Call) -> None:
        """Calls on an object of a class of this module run its method."""
        own = f"{thing.called}.{name}"
        if own in self.functions:
            self.call_own(own, node, [self.value(item) for item in node.args], {})

    def _is_folds(self, node: Any, thing: Thing | None) -> bool:
        if thing is not None:
            return thing.called.rpartition(".")[2] in FLOWS.folds
        called = node.func if node.__class__ is ast.Call else node
        return str(getattr(called, "attr", getattr(called, "id", ""))) in FLOWS.folds

    def _folds(self, node: ast.Call) -> Value:
        split = f"{node.lineno}:{node.col_offset}"
        self.split_lines[split] = node.lineno
        sides = (Value(parts=frozenset({(split, side)}), kind="index") for side in ("train", "test"))
        return Value(kind="folds", items=tuple(sides))

    # ------------------------------------------------------------ methods of frames and arrays

    def _of_rows(
        self,
        node: ast.Call,
        func: ast.Attribute,
        base: Value,
        values: list[Value],
        named: dict[str, Value],
        lambdas: list[ast.Lambda],
    ) -> Value:
        name = func.attr
        if name in FLOWS.bare_methods:
            return EMPTY
        if name in FLOWS.statistics and base.roots:
            return Value(base.roots, base.parts, kind="statistic") if not _by_row(node) else base
        arguments = [*values, *named.values()]
        if name in FLOWS.fillers and (base.roots or base.kind):
            result = self._filled(node, base, arguments)
        elif name in ("head", "tail") and node.args and not isinstance(node.args[0], ast.Constant):
            result = base.part(f"[{ast.unparse(node.args[0])}]", name)
        elif name in ("apply", "transform", "pipe") and lambdas and not _by_row(node):
            result = self._applied(base, lambdas[0])
        elif name in ("apply", "transform", "pipe") and node.args and not _by_row(node):
            own = self._own_name(node.args[0])
            result = (self.call_own(own, node, [base], {}) if own else None) or base
        elif name == "transform" and base.roots and node.args and isinstance(node.args[0], ast.Constant):
            result = base._replace(kind="statistic")
        elif name == "drop":
            result = base
        else:
            result = join([base, *[item for item in arguments if item.kind != "statistic"]])
        if any(item.arg == "inplace" and getattr(item.value, "value", None) is True for item in node.keywords):
            self.set_column(func.value, "", result)
        return result

    def _filled(self, node: ast.Call, base: Value, arguments: list[Value]) -> Value:
        sources = [item for item in arguments if item.kind == "statistic"]
        if not sources or base.kind == "statistic":
            return join([base._replace(kind=""), *arguments])._replace(kind=base.kind)
        return base.marked(self.mark("statistic", "a fill of missing values", node, join(sources)))

    def _applied(self, base: Value, function: ast.Lambda) -> Value:
        frame = self.frames[-1]
        before = frame.names
        frame.names = {**before, **{item.arg: base for item in function.args.args}}
        result = self.value(function.body)
        frame.names = before
        return result if result.roots and result.kind != "statistic" else base


def _by_row(node: ast.Call) -> bool:
    """Over the columns of each row, so that no row tells of another."""
    return any(
        item.arg == "axis" and isinstance(item.value, ast.Constant) and item.value.value in (1, -1, "columns")
        for item in node.keywords
    )
