"""Leaks of test data into training, and predictions that feed a fit: what follows from the data-flow pass."""

import ast
from collections.abc import Iterable, Iterator

from scoring import knowledge
from scoring.facts import Flow as Found
from scoring.facts import Import
from scoring.readers.python.flow_models import FITS, OF_MODELS
from scoring.readers.python.flow_values import Mark, Part, Value
from scoring.readers.python.flow_walk import Flow
from scoring.readers.python.state import State

_TRAINERS = frozenset({"xgboost.train", "xgboost.cv", "lightgbm.train", "lightgbm.cv", "catboost.train"})
_SPLITS = frozenset({"train_test_split", "split"})
_LEARNING = frozenset({"learnt", "selected", "statistic", "resampled"})


def flows(tree: ast.Module, state: State) -> tuple[Found, ...]:
    """What flows where it should not, by line; nothing for a module that fits and predicts nothing."""
    if not _worth_it(state):
        return ()
    flow = Flow({item.bound: ".".join(filter(None, (item.module, item.name))) for item in _absolute(state)}).run(tree)
    if flow.spent():
        return (Found("unfinished", 1, 1, ""),)
    found = [*_prepared(flow), *_test_prepared(flow), *_tuned(flow), *_fed(flow)]
    return tuple(sorted(set(found), key=lambda item: (item.line, item.kind, item.what)))


def _absolute(state: State) -> list[Import]:
    return [item for item in state.imports if item.level == 0]


def _worth_it(state: State) -> bool:
    """Whether it imports an algorithm library, fits something, and splits, predicts or scores."""
    if not any(item.level == 0 and knowledge.in_library(item.module, "ALG") for item in state.imports):
        return False
    names = state.named_calls.values()
    ends = {name[name.rfind(".") + 1 :] for name in names}
    fits = not ends.isdisjoint(FITS) or not _TRAINERS.isdisjoint(names)
    return fits and not (ends.isdisjoint(OF_MODELS - FITS | _SPLITS))


def _prepared(flow: Flow) -> Iterator[Found]:
    """Marks learnt on rows of both sides of a split, on rows that a model was then fitted to."""
    judged = {part for item in flow.judged for part in item.rows.parts}
    done = set()
    for fit in flow.fits:
        for mark in _marks((fit.rows, fit.target)):
            split = "" if mark in done else _leaks(mark, fit.rows, judged, flow)
            if split:
                done.add(mark)
                kind = "overlap" if mark.kind == "resampled" else "preparation"
                yield _found(kind, mark, fit.label, flow.split_lines.get(split, 0))


def _leaks(mark: Mark, rows: Value, judged: set[Part], flow: Flow) -> str:
    """The split that the mark leaks over, "" for none."""
    if not mark.roots & rows.roots:
        return ""
    held = {split for split, _ in mark.parts}
    if held & flow.split_lines.keys():
        return ""
    for split, side in sorted(rows.parts):
        others = {part for part in judged if part[0] == split and part[1] != side}
        if others and split not in held:
            return split
    return ""


def _test_prepared(flow: Flow) -> Iterator[Found]:
    """Marks learnt on the very rows that a model is judged by."""
    fitted = {part for fit in flow.fits for part in fit.rows.parts}
    for judged in flow.judged:
        for mark in _marks((judged.rows,)):
            sides = {split: side for split, side in mark.parts if split in flow.split_lines}
            for split, side in sorted(sides.items()):
                if side == "test" and (split, "train") in fitted and (split, "test") not in fitted:
                    yield _found("test", mark, judged.label, flow.split_lines[split])


def _marks(values: Iterable[Value]) -> list[Mark]:
    found = {mark for value in values for mark, _ in value.marks if mark.kind in _LEARNING}
    return sorted(found, key=lambda mark: (mark.line, mark.label, sorted(mark.roots), sorted(mark.parts)))


def _found(kind: str, mark: Mark, into: str, at: int) -> Found:
    return Found(kind, mark.line, mark.end_line, mark.label, into, at, mark.scope)


def _tuned(flow: Flow) -> Iterator[Found]:
    """A test part that scores every pass of a loop over a model's parameter."""
    for fit in flow.fits:
        for judged in flow.judged if fit.loop else ():
            if judged.model is not fit.model or judged.validates or fit.loop not in judged.loops:
                continue
            splits = {split for split, _ in fit.rows.parts | judged.rows.parts} & flow.split_lines.keys()
            split = min(splits) if len(splits) == 1 else ""
            if split in flow.halved and (split, "test") in judged.rows.parts and (split, "test") not in fit.rows.parts:
                yield Found(
                    "tuning", judged.line, judged.line, judged.label, fit.label, flow.split_lines[split], fit.scope
                )
                break


def _fed(flow: Flow) -> Iterator[Found]:
    """Predictions that a model is fitted to or on."""
    for fit in flow.fits:
        for value, kind in ((fit.target, "label"), (fit.rows, "cascade")):
            marks = {mark for mark, _ in value.marks if mark.kind in ("residual", "predicted")}
            if marks:
                mark = min(marks, key=lambda item: (item.kind != "residual", item.line, item.label))
                told = "residual" if mark.kind == "residual" else kind
                yield Found(told, fit.line, fit.end_line, mark.label, fit.label, mark.line, fit.scope)
