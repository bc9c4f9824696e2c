"""The list of findings by severity, debt and path; the filter stays in the links of the pager."""

import pytest

from debtboard.models import Finding
from tests.debtboard.views.test_states import text_of


@pytest.fixture
def address(board):
    return f"/components/{board.components[3].public_id}/findings/"


def test_list_is_filtered_by_severity_and_path(as_alice, board, address):
    mine = Finding.objects.filter(component=board.components[3])
    mine.update(severity=2, path="lib/a.py")
    first = mine.first()
    Finding.objects.filter(pk=first.pk).update(severity=4, path="src/deep/b.py")
    text = text_of(as_alice.get(f"{address}?severity=critical&path=src/"))
    assert ("1 finding open of critical, under src/" in text, "src/deep/b.py" in text) == (True, True)
    assert "lib/a.py" not in text
    assert f"1 of {mine.count()} open findings : critical, under src/." in text
    nothing = text_of(as_alice.get(f"{address}?severity=low"))
    assert ("Nothing is open of low: clear the filter" in nothing, "clear the filter: low" in nothing) == (True, True)


def test_list_of_a_debt_offers_no_way_out_of_it(as_alice, board):
    debt = Finding.objects.filter(component=board.components[3]).first().debt
    text = text_of(as_alice.get(f"/components/{board.components[3].public_id}/debts/{debt}/"))
    assert "clear the filter" not in text
    signal = Finding.objects.filter(component=board.components[3], debt=debt).first().signal
    text = text_of(as_alice.get(f"/components/{board.components[3].public_id}/debts/{debt}/?signal={signal}"))
    assert f"clear the filter: {signal}" in text


def test_odd_filter_is_left_out(as_alice, address):
    assert " of odd" not in text_of(as_alice.get(f"{address}?severity=odd"))


def test_filter_stays_in_the_links_of_the_pager(as_alice, board, address):
    Finding.objects.filter(component=board.components[3]).update(severity=2, path="lib/a.py")
    page = as_alice.get(f"{address}?severity=medium&path=lib/").content.decode()
    assert "severity=medium&amp;path=lib%2F&amp;page=2" in page
