"""An exclude or a profile counts once somebody of another team has approved it (catalogue 2.5, rule 3)."""

import pytest
from django.http import Http404

from debtboard.domain import access, approving, declaring, registering, reports
from debtboard.domain.refusals import Refused
from debtboard.domain.registering import Registration
from debtboard.models import Approval, AuditEvent, Finding, Membership, Person, Scan
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


def approved(component, alice, charlie, excludes=OUT, profile=""):
    approving.ask(component, alice, excludes, profile)
    for row in component.approvals.filter(state="asked"):
        approving.decide(row, charlie, approve=True)
    component.refresh_from_db()
    Scan.objects.filter(component=component, status="queued").delete()


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
