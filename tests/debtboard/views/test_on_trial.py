"""What is on trial is shown with a plain mark; it heads no card and no headline, and the checklist stands beside it."""

import json

from debtboard.domain import reports
from debtboard.domain.queries.catalogue import signals_by_id
from debtboard.models import Finding, Report
from scoring.catalog.checklist import CHECKLIST
from scoring.knowledge.report_cards import REPORT_CARDS
from tests.debtboard.answers import Shape
from tests.debtboard.views.test_states import text_of

MARK = "on trial, not scored"


def put_on_trial(component, chosen=None):
    """In the stored report, the signals chosen, or all of them."""
    report = Report.objects.get(pk=component.current_id)
    body = json.loads(reports.unpacked(bytes(report.body)))
    for signal in body["signals"]:
        if chosen is None or signal["id"] in chosen:
            signal["lifecycle"] = "experimental"
    report.body = reports.packed(json.dumps(body).encode())
    report.save()


def test_without_a_signal_that_is_scored_no_card_and_no_severity_is_told(client, make_board):
    made = make_board(shapes=(Shape("tried", 0, findings=13),), weeks=3)
    put_on_trial(made.components[0])
    client.force_login(made.alice)
    text = text_of(client.get(f"/components/{made.components[0].public_id}/"))
    assert "13 findings open, none of them from a signal that is found and scored." in text
    assert "No order: none of the 13 open findings is of a signal that this report scores." in text


def test_worst_finding_of_a_signal_on_trial_heads_nothing(client, make_board):
    made = make_board(shapes=(Shape("tried", 0, findings=13),), weeks=3)
    component = made.components[0]
    worst = Finding.objects.filter(component=component).order_by("-severity").values_list("severity", flat=True)[0]
    heavy = set(Finding.objects.filter(component=component, severity=worst).values_list("signal", flat=True))
    put_on_trial(component, heavy)
    client.force_login(made.alice)
    text = text_of(client.get(f"/components/{component.public_id}/")).partition("Debts 0 good")[0]
    first = text.partition("What to do first")[2].partition("ML Test Score")[0]
    assert [signal for signal in heavy if f"{signal} clear" in first] == []


def test_finding_on_trial_is_marked_in_the_list_and_on_its_page(as_alice, board):
    tried, other = Finding.objects.filter(component=board.components[0])[:2]
    Finding.objects.filter(component=board.components[0]).update(signal="thr.2", debt="fixed-thresholds")
    Finding.objects.filter(pk=tried.pk).update(signal="dfl.3", debt="direct-feedback-loops")
    listed = text_of(as_alice.get(f"/components/{board.components[0].public_id}/findings/?signal=dfl.3"))
    assert listed.count(f"dfl.3, {MARK}") == 1
    page, of_other = (text_of(as_alice.get(f"/findings/{finding.public_id}/")) for finding in (tried, other))
    assert (MARK in page, MARK in of_other) == (True, False)
    assert ("Its signal is on trial" in page, "Its signal is on trial" in of_other) == (True, False)
    assert "Debt Models that choose their own training data" in page


def test_confidence_of_a_finding_on_trial_is_what_was_looked_up(as_alice, board):
    """A precision class is a promise that a signal on trial has not kept yet."""
    tried, unjudged, scored = Finding.objects.filter(component=board.components[0])[:3]
    on_trial = [id_ for id_, signal in signals_by_id().items() if signal.on_trial]
    looked_up = next(id_ for id_ in on_trial if id_ in REPORT_CARDS and REPORT_CARDS[id_].judged > 1)
    Finding.objects.filter(pk=tried.pk).update(signal=looked_up)
    Finding.objects.filter(pk=unjudged.pk).update(signal=next(id_ for id_ in on_trial if id_ not in REPORT_CARDS))
    Finding.objects.filter(pk=scored.pk).update(signal="thr.2", debt="fixed-thresholds", confidence=0.75)
    pages = [text_of(as_alice.get(f"/findings/{finding.public_id}/")) for finding in (tried, unjudged, scored)]
    judged = REPORT_CARDS[looked_up]
    assert ["6 to 9 of 10 such findings are right" in page for page in pages] == [False, False, True]
    assert f"nothing is promised: {judged.right} of {judged.judged} findings looked up by hand" in pages[0]
    assert "nothing is promised: nobody has judged its findings yet" in pages[1]


def test_checklist_stands_on_the_component_page_and_in_the_catalogue(as_alice, board):
    text = text_of(as_alice.get(f"/components/{board.components[0].public_id}/"))
    catalogue = text_of(as_alice.get("/catalogue/"))
    assert [item.slug for item in CHECKLIST if item.title not in text or item.title not in catalogue] == []
    assert "The checklist of Combine 8 unknown" in text
    for item in CHECKLIST:
        page = text_of(as_alice.get(f"/catalogue/{item.slug}/"))
        assert [name for name in item.signals + item.tests if name not in page] == []


def test_report_of_an_earlier_version_has_no_checklist(client, make_board):
    made = make_board(shapes=(Shape("old", 0, findings=3),), weeks=2)
    report = Report.objects.get(pk=made.components[0].current_id)
    body = json.loads(reports.unpacked(bytes(report.body)))
    del body["checklist"]
    report.body = reports.packed(json.dumps(body).encode())
    report.save()
    client.force_login(made.alice)
    text = text_of(client.get(f"/components/{made.components[0].public_id}/"))
    assert ("The 25 practices" in text, "The checklist of Combine" in text) == (True, False)


def test_component_whose_worst_is_on_trial_begins_no_list(client, make_board):
    made = make_board(shapes=(Shape("tried", 0, findings=4), Shape("scored", 0, findings=3)), weeks=3)
    tried, scored = made.components
    Finding.objects.filter(component=tried).update(signal="dfl.3", debt="direct-feedback-loops", severity=4)
    Finding.objects.filter(component=scored).update(signal="thr.2", debt="fixed-thresholds", severity=2)
    client.force_login(made.alice)
    text = text_of(client.get("/teams/team-0/"))
    assert "each page with its own order: scored (3 of 3 medium)." in text
    assert "critical" not in text.partition("each page with its own order")[0]


def test_promise_of_a_scored_signal_stands_beside_what_was_looked_up(as_alice, board):
    finding = Finding.objects.filter(component=board.components[0]).first()
    Finding.objects.filter(pk=finding.pk).update(signal="glu.4", debt="glue-code", confidence=0.95)
    judged = REPORT_CARDS["glu.4"]
    said = f"at least 9 of 10 such findings are right; {judged.right} of {judged.judged} findings looked up by hand"
    assert said in text_of(as_alice.get(f"/findings/{finding.public_id}/"))
