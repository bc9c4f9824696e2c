import pytest
from django.http import Http404

from debtboard.domain import access, scanning
from debtboard.models import ComponentTeam, Finding, Person

pytestmark = pytest.mark.django_db


def gates(person, component, finding, scan, team):
    return {
        "team": lambda: access.team(person, team.slug),
        "component": lambda: access.component(person, component.public_id),
        "finding": lambda: access.finding(person, finding.public_id),
        "scan": lambda: access.scan(person, scan.pk),
        "repository": lambda: access.repository(person, component.repository_id),
    }


@pytest.fixture
def nouns(scanned, team):
    scan = scanned.scans.get()
    return scanned, Finding.objects.filter(component=scanned).first(), scan, team


@pytest.mark.parametrize("noun", ["team", "component", "finding", "scan", "repository"])
def test_stranger_finds_nothing(charlie, nouns, noun):
    with pytest.raises(Http404):
        gates(charlie, *nouns)[noun]()


def test_what_is_not_there_is_the_same_as_forbidden(alice):
    for gate in (access.team, access.component, access.finding):
        with pytest.raises(Http404):
            gate(alice, "nothing")


def may_write(person, nouns):
    return {noun: gate()[1] for noun, gate in gates(person, *nouns).items()}


def test_lead_may_write_all(alice, nouns):
    assert set(may_write(alice, nouns).values()) == {True}


def test_member_triages_and_scans_but_changes_no_settings(bob, nouns):
    assert may_write(bob, nouns) == {
        "team": False,
        "component": True,
        "finding": True,
        "scan": True,
        "repository": False,
    }


def test_viewer_only_reads(bob, nouns):
    bob.memberships.update(role="viewer")
    assert set(may_write(bob, nouns).values()) == {False}


def test_admin_of_the_board_may_write_all(nouns):
    admin = Person.objects.create_superuser("root")
    assert set(may_write(admin, nouns).values()) == {True}


def test_component_follows_its_team(alice, charlie, nouns, other_team):
    component = nouns[0]
    period = ComponentTeam.objects.get(component=component)
    period.until = "2026-11-16"
    period.save()
    ComponentTeam.objects.create(component=component, team=other_team, since="2026-11-16")
    assert access.component(charlie, component.public_id) == (component, True)
    with pytest.raises(Http404):
        access.component(alice, component.public_id)


def test_retired_component_is_read_and_written_by_nobody(alice, charlie, nouns):
    component = nouns[0]
    component.retired_at = "2026-11-01T00:00:00Z"
    component.save()
    written = may_write(alice, nouns)
    assert [written[noun] for noun in ("component", "finding", "scan")] == [False] * 3
    with pytest.raises(Http404):
        access.component(charlie, component.public_id)


def test_repository_of_two_teams_is_changed_by_nobody_of_one(alice, make_component, other_team):
    commits = [("2026-10-05T10:00:00Z", {"a/x.py": "1\n", "b/x.py": "1\n"})]
    first = make_component("mono", commits, path="a")
    make_component("mono", (), team=other_team, path="b")
    assert access.repository(alice, first.repository_id) == (first.repository, False)


def test_cancel_of_an_ended_scan_is_not_possible(nouns, alice):
    with pytest.raises(scanning.NotPossible, match="already ended"):
        scanning.cancel(nouns[2], by=alice)


def test_cancel_of_a_waiting_scan_ends_it(component, alice):
    scan = scanning.queue(component)
    scanning.cancel(scan, by=alice)
    scan.refresh_from_db()
    assert (scan.status, scan.reason) == ("cancelled", "Cancelled by alice.")


def test_asking_twice_gives_the_waiting_scan(component, alice):
    assert scanning.queue(component, by=alice).pk == scanning.queue(component, by=alice).pk


def test_retry_keeps_the_wish_for_the_past(component, alice, run_scan, settings):
    allowed, settings.LOCAL_FOLDERS = settings.LOCAL_FOLDERS, []
    failed = run_scan(component, weeks=8)
    settings.LOCAL_FOLDERS = allowed
    again = scanning.retry(failed, by=alice)
    scanning.run(again.pk)
    again.refresh_from_db()
    assert (again.weeks, again.status) == (8, "done")
