"""Which names stand in text: in configuration, commands, console scripts and strings of the code."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scoring.analyses.memo import Memo
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, DocFacts, PackagingFacts


def _config_text(item: InPlace[ConfigFacts]) -> str:
    return "\n".join(
        [setting.value for setting in item.facts.settings if setting.kind in ("string", "list", "reference")]
    )


def _doc_text(item: InPlace[DocFacts]) -> str:
    return "\n".join([command.text for command in item.facts.commands])


def _script_text(item: InPlace[PackagingFacts]) -> str:
    return "\n".join([target for _, target in item.facts.scripts])


def _python_text(file: PythonFile) -> str:
    said, scripts = file.facts.settings, file.facts.scripts
    literal = [call.first for call in file.facts.calls if call.name.endswith("import_module")]
    return " ".join([said.texts if said else "", *scripts, *literal])


_of_config, _of_doc, _of_scripts = Memo(_config_text), Memo(_doc_text), Memo(_script_text)
_of_python: Memo[PythonFile, str] = Memo(_python_text)


@lru_cache(maxsize=1)
def _texts(view: View) -> tuple[str, ...]:
    """Of everything but Python."""
    groups = [*map(_of_config, view.configs), *map(_of_doc, view.docs), *map(_of_scripts, view.packaging)]
    return (*filter(None, groups), *[text for _, _, text in view.commands])


@lru_cache(maxsize=1)
def _python_texts(view: View) -> tuple[str, ...]:
    return tuple([text for file in view.whole if (text := _of_python(file))])


def named_modules(view: View, stems: Iterable[str]) -> frozenset[str]:
    """Of the names of modules, those that stand in text; in strings of Python as part of a dotted name or a path."""
    wanted = frozenset(stems)
    return frozenset(_words_of(_texts(view), wanted)).union(_parts_of(_python_texts(view), wanted))


def named(view: View, names: Iterable[str]) -> frozenset[str]:
    """Of the names of functions and classes, those that stand in text, Python's strings included."""
    wanted = frozenset(names)
    return frozenset(_words_of((*_texts(view), *_python_texts(view)), wanted))


def commanded(view: View, names: Iterable[str]) -> frozenset[str]:
    """Of the names, those that stand in a command, of documents too."""
    texts = (*map(_of_doc, view.docs), *[text for _, _, text in view.commands])
    return frozenset(_words_of(texts, frozenset(names)))


def _words_of(texts: Iterable[str], wanted: frozenset[str]) -> Iterator[str]:
    for text in texts if wanted else ():
        for name in wanted:
            if name in text and re.search(rf"(?<!\w){name}(?!\w)", text):
                yield name


def _parts_of(texts: Iterable[str], wanted: frozenset[str]) -> Iterator[str]:
    for text in texts if wanted else ():
        for name in wanted:
            if name in text and re.search(rf"[./]{name}(?!\w)|(?<!\w){name}[./]", text):
                yield name
