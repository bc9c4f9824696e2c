"""Feature flags that code still asks for though nothing hangs on them any more (dec.2).

The export tells how each flag stands, the code tells who asks for it. An export speaks of one moment: of a time before
it only what it dates is known, so that an old week says the same whichever weeks were scanned before it. What it does
not date is not told, and never clear.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from scoring.analyses.experiments import flag as flag_name
from scoring.analyses.experiments import running
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.view import PythonFile, View
from scoring.facts import Flag, FlagExport, FlagRead
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown
from scoring.knowledge.flags import METHODS, SYSTEMS

WINDOW = timedelta(days=56)
"""A flag that was changed within it may still be rolled out (catalogue 4.15, dec.2); an export tells no longer than
that, since each of its flags may have been changed after it."""
NO_EXPORT = "no export of feature flags was handed over"
NO_NAMES = "code asks for flags by names that are imported or worked out when it runs"
FINE, UNTOLD = "", "untold"


class _Verdict(NamedTuple):
    """FINE, UNTOLD, or what is wrong, in words that follow the flag's name; `until` when, for the evidence."""

    said: str
    since: str = ""


def stale_flags(view: View) -> Answer:
    """Flags that code asks for and that are archived, marked stale, unknown to the export, or the same for everyone
    and unchanged for over 56 days."""
    export = view.component.flags
    if export is None:
        return Unknown(NO_EXPORT)
    if view.as_of - export.taken_at > WINDOW:
        return Unknown(f"the export of feature flags is of {export.taken_at:%Y-%m-%d}: hand a newer one over")
    reads = _reads(view, export)
    if not reads:
        return (
            Unknown(NO_NAMES) if _asks(view, export) else NotApplicable(f"no code asks for a flag of {export.system}")
        )
    live, known = running(view), {flag.key: flag for flag in export.flags}
    verdicts = {key: _verdict(key, known.get(key), export, view, live) for key in sorted(reads)}
    stale = {key: verdict for key, verdict in verdicts.items() if verdict.said not in (FINE, UNTOLD)}
    untold = sum(verdict.said == UNTOLD for verdict in verdicts.values())
    note = f"of {untold} of {len(verdicts)} flags the export does not tell how they stood, or since when"
    if untold and not stale:
        return Unknown(note)
    hits = tuple(_hit(file, read, stale[key], export) for key in stale for file, read in reads[key])
    return Measure(len(stale), len(verdicts) - untold, hits, note if untold else "")


# ---------------------------------------------------------------- who asks


_Places = dict[str, list[tuple[PythonFile, FlagRead]]]


def _reads(view: View, export: FlagExport) -> _Places:
    """Key -> where it is asked for. A call without a library of flags counts where the export knows its key."""
    libraries, known = SYSTEMS[export.system], {flag.key for flag in export.flags}
    found: _Places = {}
    for file in view.product:
        for read in file.facts.flags:
            if read.library in libraries or (not read.library and read.key in known):
                found.setdefault(read.key, []).append((file, read))
    return found


def _asks(view: View, export: FlagExport) -> bool:
    return any(not SYSTEMS[export.system].isdisjoint(_libraries(file)) for file in view.product)


def _imported(file: PythonFile) -> frozenset[str]:
    return frozenset(item.module.partition(".")[0] for item in file.facts.imports if not item.level) & METHODS.keys()


_libraries: Memo[PythonFile, frozenset[str]] = Memo(_imported)

# ---------------------------------------------------------------- how a flag stands


def _verdict(key: str, flag: Flag | None, export: FlagExport, view: View, live: frozenset[str]) -> _Verdict:
    before = view.as_of < export.taken_at
    if flag is None:
        if before or not export.complete:
            return _Verdict(UNTOLD)
        return _Verdict(f"is not in the export of {export.system} of {export.taken_at:%Y-%m-%d}")
    if flag_name(key) in live:
        return _Verdict(FINE)
    return next(_stands(flag, export, view, before), _Verdict(FINE))


def _stands(flag: Flag, export: FlagExport, view: View, before: bool) -> Iterator[_Verdict]:
    """What holds of it, the gravest first."""
    if flag.archived and (not before or (flag.archived_at is not None and flag.archived_at <= view.as_of)):
        yield _Verdict(f"is archived in {export.system}", _day(flag.archived_at))
    if flag.archived and flag.archived_at is None:
        yield _Verdict(UNTOLD)
    if flag.kept:
        yield _Verdict(FINE)
    if flag.stale and not before:
        yield _Verdict(f"is marked as stale in {export.system}")
    changed = flag.changed_at
    if before and (changed is None or changed > view.as_of):
        yield _Verdict(UNTOLD)
    if flag.told and flag.value is None:
        yield _Verdict(FINE)
    elif not flag.told or changed is None:
        yield _Verdict(UNTOLD)
    elif view.as_of - changed > WINDOW:
        yield _Verdict(f"gives everyone {flag.value} since {changed:%Y-%m-%d}", _day(changed))


def _day(moment: object) -> str:
    return str(moment)[:10] if moment is not None else ""


def _hit(file: PythonFile, read: FlagRead, verdict: _Verdict, export: FlagExport) -> Hit:
    hit = Hit(
        line=read.line,
        end_line=read.end_line,
        key=f"flag {read.key}",
        symbol=read.scope,
        message=f"The flag `{read.key}` {verdict.said}, and this code still asks for it: keep the way that is taken, "
        "and delete the other one with the flag.",
        evidence={"flag": read.key, "system": export.system, **({"since": verdict.since} if verdict.since else {})},
    )
    return placed(hit, file)
