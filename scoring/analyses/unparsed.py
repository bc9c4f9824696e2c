"""Python that does not parse: what it may use, by its words. What it never names it does not use (dec.3, dec.4)."""

from collections.abc import Collection
from functools import lru_cache

from scoring.analyses.starts import DYNAMIC
from scoring.analyses.view import View
from scoring.facts import LINK, FileEntry

ASKING = frozenset({"getattr", "vars", "__dict__", "globals", "exec", "eval", "__import__", "import_module"})
"""Words of a file that may ask a module for a name as text."""
LOADING = DYNAMIC | {"__import__"}
"""Words of a file that may import modules by names worked out at run time."""
PYTHON = frozenset({"python", "jupyter"})


def _unread(view: View) -> list[FileEntry]:
    return [entry for entry in view.files if entry.skipped and entry.language in PYTHON and entry.skipped != LINK]


def uses_unseen(view: View) -> bool:
    """Whether Python went unread that may use anything: of which no word is known, or which loads modules by names
    worked out at run time."""
    if not view.python_unseen:
        return False
    if not view.component.complete or not view.left_out.isdisjoint(PYTHON):
        return True
    return any(not entry.words or entry.facts or not LOADING.isdisjoint(entry.words.split()) for entry in _unread(view))


@lru_cache(maxsize=1)
def unparsed_words(view: View) -> tuple[frozenset[str], ...]:
    """Of each Python file that does not parse, the words in it."""
    return tuple([frozenset(entry.words.split()) for entry in _unread(view)] if view.python_unseen else [])


def spoken_of(view: View, names: Collection[str]) -> frozenset[str]:
    """Of the names, those that stand in Python that does not parse."""
    return frozenset(names).intersection(frozenset().union(*unparsed_words(view)))


def asked_of(view: View, module: str) -> bool:
    """Whether Python that does not parse has a module of that name at hand, and may ask it for any name."""
    return module in _asking_words(view)


@lru_cache(maxsize=1)
def _asking_words(view: View) -> frozenset[str]:
    return frozenset().union(*[words for words in unparsed_words(view) if not ASKING.isdisjoint(words)])
