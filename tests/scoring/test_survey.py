"""From a repository to components: moments, content addressing, skips, excludes (T5, catalogue 2.6)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scoring.debts import all_debts
from scoring.engine import assess
from scoring.measuring import TallyCache
from scoring.moments import end_of_week
from scoring.reading_ahead import Progress, Stopped
from scoring.reports.json import entry
from scoring.sandbox import Sandbox
from scoring.scores.answers import week_of
from scoring.scores.debts import rows_of
from scoring.sources.git import GitRepository
from scoring.sources.stores import MemoryFactStore
from scoring.survey import Survey
from tests.scoring.sources.git_lab import DAY, Lab

MONDAY = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())
TRAIN = "from sklearn.svm import SVC\n\nSVC().fit(X, y)\n"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as shared:
        yield shared


def history(lab: Lab) -> list[str]:
    """Four commits in three weeks of 2026: W10 (two), W11, W13."""
    commits: list[str] = []
    for days, files in (
        (0, {"train.py": TRAIN}),
        (1, {"train.py": TRAIN, "README.md": "# Model\n"}),
        (7, {"train.py": TRAIN + "# a change\n", "README.md": "# Model\n"}),
        (21, {"train.py": TRAIN + "# a change\n", "README.md": "# Model\n", "more.py": "import os\n"}),
    ):
        parents = (commits[-1],) if commits else ()
        commits.append(lab.commit(lab.files(files), parents, time=MONDAY + days * DAY))
    lab.point(commits[-1])
    return commits


def test_moments_end_before_the_first_commit(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    commits = history(lab)
    as_of = datetime(2026, 3, 24, 12, tzinfo=UTC)
    with GitRepository(lab.path) as repository:
        moments = Survey(repository, MemoryFactStore(), sandbox).moments(commits[3], as_of, 104)
    assert [(moment.week, moment.commit) for moment in moments] == [
        ("2026-W13", commits[3]),
        ("2026-W12", commits[2]),
        ("2026-W11", commits[2]),
        ("2026-W10", commits[1]),
    ]
    assert [moment.as_of for moment in moments] == [
        as_of,
        *(end_of_week(as_of) - timedelta(weeks=back) for back in (1, 2, 3)),
    ]


def test_every_unique_blob_is_read_once(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    commits = history(lab)
    store = MemoryFactStore()
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, store, sandbox)
        moments = survey.moments(commits[3], datetime(2026, 3, 24, tzinfo=UTC), 104)
        survey.prepare(moments)
        for moment in moments:
            survey.component(moment)
        assert survey.parsed == 6  # two versions of train.py, each also for what it chooses, more.py, README.md
        again = Survey(repository, store, sandbox)
        again.prepare(again.moments(commits[3], datetime(2026, 3, 24, tzinfo=UTC), 104))
        assert again.parsed == 0


def test_each_week_equals_a_scan_of_its_commit(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    commits = history(lab)
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox)
        moments = survey.moments(commits[3], datetime(2026, 3, 24, tzinfo=UTC), 104)
        tallies = TallyCache()
        together = [
            entry(week_of(moment.week, assess(survey.component(moment), commits[0], tallies))) for moment in moments
        ]
        apart = []
        for moment in moments:
            alone = Survey(repository, MemoryFactStore(), sandbox)
            only = alone.moments(moment.commit, moment.as_of, 1)[0]
            apart.append(entry(week_of(moment.week, assess(alone.component(only), commits[0]))))
    assert together == apart


def test_stop_keeps_what_was_read(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    commits = history(lab)
    store = MemoryFactStore()
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, store, sandbox)
        moments = survey.moments(commits[3], datetime(2026, 3, 24, tzinfo=UTC), 104)
        answers = iter([False, True])
        with pytest.raises(Stopped):
            survey.prepare(moments, should_stop=lambda: next(answers))
        assert survey.parsed == 3
        survey.prepare(moments)
        assert survey.parsed == 4


def test_progress_ends_at_the_whole(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    commits = history(lab)
    seen: list[Progress] = []
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox)
        survey.prepare(survey.moments(commits[3], datetime(2026, 3, 24, tzinfo=UTC), 104), seen.append)
    assert [(p.blobs, p.blobs_total) for p in seen] == [(3, 4), (4, 4), (4, 4)]
    assert seen[-1] == Progress(4, 4, 4, 4)


def test_unread_files_are_reasoned_and_never_clean(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    large = b"x = 1\n" * 400_000
    tree = lab.tree(
        ("100644", b"big.py", lab.blob(large)),
        ("100644", b"broken.py", lab.blob(b"def f(:\n")),
        ("120000", b"link.py", lab.blob(b"../../etc/passwd")),
        ("100644", b"lost.py", "1" * 40),
        ("100644", b"old.py", lab.blob(b"print 'two'\n")),
        ("160000", b"sub", "2" * 40),
        ("100644", b"train.py", lab.blob(TRAIN.encode())),
    )
    commit = lab.point(lab.commit(tree))
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox)
        assessment = assess(survey.component(survey.moments(commit, datetime(2026, 3, 24, tzinfo=UTC), 1)[0]), commit)
    assert [(skip.path, skip.reason.partition(":")[0]) for skip in assessment.coverage.skipped] == [
        ("big.py", "2.4 MB, over the limit of 2 MB"),
        ("broken.py", "does not parse"),
        ("link.py", "symbolic link"),
        ("lost.py", "its blob is missing from this copy of the repository"),
        ("old.py", "Python 2"),
    ]
    assert [(skip.path, skip.reason) for skip in assessment.coverage.excluded] == [("sub", "submodule")]
    python = [signal for signal in assessment.signals if signal.source == "PY" and signal.badness is not None]
    assert {signal.unread for signal in python} == {round(5 / 6, 6)}


def test_component_reads_its_folder_alone(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    commit = lab.one({"services/churn/train.py": TRAIN, "services/other.py": "import os\n", "setup.py": ""})
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox, "services/churn/")
        component = survey.component(survey.moments(commit, datetime(2026, 3, 24, tzinfo=UTC), 1)[0])
        assert survey.exists(commit)
        assert not Survey(repository, MemoryFactStore(), sandbox, "services/none").exists(commit)
    assert [entry.path for entry in component.files] == ["train.py"]


def test_excludes_are_shown_and_not_counted(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    toml = '[scan]\nexclude = ["legacy/**"]\n'
    commit = lab.one(
        {
            "debtboard.toml": toml,
            "legacy/old.py": "import os\n",
            "lab/x.py": "import os\n",
            "node_modules/a.py": "",
            "train.py": TRAIN,
        }
    )
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox, exclude=["lab"])
        component = survey.component(survey.moments(commit, datetime(2026, 3, 24, tzinfo=UTC), 1)[0])
    assert [(entry.path, entry.skipped) for entry in component.files] == [
        ("debtboard.toml", ""),
        ("legacy/old.py", "excluded by debtboard.toml, which nobody has approved yet"),
        ("train.py", ""),
    ]
    assert [path for path, _ in component.excluded] == ["lab/x.py", "node_modules/a.py"]


@pytest.mark.parametrize("pattern", ["b.py", "**"])
def test_exclude_that_waits_keeps_the_bad_and_hides_the_good(tmp_path: Path, sandbox: Sandbox, pattern: str) -> None:
    lab = Lab(tmp_path / "r")
    commit = lab.one({"train.py": TRAIN, "b.py": TRAIN + "# TODO: split by day\n"})
    with GitRepository(lab.path) as repository:
        plain, waiting = (
            assess(survey.component(survey.moments(commit, datetime(2026, 3, 24, tzinfo=UTC), 1)[0]), commit)
            for survey in (Survey(repository, MemoryFactStore(), sandbox, asked=asked) for asked in ([], [pattern]))
        )
    assert waiting.findings == plain.findings != ()
    pairs = [(one, other) for one, other in zip(plain.debts, waiting.debts, strict=True) if one.index.worst is not None]
    assert all(
        other.segments.good <= one.segments.good and other.index.worst >= one.index.worst for one, other in pairs
    )
    assert sum(other.segments.unseen > one.segments.unseen for one, other in pairs) > 1


@pytest.mark.parametrize("pattern", ["**", "*.py", "train.py"])
def test_code_that_settings_leave_out_is_unknown_and_never_absent(
    tmp_path: Path, sandbox: Sandbox, pattern: str
) -> None:
    lab = Lab(tmp_path / "r")
    commit = lab.one({"train.py": TRAIN, "README.md": "# Churn\n", "pyproject.toml": "[project]\nname = 'churn'\n"})
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox, exclude=[pattern])
        assessment = assess(survey.component(survey.moments(commit, datetime(2026, 3, 24, tzinfo=UTC), 1)[0]), commit)
    assert {(answer.state, answer.index.best, answer.index.worst) for answer in assessment.litmus} == {
        ("unknown", 0, 100)
    }
    assert {test.state for section in assessment.rubric.sections for test in section.tests} == {"unknown"}
    weighing = {debt.slug for debt in all_debts() if any(row.weight > 0 for row in rows_of(debt))}
    assert {score.state for score in assessment.debts if score.slug in weighing} == {"unknown"}
    assert {practice.state for practice in assessment.practices} == {"unknown"}


def test_profile_that_is_only_declared_does_not_count(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    commit = lab.one({"debtboard.toml": '[component.""]\nprofile = "library"\n', "train.py": TRAIN})
    profiles = []
    with GitRepository(lab.path) as repository:
        for approved in (None, "library"):
            survey = Survey(repository, MemoryFactStore(), sandbox, profile=approved)
            moment = survey.moments(commit, datetime(2026, 3, 24, tzinfo=UTC), 1)[0]
            profiles.append(survey.component(moment).profile)
    assert profiles == ["production", "library"]


def test_exclude_that_was_refused_or_waits_is_never_followed(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    toml = '[scan]\nexclude = ["a.py", "b.py"]\n'
    commit = lab.one({"debtboard.toml": toml, "a.py": TRAIN, "b.py": TRAIN, "c.py": TRAIN})
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox, asked=["c.py"], refused=["a.py"])
        component = survey.component(survey.moments(commit, datetime(2026, 3, 24, tzinfo=UTC), 1)[0])
    assert [(entry.path, bool(entry.facts), entry.skipped) for entry in component.files] == [
        ("a.py", True, ""),
        ("b.py", True, "excluded by debtboard.toml, which nobody has approved yet"),
        ("c.py", True, "excluded by the component's settings, which nobody has approved yet"),
        ("debtboard.toml", True, ""),
    ]


def test_link_that_becomes_a_file_of_the_same_bytes_is_read(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    blob = lab.blob(b"train.py")
    first = lab.commit(lab.tree(("120000", b"a.py", blob)), time=MONDAY)
    second = lab.point(lab.commit(lab.tree(("100644", b"a.py", blob)), (first,), time=MONDAY + 7 * DAY))
    with GitRepository(lab.path) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox)
        moments = survey.moments(second, datetime(2026, 3, 10, tzinfo=UTC), 9)
        read = [[bool(entry.facts) for entry in survey.component(moment).files] for moment in moments]
    assert read == [[True], [False]]


def test_blob_that_comes_back_is_read_then(tmp_path: Path, sandbox: Sandbox) -> None:
    lab = Lab(tmp_path / "r")
    commit = lab.one({"train.py": TRAIN})
    path = lab.loose(lab.blob(TRAIN.encode()))
    kept, store = path.read_bytes(), MemoryFactStore()
    path.unlink()
    said = []
    for restore in (False, True):
        if restore:
            path.write_bytes(kept)
        with GitRepository(lab.path) as repository:
            survey = Survey(repository, store, sandbox)
            component = survey.component(survey.moments(commit, datetime(2026, 3, 24, tzinfo=UTC), 1)[0])
        said.append([entry.skipped for entry in component.files])
    assert said == [["its blob is missing from this copy of the repository"], [""]]
