"""Systems built on hosted language models: which calls complete, build, parse and act (hosted.toml)."""

import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from importlib.resources import files

from scoring import knowledge
from scoring.knowledge import Pattern

_TABLE = tomllib.loads(files(knowledge).joinpath("hosted.toml").read_text("utf-8"))
_MODELS, _COMPLETIONS, _PROMPTS = _TABLE["models"], _TABLE["completions"], _TABLE["prompts"]
_INDEXES, _PARSING, _ACTING = _TABLE["indexes"], _TABLE["parsing"], _TABLE["acting"]


class Expression:
    """Compiled when it is first asked: most components never meet such a library, and compiling takes its time."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._text, re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._compiled.fullmatch(text)


def _any(expressions: Iterable[str]) -> str:
    return "|".join(f"(?:{item})" for item in expressions)


def _last(*tables: Iterable[str]) -> frozenset[str]:
    """Last parts of dotted names."""
    return frozenset(name.rpartition(".")[2] for names in tables for name in names)


_HOSTED_NAME = Expression(f"{_MODELS['makers']}(?P<name>{_any(_MODELS['families'])})")
_DATED = Expression(_any(_MODELS["dated"]))
MODEL_KEY = Expression(_MODELS["names"])
NAMED_FIRST = Pattern(_MODELS["first"])
DEFAULTS: dict[str, frozenset[str]] = {name: frozenset(keys) for name, keys in _MODELS["defaults"].items()}
"""Class -> keywords that name the model."""

COMPLETING = Pattern(_COMPLETIONS["functions"])
COMPLETION_ENDINGS: tuple[str, ...] = tuple("." + item for item in _COMPLETIONS["endings"])
COMPLETION_CLASSES: frozenset[str] = frozenset(_COMPLETIONS["classes"])
COMPLETION_METHODS: frozenset[str] = frozenset(_COMPLETIONS["methods"])
COMPLETION_LAST: frozenset[str] = _last(_COMPLETIONS["functions"], _COMPLETIONS["endings"]).union(
    _COMPLETIONS["methods"], _COMPLETIONS["invoked"]
)
"""Last parts of the names of methods that may give a completion, unless an object itself is called."""
COMPLETION_OBJECTS = Expression(_COMPLETIONS["objects"])
INVOKED: frozenset[str] = frozenset(_COMPLETIONS["invoked"])
SCHEMA_KEYS: frozenset[str] = frozenset(_COMPLETIONS["schema"])
STRUCTURED: frozenset[str] = frozenset(_COMPLETIONS["structured"])
ASIDE: frozenset[str] = frozenset(_COMPLETIONS["aside"])

PROMPT_CLASSES: frozenset[str] = frozenset(_PROMPTS["classes"])
PROMPT_METHODS: frozenset[str] = frozenset(_PROMPTS["methods"])
PROMPT_KEY = Expression(_PROMPTS["names"])
ANSWER_ROLES: frozenset[str] = frozenset(_PROMPTS["answers"])
ANSWER_CLASSES: frozenset[str] = frozenset(_PROMPTS["answer_classes"])
CHAIN_CLASSES: frozenset[str] = frozenset(_TABLE["chains"]["classes"])

KEPT: dict[str, frozenset[str]] = {name: frozenset(keys) for name, keys in _INDEXES["kept"].items()}
"""Class of an index -> keywords of which one makes it kept; none: it always is."""
BUILDING: frozenset[str] = frozenset(_INDEXES["calls"]["building"])
INDEXING = Pattern(_INDEXES["calls"]["functions"])
WRITING: frozenset[str] = frozenset(_INDEXES["calls"]["writing"])
MEMORY: frozenset[str] = frozenset(_INDEXES["calls"]["memory"])
RECORDERS: frozenset[str] = frozenset(_INDEXES["calls"]["recorders"])
RECORDED: dict[str, Expression] = {key: Expression(_INDEXES["calls"][key]) for key in ("model", "source", "date")}

NAMED_LAST: frozenset[str] = (
    _last(_MODELS["first"], _INDEXES["calls"]["functions"])
    | DEFAULTS.keys()
    | PROMPT_CLASSES
    | PROMPT_METHODS
    | BUILDING
    | WRITING
)
"""Last parts of the names of calls that name a model, make a prompt or build an index."""

PARSING: frozenset[str] = frozenset(_PARSING["functions"])
PARSING_METHODS: frozenset[str] = frozenset(_PARSING["methods"])
PASSING: frozenset[str] = frozenset(_PARSING["passing"])
TEXT_METHODS: frozenset[str] = frozenset(_PARSING["text_methods"])
VALIDATING = Expression(_PARSING["validating"])
EVALUATION: frozenset[str] = frozenset(_PARSING["evaluation"])
EVALUATION_ROOTS: frozenset[str] = frozenset(name.partition(".")[0] for name in EVALUATION)
EVALUATION_PLACES = Expression(_PARSING["places"])

ACTING: frozenset[str] = frozenset(_ACTING["functions"])
ACTING_BUILTINS: frozenset[str] = frozenset(_ACTING["builtins"])
ACTING_METHODS: frozenset[str] = frozenset(_ACTING["methods"])
ACTING_CLASSES: frozenset[str] = frozenset(_ACTING["classes"])
TOOLS: frozenset[str] = CHAIN_CLASSES | ACTING_CLASSES
LIMITS = Expression(_ACTING["limits"])


MAX_NAME = 80


def moving_name(text: str) -> str:
    """The hosted model that a text names, its maker left off, if another may get the same name; "" for others."""
    found = _HOSTED_NAME.fullmatch(text) if len(text) <= MAX_NAME else None
    return "" if found is None or _DATED.search(found["name"]) else found["name"]
