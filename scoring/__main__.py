"""The command line of the engine: `python -m scoring TARGET`, which is `debtboard scan`.

stdout holds only the result; progress and refusals go to stderr. Exit 0: scanned; 2: unusable input, one line that says
what and what to do.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from scoring.analyses.other_tools import Files, other_tools
from scoring.analyses.proposal import propose
from scoring.analyses.view import View
from scoring.arguments import (
    Parser,
    Unusable,
    given_by_other_tools,
    given_flags,
    moment_of,
    scan_arguments,
    signals_folder,
    take_signals,
)
from scoring.collector import collect_rarely
from scoring.custom.asking import Asker
from scoring.custom.declared import Signals, asker_of_own, installed
from scoring.engine import assess
from scoring.facts import DeclarationFacts, FlagExport
from scoring.listing import matches, unusable
from scoring.measuring import TallyCache
from scoring.moments import Moment
from scoring.reading_ahead import Progress
from scoring.reports import declaration as declaration_report
from scoring.reports import json as json_report
from scoring.reports import markdown as markdown_report
from scoring.reports import sarif as sarif_report
from scoring.reports import text as text_report
from scoring.reports.catalogue import catalogue_json, catalogue_markdown
from scoring.reports.delivery import deliver, refuse_unwritable
from scoring.reports.shortening import visible
from scoring.reports.words import counted, failed
from scoring.sandbox import Sandbox
from scoring.scores.answers import Assessment, Week, week_of
from scoring.sources.git import GitError
from scoring.sources.signal_files import UnusableFolder
from scoring.sources.stores import SqliteFactStore
from scoring.sources.targets import opened
from scoring.survey import Survey

MAX_WEEKS = 520
LINE_EVERY_SECONDS = 3.0
PROSE = ("text", "markdown")
"""Formats that people read, on a terminal too."""
SHALLOW = "The clone is shallow: what rests on history is unseen; `git fetch --unshallow` brings it."
SHOWN_PROBLEMS = 5
"""Mistakes in a debtboard.toml that are told one by one."""

RENDER: dict[str, Callable[..., bytes]] = {
    "json": json_report.render,
    "text": text_report.render,
    "markdown": markdown_report.render,
    "sarif": sarif_report.render,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Scan one target. Returns the exit code."""
    collect_rarely()
    return _guarded(lambda: _scan(scan_arguments(argv, tuple(RENDER))))


def catalogue(argv: Sequence[str] | None = None) -> int:
    """Print every debt, signal, question, test and practice, from the code itself."""
    parser = Parser(prog="debtboard catalogue", description=catalogue.__doc__)
    parser.add_argument("--format", choices=("json", "markdown"), default="markdown")
    take_signals(parser)
    options = parser.parse_args(argv)

    def printed() -> int:
        with installed(signals_folder(options)) as own:
            _tell_of_broken(own)
            json = options.format == "json"
            deliver(catalogue_json() if json else catalogue_markdown().encode(), None, prose=not json)
        return 0

    return _guarded(printed)


def init(argv: Sequence[str] | None = None) -> int:
    """Print a debtboard.toml for the target, as guessed from its code. Returns the exit code."""
    parser = Parser(
        prog="debtboard init",
        description="Print a debtboard.toml for a git repository, as guessed from its code. Each guess names the place"
        " that tells it; nothing is written, and nothing of the repository is run.",
    )
    parser.add_argument("target", metavar="TARGET", help="a work tree, a bare repository, or an https URL")
    parser.add_argument("--rev", help="the revision to read (default: HEAD)")
    return _guarded(lambda: _init(parser.parse_args(argv)))


def _init(options: argparse.Namespace) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="debtboard-") as scratch,
        opened(options.target, Path(scratch)) as (repository, note),
        Sandbox(2) as sandbox,
    ):
        store = SqliteFactStore(Path(scratch) / "facts.sqlite3")
        try:
            survey = Survey(repository, store, sandbox)
            commit = repository.resolve(options.rev) if options.rev is not None else repository.default_revision()
            (moment,) = survey.moments(commit, survey.committed_at(commit), 1)
            survey.prepare([moment])
            component = survey.component(moment)
        finally:
            store.close()
    if component.declaration is not None:
        note = f"{note} It has a debtboard.toml already; what is printed does not know it.".strip()
    if note:
        _say(note)
    deliver(declaration_report.render(propose(View(component)), commit), None, prose=True)
    return 0


def _say(sentence: str) -> None:
    print(f"debtboard: {visible(sentence)}", file=sys.stderr)  # noqa: T201 -- the command line's own stderr


def _guarded(run: Callable[[], int]) -> int:
    try:
        return run()
    except (Unusable, UnusableFolder, GitError) as refusal:
        _say(str(refusal))
        return 2
    except KeyboardInterrupt:
        return 130


def _scan(options: argparse.Namespace) -> int:
    if not 0 <= options.history <= MAX_WEEKS:
        raise Unusable(f"--history takes 0 to {MAX_WEEKS} weeks; give a number in that range.")
    for pattern in options.exclude:
        if said := unusable(pattern):
            raise Unusable(f"--exclude {pattern!r} {said}.")
    if options.flags_date is not None and options.flags is None:
        raise Unusable("--flags-date says what moment an export speaks of; give that with --flags FILE.")
    refuse_unwritable(options.output)
    with installed(signals_folder(options)) as own:
        _tell_of_broken(own)
        with asker_of_own() as ask:
            return _scan_with(options, ask)


