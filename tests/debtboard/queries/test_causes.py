"""What stands behind a move of a debt: findings that came or were fixed in the same weeks, with a place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtboard.domain.queries.causes import causes
from debtboard.domain.queries.since import weeks_begin
from debtboard.domain.queries.wording import monday_of
from debtboard.models import Finding
from tests.debtboard import factories
from tests.debtboard.answers import Shape

AFTER = weeks_begin(monday_of(factories.NOW), 4)
ALONE = {"glue-code": ("glue-code",)}


@pytest.fixture
def mine(db) -> list[Finding]:
    """Five old findings of glue code, and a component beside them that has new ones."""
    made = factories.board((Shape("alpha", 0, findings=5), Shape("other", 0, findings=3)), weeks=8)
    long_ago = AFTER - timedelta(days=30)
    Finding.objects.update(debt="glue-code", severity=2, first_seen_at=long_ago)
    Finding.objects.filter(component=made.components[1]).update(first_seen_at=factories.NOW)
    return list(Finding.objects.filter(component=made.components[0]).order_by("pk"))


def cause(mine: list[Finding]):
    pair = mine[0].component_id, "glue-code"
    return causes([pair], ALONE, AFTER).get(pair)


def put(finding: Finding, **fields: object) -> None:
    Finding.objects.filter(pk=finding.pk).update(**fields)


def test_what_stood_before_is_no_cause(mine):
    assert cause(mine) is None


def test_what_was_decided_on_or_fixed_before_is_no_cause(mine):
    put(mine[0], first_seen_at=factories.NOW, state=Finding.State.ACCEPTED)
    put(mine[1], present=False, state=Finding.State.FIXED, fixed_at=AFTER - timedelta(days=1))
    put(mine[2], first_seen_at=factories.NOW, present=False)
    assert cause(mine) is None


def test_the_severest_that_came_is_the_place(mine):
    put(mine[0], first_seen_at=factories.NOW, path="a.py", line=1)
    put(mine[1], first_seen_at=factories.NOW, path="z.py", line=9, severity=4)
    put(mine[2], reopened_at=factories.NOW, state=Finding.State.REOPENED)
    put(mine[3], present=False, state=Finding.State.FIXED, fixed_at=factories.NOW, severity=4, path="b.py")
    found = cause(mine)
    assert (found.new, found.fixed, found.said) == (3, 1, "3 new, 1 fixed")
    assert (found.place, found.url) == ("z.py:9", f"/findings/{mine[1].public_id}/")


def test_what_was_fixed_alone_has_a_place_too(mine):
    put(mine[3], present=False, state=Finding.State.FIXED, fixed_at=factories.NOW, path="b.py", line=3)
    found = cause(mine)
    assert (found.said, found.place) == ("1 fixed", "b.py:3")


def test_findings_of_a_child_count_for_its_umbrella(mine):
    put(mine[0], first_seen_at=factories.NOW, debt="pipeline-jungles")
    pair = mine[0].component_id, "glue-code"
    assert causes([pair], {"glue-code": ("glue-code", "pipeline-jungles")}, AFTER)[pair].new == 1


def test_one_query_finds_the_causes_of_all_and_none_is_asked_of_nothing(mine):
    with CaptureQueriesContext(connection) as captured:
        assert causes([], ALONE, AFTER) == {}
        causes([(mine[0].component_id, "glue-code"), (10_000, "glue-code")], ALONE, AFTER)
    assert len(captured) == 1
