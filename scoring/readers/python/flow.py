"""Comparisons of predictions with fixed numbers (thr.1) and with NaN (mls-02).

Data flow inside a scope, in the order of the source: a name holds a score if it was bound to a call that predicts, or
to such a name taken apart, cast or calculated with. Where no flow is seen, a telling name (prob, score) is a weaker
kind.
"""

import ast
import re
from typing import Any

from scoring.facts import Comparison
from scoring.knowledge import SCORING_ENDS, WORDS, is_call
from scoring.readers.python.lines import Lines
from scoring.readers.python.names import resolve
from scoring.readers.python.state import Frame, State

MAX_SUBJECT = 80
MAX_STEPS = 64

_ORDERS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_EQUALS = {ast.Eq: "==", ast.NotEq: "!="}
_NANS = frozenset(
    {
        "numpy.nan",
        "numpy.NaN",
        "numpy.NAN",
        "math.nan",
        "torch.nan",
        "pandas.np.nan",
        "cmath.nan",
        "jax.numpy.nan",
        "cupy.nan",
    }
)
_KEEPING_ATTRIBUTES = frozenset({"T", "values", "data", "logits", "probs", "scores", "iloc", "loc", "predictions"})
_WORD = re.compile(r"[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+")


def comparisons(state: State, lines: Lines) -> tuple[Comparison, ...]:
    """In the order of the source."""
    events = state.events
    if not any(node.__class__ is ast.Compare for _, node in events):
        return ()
    held: dict[Frame, set[str]] = {}
    flows = not SCORING_ENDS.isdisjoint([name[name.rfind(".") + 1 :] for name in state.named_calls.values()])
    found = []
    for frame, node in events:
        if node.__class__ is ast.Compare:
            found += _of_pair(state, held, frame, node, lines)
        elif flows:
            _assign(state, held, frame, node)
    return tuple(
        sorted(set(found), key=lambda item: (item.line, item.end_line, item.subject, item.operator, item.literal))
    )


def is_number(node: Any) -> bool:
    """A numeric literal, signed or not; True and False are none."""
    if node.__class__ is ast.UnaryOp and node.op.__class__ in (ast.USub, ast.UAdd):
        node = node.operand
    return node.__class__ is ast.Constant and node.value.__class__ in (int, float)


def is_nan(node: Any, frame: Frame) -> bool:
    """numpy.nan, math.nan, float("nan"): whatever is never equal to itself."""
    if node.__class__ is ast.Attribute or node.__class__ is ast.Name:
        return resolve(node, frame) in _NANS
    if (
        node.__class__ is ast.Call
        and node.func.__class__ is ast.Name
        and node.func.id == "float"
        and len(node.args) == 1
    ):
        argument: Any = node.args[0]
        return argument.__class__ is ast.Constant and str(argument.value).lower().lstrip("+-") == "nan"
    return False


def _of_pair(state: State, held: dict[Frame, set[str]], frame: Frame, node: Any, lines: Lines) -> list[Comparison]:
    found = []
    left = node.left
    for operator, right in zip(node.ops, node.comparators, strict=True):
        kind = operator.__class__
        if kind in _ORDERS and is_number(left) is not is_number(right):
            mirrored = is_number(left)
            subject, number = (right, left) if mirrored else (left, right)
            sign = _MIRRORED[_ORDERS[kind]] if mirrored else _ORDERS[kind]
            told = _score_kind(state, held, frame, subject, number)
            if told:
                found.append(_comparison(node, told, subject, sign, _written(number, lines), frame, lines))
        elif kind in _EQUALS and (is_nan(left, frame) or is_nan(right, frame)):
            subject, nan = (right, left) if is_nan(left, frame) else (left, right)
            found.append(_comparison(node, "nan", subject, _EQUALS[kind], _written(nan, lines), frame, lines))
        left = right
    return found


def _comparison(node: Any, kind: str, subject: Any, sign: str, literal: str, frame: Frame, lines: Lines) -> Comparison:
    last = node.end_lineno or node.lineno
    return Comparison(node.lineno, last, kind, _written(subject, lines), sign, literal, frame.scope)


def _written(node: Any, lines: Lines) -> str:
    """The expression as written, white space folded, cut."""
    texts, first, last = lines.texts, node.lineno - 1, (node.end_lineno or node.lineno) - 1
    if first == last:
        text = texts[first][node.col_offset : node.end_col_offset]
    else:
        text = texts[first][node.col_offset :] + b" " + b" ".join(texts[first + 1 : min(last, first + 5)])
        text += b" " + texts[last][: node.end_col_offset]
    return " ".join(text.decode("utf-8", "replace").split())[:MAX_SUBJECT]


