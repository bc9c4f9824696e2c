"""Systems built on hosted language models: what stands in their code, per file that imports a library of them.

Rows of ours, none of the catalogue's: the paper's debts as such systems have them. What is known of the libraries is
imported late, where a component has such code: few have.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.view import CodeFile, PythonFile, View
from scoring.facts import CodeFacts, HostedUse
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge import HOSTED_ROOTS, of_hosted

NONE = "no code of the product uses a hosted language model"
PROMPT_FILES = ("prompt", "template", "eval", "benchmark")
"""Words in the path of a module that is the one place of its prompts, or whose prompts are cases to try."""

Sentence = Callable[[HostedUse], str]


class _Kept(NamedTuple):
    """Hits of one kind, and how many files they were looked for in."""

    files: int
    hits: tuple[Hit, ...]


def moving_models(view: View) -> Answer:
    """Models named without a version, or not at all."""
    return _per_code(view, ("model", "default"), _of_model)


def prompts_in_code(view: View) -> Answer:
    """Long prompts in modules that do something else."""
    return _per_code(view, ("prompt",), _of_prompt, lambda file, _: not _holds_prompts(file.path))


def unrecorded_indexes(view: View) -> Answer:
    """Indexes of vectors that are kept without what they were built with, from and when."""
    return _per_code(view, ("index",), _of_index)


def unchecked_outputs(view: View) -> Answer:
    """Completions taken apart without a schema; none in a component that has a set of cases to try them on."""
    parsed = any(use.kind == "parsed" for file in _files(view) for use in file.facts.hosted)
    kinds = () if parsed and is_evaluated(view) else ("parsed",)
    return _per_code(view, kinds, _of_parsing, lambda _, use: not use.bounded)


def chained_calls(view: View) -> Answer:
    """Prompts that hold another call's text."""
    return _per_code(view, ("chained",), _of_chain)


def unlimited_actions(view: View) -> Answer:
    """What is run, sent or deleted by a completion's text, with no limit in its function."""
    return _per_code(view, ("acted",), _of_action, lambda _, use: not use.bounded)


# ---------------------------------------------------------------- which files


def _imports(file: CodeFile) -> bool:
    return any(
        of_hosted(item.dotted)
        for item in file.facts.imports
        if item.module.partition(".")[0] in HOSTED_ROOTS and not item.level
    )


_uses_hosted: Memo[CodeFile, bool] = Memo(_imports)


@lru_cache(maxsize=1)
def _files(view: View) -> tuple[PythonFile, ...]:
    return tuple([file for file in view.product_once if _uses_hosted(file)])


def _per_code(
    view: View,
    kinds: tuple[str, ...],
    sentence: Sentence,
    counts: Callable[[PythonFile, HostedUse], bool] = lambda _file, _use: True,
) -> Answer:
    """The uses of these kinds that count, per 10 KLOC of ML code."""
    files = _files(view)
    if not files:
        return NotApplicable(NONE)
    hits = tuple(
        _hit(file, use, sentence)
        for file in files
        for use in file.facts.hosted
        if use.kind in kinds and counts(file, use)
    )
    return Measure(len(hits) / view.ten_klocs, len(files), hits)


def _holds_prompts(path: str) -> bool:
    return any(word in path.lower() for word in PROMPT_FILES)


# ---------------------------------------------------------------- is the system tried on a set of cases?


def _evaluates(facts: CodeFacts) -> bool:
    from scoring.knowledge.hosted import EVALUATION, EVALUATION_ROOTS

    known = [item for item in facts.imports if item.module.partition(".")[0] in EVALUATION_ROOTS]
    names = [item.dotted for item in known]
    return any(
        ".".join(name.split(".")[: part + 1]) in EVALUATION for name in names for part in range(name.count(".") + 1)
    )


_evaluating: Memo[CodeFile, bool] = Memo(lambda file: _evaluates(file.facts))


def is_evaluated(view: View) -> bool:
    """A library that tries answers on cases is imported, tests included, or a folder or file is named for that."""
    return any(map(_evaluating, view.python)) or any(map(_is_named_for_it, view.paths))


@lru_cache(maxsize=1 << 16)
def _is_named_for_it(path: str) -> bool:
    from scoring.knowledge.hosted import EVALUATION_PLACES

    return EVALUATION_PLACES.search(path) is not None


# ---------------------------------------------------------------- in words


def _hit(file: PythonFile, use: HostedUse, sentence: Sentence) -> Hit:
    hit = Hit(
        line=use.line,
        end_line=use.end_line,
        key=f"{use.kind} {use.subject}",
        symbol=use.scope,
        message=sentence(use),
        evidence=dict(_evidence(use)),
    )
    return placed(hit, file)


def _evidence(use: HostedUse) -> Iterator[tuple[str, str | int]]:
    yield use.kind, use.subject
    if use.kind == "prompt":
        yield "words", use.size
    if use.at and use.at != use.line:
        yield "completion_line", use.at


def _of_model(use: HostedUse) -> str:
    if use.kind == "default":
        return (
            f"{use.subject} is made without naming a model, so the installed version of the library chooses it: an "
            "upgrade changes the answers, or makes vectors that no longer match those in the index."
        )
    return (
        f"{use.subject} is a name that its provider may give to another model: the same commit can answer otherwise "
        "tomorrow. Name a dated version, and move to a newer one after a test."
    )


def _of_prompt(use: HostedUse) -> str:
    return (
        f"A prompt of {use.size} words ({use.subject}) stands in the code that sends it; it sets what the system does "
        "and can't be compared, reviewed or tried apart from that code."
    )


def _of_index(use: HostedUse) -> str:
    return (
        f"{use.subject} keeps an index, and its module records no {_listed(use.detail.split())} for it: nobody can "
        "tell later whether an answer came from these documents, or make the index again."
    )


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def _of_parsing(use: HostedUse) -> str:
    return (
        f"A completion's text is taken apart by {use.subject} with no schema to hold it against, and no set of cases "
        "tries what comes back: a model that words its answer otherwise breaks it, or passes through it unseen."
    )


def _of_chain(use: HostedUse) -> str:
    if use.at == use.line:
        return (
            f"{use.subject} puts one call's text into the next one's prompt; a better first answer can make the second "
            "worse, and neither can be changed alone."
        )
    return (
        f"The text of the completion in line {use.at} goes into this prompt: whatever changes the first answer "
        "changes this one, and neither can be judged or improved alone."
    )


def _of_action(use: HostedUse) -> str:
    if use.at == use.line:
        return (
            f"{use.subject} lets a model run what it writes, and nothing in its function limits what, how often or "
            "asks first."
        )
    return (
        f"{use.subject} acts on the text of the completion in line {use.at}, and nothing in its function limits it: no "
        "list of what is allowed, no count, no question to a person."
    )
