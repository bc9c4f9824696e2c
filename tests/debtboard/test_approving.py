"""An exclude or a profile counts once somebody of another team has approved it (catalogue 2.5, rule 3)."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.http import Http404

from debtboard.charts import trend_marks
from debtboard.domain import access, approving, declaring, past, registering, reports, scanning
from debtboard.domain.measuring import inputs_of
from debtboard.domain.points import Reading, store_points
from debtboard.domain.queries import series, trends
from debtboard.domain.refusals import Refused
from debtboard.domain.registering import Registration
from debtboard.models import Approval, AuditEvent, Finding, Membership, Person, Scan, Snapshot
from tests.conftest import HISTORY

pytestmark = pytest.mark.django_db

OUT = ("train.py",)
TOML = '[scan]\nexclude = ["train.py"]\n\n[component.""]\nprofile = "library"\n'
UNSEEN = "excluded by {}, which nobody has approved yet"


@pytest.fixture
def admin(db):
    return Person.objects.create_superuser("ada", password="ada has a long password")


def skipped(component) -> dict[str, str]:
    return {entry["path"]: entry["reason"] for entry in reports.read(component.current)["coverage"]["skipped"]}


def wish(component) -> Approval:
    return component.approvals.get()


# ---------------------------------------------------------------- who may decide


def test_nobody_of_the_team_may_approve(component, alice, bob, charlie, other_team):
    approving.ask(component, alice, OUT)
    Membership.objects.create(person=bob, team=other_team, role="lead")
    for person in (alice, bob):
        with pytest.raises(Refused, match="Somebody of another team decides this"):
            approving.decide(wish(component), person, approve=True)
    component.refresh_from_db()
    assert (component.excludes, wish(component).state) == ([], "asked")


def test_member_of_another_team_may_not_approve(component, alice, other_team):
    approving.ask(component, alice, OUT)
    dora = Person.objects.create_user("dora", password="dora has a long password")
    Membership.objects.create(person=dora, team=other_team, role="member")
    with pytest.raises(Http404):
        access.approval(dora, wish(component).pk)


def test_stranger_sees_a_wish_and_nothing_else_of_the_component(component, alice, charlie):
    approving.ask(component, alice, OUT)
    assert access.approval(charlie, wish(component).pk) == (wish(component), True)
    with pytest.raises(Http404):
        access.component(charlie, component.public_id)


def test_admin_may_not_approve_a_wish_of_their_own_while_others_can(component, admin, charlie):
    approving.ask(component, admin, OUT)
    with pytest.raises(Refused):
        approving.decide(wish(component), admin, approve=True)
    approving.decide(wish(component), charlie, approve=True)
    assert wish(component).decided_by == charlie


def test_admin_decides_where_there_is_one_team(component, alice, admin):
    approving.ask(component, alice, OUT)
    assert access.approval(alice, wish(component).pk)[1] is False
    approving.decide(wish(component), admin, approve=True, reason="not ours")
    component.refresh_from_db()
    assert component.excludes == ["train.py"]


def test_admin_alone_on_the_board_needs_nobody(component, admin, team):
    Membership.objects.create(person=admin, team=team, role="lead")
    approving.ask(component, admin, OUT, "prototype")
    component.refresh_from_db()
    assert (component.excludes, component.profile) == (["train.py"], "prototype")
    assert set(component.approvals.values_list("state", "decided_by")) == {("approved", admin.pk)}


# ---------------------------------------------------------------- what counts


def test_registering_lowers_nothing(alice, charlie, team, repository_of):
    wanted = Registration(address=str(repository_of()), team=team, profile="prototype", excludes=OUT)
    component = registering.register(wanted, alice)
    component.refresh_from_db()
    assert (component.profile, component.excludes) == ("production", [])
    assert list(component.approvals.values_list("kind", "what", "state", "asked_by")) == [
        ("exclude", "train.py", "asked", alice.pk),
        ("profile", "prototype", "asked", alice.pk),
    ]
    assert Scan.objects.filter(component=component).count() == 1


def test_exclude_asked_for_is_unseen_until_approved(component, alice, charlie, run_scan):
    approving.ask(component, alice, OUT)
    run_scan(component)
    assert skipped(component) == {"train.py": UNSEEN.format("the component's settings")}
    approving.decide(wish(component), charlie, approve=True)
    component.refresh_from_db()
    run_scan(component, "2026-11-17T09:00:00Z")
    assert (skipped(component), component.current.files) == ({}, 3)


def test_rejected_exclude_is_read(make_component, charlie, run_scan):
    component = make_component("toml", [*HISTORY, ("2026-11-11T10:00:00Z", {"debtboard.toml": TOML})])
    run_scan(component)
    assert skipped(component) == {"train.py": UNSEEN.format("debtboard.toml")}
    approving.decide(component.approvals.get(kind="exclude"), charlie, approve=False, reason="it is what you ship")
    run_scan(component, "2026-11-17T09:00:00Z")
    assert skipped(component) == {}
    assert Finding.objects.filter(component=component, path="train.py", present=True).exists()


def test_declared_profile_counts_once_approved(make_component, charlie, run_scan):
    component = make_component("toml", [*HISTORY, ("2026-11-11T10:00:00Z", {"debtboard.toml": TOML})])
    run_scan(component)
    assert component.current.profile == "production"
    rows = component.approvals.values_list("kind", "what", "declared", "state", "asked_by")
    assert list(rows) == [
        ("exclude", "train.py", True, "asked", None),
        ("profile", "library", True, "asked", None),
    ]
    approving.decide(component.approvals.get(kind="profile"), charlie, approve=True)
    component.refresh_from_db()
    run_scan(component, "2026-11-17T09:00:00Z")
    assert component.current.profile == "library"


def test_what_debtboard_toml_no_longer_declares_counts_no_more(make_component, charlie, run_scan, repository_of):
    component = make_component("toml", [*HISTORY, ("2026-11-11T10:00:00Z", {"debtboard.toml": TOML})])
    run_scan(component)
    for row in component.approvals.all():
        approving.decide(row, charlie, approve=True)
    component.refresh_from_db()
    assert (component.excludes, component.profile) == (["train.py"], "library")
    Scan.objects.filter(component=component, status="queued").delete()
    repository_of("toml", [("2026-11-17T10:00:00Z", {"debtboard.toml": None})])
    run_scan(component, "2026-11-18T09:00:00Z")
    assert (component.excludes, component.profile, component.approvals.count()) == ([], "production", 0)
    assert AuditEvent.objects.filter(action="approval.lapsed").count() == 2


def test_debtboard_toml_that_breaks_ends_no_approval(make_component, charlie, run_scan, repository_of):
    component = make_component("toml", [*HISTORY, ("2026-11-11T10:00:00Z", {"debtboard.toml": TOML})])
    run_scan(component)
    for row in component.approvals.all():
        approving.decide(row, charlie, approve=True)
    component.refresh_from_db()
    Scan.objects.filter(component=component, status="queued").delete()
    repository_of("toml", [("2026-11-17T10:00:00Z", {"debtboard.toml": "[scan\n"})])
    run_scan(component, "2026-11-18T09:00:00Z")
    assert (component.excludes, component.profile, component.approvals.count()) == (["train.py"], "library", 2)


def test_withdrawn_exclude_counts_no_more(component, alice, charlie):
    approving.ask(component, alice, OUT)
    approving.decide(wish(component), charlie, approve=True)
    approving.withdraw(wish(component), alice)
    component.refresh_from_db()
    assert (component.excludes, component.approvals.count()) == ([], 0)


def test_what_the_repository_declares_cannot_be_withdrawn_here(component, alice):
    declaring.take(component, [("exclude", "train.py")])
    with pytest.raises(Refused, match="take it out there"):
        approving.withdraw(wish(component), alice)


def test_declarations_without_end_are_cut(component):
    declaring.take(component, [("exclude", f"{number}/**") for number in range(300)])
    assert component.approvals.count() == declaring.MAX_DECLARED


def test_decision_is_kept_in_the_audit_log(component, alice, charlie):
    approving.ask(component, alice, OUT)
    approving.decide(wish(component), charlie, approve=True, reason="vendored")
    approving.decide(wish(component), charlie, approve=False, reason="no, it is not")
    events = AuditEvent.objects.order_by("pk").values_list("action", "actor", "detail")
    assert list(events) == [
        ("approval.asked", alice.pk, {"kind": "exclude", "what": "train.py"}),
        ("approval.approved", charlie.pk, {"kind": "exclude", "what": "train.py", "reason": "vendored"}),
        ("approval.rejected", charlie.pk, {"kind": "exclude", "what": "train.py", "reason": "no, it is not"}),
    ]


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


def approved(component, alice, charlie, excludes=OUT, profile=""):
    approving.ask(component, alice, excludes, profile)
    for row in component.approvals.filter(state="asked"):
        approving.decide(row, charlie, approve=True)
    component.refresh_from_db()
    Scan.objects.filter(component=component, status="queued").delete()


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
    version = scanned.current.ruler.version
    assert [point.ruler for point in line.points] == [f"{version}, earlier settings"] * 6 + [version]
    assert trend_marks.ruler_starts(line.points) == [("new settings begin", weeks[-1])]
    assert trends.describe(line).endswith("new settings begin in W47")
    assert "new settings begin" in str(trend_marks.marks_of(line))
    monkeypatch.setattr(scanning, "PAST_SECONDS", 480.0)
    scanning.run(scan.pk)
    read = series.read_series([scanned.pk], ["rubric"], weeks[0])
    assert {read.origin(scanned.pk, week).ruler for week in weeks} == {version}


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


# ---------------------------------------------------------------- what a debtboard.toml can't do


def declaring_repository(make_component, *patterns: str):
    """A component whose debtboard.toml asks for these excludes, written as in TOML."""
    text = f"[scan]\nexclude = [{', '.join(patterns)}]\n"
    return make_component("toml", [*HISTORY, ("2026-11-11T10:00:00Z", {"debtboard.toml": text})])


def test_declared_pattern_that_can_be_none_is_no_wish(make_component, run_scan):
    component = declaring_repository(make_component, '"a\\u0000b"', f'"{"x" * 201}"', '"train.py"')
    scan = run_scan(component)
    assert (scan.status, list(component.approvals.values_list("what", flat=True))) == ("done", ["train.py"])


def test_approved_pattern_that_matches_debtboard_toml_stays(make_component, charlie, run_scan):
    component = declaring_repository(make_component, '"*.toml"')
    run_scan(component)
    approving.decide(wish(component), charlie, approve=True)
    Scan.objects.filter(component=component, status="queued").delete()
    component.refresh_from_db()
    scan = run_scan(component, "2026-11-17T09:00:00Z")
    assert (scan.status, component.excludes, wish(component).state) == ("done", ["*.toml"], "approved")


def test_rejected_exclude_of_a_person_is_not_brought_back(component, alice, charlie, run_scan, repository_of):
    approving.ask(component, alice, OUT)
    approving.decide(wish(component), charlie, approve=False)
    repository_of("churn", [("2026-11-17T10:00:00Z", {"debtboard.toml": '[scan]\nexclude = ["train.py"]\n'})])
    run_scan(component, "2026-11-18T09:00:00Z")
    assert (skipped(component), wish(component).state) == ({}, "rejected")


def test_one_more_exclude_than_fit_ends_no_approval(component, charlie):
    declaring.take(component, [("exclude", f"{number:03}/**") for number in range(100)])
    for row in component.approvals.all():
        approving.decide(row, charlie, approve=True)
    before = list(component.approvals.values_list("what", "state"))
    wishes = [("exclude", "000a/**"), *[("exclude", f"{number:03}/**") for number in range(100)]]
    declaring.take(component, wishes)
    assert list(component.approvals.values_list("what", "state")) == before
    declaring.take(component, wishes[:-1])
    after = [("000/**", "approved"), ("000a/**", "asked"), *before[1:-1]]
    assert list(component.approvals.values_list("what", "state")) == after


# ---------------------------------------------------------------- two people at once


def test_wish_that_is_gone_can_be_neither_decided_nor_withdrawn(component, alice, charlie):
    approving.ask(component, alice, OUT)
    seen = wish(component)
    approving.withdraw(wish(component), alice)
    with pytest.raises(Refused, match="withdrew it just now"):
        approving.decide(seen, charlie, approve=True)
    with pytest.raises(Refused, match="withdrew it just now"):
        approving.withdraw(seen, alice)
    assert AuditEvent.objects.filter(action="approval.withdrawn").count() == 1


def test_right_to_decide_is_that_of_the_wish_as_it_is_now(component, alice, charlie, admin):
    approving.ask(component, alice, OUT)
    seen = wish(component)
    component.approvals.update(asked_by=charlie)
    with pytest.raises(Refused, match="Somebody of another team decides this"):
        approving.decide(seen, charlie, approve=True)
    assert wish(component).state == "asked"


# ---------------------------------------------------------------- what is in force already


def test_profile_in_force_is_not_asked_for(component, alice, charlie):
    approved(component, alice, charlie, (), "library")
    with pytest.raises(Refused, match="It is scored as library already: nothing is asked") as refused:
        approving.ask(component, alice, OUT, "library")
    assert (refused.value.field, component.approvals.count()) == ("profile", 1)


def test_profile_that_another_took_over_from_waits_again(component, alice, charlie):
    approved(component, alice, charlie, (), "library")
    approved(component, alice, charlie, (), "prototype")
    assert component.profile == "prototype"
    assert approving.ask(component, alice, (), "library") == approving.Asked(1, approved=False)
    assert component.approvals.get(what="library").state == "asked"


def test_exclude_that_waits_is_asked_for_once(component, alice, charlie):
    assert [approving.ask(component, alice, OUT).new for _ in range(2)] == [1, 0]
