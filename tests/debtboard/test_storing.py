from datetime import UTC, date, datetime

import pytest

from debtboard.domain import leasing, reports, scanning, storing
from debtboard.models import Finding, Point, Scan, Snapshot
from tests.conftest import HISTORY, TRAIN

pytestmark = pytest.mark.django_db


def states(component):
    return dict(Finding.objects.filter(component=component).order_by("pk").values_list("public_id", "state"))


def test_scan_of_missing_folder_fails_and_marks_stale(scanned, run_scan, tmp_path):
    before, current = states(scanned), scanned.current_id
    scanned.repository.address = str(tmp_path / "gone")
    scanned.repository.save()
    scan = run_scan(scanned, "2026-11-17T09:00:00Z")
    assert (scan.status, scan.attempt) == (Scan.Status.FAILED, 1)
    assert scan.reason == f"{tmp_path / 'gone'} is no folder of this host: name a git work tree or a bare repository."
    assert (scanned.current_id, states(scanned)) == (current, before)
    assert scanned.stale_since is not None
    assert scanned.stale_reason == scan.reason


def test_scan_of_folder_not_allowed_is_refused(scanned, run_scan, settings):
    settings.LOCAL_FOLDERS = []
    scan = run_scan(scanned, "2026-11-17T09:00:00Z")
    assert scan.status == Scan.Status.FAILED
    assert "DEBTBOARD_LOCAL_FOLDERS" in scan.reason


def test_empty_repository_is_said(make_component, run_scan):
    component = make_component("bare", commits=())
    scan = run_scan(component)
    assert (scan.status, scan.reason) == (
        Scan.Status.FAILED,
        "The repository has no commits yet: push one, then scan again.",
    )
    component.repository.refresh_from_db()
    assert component.repository.state == "empty"


def test_next_good_scan_ends_staleness(scanned, run_scan, settings):
    allowed = settings.LOCAL_FOLDERS
    settings.LOCAL_FOLDERS = []
    run_scan(scanned, "2026-11-17T09:00:00Z")
    settings.LOCAL_FOLDERS = allowed
    scan = run_scan(scanned, "2026-11-18T09:00:00Z")
    assert scan.status == Scan.Status.DONE
    assert (scanned.stale_since, scanned.stale_reason) == (None, "")


def test_lost_token_stores_nothing(component):
    scan = scanning.queue(component, due_at=datetime(2026, 11, 16, 9, tzinfo=UTC))
    held = leasing.claim(scan.pk)
    Scan.objects.filter(pk=scan.pk).update(token=held.token + 1)
    with pytest.raises(leasing.Lost), leasing.Lease(held) as lease:
        scanning._carry_out(held, lease)
    assert Snapshot.objects.count() == 0


def test_weeks_are_stored_newest_first_and_as_history(scanned):
    rows = Snapshot.objects.filter(component=scanned).order_by("pk").values_list("week", "backfilled", "week_latest")
    assert list(rows) == [
        (date(2026, 11, 16), False, True),
        *[(date(2026, *day), True, True) for day in ((11, 9), (11, 2), (10, 26), (10, 19), (10, 12), (10, 5))],
    ]


def test_scan_twice_for_same_moment_stores_once(scanned):
    scan = Scan.objects.get()
    count = Snapshot.objects.count()
    Scan.objects.filter(pk=scan.pk).update(status=Scan.Status.QUEUED, attempt=0)
    scanning.run(scan.pk)
    scan.refresh_from_db()
    assert (scan.status, Snapshot.objects.count()) == (Scan.Status.DONE, count)


def test_report_is_kept_byte_for_byte(scanned, make_component, run_scan):
    other = make_component("twin")
    run_scan(other)
    assert reports.raw(scanned.current) == reports.raw(other.current)
    assert reports.read(scanned.current)["schema"] == "debtboard.report/1"


def test_columns_equal_the_report(scanned):
    snapshot, report = scanned.current, reports.read(scanned.current)
    score = report["rubric"]["score"]
    assert (snapshot.rubric_worst, snapshot.rubric_value, snapshot.rubric_best) == (
        score["worst"],
        score["value"],
        score["best"],
    )
    columns = [
        {part: getattr(snapshot, f"q{number}_{part}") for part in ("best", "value", "worst")} for number in range(1, 6)
    ]
    assert columns == [answer["index"] for answer in report["litmus"]]


def test_points_equal_the_report(scanned):
    report = reports.read(scanned.current)
    points = Point.objects.filter(component=scanned, week=date(2026, 11, 16)).select_related("measure")
    stored = {point.measure.slug: (point.best, point.value, point.worst) for point in points}
    expected = {
        item["slug"]: (item["index"]["best"], item["index"]["value"], item["index"]["worst"])
        for item in [*report["debts"], *report["litmus"]]
    }
    assert expected == {slug: stored[slug] for slug in expected}
    assert stored["findings-open"][1] == scanned.current.findings_open


