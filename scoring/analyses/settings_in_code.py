"""Configuration that no tool for configuration reads: wide mappings in code and notebooks, binary files (cfg.16)."""

import re

from scoring.analyses.idioms import of_kind
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.settings_modules import kept_in_modules
from scoring.analyses.view import PythonFile, View
from scoring.facts import Idiom
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.readers.places import roles_of

_BINARY = re.compile(
    r"(?:^|[/_.-])(?:configs?|cfg|settings|hparams|hyper_?parameters)(?:[_.-]\w+)*\.(?:pkl|pickle|joblib|npy|npz)$",
    re.IGNORECASE,
)
_ENDINGS = (".pkl", ".pickle", ".joblib", ".npy", ".npz")
_SKIPPED = frozenset({"test", "docs", "generated", "example"})
_CONFIG_FOLDER = re.compile(r"(?:^|/)(?:configs?|conf|cfgs?)/")
_SPACE = re.compile(r"sweep|search|space|grid|distribution|tun(?:e|ing)", re.IGNORECASE)
"""What a search tries is an input of it, and no variant is made of it."""
_CONVERTS = re.compile(r"(?:^|[/_])convert(?:ers?|ing)?(?:_|\.py$)", re.IGNORECASE)
"""What turns one format of a published model into another states its shape."""


def settings_in_code(view: View) -> Answer:
    """Mappings of over thirty settings in Python, and configuration in binary files, per 10 KLOC of ML code."""
    if not view.product:
        return NotApplicable("no Python code")
    hits = [hit for file in view.product_once for hit in _in_file(file)]
    hits += [
        _binary_hit(path) for path in sorted(path for path in view.paths if path.endswith(_ENDINGS)) if _is_binary(path)
    ]
    if not hits and not any(facts.settings for _, facts in view.configs):
        return kept_in_modules(view) or NotApplicable("no configuration was seen, in files or in code")
    return Measure(len(hits) / view.ten_klocs, len(view.product), tuple(hits))


def _of_file(file: PythonFile) -> tuple[Hit, ...]:
    if file.roles & _SKIPPED or _CONVERTS.search(file.path) or _is_config_file(file):
        return ()
    return tuple(
        placed(_wide_hit(item), file) for item in of_kind(file.facts, "wide") if not _SPACE.search(item.subject)
    )


def _wide_hit(item: Idiom) -> Hit:
    return Hit(
        line=item.line,
        end_line=item.end_line,
        key=f"settings {item.subject}",
        symbol=item.scope or item.subject,
        message=f"`{item.subject}` is a configuration of {item.detail} keys in code: a variant is a copy or a change "
        "at run time, and no tool shows how two of them differ.",
        evidence={"keys": int(item.detail)},
    )


def _is_config_file(file: PythonFile) -> bool:
    """A file of a framework whose configuration is written in Python: it states settings and does nothing."""
    facts = file.facts
    return _CONFIG_FOLDER.search(file.path) is not None and not (facts.imports or facts.functions or facts.classes)


_in_file = Memo(_of_file)


def _is_binary(path: str) -> bool:
    return _BINARY.search(path) is not None and not roles_of(path) & _SKIPPED


def _binary_hit(path: str) -> Hit:
    return Hit(
        path=path,
        line=1,
        key="binary settings",
        message=f"`{path.rpartition('/')[2]}` keeps configuration in a binary file: nobody can read, review or "
        "compare it.",
    )
