"""Work that people order by hand: numbered scripts, and the steps that a README tells them to run (jun.7, prc.1)."""

import re
from collections.abc import Iterator

from scoring.analyses.ci_scripts import SHELL
from scoring.analyses.lessons import LESSON
from scoring.analyses.memo import Memo
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import DocFacts
from scoring.findings import PKG, Answer, Hit, Measure, NotApplicable, Unknown

ENOUGH = 3
"""Numbered files of one folder, from which on their numbers are an order."""
SHOWN = 4
FEW = 2
"""Steps that the good anchor allows."""

_NUMBERED = re.compile(r"^(?:step[-_ ]?)?(\d{1,2})(?:\.\d)?[-_. ](?=[A-Za-z])", re.IGNORECASE)
_RUN = re.compile(
    r"(?:^|[\s;&|])(?:python[\d.]*|uv run|poetry run python|torchrun|bash|sh)\s+(?:-\S+\s+)*(\S+\.(?:py|sh))"
    r"|^\s*(?:\$ )?(?:\./)?(\S+\.sh)\b"
)
_RUNS_UNNAMED = re.compile(
    r"(?:\bpython[\d.]*|\b(?:ba)?sh|\bpapermill|\bnbconvert|\bsource)\s[^|;&#]*(?:\$(?![?#])|[\w/]\*|`)|\bxargs\b|\s-exec\b"
)
UNREAD_SHELL = "shell scripts that may run these steps went unread, or run what a variable names"
UNREAD_TASKS = "files that may run these steps went unread"
SKIPPED = frozenset({"test", "docs", "generated", "migration", "example"})


def _order(file: PythonFile) -> int | None:
    """The number that its name begins with, where that tells an order of work."""
    match = _NUMBERED.match(file.path.rpartition("/")[2])
    if not match or file.roles & SKIPPED or LESSON.search(file.path):
        return None
    return int(match[1])


_number_of = Memo(_order)


def numbered_files(view: View) -> Answer:
    """Folders whose scripts or notebooks carry numbers that no pipeline carries out, per 10 KLOC of ML code."""
    folders: dict[str, dict[int, PythonFile]] = {}
    for file in view.product:
        number = _number_of(file)
        if number is None:
            continue
        folders.setdefault(file.path.rpartition("/")[0], {}).setdefault(number, file)
    if not view.product:
        return NotApplicable("no Python code")
    orders = {folder: files for folder, files in sorted(folders.items()) if _is_sequence(list(files))}
    commanded = _commanded(view) if orders else ""
    hits = [
        _order_hit(folder, [files[number] for number in sorted(files)])
        for folder, files in orders.items()
        if not _all_run(list(files.values()), commanded)
    ]
    if hits and (_shell_hides(view) or view.unread(PKG)):
        return Unknown(UNREAD_SHELL if _shell_hides(view) else UNREAD_TASKS)
    return Measure(len(hits) / view.ten_klocs, len(view.product), tuple(hits))


def _commanded(view: View) -> str:
    """All that the repository runs by itself: its commands, and what its Python hands to a call as a text."""
    commands = [text for _, _, text in view.commands]
    return " ".join(commands + [text for file in view.whole for text in _named_in(file)])


def _names_scripts(file: PythonFile) -> tuple[str, ...]:
    return tuple(call.first for call in file.facts.calls if ".py" in call.first or ".ipynb" in call.first)


_named_in = Memo(_names_scripts)


def _shell_hides(view: View) -> bool:
    """Whether a shell script went unread, or runs what a variable or a pattern names."""
    if any(entry.language == "shell" and entry.skipped and not entry.roles & SKIPPED for entry in view.files):
        return True
    return any(
        _RUNS_UNNAMED.search(command.text)
        for _, facts in view.tasks
        if facts.tool == SHELL
        for command in facts.commands
    )


def _is_sequence(numbers: list[int]) -> bool:
    """At least three, and most of the numbers between the first and the last."""
    return len(numbers) >= ENOUGH and min(numbers) <= 2 and len(numbers) >= 0.6 * (max(numbers) - min(numbers) + 1)


def _all_run(files: list[PythonFile], commanded: str) -> bool:
    run = sum(1 for file in files if file.path.rpartition("/")[2] in commanded)
    return run >= len(files) / 2


def _order_hit(folder: str, files: list[PythonFile]) -> Hit:
    names = [file.path.rpartition("/")[2] for file in files]
    shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    kind = "notebooks" if all(file.is_notebook for file in files) else "scripts"
    return Hit(
        path=files[0].path,
        line=1,
        key=f"numbered {folder}",
        message=f"The order of {len(names)} {kind} is kept in their names ({shown}) and no pipeline, Makefile "
        "or CI job runs them: people do, in an order that they have to know.",
        evidence={"files": len(names), "folder": folder or "."},
    )


# ---------------------------------------------------------------- the steps of a README


def manual_steps(view: View) -> Answer:
    """Scripts of the repository that its README or runbook tells people to run, and that no command of its own runs."""
    docs = [
        item for item in view.docs if item.facts.kind in ("readme", "runbook") and not LESSON.search(item.entry.path)
    ]
    if not docs:
        return Unknown("no README or runbook says how it is run")
    told = [(item, list(_steps(item, view))) for item in docs]
    if not any(steps for _, steps in told):
        return Unknown("no README or runbook names a script to run")
    commanded = _commanded(view) if any(len(steps) > FEW for _, steps in told) else ""
    by_hand = [
        (item, [(path, line) for path, line in steps if path.rpartition("/")[2] not in commanded])
        for item, steps in told
    ]
    item, steps = max(by_hand, key=lambda found: len(found[1]))
    if len(steps) > FEW and (_shell_hides(view) or view.unread(PKG)):
        return Unknown(UNREAD_SHELL if _shell_hides(view) else UNREAD_TASKS)
    hits = (_steps_hit(item, steps),) if len(steps) > FEW else ()
    return Measure(len(steps), sum(len(steps) for _, steps in told), hits)


def _steps(item: InPlace[DocFacts], view: View) -> Iterator[tuple[str, int]]:
    """Distinct scripts of the repository among the commands, with the line of the first."""
    seen: set[str] = set()
    folder = item.entry.path.rpartition("/")[0]
    for command in item.facts.commands:
        for match in _RUN.finditer(command.text):
            written = (match[1] or match[2]).removeprefix("./")
            for path in (f"{folder}/{written}" if folder else written, written):
                if path in view.paths and path not in seen:
                    seen.add(path)
                    yield path, command.line
                    break


def _steps_hit(item: InPlace[DocFacts], steps: list[tuple[str, int]]) -> Hit:
    names = [path for path, _ in steps]
    shown = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    return Hit(
        path=item.entry.path,
        line=steps[0][1],
        key="manual steps",
        message=f"{len(names)} scripts are run by hand as this page says ({shown}); no target, pipeline or CI job "
        "of the repository runs them.",
        evidence={"steps": len(names)},
    )
