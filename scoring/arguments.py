"""What the command line of a scan takes, and what it makes of it: options, folders, moments, results of other tools."""

import argparse
import os
import posixpath
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from scoring.analyses.other_tools import inputs_digest
from scoring.facts import FlagExport
from scoring.readers.flag_exports import MAX_BYTES as MOST_FLAG_BYTES
from scoring.readers.flag_exports import NotFlags, read_flags
from scoring.readers.sarif import MAX_BYTES, NotSarif, ToolRun, read_sarif
from scoring.survey import PROFILES

SIGNALS_VARIABLE = "DEBTBOARD_SIGNALS"


class Unusable(Exception):
    """Input that can't be scanned: one sentence, what and what to do."""


class Parser(argparse.ArgumentParser):
    """A parser whose refusal is one line that says what to do, like every other refusal."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"debtboard: {message}; `{self.prog} --help` says what it takes.\n")


def scan_arguments(argv: Sequence[str] | None, formats: Sequence[str]) -> argparse.Namespace:
    """The options of `debtboard scan`. Exits 2 on one that it doesn't know."""
    parser = Parser(
        prog="debtboard scan",
        description="Scan a git repository for machine-learning debt. Nothing of it is run or checked out;"
        " a work tree's uncommitted changes are not read.",
    )
    parser.add_argument("target", metavar="TARGET", help="a work tree, a bare repository, or an https URL")
    parser.add_argument("--rev", help="the revision to scan (default: HEAD)")
    parser.add_argument(
        "--component", default="", type=_folder, metavar="PATH", help="a folder of the repository that is scanned alone"
    )
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="PATTERN", help="paths that are left out; may be repeated"
    )
    parser.add_argument(
        "--profile", choices=PROFILES, default=PROFILES[0], help=f"what it is scored as (default: {PROFILES[0]})"
    )
    parser.add_argument(
        "--sarif",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="SARIF 2.1.0 of another tool, shown apart and never scored; may be repeated",
    )
    parser.add_argument(
        "--flags",
        type=Path,
        metavar="FILE",
        help="an export of feature flags: LaunchDarkly's list, Unleash's export, Flagsmith's features or flagd's JSON",
    )
    parser.add_argument(
        "--flags-date", metavar="DATE", help="the moment that the export speaks of (default: that of the scan)"
    )
    parser.add_argument("--history", type=int, default=0, metavar="WEEKS", help="also the end of each earlier ISO week")
    take_signals(parser)
    parser.add_argument("--as-of", metavar="DATE", help="the moment to judge at (default: the commit's date)")
    parser.add_argument("--format", choices=formats, default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the result there instead of to stdout")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")
    parser.add_argument(
        "--workers", type=int, default=2, choices=range(1, 17), metavar="N", help="reader processes (default 2)"
    )
    return parser.parse_args(argv)


def _folder(path: str) -> str:
    """A folder inside the repository, as its paths are written: "." and "/" are the root, which is ""."""
    folder = posixpath.normpath(path.strip("/"))
    return "" if folder == "." else folder


def take_signals(parser: argparse.ArgumentParser) -> None:
    """Add the option that names a folder of own signals."""
    parser.add_argument(
        "--signals",
        type=Path,
        metavar="DIR",
        help=f"a folder of signals of your own, which is run (default: that of {SIGNALS_VARIABLE}, if set)",
    )


def signals_folder(options: argparse.Namespace) -> Path | None:
    """The folder that the option names, or the environment; None for none."""
    if options.signals is not None:
        return Path(options.signals)
    named = os.environ.get(SIGNALS_VARIABLE, "").strip()
    return Path(named) if named else None


def given_by_other_tools(paths: Sequence[Path]) -> tuple[list[ToolRun], str]:
    """(the runs of other tools, the digest of their files). Raises Unusable."""
    runs: list[ToolRun] = []
    contents = []
    for path in paths:
        try:
            if path.stat().st_size > MAX_BYTES:
                raise Unusable(f"{path} is over {MAX_BYTES // 1_000_000} MB, the most that is read: name fewer rules.")
            contents.append(path.read_bytes())
            runs += read_sarif(contents[-1])
        except OSError as error:
            raise Unusable(f"{path} can't be read ({error.strerror}); name a SARIF file.") from error
        except NotSarif as refusal:
            raise Unusable(f"{path}: {refusal}") from None
    return runs, inputs_digest(contents)


def given_flags(path: Path | None) -> FlagExport | None:
    """The export of feature flags, of no moment yet. Raises Unusable."""
    if path is None:
        return None
    try:
        if path.stat().st_size > MOST_FLAG_BYTES:
            raise Unusable(
                f"{path} is over {MOST_FLAG_BYTES // 1_000_000} MB, the most that is read: export one project."
            )
        return read_flags(path.read_bytes(), datetime.max.replace(tzinfo=UTC))
    except OSError as error:
        raise Unusable(f"{path} can't be read ({error.strerror}); name an export of feature flags.") from error
    except NotFlags as refusal:
        raise Unusable(f"{path}: {refusal}") from None


def moment_of(text: str, option: str = "--as-of") -> datetime:
    """A date or an instant, as an instant in UTC; of a date its end. Raises Unusable."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unusable(f"{option} {text!r} is not a date; write it as 2026-11-21 or 2026-11-21T08:00:00Z.") from None
    if len(text) <= len("2026-11-21"):
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
