"""What moved a team, the worst first, each with the findings behind it; and how long a stale one was not read."""

from datetime import timedelta

import pytest

from debtboard.models import Component, Finding, Point
from tests.debtboard import factories
from tests.debtboard.answers import Shape
from tests.debtboard.views.test_states import text_of

GLUE = "Code that only moves data in and out of packages"
COPIES = "Code copied instead of shared"


@pytest.fixture
def moved(client, make_board) -> Component:
    """Two lines of one component moved in four weeks: glue code got worse, copied code better."""
    made = make_board(shapes=(Shape("bugbug", 0, findings=6),), weeks=8)
    weeks = sorted(set(Point.objects.values_list("week", flat=True)))
    Point.objects.filter(week=weeks[-5]).delete()
    now = Point.objects.filter(week=weeks[-1])
    for slug, value in (("glue-code", 40.0), ("duplicate-code", 20.0)):
        now.filter(measure__slug=slug).update(best=value, value=value, worst=value)
    then = [
        Point(
            component_id=p.component_id,
            measure_id=p.measure_id,
            week=weeks[-5],
            best=p.best,
            value=p.value,
            worst=p.worst,
        )
        for p in now
    ]
    Point.objects.bulk_create(then)
    before = Point.objects.filter(week=weeks[-5])
    before.filter(measure__slug="glue-code").update(best=30.0, value=30.0, worst=30.0)
    before.filter(measure__slug="duplicate-code").update(best=80.0, value=80.0, worst=80.0)
    long_ago = factories.NOW - timedelta(days=300)
    Finding.objects.update(first_seen_at=long_ago, debt="glue-code", signal="glu.4", path="old.py")
    client.force_login(made.alice)
    return made.components[0]


def section(client) -> str:
    return text_of(client.get("/teams/team-0/")).partition("What moved the team")[2].partition(" Components 1 ")[0]


def test_move_without_a_finding_says_so(client, moved):
    said = section(client)
    assert f"bugbug {GLUE} +10.0 value 30.0 to 40.0 no finding came or went: its measures moved" in said


def test_worse_stands_before_better_however_large(client, moved):
    said = section(client)
    assert said.index(GLUE) < said.index(COPIES)
    assert "−60.0 value 80.0 to 20.0" in said


def test_move_names_the_findings_that_came_and_were_fixed(client, moved):
    new, fixed, *_ = Finding.objects.filter(component=moved).order_by("pk")
    Finding.objects.filter(pk=new.pk).update(first_seen_at=factories.NOW, path="jobs/load.py", line=12)
    gone = {"present": False, "state": "fixed", "fixed_at": factories.NOW}
    Finding.objects.filter(pk=fixed.pk).update(**gone)
    assert f"{GLUE} +10.0 value 30.0 to 40.0 1 new, 1 fixed: jobs/load.py:12" in section(client)
    assert f'href="/findings/{new.public_id}/"' in client.get("/teams/team-0/").content.decode()


def test_team_says_what_came_and_was_fixed_and_leads_to_both_lists(client, moved):
    assert "No finding came and none was fixed in 4 weeks." in section(client)
    new, back, fixed, *_ = Finding.objects.filter(component=moved).order_by("pk")
    Finding.objects.filter(pk=new.pk).update(first_seen_at=factories.NOW)
    Finding.objects.filter(pk=back.pk).update(reopened_at=factories.NOW, state="reopened")
    Finding.objects.filter(pk=fixed.pk).update(present=False, state="fixed", fixed_at=factories.NOW)
    assert "bugbug: 2 findings came , 1 was fixed ." in section(client)
    every = f"/components/{moved.public_id}/findings/?changed="
    html = client.get("/teams/team-0/").content.decode()
    for changed, listed in (("new-4", "2 of 5 open findings"), ("fixed-4", "1 finding fixed in 4 weeks")):
        assert f'href="{every}{changed}"' in html
        assert listed in text_of(client.get(f"{every}{changed}"))


def test_what_the_first_week_of_a_series_has_did_not_come(client, moved):
    first = moved.snapshots.order_by("as_of")[0]
    moved.snapshots.filter(pk=first.pk).update(as_of=factories.NOW - timedelta(days=3))
    moved.snapshots.exclude(pk=first.pk).update(as_of=factories.NOW)
    Finding.objects.update(first_seen_at=factories.NOW - timedelta(days=3))
    assert "No finding came and none was fixed in 4 weeks." in section(client)


def test_moves_of_a_row_lead_to_where_the_team_tells_them(client, moved):
    assert client.get("/").content.decode().count('<a href="/teams/team-0/#h-mv">') == 2
    assert client.get("/teams/team-0/").content.decode().count('<a href="#h-mv">') == 1


def test_answer_of_the_team_names_the_worst_move(client, moved):
    head = text_of(client.get("/teams/team-0/")).partition("Ruler")[0]
    assert f"1 line of its components worse in 4 weeks, most {GLUE} +10.0 in bugbug; 1 better ." in head


def test_team_without_a_worse_line_names_none(client, moved):
    Point.objects.filter(measure__slug="glue-code").update(best=30.0, value=30.0, worst=30.0)
    assert ", most " not in text_of(client.get("/teams/team-0/")).partition("Ruler")[0]


def test_team_leads_to_the_other_length_of_its_lines(as_alice, board):
    for weeks, other in (("", 104), ("&weeks=104", 52)):
        html = as_alice.get(f"/teams/team-0/?line=rubric{weeks}").content.decode()
        assert f'href="/teams/team-0/?line=rubric&amp;weeks={other}#h-5">{other} weeks</a>' in html


def test_stale_component_was_not_read_since_its_last_reading(client, make_board):
    """Not since its first failure, which came later: the figures are as old as the last reading."""
    made = make_board(shapes=(Shape("router", 0, findings=3, stale="The key was revoked."),), weeks=4)
    Component.objects.update(stale_since=factories.NOW - timedelta(minutes=1))
    client.force_login(made.alice)
    for address in ("/", "/teams/team-0/", f"/components/{made.components[0].public_id}/"):
        text = text_of(client.get(address))
        assert ("1 min" in text, "13 days" in text or "since 9 Nov" in text) == (False, True), address
