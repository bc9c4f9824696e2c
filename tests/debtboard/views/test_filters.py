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
    assert "Nothing open of that kind." in text_of(as_alice.get(f"{address}?severity=low"))


def test_odd_filter_is_left_out(as_alice, address):
    assert " of odd" not in text_of(as_alice.get(f"{address}?severity=odd"))


def test_filter_stays_in_the_links_of_the_pager(as_alice, board, address):
    Finding.objects.filter(component=board.components[3]).update(severity=2, path="lib/a.py")
    page = as_alice.get(f"{address}?severity=medium&path=lib/").content.decode()
    assert "severity=medium&amp;path=lib%2F&amp;page=2" in page
