"""The settings that a snapshot rests on, and the past weeks that are scanned again under them."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from debtboard.charts import trend_marks
from debtboard.domain import approving, past, scanning
from debtboard.domain.measuring import inputs_of
from debtboard.domain.points import Reading, store_points
from debtboard.domain.queries import series, trends
from debtboard.models import Approval, Finding, Scan, Snapshot
from tests.debtboard.test_approving import approved, wish

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- the settings that a snapshot rests on


def test_approval_is_in_the_inputs_and_queues_a_scan(scanned, alice, charlie):
    before = Snapshot.objects.get(pk=scanned.current_id).inputs
    approving.ask(scanned, alice, (), "prototype")
    assert not Scan.objects.filter(component=scanned, status="queued").exists()
    approving.decide(wish(scanned), charlie, approve=True)
    scan = Scan.objects.get(component=scanned, status="queued")
    assert scan.requested_by == charlie
    scanned.refresh_from_db()
    assert inputs_of(scanned).digest != before


def test_approval_during_a_scan_is_not_claimed_by_its_snapshot(component, alice, charlie, run_scan, monkeypatch):
    approving.ask(component, alice, (), "prototype")
    measured = past.Bench.newest

    def approved_meanwhile(self, *arguments):
        found = measured(self, *arguments)
        approving.decide(wish(component), charlie, approve=True)
        return found

    monkeypatch.setattr(past.Bench, "newest", approved_meanwhile)
    run_scan(component)
    snapshot = Snapshot.objects.get(component=component)
    assert snapshot.profile == "production"
    assert snapshot.inputs != inputs_of(component).digest


def test_what_counted_before_approvals_asks_for_it(make_component, charlie):
    kept = make_component("kept", profile="library", excludes=["a/**", "b/**"])
    plain = make_component("plain")
    import_module("debtboard.migrations.0003_approval").ask_for_what_counts(apps, None)
    for component in (kept, plain):
        component.refresh_from_db()
        assert (component.excludes, component.profile) == ([], "production")
    asked = Approval.objects.values_list("component", "kind", "what", "state", "declared")
    assert list(asked) == [
        (kept.pk, "exclude", "a/**", "asked", False),
        (kept.pk, "exclude", "b/**", "asked", False),
        (kept.pk, "profile", "library", "asked", False),
    ]


# ---------------------------------------------------------------- the weeks before


def by_week(component) -> list[tuple[str, str, str]]:
    rows = Snapshot.objects.filter(component=component, week_latest=True).order_by("-week")
    return [(str(row.week), row.profile, row.inputs) for row in rows]


def test_same_settings_scan_no_week_again(scanned, alice, charlie, run_scan):
    before = by_week(scanned)[1:]
    approved(scanned, alice, charlie)
    approving.withdraw(wish(scanned), alice)
    Scan.objects.filter(component=scanned, status="queued").delete()
    scan = run_scan(scanned, "2026-11-17T09:00:00Z")
    assert (scan.weeks_total, by_week(scanned)[1:], Snapshot.objects.count()) == (1, before, 8)


def test_changed_settings_scan_all_weeks_again(scanned, alice, charlie, run_scan):
    before = by_week(scanned)
    approved(scanned, alice, charlie, profile="library")
    scan = run_scan(scanned, "2026-11-17T09:00:00Z")
    after = by_week(scanned)
    assert (scan.status, [week for week, *_ in after]) == (Scan.Status.DONE, [week for week, *_ in before])
    assert {profile for _, profile, _ in after} == {"library"}
    assert {inputs for *_, inputs in after} == {inputs_of(scanned).digest}
    assert len({inputs for *_, inputs in before}) == 1
    points = scanned.points.filter(measure__slug="coverage").count()
    assert points == len(after)


def test_rescan_goes_on_where_it_was_cut(scanned, alice, charlie, run_scan, monkeypatch):
    approved(scanned, alice, charlie)
    monkeypatch.setattr(scanning, "PAST_SECONDS", -1.0)
    scan = run_scan(scanned, "2026-11-17T09:00:00Z")
    assert (scan.status, len({inputs for *_, inputs in by_week(scanned)})) == (Scan.Status.QUEUED, 2)
    monkeypatch.setattr(scanning, "PAST_SECONDS", 480.0)
    scanning.run(scan.pk)
    scan.refresh_from_db()
    assert (scan.status, len({inputs for *_, inputs in by_week(scanned)})) == (Scan.Status.DONE, 1)


def test_weeks_never_wished_for_are_not_read(component, alice, charlie, run_scan):
    run_scan(component, weeks=3)
    approved(component, alice, charlie)
    run_scan(component, "2026-11-17T09:00:00Z")
    assert [week for week, *_ in by_week(component)] == ["2026-11-16", "2026-11-09", "2026-11-02"]
    assert len({inputs for *_, inputs in by_week(component)}) == 1


def test_settings_that_change_during_a_scan_are_followed_by_the_same_scan(
    scanned, alice, charlie, run_scan, monkeypatch
):
    approving.ask(scanned, alice, (), "prototype")
    row, real = wish(scanned), past.Bench.newest

    def approve_once(self, *arguments):
        monkeypatch.setattr(past.Bench, "newest", real)
        approving.decide(row, charlie, approve=True)
        return real(self, *arguments)

    monkeypatch.setattr(past.Bench, "newest", approve_once)
    scan = run_scan(scanned, "2026-11-17T09:00:00Z")
    assert (scan.status, scanned.current.profile) == (Scan.Status.QUEUED, "production")
    scanning.run(scan.pk)
    scanned.refresh_from_db()
    scan.refresh_from_db()
    assert (scan.status, scanned.current.profile) == (Scan.Status.DONE, "prototype")
    assert {profile for _, profile, _ in by_week(scanned)} == {"prototype"}


def test_excluded_file_fixes_nothing_and_shows_nothing(scanned, alice, charlie, run_scan):
    held = Finding.objects.filter(component=scanned, path="train.py", present=True)
    known = set(held.values_list("pk", flat=True))
    assert known
    approved(scanned, alice, charlie)
    run_scan(scanned, "2026-11-17T09:00:00Z")
    rows = Finding.objects.filter(pk__in=known).values_list("state", "present", "fixed_at")
    assert set(rows) == {("open", False, None)}
    approving.withdraw(wish(scanned), alice)
    Scan.objects.filter(component=scanned, status="queued").delete()
    scanned.refresh_from_db()
    run_scan(scanned, "2026-11-18T09:00:00Z")
    assert set(held.values_list("pk", "state")) == {(pk, "open") for pk in known}


def test_week_that_is_not_redone_yet_breaks_the_trend(scanned, alice, charlie, run_scan, monkeypatch):
    approved(scanned, alice, charlie, (), "prototype")
    monkeypatch.setattr(scanning, "PAST_SECONDS", -1.0)
    scan = run_scan(scanned, "2026-11-17T09:00:00Z")
    weeks = sorted(scanned.snapshots.filter(week_latest=True).values_list("week", flat=True))
    read = series.read_series([scanned.pk], ["rubric"], weeks[0])
    line = read.line(scanned.pk, "rubric", series.weeks_up_to(weeks[-1], len(weeks)))
    ruler = f"{scanned.current.ruler.version}, hash {scanned.current.ruler.hash[:8]}"
    assert [point.ruler for point in line.points] == [f"{ruler}, earlier settings"] * 6 + [ruler]
    assert trend_marks.ruler_starts(line.points) == [("new settings begin", weeks[-1])]
    assert trends.describe(line).endswith("new settings begin in W47")
    assert "new settings begin" in str(trend_marks.marks_of(line))
    monkeypatch.setattr(scanning, "PAST_SECONDS", 480.0)
    scanning.run(scan.pk)
    read = series.read_series([scanned.pk], ["rubric"], weeks[0])
    assert {read.origin(scanned.pk, week).ruler for week in weeks} == {ruler}


def test_settings_that_go_and_come_back_bring_back_their_weeks(scanned, alice, charlie, run_scan):
    before = by_week(scanned)
    kept = series.read_series([scanned.pk], ["findings-open"], date(2026, 1, 5))
    approved(scanned, alice, charlie, profile="library")
    run_scan(scanned, "2026-11-17T09:00:00Z")
    between = series.read_series([scanned.pk], ["findings-open"], date(2026, 1, 5))
    for row in scanned.approvals.all():
        approving.withdraw(row, alice)
    Scan.objects.filter(component=scanned, status="queued").delete()
    scanned.refresh_from_db()
    scan = run_scan(scanned, "2026-11-18T09:00:00Z")
    assert (scan.status, by_week(scanned)) == (Scan.Status.DONE, before)
    after = series.read_series([scanned.pk], ["findings-open"], date(2026, 1, 5))
    of_past = [
        {str(week): known for week, known in read.weeks(scanned.pk, "findings-open").items()}
        for read in (kept, between, after)
    ]
    assert of_past[0] == of_past[2] != of_past[1]


def test_points_that_are_written_again_are_read_anew(scanned):
    read = series.read_series([scanned.pk], ["rubric"], date(2026, 1, 5))
    assert series.read_series([scanned.pk], ["rubric"], date(2026, 1, 5)) is read
    store_points(scanned, date(2026, 10, 12), [Reading("rubric", 1.0, 2.0, 3.0)])
    after = series.read_series([scanned.pk], ["rubric"], date(2026, 1, 5))
    assert after.numbers(scanned.pk, "rubric", date(2026, 10, 12)) == (1.0, 2.0, 3.0)


def test_newest_comes_back_with_its_settings_in_the_same_scan(component, alice, charlie, run_scan):
    scan = run_scan(component)
    first, shown = component.current_id, present(component)
    assert "train.py" in {path for path, _ in shown}
    approved(component, alice, charlie)
    Scan.objects.filter(pk=scan.pk).update(status="queued", attempt=0)
    scanning.run(scan.pk)
    component.refresh_from_db()
    assert component.current_id != first
    approving.withdraw(wish(component), alice)
    Scan.objects.filter(pk=scan.pk).update(status="queued", attempt=0)
    scanning.run(scan.pk)
    component.refresh_from_db()
    assert (component.current_id, component.current.week_latest) == (first, True)
    assert present(component) == shown


def present(component) -> list[tuple[str, str]]:
    return sorted(Finding.objects.filter(component=component, present=True).values_list("path", "fingerprint"))