def test_later_snapshot_of_a_week_takes_its_point(scanned, run_scan):
    run_scan(scanned, "2026-11-18T09:00:00Z")
    week = Snapshot.objects.filter(component=scanned, week=date(2026, 11, 16)).order_by("as_of")
    assert [snapshot.week_latest for snapshot in week] == [False, True]


def test_finding_is_first_seen_in_its_oldest_week(scanned):
    finding = Finding.objects.filter(component=scanned, path="train.py").first()
    assert finding.first_seen_at == datetime(2026, 10, 11, 23, 59, 59, tzinfo=UTC)
    assert finding.first_snapshot.week == date(2026, 10, 5)
    assert finding.state == Finding.State.OPEN


def test_finding_goes_and_returns(scanned, run_scan, repository_of):
    path = "train.py"
    known = set(Finding.objects.filter(component=scanned, path=path, present=True).values_list("public_id", flat=True))
    assert known
    repository_of("churn", [("2026-11-17T10:00:00Z", {path: "import os\n"})])
    run_scan(scanned, "2026-11-18T09:00:00Z")
    fixed = Finding.objects.filter(component=scanned, path=path, state="fixed", public_id__in=known)
    assert {finding.public_id for finding in fixed} == known
    assert {finding.fixed_at for finding in fixed} == {datetime(2026, 11, 18, 9, tzinfo=UTC)}
    repository_of("churn", [("2026-11-19T10:00:00Z", {path: TRAIN})])
    run_scan(scanned, "2026-11-20T09:00:00Z")
    returned = Finding.objects.filter(component=scanned, path=path, state="reopened", present=True)
    assert {finding.public_id for finding in returned} == known


def test_file_that_goes_unread_fixes_nothing(scanned, run_scan, repository_of):
    before = states(scanned)
    assert Finding.objects.filter(component=scanned, path="train.py", state="open", present=True).exists()
    repository_of("churn", [("2026-11-17T10:00:00Z", {"train.py": TRAIN + "print 'fitted'\n"})])
    scan = run_scan(scanned, "2026-11-18T09:00:00Z")
    assert (scan.status, scanned.current.commit) == (Scan.Status.DONE, scan.commit)
    assert "train.py" in [entry["path"] for entry in reports.read(scanned.current)["coverage"]["skipped"]]
    after = states(scanned)
    assert {key: after[key] for key in before} == before
    repository_of("churn", [("2026-11-19T10:00:00Z", {"train.py": TRAIN})])
    run_scan(scanned, "2026-11-20T09:00:00Z")
    assert {key: states(scanned)[key] for key in before} == before


def test_file_that_goes_for_good_fixes_what_it_held(scanned, run_scan, repository_of):
    repository_of("churn", [("2026-11-17T10:00:00Z", {"train.py": None})])
    run_scan(scanned, "2026-11-18T09:00:00Z")
    gone = Finding.objects.filter(component=scanned, path="train.py")
    assert set(gone.values_list("state", "present")) == {("fixed", False)}


def test_finding_survives_a_line_move(scanned, run_scan, repository_of):
    before = dict(Finding.objects.filter(path="train.py", present=True).values_list("public_id", "line"))
    repository_of("churn", [("2026-11-17T10:00:00Z", {"train.py": "# moved\n\n" + TRAIN})])
    run_scan(scanned, "2026-11-18T09:00:00Z")
    after = dict(Finding.objects.filter(path="train.py", present=True).values_list("public_id", "line"))
    moved = {key: after[key] - line for key, line in before.items() if line > 1}
    assert moved
    assert set(moved.values()) == {2}


def test_finding_survives_a_rename(scanned, run_scan, repository_of):
    before = set(Finding.objects.filter(path="train.py", present=True).values_list("public_id", flat=True))
    repository_of("churn", [("2026-11-17T10:00:00Z", {"train.py": None, "jobs/fit.py": TRAIN})])
    run_scan(scanned, "2026-11-18T09:00:00Z")
    after = set(Finding.objects.filter(path="jobs/fit.py", present=True).values_list("public_id", flat=True))
    assert after == before


def test_copy_is_no_rename(scanned, run_scan, repository_of):
    before = set(Finding.objects.filter(path="train.py", present=True).values_list("public_id", flat=True))
    repository_of("churn", [("2026-11-17T10:00:00Z", {"zz/fit.py": TRAIN})])
    run_scan(scanned, "2026-11-18T09:00:00Z")
    assert set(Finding.objects.filter(path="train.py", present=True).values_list("public_id", flat=True)) == before
    copies = set(Finding.objects.filter(path="zz/fit.py").values_list("public_id", flat=True))
    assert not copies & before


def test_rename_in_the_past_keeps_the_age(make_component, run_scan):
    component = make_component(
        "moved", [HISTORY[0], ("2026-10-21T10:00:00Z", {"train.py": None, "jobs/fit.py": TRAIN})]
    )
    run_scan(component, weeks=8)
    finding = Finding.objects.filter(component=component, path="jobs/fit.py", present=True).first()
    assert finding.first_seen_at == datetime(2026, 10, 11, 23, 59, 59, tzinfo=UTC)
    assert not Finding.objects.filter(component=component, path="train.py").exists()


