"""A page asks the database as often for three rows as for one, and at most twelve times."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtboard.domain.queries.standing import open_tally
from debtboard.models import Finding
from tests.debtboard.answers import Shape

COUNTS = {
    "/": 8,
    "/teams/team-0/": 10,
    "/components/{component}/": 12,
    "/components/{component}/findings/": 7,
    "/components/{component}/debts/{debt}/": 9,
    "/components/{component}/other-tools/": 6,
    "/findings/{finding}/": 8,
    "/scans/": 8,
    "/settings/": 9,
    "/settings/components/{component}/": 12,
    "/catalogue/": 2,
}
"""Once the points of the components are kept; the first look asks once more. Session and person are two of each."""


@pytest.fixture
def asked(client, make_board) -> Callable[[str, int], int]:
    def count(address: str, rows: int) -> int:
        made = make_board([Shape(f"part-{number}", 0, findings=3 * rows) for number in range(rows)], weeks=4)
        client.force_login(made.alice)
        finding = Finding.objects.first()
        address = address.format(component=made.components[0].public_id, finding=finding.public_id, debt=finding.debt)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", list(COUNTS))
def test_page_asks_a_fixed_number_of_queries(asked, address, rows):
    assert asked(address, rows) == COUNTS[address]


def test_no_page_asks_more_than_twelve():
    assert max(COUNTS.values()) <= 12


def test_counting_what_stands_reads_an_index_made_for_it(make_board):
    component = make_board(weeks=1).components[0]
    with CaptureQueriesContext(connection) as captured:
        open_tally(component.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert plan == ["SEARCH debtboard_finding USING INDEX finding_present (component_id=?)"]
