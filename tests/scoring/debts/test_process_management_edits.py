"""One edit made by hand in many sibling configurations, told from small histories (prc.2)."""

from datetime import UTC, datetime, timedelta

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Outcome
from scoring.moments import Moment, iso_week
from scoring.sources.git import GitRepository
from scoring.survey import Survey
from scoring.testing import check_unknown, facts_from, result_of
from tests.scoring.past import NOW, Past

CITIES = ("bonn", "cork", "lima", "oslo", "rome", "york")
TRAIN = {"train.py": "from sklearn.svm import SVC\n\nSVC()\n"}


def configs(text: str, names: tuple[str, ...] = CITIES, path: str = "conf/{0}.yaml") -> dict[str, str]:
    """One file for each city: what `text` says, and a seed of its own."""
    return TRAIN | {path.format(name): f"{text}seed: {place}\n" for place, name in enumerate(names)}


@pytest.mark.parametrize("history", [HistoryFacts(), HistoryFacts(reason="shallow clone")], ids=str)
def test_history_that_says_nothing_is_unknown(history: HistoryFacts) -> None:
    check_unknown("prc.2", configs("rate: 1\n"), history=history)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (configs("rate: 1\n", CITIES[:4]), configs("rate: 2\n", CITIES[:4])),
        (configs("version: 1\n"), configs("version: 2\n")),
        (configs("defaults: [base.yaml]\n"), configs("defaults: [base]\n")),
        (configs("models:\n- name: a\n"), configs("models:\n- name: b\n- name: a\n")),
        (configs("steps:\n- name: a\nlog: x\n"), configs("steps:\n- name: a\nlog: y\n")),
        (configs("apiVersion: v1\nrate: 1\n"), configs("apiVersion: v1\nrate: 2\n")),
        (configs("metrics: []\n"), configs("metrics:\n- name: a\n")),
        (configs("results:\n  best: 1\n"), configs("results:\n  best: 2\n")),
        (configs("current_version: 1\n"), configs("current_version: 2\n")),
        (configs("moduleVersion: 1\n"), configs("moduleVersion: 2\n")),
        (configs("rate: 1\n", path="taskcluster/{0}.yml"), configs("rate: 2\n", path="taskcluster/{0}.yml")),
        (configs("mutate { add: 1\n"), configs("mutate { add: 2\n")),
        (configs("a: 1\n", path="trained_models/{0}/p.yaml"), configs("a: 2\n", path="trained_models/{0}/p.yaml")),
        (configs("rate: 1\n", path="tests/conf/{0}.yaml"), configs("rate: 2\n", path="tests/conf/{0}.yaml")),
        (
            TRAIN | {f"conf/{name}.yaml": f"rate: {place}\n" for place, name in enumerate(CITIES)},
            TRAIN | {f"conf/{name}.yaml": f"rate: {place + 9}\n" for place, name in enumerate(CITIES)},
        ),
    ],
    ids=[
        "four",
        "version",
        "composed-from",
        "place-in-a-list",
        "build",
        "manifest",
        "filled",
        "results",
        "version-by-another-name",
        "version-of-a-part",
        "service-that-builds",
        "no-key",
        "records",
        "tests",
        "own-values",
    ],
)
def test_edit_that_no_five_siblings_share_is_none(past: Past, before: dict[str, str], after: dict[str, str]) -> None:
    past.add(40, before)
    past.add(20, after)
    assert past.told("prc.2")[1] == ()


def test_edit_of_long_ago_is_none(past: Past) -> None:
    past.add(500, configs("rate: 1\n"))
    past.add(400, configs("rate: 2\n"))
    assert past.told("prc.2")[1] == ()


def test_edit_of_files_that_are_gone_is_none(past: Past) -> None:
    past.add(40, configs("rate: 1\n"))
    past.add(30, configs("rate: 2\n"))
    past.add(20, configs("rate: 2\n", CITIES[:3]))
    assert past.told("prc.2")[1] == ()


def test_versions_that_cannot_be_read_are_unknown(past: Past) -> None:
    past.add(40, configs("rate: [1\n"))
    past.add(30, configs("rate: [2\n"))
    past.add(20, configs("rate: 2\n"))
    assert past.told("prc.2")[0].outcome is Outcome.UNKNOWN


def test_new_files_are_no_edit(past: Past) -> None:
    past.add(40, TRAIN)
    past.add(20, configs("rate: 1\n"))
    assert past.told("prc.2")[0].outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "path", ["conf/{0}.yaml", "conf/{0}/params.yaml"], ids=["in-one-folder", "in-folders-beside-each-other"]
)
def test_one_edit_in_siblings_is_found_at_its_key(past: Past, path: str) -> None:
    past.add(40, configs("depth: 3\nrate: 1\n", path=path))
    commit = past.add(20, configs("depth: 3\nrate: 2\n", path=path))
    result, (finding,) = past.told("prc.2")
    assert (result.outcome, result.value, result.population) == (Outcome.FOUND, 1, 6)
    assert (finding.path, finding.line) == (path.format("bonn"), 2)
    assert finding.evidence == {
        "commit": commit[:12],
        "date": f"{NOW - timedelta(days=20):%Y-%m-%d}",
        "files": 6,
        "keys": 1,
    }


def test_key_that_left_its_siblings_is_found_in_the_first(past: Past) -> None:
    past.add(40, configs("depth: 3\nrate: 1\n"))
    past.add(20, configs("depth: 3\n"))
    assert [(finding.path, finding.line) for finding in past.told("prc.2")[1]] == [("conf/bonn.yaml", 1)]


def test_commit_that_was_made_again_is_told_once(past: Past) -> None:
    past.add(40, configs("rate: 1\n"))
    past.add(30, configs("rate: 2\n"))
    past.add(20, configs("rate: 1\n"))
    past.add(10, configs("rate: 2\n"))
    dates = sorted(finding.evidence["date"] for finding in past.told("prc.2")[1])
    assert dates == [f"{NOW - timedelta(days=days):%Y-%m-%d}" for days in (20, 10)]


def test_near_copies_count_and_are_not_listed_again() -> None:
    text = "".join(f"key_{number}: {number}\n" for number in range(9))
    files = {"conf/a.yaml": text + "size: 1\n", "conf/b.yaml": text + "size: 2\n", **TRAIN}
    result, findings = result_of("prc.2", facts_from(files, history=HistoryFacts(sibling_edits=())))
    assert (result.outcome, result.value, findings) == (Outcome.FOUND, 1, ())


def test_weeks_say_the_same_in_either_direction(past: Past) -> None:
    for number in range(6):
        past.add(420 - 60 * number, configs(f"rate: {number}\n", CITIES[: 6 - number % 2]))
    with GitRepository(past.lab.path) as repository:
        stamps = repository.first_parents(past.commits[-1])
        times = [(stamp.id, datetime.fromtimestamp(stamp.time or 0, UTC)) for stamp in stamps]
        moments = [Moment(iso_week(time), time, commit) for commit, time in times]

        def edits(order: list[Moment], survey: Survey) -> list[object]:
            return [component.history.sibling_edits for item in order if (component := survey.component(item)).history]

        newest_first = edits(moments, past.survey(repository))
        oldest_first = edits(moments[::-1], past.survey(repository))
    assert newest_first == oldest_first[::-1]
    assert any(newest_first)
