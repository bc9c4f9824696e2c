"""dec.2: flags that code still asks for though nothing hangs on them, as an export tells them at each moment."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from scoring.analyses.stale_flags import NO_EXPORT, NO_NAMES, stale_flags
from scoring.analyses.view import View
from scoring.facts import Flag, FlagExport
from scoring.findings import Answer, Measure, NotApplicable, Unknown
from scoring.testing import component_from

TAKEN = datetime(2026, 6, 1, tzinfo=UTC)
LONG_AGO = TAKEN - timedelta(days=57)
ASKS = """import ldclient

client = ldclient.get()


def rank(rows, who):
    if client.variation({key!r}, who, False):
        return rows
    return rows[::-1]
"""
SERVE = ASKS.format(key="new-ranker")


def export(*flags: Flag, system: str = "LaunchDarkly", complete: bool = True) -> FlagExport:
    return FlagExport(system=system, taken_at=TAKEN, flags=flags, complete=complete, digest="0" * 16)


def said(given: FlagExport | None, files: dict[str, str] | None = None, as_of: datetime = TAKEN) -> Answer:
    component = component_from(files or {"serve.py": SERVE}, as_of=as_of)
    return stale_flags(View(msgspec.structs.replace(component, flags=given)))


def messages(answer: Answer) -> list[tuple[str, int, str]]:
    assert isinstance(answer, Measure)
    return [(hit.path, hit.line, hit.message.split("` ")[1].split(",")[0]) for hit in answer.hits]


STALE = Flag("new-ranker", value="true", changed_at=LONG_AGO)


def test_without_an_export_nothing_is_known() -> None:
    assert said(None) == Unknown(NO_EXPORT)


def test_code_that_asks_for_no_flag_is_not_spoken_of() -> None:
    assert said(export(STALE), {"a.py": "import os\n"}) == NotApplicable("no code asks for a flag of LaunchDarkly")
    other = {"a.py": "import waffle\n\nON = waffle.switch_is_active('new-ranker')\n"}
    assert said(export(STALE), other) == NotApplicable("no code asks for a flag of LaunchDarkly")


def test_names_that_are_worked_out_are_not_known() -> None:
    text = "import ldclient\n\n\ndef ask(key):\n    return ldclient.get().variation(key, None, False)\n"
    assert said(export(STALE), {"a.py": text}) == Unknown(NO_NAMES)


@pytest.mark.parametrize(
    "flag",
    [
        Flag("new-ranker", value="true", changed_at=TAKEN - timedelta(days=56)),
        Flag("new-ranker", changed_at=LONG_AGO),
        Flag("new-ranker", value="true", changed_at=LONG_AGO, kept=True),
        Flag("new-ranker", value="true", changed_at=TAKEN + timedelta(days=1)),
    ],
    ids=["changed lately", "not the same for everyone", "a kill switch", "changed later"],
)
def test_flag_that_something_hangs_on_is_clear(flag: Flag) -> None:
    assert said(export(flag)) == Measure(0, 1)


@pytest.mark.parametrize(
    ("flags", "what"),
    [
        ((STALE,), "gives everyone true since 2026-04-05"),
        ((Flag("new-ranker", archived=True),), "is archived in LaunchDarkly"),
        ((Flag("new-ranker", archived=True, kept=True),), "is archived in LaunchDarkly"),
        ((Flag("new-ranker", stale=True),), "is marked as stale in LaunchDarkly"),
        ((Flag("other"),), "is not in the export of LaunchDarkly of 2026-06-01"),
    ],
)
def test_flag_that_nothing_hangs_on_is_found_where_it_is_asked_for(flags: tuple[Flag, ...], what: str) -> None:
    assert messages(said(export(*flags))) == [("serve.py", 7, what)]


def test_flag_counts_once_and_is_told_at_each_place() -> None:
    files = {"a.py": SERVE, "b.py": SERVE + SERVE.replace("ldclient.get()", "None").replace("def rank", "def rank2")}
    answer = said(export(STALE), files)
    assert isinstance(answer, Measure)
    assert (answer.value, answer.population, [(hit.path, hit.line) for hit in answer.hits]) == (
        1,
        1,
        [("a.py", 7), ("b.py", 7), ("b.py", 16)],
    )


def test_key_bound_to_a_name_and_a_call_through_an_object_of_ones_own_are_followed() -> None:
    text = 'NEW = "new-ranker"\n\n\ndef rank(flags, gate):\n    return flags.is_enabled(NEW) and gate.is_on("size")\n'
    assert messages(said(export(STALE), {"a.py": text})) == [("a.py", 5, "gives everyone true since 2026-04-05")]


def test_experiment_with_an_end_date_is_none_until_that_day() -> None:
    files = {"serve.py": SERVE, "debtboard.toml": "[experiments.new_ranker]\nuntil = 2026-06-30\n"}
    assert said(export(STALE), files) == Measure(0, 1)
    assert messages(said(export(STALE), files, TAKEN + timedelta(days=31)))


def test_page_of_a_longer_list_calls_no_flag_unknown() -> None:
    assert isinstance(said(export(Flag("other"), complete=False)), Unknown)


def test_export_that_is_too_old_tells_nothing() -> None:
    assert isinstance(said(export(STALE), as_of=TAKEN + timedelta(days=56)), Measure)
    answer = said(export(STALE), as_of=TAKEN + timedelta(days=57))
    assert answer == Unknown("the export of feature flags is of 2026-06-01: hand a newer one over")


def test_what_is_not_dated_is_never_clear() -> None:
    answer = said(export(Flag("new-ranker", value="true")))
    assert answer == Unknown("of 1 of 1 flags the export does not tell how they stood, or since when")
    both = {"a.py": SERVE, "b.py": ASKS.format(key="dated")}
    answer = said(export(Flag("dated", value="1", changed_at=LONG_AGO), Flag("new-ranker", value="true")), both)
    assert isinstance(answer, Measure)
    assert (answer.value, answer.population) == (1, 1)
    assert answer.note == "of 1 of 2 flags the export does not tell how they stood, or since when"


def test_flag_of_which_the_export_says_only_that_it_is_there_is_never_clear() -> None:
    answer = said(export(Flag("new-ranker", changed_at=LONG_AGO, told=False)))
    assert answer == Unknown("of 1 of 1 flags the export does not tell how they stood, or since when")


BEFORE = TAKEN - timedelta(days=7)


@pytest.mark.parametrize(
    "flag",
    [
        Flag("new-ranker", archived=True),
        Flag("new-ranker", stale=True),
        Flag("new-ranker", value="true", changed_at=BEFORE + timedelta(days=1)),
        Flag("new-ranker", value="true"),
        Flag("other"),
        Flag("new-ranker"),
    ],
    ids=["archived some day", "marked some day", "changed since", "not dated", "not there now", "nothing told"],
)
def test_of_a_week_before_the_export_only_what_it_dates_is_known(flag: Flag) -> None:
    assert isinstance(said(export(flag), as_of=BEFORE), Unknown)


def test_of_a_week_before_the_export_what_it_dates_is_found() -> None:
    archived = Flag("new-ranker", archived=True, archived_at=BEFORE)
    assert messages(said(export(archived), as_of=BEFORE)) == [("serve.py", 7, "is archived in LaunchDarkly")]
    assert messages(said(export(Flag("new-ranker", value="1", changed_at=BEFORE - timedelta(days=57))), as_of=BEFORE))
    assert isinstance(said(export(archived), as_of=BEFORE - timedelta(days=1)), Unknown)
