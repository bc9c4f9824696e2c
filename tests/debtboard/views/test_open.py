"""One meaning of open: the headline, the debts, the cards and the list count the same findings."""

import json
import re

import pytest

from debtboard.domain import reports
from debtboard.models import Finding, Report
from tests.debtboard.answers import Shape
from tests.debtboard.views.test_states import text_of


@pytest.fixture
def quiet(client, make_board):
    """A component with 13 open findings, each of a signal that is clear as a whole."""
    made = make_board(shapes=(Shape("quiet", 0, findings=13),), weeks=3)
    report = Report.objects.get(pk=made.components[0].current_id)
    body = json.loads(reports.unpacked(bytes(report.body)))
    for signal in body["signals"]:
        if signal["outcome"] == "found":
            signal.update(outcome="clear", badness=0.0)
    for debt in body["debts"]:
        debt["worst_open"] = None
    report.body = reports.packed(json.dumps(body).encode())
    report.save()
    client.force_login(made.alice)
    return made.components[0]


def test_open_findings_of_clear_signals_are_not_called_nothing(client, quiet):
    text = text_of(client.get(f"/components/{quiet.public_id}/"))
    assert "Nothing open" not in text
    assert "13 findings open, none of them from a signal that is found and scored." in text
    assert "as a whole" in text.partition("What to do first")[2].partition("Debts")[0]


def test_debt_with_open_findings_of_clear_signals_has_leads_and_no_worst_one(client, quiet):
    debt = Finding.objects.filter(component=quiet).order_by("-severity").first().debt
    mine = Finding.objects.filter(component=quiet, debt=debt).count()
    said = f"{mine} finding{'' if mine == 1 else 's'} open, none of a signal that is found and scored"
    assert said in text_of(client.get(f"/components/{quiet.public_id}/debts/{debt}/"))
    row = client.get(f"/components/{quiet.public_id}/").content.decode().partition(f'<tr id="{debt}">')[2]
    assert ("leads only" in row.partition("</tr>")[0], "none open" in row.partition("</tr>")[0]) == (True, False)


def test_headline_counts_all_open_findings_when_the_list_is_filtered(client, quiet):
    debt = Finding.objects.filter(component=quiet).first().debt
    text = text_of(client.get(f"/components/{quiet.public_id}/?debt={debt}"))
    assert "13 findings open, none of them" in text


def test_findings_that_were_decided_on_are_not_counted(client, quiet):
    Finding.objects.filter(component=quiet).update(state=Finding.State.ACCEPTED)
    text = text_of(client.get(f"/components/{quiet.public_id}/"))
    assert "Nothing open ; 99 % of the files were read." in text
    assert "findings open, none" not in text


def test_card_names_the_place_of_several_findings_once(as_alice, board):
    component = board.components[0]
    page = as_alice.get(f"/components/{component.public_id}/").content.decode()
    signal = re.search(r"<dt>Proof</dt><dd>(\S+) ", page)[1]
    mine = Finding.objects.filter(component=component, signal=signal)
    others = Finding.objects.filter(component=component).exclude(signal=signal)
    Finding.objects.filter(pk=others.first().pk).update(signal=signal, debt=mine.first().debt)
    assert mine.count() > 1
    mine.update(path="docs/README.md", line=7)
    cards = text_of(as_alice.get(f"/components/{component.public_id}/")).partition("What to do first")[2]
    assert cards.partition("ML Test Score")[0].count("docs/README.md:7") == 1
    assert f"docs/README.md:7 and {mine.count() - 1} more finding" in cards


def test_cards_stand_by_the_worst_finding_that_stands_and_not_by_what_the_signal_may_be(as_alice, board):
    component = board.components[0]
    address = f"/components/{component.public_id}/"
    first, *others = re.findall(r"<dt>Proof</dt><dd>(\S+) ", as_alice.get(address).content.decode())
    assert others
    Finding.objects.filter(component=component).exclude(signal=first).update(severity=2)
    Finding.objects.filter(component=component, signal=first).update(severity=1)
    proofs = re.findall(r"<dt>Proof</dt><dd>(\S+) ", as_alice.get(address).content.decode())
    assert proofs[0] != first
