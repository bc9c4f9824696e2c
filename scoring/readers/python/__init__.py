"""Python modules: parsed once, walked once, facts out.

The flow: `source` (bytes to UTF-8 and a tree, or the reason why not) -> `walk` (one pass: `statements`, `blocks`,
`definitions`, `expressions`, `calls`, with what names stand for from `names`, into a `state`) -> `lines`, `metrics`,
`comments`, `literals`, `flow`, `leaks`, `intent`, `idioms`, `hosted`, `structure`, `settings`, `mentions`, `endpoints`,
`predictions`, `parameters`, `waivers`, `flags` and `fingerprints`, each of which makes one kind of fact of what it
saw. Of modules of tests (`read_test`) most of these are left out.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from scoring.facts import Call, Import, ModuleOfTests, PythonFacts
from scoring.readers.base import Reader, Unreadable
from scoring.readers.python.comments import admissions, commented_code
from scoring.readers.python.endpoints import endpoints
from scoring.readers.python.fingerprints import declared, fingerprints
from scoring.readers.python.flags import flags
from scoring.readers.python.flow import comparisons
from scoring.readers.python.hosted import hosted
from scoring.readers.python.idioms import idioms
from scoring.readers.python.intent import kept_copies, trials
from scoring.readers.python.job_requirements import job_images, job_requirements
from scoring.readers.python.leaks import flows
from scoring.readers.python.lexing import Lexed
from scoring.readers.python.lines import Lines
from scoring.readers.python.literals import paths
from scoring.readers.python.mentions import acts, packages_named, scripts, unmentioned
from scoring.readers.python.metrics import functions, sized
from scoring.readers.python.parameters import described, methods_called, passing_up, wide_calls
from scoring.readers.python.predictions import predictions
from scoring.readers.python.scopes import Scopes
from scoring.readers.python.settings import settings
from scoring.readers.python.source import parse, source_of
from scoring.readers.python.state import State
from scoring.readers.python.structure import structure
from scoring.readers.python.waivers import waived
from scoring.readers.python.walk import walk, walk_calls


def read(data: bytes) -> PythonFacts:
    """The facts of one module. Raises Unreadable."""
    source = source_of(data)
    return facts_of(source, parse(source))


def read_test(data: bytes) -> ModuleOfTests:
    """What is asked of tests too, and nothing else. Raises Unreadable."""
    source = source_of(data)
    tree = parse(source)
    try:
        state = walk_calls(tree)
        return ModuleOfTests(
            imports=tuple(state.imports),
            calls=_calls(state),
            comments=admissions(Lexed(source, state.statements), Scopes(state)),
            defined=tuple([seen.node.name for seen in state.functions]),
        )
    except (RecursionError, MemoryError):
        raise Unreadable("nested too deep to be read") from None


def facts_of(source: bytes, tree: ast.Module) -> PythonFacts:
    """The facts of UTF-8 source with LF line ends, and its tree. Raises Unreadable."""
    try:
        state = walk(tree)
        return _facts(Lexed(source, state.statements), tree, state)
    except (RecursionError, MemoryError):
        raise Unreadable("nested too deep to be read") from None


_READS = re.compile(rb"\b(?:read|scan)_")
_REFUSES = re.compile(
    rb"assert\b(?![ \t(]*(?:isinstance|callable|os\.path|(?:[\w.]+\.)?(?:exists|is_file|is_dir)\("
    rb"|[\w.]+ (?:not )?in [\[({]))|raise\b(?![ \t]*(?:[#\n]|NotImplemented|StopIteration|SystemExit|ImportError"
    rb"|ModuleNotFound|AttributeError|TypeError|FileNotFound))"
)
"""What is said of kinds, of files, or of one value among a few is none of what a table holds."""


def _refuses(source: bytes) -> bool:
    if not (b"read_" in source or b"scan_" in source) or _READS.search(source) is None:
        return False
    return any(
        _REFUSES.match(source, at) and not source[max(0, at - 200) : at].rpartition(b"\n")[2].strip(b" \t")
        for word in (b"raise", b"assert")
        for at in _places(word, source)
    )


def _places(word: bytes, source: bytes) -> Iterator[int]:
    at = source.find(word)
    while at >= 0:
        yield at
        at = source.find(word, at + 1)


def _facts(lexed: Lexed, tree: ast.Module, state: State) -> PythonFacts:
    lines, scopes, windows = Lines(lexed, state.strings), Scopes(state), fingerprints(state)
    served, wide = endpoints(tree, state), wide_calls(state)
    return PythonFacts(
        lines=len(lines),
        code_lines=lines.code_lines,
        comment_lines=lines.comment_lines,
        imports=tuple(state.imports),
        calls=_calls(state),
        functions=waived(described(functions(state, lines), state), state, lexed.source),
        classes=passing_up(sized(state.classes, lines), wide),
        comments=admissions(lexed, scopes),
        commented_code=commented_code(lexed, lines, scopes, state.stray),
        paths=paths(lexed, state, scopes),
        comparisons=comparisons(state, lines),
        fingerprints=windows,
        declared=declared(state) if windows else (),
        name_uses=_name_uses(state.imports, state.uses),
        main_line=state.main_line,
        top_level_lines=lines.code_lines - sum(lines.code(first, last) for first, last in state.definitions),
        documented=ast.get_docstring(tree, clean=False) is not None,
        environment=tuple(sorted(state.environment)),
        bound_at_top=tuple(sorted(state.bound)),
        trials=trials(state, lines),
        kept_copies=kept_copies(state, lines, lexed.source),
        flows=flows(tree, state),
        endpoints=served,
        structure=structure(state, lexed.source, lines),
        idioms=idioms(state, scopes, lexed.source),
        hosted=hosted(state, scopes),
        settings=settings(state, lexed.source, lines),
        acts=acts(tree),
        unmentioned=unmentioned(tree, state, lexed.source, lines),
        scripts=scripts(lexed.source),
        packages_named=packages_named(lexed.source),
        predictions=predictions(tree, state, lexed.source, scopes, served),
        refuses=_refuses(lexed.source),
        flags=flags(tree, state, scopes),
        wide_calls=methods_called(wide),
        job_requirements=job_requirements(lexed.source),
        job_images=job_images(lexed.source),
    )


def _calls(state: State) -> tuple[Call, ...]:
    """In the order of the source."""
    state.calls.sort(key=_position)
    return tuple([item[4] for item in state.calls])


def _position(item: tuple[int, int, int, int, object]) -> tuple[int, int, int, int]:
    return item[:4]


def _name_uses(imports: list[Import], uses: list[str]) -> tuple[tuple[str, int], ...]:
    """How often a name bound to each absolute top-level module is used."""
    bound = {item.bound: item.module.partition(".")[0] for item in imports if item.level == 0}
    if not bound:
        return ()
    totals = dict.fromkeys(bound.values(), 0)
    for name, count in Counter(filter(bound.__contains__, uses)).items():
        totals[bound[name]] += count
    return tuple(sorted(totals.items()))


READER = Reader("python", 12, read)
READERS = (READER, Reader("python.test", 5, read_test))
