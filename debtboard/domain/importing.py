"""Registering many from a CSV: every line is checked before the first is kept; all are taken, or none."""

import csv
import io
import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace

from django.db import transaction

from debtboard.domain import access, founding
from debtboard.domain.refusals import Refused
from debtboard.domain.registering import Checked, Probed, Registration, check, credential_for, keep, probe
from debtboard.models import Component, Person, Repository, Team
from scoring.sources.credentials import Credential

log = logging.getLogger(__name__)

COLUMNS = ("address", "team", "name", "path", "branch", "token", "profile", "excludes", "schedule")
NEEDED = ("address", "team")
MAX_LINES = 500
PROBES_AT_ONCE = 8
PROBE_SECONDS = 20.0
"""For all lines together: a line whose server has not answered by then is refused."""


class RefusedLines(Exception):
    """What is wrong, line by line: nothing was registered."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__(f"{len(problems)} lines can't be used.")
        self.problems = problems


def register_csv(text: str, by: Person) -> list[Component]:
    """Raises RefusedLines."""
    lines = _read(text)
    problems: list[tuple[int, str]] = []
    checked: list[tuple[int, Checked, Credential | None]] = []
    seen: dict[tuple[str, str], int] = {}
    planned: dict[str, Team] = {}
    for number, cells in lines:
        try:
            found = check(_registration(cells, by, planned), by)
            first = seen.setdefault((found.address.url, found.path), number)
            if first != number:
                raise Refused(f"The same repository and path stand on line {first}: keep one of them.")
            checked.append((number, found, credential_for(found, by)))
        except Refused as refused:
            problems.append((number, str(refused)))
    probed, unanswered = _probed(checked)
    problems.extend(unanswered)
    if problems:
        raise RefusedLines(sorted(problems))
    with transaction.atomic():
        kept = []
        for number, found in probed:
            try:
                kept.append(keep(_again(found), by))
            except Refused as refused:
                transaction.set_rollback(True)
                raise RefusedLines([(number, str(refused))]) from None
    return kept


def _read(text: str) -> list[tuple[int, dict[str, str]]]:
    """(line, cells by column), empty lines left out."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restval="", strict=True)
    try:
        names = [name.strip().lower() for name in rows.fieldnames or ()]
        unknown = sorted(set(names) - set(COLUMNS))
        missing = [name for name in NEEDED if name not in names]
        if missing or unknown:
            said = f"the column {missing[0]!r} is missing" if missing else f"no column is called {unknown[0]!r}"
            raise RefusedLines([(1, f"In the first line {said}: it names columns, of {', '.join(COLUMNS)}.")])
        rows.fieldnames = names
        lines = []
        for row in rows:
            if None in row:
                raise RefusedLines(
                    [(rows.line_num, "The line has more cells than the first: quote those with commas.")]
                )
            cells = {name: (value or "").strip() for name, value in row.items()}
            if any(cells.values()):
                lines.append((rows.line_num, cells))
    except csv.Error as error:
        raise RefusedLines([(rows.line_num + 1, f"The line is no CSV ({error}): check its quotes.")]) from None
    if not lines:
        raise RefusedLines([(1, "The list is empty: give a first line of column names, then a line for each.")])
    if len(lines) > MAX_LINES:
        raise RefusedLines([(MAX_LINES + 2, f"There are more than {MAX_LINES} lines: split the list.")])
    return lines


def _registration(cells: dict[str, str], by: Person, planned: dict[str, Team]) -> Registration:
    team = _team(cells["team"], by, planned)
    profile = cells.get("profile", "").lower() or Component.Profile.PRODUCTION
    if profile not in Component.Profile.values:
        raise Refused(f"The profile {profile!r} is none of {', '.join(Component.Profile.values)}.")
    schedule = cells.get("schedule", "").lower() or Repository.Schedule.DAILY
    if schedule not in Repository.Schedule.values:
        raise Refused(f"The schedule {schedule!r} is none of {', '.join(Repository.Schedule.values)}.")
    return Registration(
        address=cells["address"],
        team=team,
        name=cells.get("name", "")[:200],
        path=cells.get("path", ""),
        branch=cells.get("branch", ""),
        token=cells.get("token", ""),
        profile=profile,
        excludes=tuple(part.strip() for part in cells.get("excludes", "").split(";") if part.strip()),
        schedule=schedule,
    )


def _team(said: str, by: Person, planned: dict[str, Team]) -> Team:
    """One that is there, by its slug or name; else a new one, the same for all lines that name it."""
    teams = access.registrable_teams(by)
    found = teams.filter(slug=said).first() or teams.filter(name__iexact=said).first()
    if found is not None:
        return found
    key = " ".join(said.split()).casefold()
    if key not in planned:
        planned[key] = founding.planned(said, by)
    return planned[key]


def _probed(
    checked: list[tuple[int, Checked, Credential | None]],
) -> tuple[list[tuple[int, Probed]], list[tuple[int, str]]]:
    """(what answered, what is wrong with the rest). Several are asked at once, each outside the database."""
    pool = ThreadPoolExecutor(PROBES_AT_ONCE)
    asked = [(number, pool.submit(probe, found, credential)) for number, found, credential in checked]
    done, _ = wait([future for _, future in asked], timeout=PROBE_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    probed, problems = [], []
    for number, future in asked:
        if future not in done:
            problems.append(
                (number, f"It was not reached within {PROBE_SECONDS:.0f} seconds: give fewer lines at once.")
            )
        elif (said := _problem(future)) is not None:
            problems.append((number, said))
        else:
            probed.append((number, future.result()))
    return probed, problems


def _problem(future: Future[Probed]) -> str | None:
    """Why a probe that ended did not end well; whatever it raised, the line is not believed."""
    error = future.exception()
    if error is None or isinstance(error, Refused):
        return None if error is None else str(error)
    log.error("a line of an import could not be probed", exc_info=error)
    return f"It could not be asked ({type(error).__name__}): try again, or register it by itself."


def _again(probed: Probed) -> Probed:
    """Two lines may name two paths of one repository: the second finds what the first has just kept."""
    checked = probed.checked
    if checked.existing is not None:
        return probed
    organisation = checked.wanted.team.organisation
    existing = Repository.objects.filter(organisation=organisation, address=checked.address.url).first()
    return replace(probed, checked=replace(checked, existing=existing))
