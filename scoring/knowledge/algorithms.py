"""Which call, and which key of configuration, stands for the choice of an algorithm; from the TOML file of the same
name."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("algorithms.toml").read_text("utf-8"))
_CLASSES, _TARGETS, _SETTINGS = _TABLE["classes"], _TABLE["targets"], _TABLE["settings"]
_MODULES: frozenset[str] = frozenset(_CLASSES["modules"])
_LIBRARIES: frozenset[str] = frozenset(_CLASSES["libraries"])
_TRAINING: frozenset[str] = frozenset(_CLASSES["training"])
_FUNCTIONS: frozenset[str] = frozenset(_CLASSES["functions"])
NAMED: frozenset[str] = frozenset(_CLASSES["named"])
_CAPITALS: frozenset[str] = frozenset(_CLASSES["capitals"])
_ALGORITHMS: tuple[str, ...] = tuple(_CLASSES["words"])
_FOREIGN: frozenset[str] = frozenset(_CLASSES["foreign"])
_SAME: dict[str, str] = _TABLE["same"]
_KERAS, _KERAS_MODELS = frozenset({"keras", "tensorflow", "tf_keras"}), frozenset({"Sequential", "Model"})
_SAME_CLASS = (("XGB", "xgboost"), ("LGB", "lightgbm"), ("LightGBM", "lightgbm"), ("CatBoost", "catboost"))
_OTHERS: frozenset[str] = frozenset(_CLASSES["others"])
_OTHER_ENDS: tuple[str, ...] = tuple(_CLASSES["other_ends"])
_WORDS: frozenset[str] = frozenset(_TARGETS["words"])
_OTHER_WORDS: frozenset[str] = frozenset(_TARGETS["others"])
_PARTS: frozenset[str] = frozenset(_SETTINGS["parts"])
_LASTS: frozenset[str] = _PARTS | frozenset(_SETTINGS["lasts"])
_MODELS: frozenset[str] = frozenset(_SETTINGS["models"])
_OTHER_PARTS: frozenset[str] = frozenset(_SETTINGS["others"])
_FILES: tuple[str, ...] = tuple(_SETTINGS["files"])
_NAME = re.compile(r"[A-Za-z][\w.:/+-]*[\w+]|[A-Za-z]")
_PLAIN = re.compile(r"[A-Za-z][\w./:+-]*")
MAX_NAME = 80


@lru_cache(maxsize=1 << 14)
def algorithm_of(callee: str, target: str = "", first: str = "") -> str:
    """The algorithm that a call chooses, by its short name; "" where it chooses none.

    `callee` is resolved through the imports ("sklearn.svm.SVC"), `target` the name that the result is bound to, `first`
    its first argument where that is a plain string.
    """
    owner, _, last = callee.rpartition(".")
    top = owner.partition(".")[0]
    if last in NAMED:
        return _named(owner, last, first, target)
    if top in _LIBRARIES and last in _TRAINING:
        return top
    if owner in _FUNCTIONS and last[-1:].isdigit():
        return last
    if top in _KERAS and last in _KERAS_MODELS:
        return "keras"
    if top in _FOREIGN or not _is_class(last):
        return ""
    if top in _LIBRARIES:
        return top if last != "Booster" else ""
    known = _within(owner, _MODULES) or any(word in last for word in _ALGORITHMS)
    return same_algorithm(last) if known or _is_model(target) else ""


def same_algorithm(name: str) -> str:
    """One name for what goes by several: "xgb", "XGBoost", "SafeXGBClassifier"."""
    if name.lower() in _SAME:
        return _SAME[name.lower()]
    return next((algorithm for part, algorithm in _SAME_CLASS if part in name), name)


def _named(owner: str, last: str, first: str, target: str) -> str:
    name = first.strip("'\"")
    chosen = _PLAIN.fullmatch(name) is not None and len(name) <= MAX_NAME
    if last == "from_pretrained":
        kind = owner.rpartition(".")[2]
        return name if chosen and ("Model" in kind or "For" in kind or _is_model(target)) else ""
    if last == "create_model":
        return name if chosen and (not owner or owner.partition(".")[0] in {"timm", "open_clip", "smp"}) else ""
    return name.removesuffix(".pt") if chosen else ""


def _is_class(name: str) -> bool:
    written = name[:1].isupper() and (not name.isupper() or name in _CAPITALS)
    return written and name not in _OTHERS and not name.endswith(_OTHER_ENDS)


@lru_cache(maxsize=1 << 12)
def _within(module: str, modules: frozenset[str]) -> bool:
    parts = module.split(".")
    return any(".".join(parts[: end + 1]) in modules for end in range(len(parts)))


@lru_cache(maxsize=1 << 12)
def _is_model(target: str) -> bool:
    """Whether a name is a model's: "self.clf", "base_model"; not "model_path"."""
    words = re.split(r"[^a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", target.rpartition(".")[2]).lower())
    return not _WORDS.isdisjoint(words) and _OTHER_WORDS.isdisjoint(words)


def is_choice(key: str, path: str) -> bool:
    """Whether a key of configuration names the algorithm: "model", "model.name", "net._target_" in models/a.yaml."""
    if key[key.rfind(".") + 1 :].lower() not in _LASTS:
        return False
    told = _tells_choice(key)
    return told if told is not None else not _MODELS.isdisjoint(_words(path))


@lru_cache(maxsize=1 << 14)
def _tells_choice(key: str) -> bool | None:
    """None where the path tells."""
    parts = key.lower().split(".")
    if parts[-1] not in _LASTS or _PARTS.isdisjoint(parts) or not _OTHER_PARTS.isdisjoint(parts):
        return False
    if parts[-1] != "_target_" or not _MODELS.isdisjoint(parts[:-1]):
        return True
    return None if len(parts) < 2 else False


@lru_cache(maxsize=1 << 10)
def _words(path: str) -> list[str]:
    return re.split(r"[^a-z0-9]+", path.lower())


def is_name(value: str) -> bool:
    """Whether a value names an algorithm, and is no file, address or number."""
    plain = _NAME.fullmatch(value) is not None and "://" not in value and len(value) <= MAX_NAME
    return plain and not value.lower().endswith(_FILES) and value.lower() not in {"true", "false", "none", "null"}