def _tell_of_broken(own: Signals | None) -> None:
    for problem in own.problems() if own else ():
        _say(problem)


def _tell_of_failed(assessment: Assessment) -> None:
    """Each signal that gave no answer, with its reason; most often it is the operator's own."""
    for result in failed(assessment):
        _say(f"{result.id} could not be measured, and counts as unseen: {result.reason}.")


def _tell_of_mistakes(declaration: DeclarationFacts | None) -> None:
    """What of a debtboard.toml does not count, with its line; the rest does."""
    problems = declaration.problems if declaration else ()
    for line, sentence in problems[:SHOWN_PROBLEMS]:
        _say(f"debtboard.toml:{line}: {sentence}")
    if (rest := len(problems) - SHOWN_PROBLEMS) > 0:
        _say(f"debtboard.toml: {counted(rest, 'more mistake')}; correct these first, what is right counts.")


def _scan_with(options: argparse.Namespace, ask: Asker) -> int:
    runs, inputs = given_by_other_tools(options.sarif)
    flags = given_flags(options.flags)
    flags_date = moment_of(options.flags_date, "--flags-date") if options.flags_date is not None else None
    with (
        tempfile.TemporaryDirectory(prefix="debtboard-") as scratch,
        opened(options.target, Path(scratch)) as (repository, note),
        Sandbox(options.workers) as sandbox,
    ):
        notes = [said for said in (note, SHALLOW if repository.shallow else "") if said]
        store = SqliteFactStore(Path(scratch) / "facts.sqlite3")
        try:
            survey = Survey(repository, store, sandbox, options.component, options.exclude, options.profile)
            commit = repository.resolve(options.rev) if options.rev is not None else repository.default_revision()
            as_of = moment_of(options.as_of) if options.as_of is not None else survey.committed_at(commit)
            if as_of < survey.committed_at(commit):
                raise Unusable(
                    f"--as-of {options.as_of} is before {commit[:12]} of {survey.committed_at(commit):%Y-%m-%d}: give a"
                    " later date, or an earlier commit with --rev."
                )
            if options.component and not survey.exists(commit):
                raise Unusable(f"{options.component} is no folder of {commit[:12]}; name one that holds files.")
            _tell_of_idle(options, [entry.path for entry in repository.tree(commit).entries])
            flags = flags and msgspec.structs.replace(flags, taken_at=flags_date or as_of)
            moments = survey.moments(commit, as_of, max(1, options.history))
            progress = None if options.quiet else _Progress()
            assessment, history = _assessed(survey, moments, flags, repository.root_commit(commit), progress, ask)
            if runs:
                whole = frozenset(entry.path for entry in repository.tree(commit).entries)
                own = frozenset(entry.path for entry in survey.component(moments[0]).files)
                placed = other_tools(runs, Files(options.component.strip("/"), whole, own), inputs)
                assessment = msgspec.structs.replace(assessment, other_tools=placed)
        finally:
            store.close()
    _tell_of_failed(assessment)
    for said in notes if not options.quiet else ():
        _say(said)
    result = RENDER[options.format](assessment, history if options.history else None)
    deliver(result, options.output, prose=options.format in PROSE)
    return 0


def _tell_of_idle(options: argparse.Namespace, paths: Sequence[str]) -> None:
    """Name on stderr each exclude that leaves out nothing: most often it is misspelt."""
    prefix = f"{options.component.strip('/')}/" if options.component.strip("/") else ""
    inside = [path.removeprefix(prefix) for path in paths if path.startswith(prefix)]
    for pattern in options.exclude:
        if not any(matches(path, (pattern,)) for path in inside):
            _say(f"--exclude {pattern!r} matches no file.")


def _assessed(
    survey: Survey,
    moments: Sequence[Moment],
    flags: FlagExport | None,
    repository: str,
    progress: "_Progress | None",
    ask: Asker,
) -> tuple[Assessment, list[Week]]:
    """(the newest assessment, a point for each week); the evidence of past weeks is let go, so memory stays flat."""
    tallies = TallyCache()

    newest: Assessment | None = None
    history: list[Week] = []
    for moment in survey.weeks(moments, progress):
        component = msgspec.structs.replace(survey.component(moment), flags=flags)
        assessment = assess(component, repository, tallies, ask)
        if newest is None:
            newest = assessment
            _tell_of_mistakes(component.declaration)
        history.append(week_of(moment.week, assessment))
        if progress is not None and len(history) > 1:
            progress.say(f"{len(history)} of {len(moments)} weeks scored, newest first", len(history) == len(moments))
    assert newest is not None
    return newest, history


class _Progress:
    """A line that is written over on a terminal, a line every few seconds otherwise."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        self.say(
            f"{progress.blobs} of {progress.blobs_total} new files read,"
            f" {progress.moments} of {progress.moments_total} weeks",
            progress.moments == progress.moments_total,
        )

    def say(self, text: str, last: bool) -> None:
        now = time.monotonic()
        if self._terminal:
            sys.stderr.write(f"\r\033[K{text}" + ("\n" if last else ""))
            sys.stderr.flush()
        elif now - self._last >= LINE_EVERY_SECONDS:
            self._last = now
            sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
