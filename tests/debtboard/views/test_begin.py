"""What to do first in a team, or in all of them: one order over the components, each thing with its reason."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtboard.domain import reports
from debtboard.models import Finding, Report
from tests.debtboard.answers import Shape
from tests.debtboard.views.test_states import text_of

HEAD = "What to do first"


def first_of(client, address: str) -> str:
    """The section, up to the next one."""
    text = text_of(client.get(address)).partition(HEAD)[2]
    return text.partition("Teams and components")[0].partition(" 52 weeks")[0]


def put(finding: Finding, signal: str, debt: str, severity: int, remedy: str) -> None:
    Finding.objects.filter(pk=finding.pk).update(signal=signal, debt=debt, severity=severity, remedy=remedy)


def say_found(component, *signals: str) -> None:
    """In the stored report these signals are found, and no other has a finding."""
    report = Report.objects.get(pk=component.current_id)
    body = json.loads(reports.unpacked(bytes(report.body)))
    for signal in body["signals"]:
        chosen = signal["id"] in signals
        signal["findings"] = int(chosen)
        if chosen:
            signal.update(outcome="found", badness=0.5, value=1.0, lifecycle="stable")
    report.body = reports.packed(json.dumps(body).encode())
    report.save()


def two_components(make_board):
    """Each with three findings of one signal; those of the second are the severer ones."""
    made = make_board(shapes=(Shape("alpha", 0, findings=3), Shape("beta", 0, findings=3)), weeks=3)
    alpha, beta = made.components
    for component, severity in ((alpha, 2), (beta, 3)):
        for finding in Finding.objects.filter(component=component):
            put(finding, "thr.2", "fixed-thresholds", severity, "Learn the cut-off. Then keep it.")
        say_found(component, "thr.2", "glu.4")
    return made, alpha, beta


def test_team_without_a_finding_has_no_order(client, make_board):
    made = make_board(shapes=(Shape("clean", 0, findings=0),), weeks=3)
    client.force_login(made.alice)
    assert (HEAD in text_of(client.get("/teams/team-0/")), HEAD in text_of(client.get("/"))) == (False, False)


def test_what_is_on_trial_heads_no_order(client, make_board):
    made, alpha, _ = two_components(make_board)
    Finding.objects.update(signal="dfl.3", debt="direct-feedback-loops", severity=4)
    say_found(alpha, "dfl.3")
    client.force_login(made.alice)
    assert HEAD not in text_of(client.get("/teams/team-0/"))


def test_finding_that_was_decided_on_is_in_no_order(client, make_board):
    made, _, beta = two_components(make_board)
    Finding.objects.filter(component=beta).update(state=Finding.State.ACCEPTED)
    client.force_login(made.alice)
    said = first_of(client, "/teams/team-0/")
    assert ("1 of 1, alpha medium Learn the cut-off" in said, "beta" in said) == (True, False)


def test_severer_finding_comes_first_whatever_component_has_it(client, make_board):
    made, alpha, _ = two_components(make_board)
    other = Finding.objects.filter(component=alpha).order_by("pk").last()
    put(other, "glu.4", "glue-code", 2, "Wrap it once.")
    client.force_login(made.alice)
    said = first_of(client, "/teams/team-0/")
    assert said.index("1 of 2, beta high Learn the cut-off") < said.index("2 of 2, alpha medium Wrap it once")
    assert "Why high, and nothing else that is open is as severe" in said
    assert "Why medium: no other debt has one that is high" in said
    assert "Also in alpha (2)" in said
    assert "beta (3 of 3 high), alpha (3 of 3 medium)" in said


def test_card_leads_to_the_lines_and_to_the_component(client, make_board):
    made, _, beta = two_components(make_board)
    client.force_login(made.alice)
    html = client.get("/teams/team-0/").content.decode()
    worst = Finding.objects.filter(component=beta).order_by("path", "line", "pk").first()
    assert f'href="/findings/{worst.public_id}/"' in html
    assert f'href="/components/{beta.public_id}/#h-1"' in html


def test_portfolio_names_the_team_of_each_step(client, make_board):
    shapes = (Shape("alpha", 0, findings=3), Shape("beta", 1, findings=3))
    made = make_board(shapes=shapes, weeks=3)
    for component in made.components:
        Finding.objects.filter(component=component).update(signal="thr.2", debt="fixed-thresholds", severity=3)
        say_found(component, "thr.2")
    client.force_login(made.alice)
    said = first_of(client, "/")
    assert "of 6 open findings: by severity, then by gain per effort" in said
    named = [("alpha , Payments risk", "beta (3)"), ("beta , Trust and safety", "alpha (3)")]
    assert [(f"1 of 1, {first} high" in said, f"Also in {other}" in said) for first, other in named].count(
        (True, True)
    ) == 1


def test_order_of_the_portfolio_holds_nothing_of_another_team(client, make_board):
    made = make_board(shapes=(Shape("alpha", 0, findings=3), Shape("beta", 1, findings=9)), weeks=3)
    client.force_login(made.bob)
    assert "beta" not in text_of(client.get("/"))


def test_order_is_that_of_the_component_itself(as_alice, board):
    """With one component in view the team's page and the component's say the same things in the same order."""
    titles = []
    for address in (f"/components/{board.components[6].public_id}/", "/teams/team-2/"):
        html = as_alice.get(address).content.decode().partition(f">{HEAD}<")[2].partition("</ol>")[0]
        titles.append([part.partition("</h3>")[0] for part in html.split("<h3>")[1:]])
    assert titles[0] == titles[1] != []


def test_reports_are_read_once(as_alice, board):
    as_alice.get("/")
    with CaptureQueriesContext(connection) as captured:
        as_alice.get("/")
    assert [query["sql"] for query in captured if "debtboard_report" in query["sql"]] == []


def test_row_counts_what_stands_as_the_page_of_the_component_does(client, make_board):
    """The snapshot's own count leaves out what it could not judge and what therefore stands."""
    made = make_board(shapes=(Shape("alpha", 0, findings=5),), weeks=3)
    component = made.components[0]
    component.current.findings_open = 3
    component.current.save()
    client.force_login(made.alice)
    for address in ("/", "/teams/team-0/", f"/components/{component.public_id}/"):
        text = text_of(client.get(address))
        assert ("5 finding" in text or "5 open finding" in text, "3 findings" in text) == (True, False), address
    assert "5 findings open." in text_of(client.get("/"))