# ---------------------------------------------------------------- is it a score?


def _score_kind(state: State, held: dict[Frame, set[str]], frame: Frame, subject: Any, number: Any) -> str:
    value: Any = getattr(number, "operand", number).value
    if value in (0, 1):
        return ""
    if _is_score(state, held, frame, subject):
        return "score"
    return "score_name" if value.__class__ is float and 0 < value < 1 and _named_score(subject) else ""


def _is_score(state: State, held: dict[Frame, set[str]], frame: Frame, node: Any) -> bool:
    """Whether an expression is a prediction, a part of one, or calculated from one element by element."""
    todo = [node]
    for _ in range(MAX_STEPS):
        if not todo:
            return False
        node = todo.pop()
        kind = node.__class__
        if kind is ast.Name:
            if _holds(held, frame, node.id):
                return True
        elif kind is ast.Call:
            if node in state.named_calls:
                name = state.named_calls[node]
                if is_call(name, "PRED") or is_call(name, "SCORE"):
                    return True
            todo += _kept(node)
        elif kind is ast.Subscript:
            key = getattr(node.slice, "value", None)
            if not isinstance(key, str) or _words(key) & WORDS.score_names:
                todo.append(node.value)
        elif kind is ast.Attribute:
            if _dotted(node) and _holds(held, frame, _dotted(node)):
                return True
            if node.attr in _KEEPING_ATTRIBUTES:
                todo.append(node.value)
        elif kind is ast.BinOp:
            todo += (node.left, node.right)
        elif kind is ast.UnaryOp:
            todo.append(node.operand)
    return False


def _kept(node: Any) -> list[Any]:
    """What a call hands on: its object for .cpu(), its first argument for numpy.asarray(...)."""
    func = node.func
    if func.__class__ is ast.Attribute:
        if node.args and func.attr in WORDS.keeping_functions:
            return [func.value, node.args[0]]
        return [func.value] if func.attr in WORDS.keeping_methods else []
    if func.__class__ is ast.Name and func.id in WORDS.keeping_functions and node.args:
        return [node.args[0]]
    return []


def _holds(held: dict[Frame, set[str]], frame: Frame | None, name: str) -> bool:
    while frame is not None:
        names = held.get(frame)
        if names is not None and name in names:
            return True
        frame = frame.outer
    return False


def _dotted(node: Any) -> str:
    if node.__class__ is ast.Name:
        return str(node.id)
    if node.__class__ is ast.Attribute and node.value.__class__ is ast.Name:
        return f"{node.value.id}.{node.attr}"
    return ""


def _assign(state: State, held: dict[Frame, set[str]], frame: Frame, node: Any) -> None:
    targets: list[Any] = node.targets if node.__class__ is ast.Assign else [node.target]
    score = node.value is not None and _is_score(state, held, frame, node.value)
    names = held.setdefault(frame, set())
    for target in targets:
        if target.__class__ is ast.Tuple:
            told = [_dotted(item) for item in target.elts if _named_score(item)]
            names |= set(told) if score else set()
        elif name := _dotted(target):
            (names.add if score else names.discard)(name)


def _named_score(node: Any) -> bool:
    """Whether its name alone tells a score: prob, pred_score, output["scores"].max()."""
    for _ in range(MAX_STEPS):
        kind = node.__class__
        if kind is ast.Name:
            return _tells_score(node.id)
        if kind is ast.Attribute:
            if node.attr not in {"T", "values", "data", "iloc", "loc"}:
                return _tells_score(node.attr)
            node = node.value
        elif kind is ast.Subscript:
            key = getattr(node.slice, "value", None)
            if isinstance(key, str):
                return _tells_score(key)
            if node.slice.__class__ is ast.Name and _tells_score(node.slice.id):
                return True
            node = node.value
        elif kind is ast.Call and node.func.__class__ is ast.Attribute and node.func.attr in WORDS.keeping_methods:
            node = node.func.value
        else:
            return False
    return False


def _tells_score(name: str) -> bool:
    words = _words(name)
    return bool(words & WORDS.score_names) and not words & WORDS.not_scores


def _words(name: str) -> frozenset[str]:
    return frozenset([word.lower() for word in _WORD.findall(name)])