def test_what_was_fixed_before_registration_is_kept_as_fixed(make_component, run_scan):
    component = make_component("tidied", [HISTORY[0], ("2026-10-21T10:00:00Z", {"train.py": "import os\n"})])
    run_scan(component, weeks=8)
    finding = Finding.objects.filter(component=component, path="train.py").first()
    assert (finding.state, finding.present) == (Finding.State.FIXED, False)
    assert finding.fixed_at == datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC)


BROKEN = TRAIN + "print 'fitted'\n"


def past_fates(component) -> set[tuple]:
    rows = Finding.objects.filter(component=component, path="train.py", signal__startswith="rep.")
    return set(rows.values_list("state", "present", "fixed_at"))


def test_file_that_no_newer_week_could_read_fixed_nothing(make_component, run_scan):
    component = make_component("broken", [HISTORY[0], ("2026-10-14T10:00:00Z", {"train.py": BROKEN})])
    run_scan(component, weeks=8)
    assert past_fates(component) == {("open", True, None)}


def test_finding_is_fixed_by_the_first_week_that_read_its_file(make_component, run_scan):
    commits = [
        HISTORY[0],
        ("2026-10-14T10:00:00Z", {"train.py": BROKEN}),
        ("2026-10-28T10:00:00Z", {"train.py": "import os\n"}),
    ]
    component = make_component("mended", commits)
    run_scan(component, weeks=8)
    assert past_fates(component) == {("fixed", False, datetime(2026, 11, 1, 23, 59, 59, tzinfo=UTC))}


def test_finding_is_fixed_by_the_week_in_which_its_file_was_gone(make_component, run_scan):
    commits = [HISTORY[0], ("2026-10-14T10:00:00Z", {"train.py": None, "serve.py": "import os\n"})]
    component = make_component("gone", commits)
    run_scan(component, weeks=8)
    assert past_fates(component) == {("fixed", False, datetime(2026, 10, 18, 23, 59, 59, tzinfo=UTC))}


def test_false_positive_stays_what_people_said(scanned, run_scan, repository_of):
    Finding.objects.filter(path="train.py").update(state=Finding.State.FALSE_POSITIVE)
    repository_of("churn", [("2026-11-17T10:00:00Z", {"train.py": "import os\n"})])
    run_scan(scanned, "2026-11-18T09:00:00Z")
    gone = Finding.objects.filter(path="train.py")
    assert {(finding.state, finding.present) for finding in gone} == {(Finding.State.FALSE_POSITIVE, False)}


def test_two_components_of_one_repository_keep_apart(make_component, run_scan):
    files = {"a/train.py": TRAIN, "b/train.py": TRAIN}
    first = make_component("mono", [("2026-10-05T10:00:00Z", files)], path="a")
    second = make_component("mono", [], path="b")
    run_scan(first)
    run_scan(second)
    assert Finding.objects.filter(component=first).count() == Finding.objects.filter(component=second).count() > 0
    assert Finding.objects.filter(component=first, present=True).count() > 0


def test_component_whose_folder_is_gone_is_said(make_component, run_scan):
    component = make_component("mono", [("2026-10-05T10:00:00Z", {"a/x.py": "1\n"})], path="b")
    scan = run_scan(component)
    assert (scan.status, scan.reason) == (
        Scan.Status.FAILED,
        "b is no folder of the newest commit: change the component's path, or retire it.",
    )


def test_stale_keeps_its_first_date(scanned):
    storing.mark_stale(scanned.pk, "once")
    scanned.refresh_from_db()
    first = scanned.stale_since
    storing.mark_stale(scanned.pk, "twice")
    scanned.refresh_from_db()
    assert (scanned.stale_since, scanned.stale_reason) == (first, "twice")


def test_late_scan_looks_at_its_own_moment(component, run_scan, repository_of):
    repository_of("churn", [("2026-11-17T10:00:00Z", {"serve.py": "import os\n"})])
    scan = run_scan(component, "2026-11-16T09:00:00Z", weeks=3)
    assert scan.status == Scan.Status.DONE
    rows = Snapshot.objects.filter(component=component).order_by("-as_of").values_list("week", "committed_at")
    assert list(rows) == [
        (date(2026, 11, 16), datetime(2026, 11, 10, 10, tzinfo=UTC)),
        (date(2026, 11, 9), datetime(2026, 11, 10, 10, tzinfo=UTC)),
        (date(2026, 11, 2), datetime(2026, 10, 21, 10, tzinfo=UTC)),
    ]


def test_scan_due_before_the_first_commit_takes_the_newest(component, run_scan):
    scan = run_scan(component, "2026-10-01T09:00:00Z")
    assert scan.status == Scan.Status.DONE
    assert component.current.committed_at == datetime(2026, 11, 10, 10, tzinfo=UTC)
