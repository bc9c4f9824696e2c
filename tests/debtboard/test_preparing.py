"""A prepared query answers what its query set answers, with other values each time, and keeps nothing of an answer."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import CharField, Count, DateTimeField, Max, QuerySet

from debtboard.domain import preparing
from debtboard.domain.preparing import Given, Prepared, among, columns, instance
from debtboard.models import Component, Finding, Report, Snapshot
from tests.debtboard import factories
from tests.debtboard.answers import Shape

BOARD = (Shape("one", 0, findings=9), Shape("two", 0, findings=4, path="services/two"))
Query = Callable[[Any], QuerySet[Any, Any]]


def present(component: Any) -> QuerySet[Any, Any]:
    return Finding.objects.filter(component=component, present=True).order_by("pk").values_list("pk")


class Counted:
    """Writes the query of `present`, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *shape: object) -> QuerySet[Any, Any]:
        self.times += 1
        return present(Given("component"))


@pytest.fixture
def made(db) -> factories.Board:
    return factories.board(BOARD, weeks=3)


def test_value_that_is_none_is_refused(made):
    with pytest.raises(ValueError, match="component is None"):
        Prepared(lambda: present(Given("component"))).ask(component=None)


def test_value_that_is_missing_is_refused(made):
    with pytest.raises(KeyError):
        Prepared(lambda: present(Given("component"))).ask(person=1)


def test_value_is_never_read_as_sql(made):
    named = Prepared(lambda: Component.objects.filter(name=Given("name", CharField())).values_list("name"))
    assert [named.ask(name=text) for text in ("' OR '1' = '1", "%s", "one")] == [[], [], [("one",)]]


QUERIES: dict[str, Query] = {
    "texts, dates and JSON": lambda component: (
        Finding.objects.filter(component=component).order_by("pk").values_list(*columns(Finding))
    ),
    "joined": lambda component: Component.objects.filter(pk=component).values_list(
        *columns(Component), *columns(Snapshot, "current__")
    ),
    "bytes": lambda component: Report.objects.filter(snapshot__component=component).values_list("pk", "body"),
    "counted": lambda component: (
        Finding.objects.filter(component=component)
        .order_by("debt")
        .values_list("debt")
        .annotate(Count("id"), Max("severity"))
    ),
    "sliced": lambda component: (
        Finding.objects.filter(component=component).order_by("-severity", "pk").values_list("pk")[1:3]
    ),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_rows_are_those_of_the_query_set(made, query):
    prepared = Prepared(lambda: query(Given("component")))
    for component in made.components:
        plain = list(query(component.pk))
        assert plain
        assert [tuple(map(_comparable, row)) for row in prepared.ask(component=component.pk)] == [
            tuple(map(_comparable, row)) for row in plain
        ]


def _comparable(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_moment_is_told_as_the_database_keeps_it(made):
    query = Prepared(
        lambda: Snapshot.objects.filter(as_of__gt=Given("since", DateTimeField())).order_by("pk").values_list("as_of")
    )
    since = factories.NOW - timedelta(days=8)
    assert query.ask(since=since) == list(Snapshot.objects.filter(as_of__gt=since).order_by("pk").values_list("as_of"))


def test_instance_is_the_object_of_its_row(made):
    query = Prepared(lambda: Component.objects.filter(pk=Given("component")).values_list(*columns(Component)))
    (row,) = query.ask(component=made.components[1].pk)
    found = instance(Component, row)
    wanted = Component.objects.get(pk=made.components[1].pk)
    assert [getattr(found, name) for name in columns(Component)] == [
        getattr(wanted, name) for name in columns(Component)
    ]
    found.name = "renamed"
    found.save()
    assert Component.objects.get(pk=found.pk).name == "renamed"


def test_one_of_several_may_be_a_foreign_key(made):
    query = Prepared(
        lambda number: (
            Finding.objects.filter(among("component_id", "components", number)).order_by("pk").values_list("pk")
        )
    )
    both = [component.pk for component in made.components]
    for some in (both, both[1:], [both[0], 0]):
        wanted = list(Finding.objects.filter(component_id__in=some).order_by("pk").values_list("pk"))
        assert wanted
        assert query.ask(len(some), components=some) == wanted


def test_answer_follows_what_was_written_since(made):
    query = Prepared(lambda: present(Given("component")))
    component = made.components[0]
    before = query.ask(component=component.pk)
    Finding.objects.filter(component=component).update(present=False)
    assert [len(before), query.ask(component=component.pk)] == [9, []]


def test_sql_is_written_once_for_each_shape(made):
    write = Counted()
    query = Prepared(write)
    for shape in ("a", "b", "a"):
        for component in made.components:
            assert len(query.ask(shape, component=component.pk)) in {9, 4}
    assert write.times == 2


def test_no_more_statements_are_kept_than_so_many(made):
    write, pk = Counted(), made.components[0].pk
    query = Prepared(write)
    for shape in range(preparing.SHAPES + 1):
        query.ask(shape, component=pk)
    query.ask(preparing.SHAPES, component=pk)
    assert write.times == preparing.SHAPES + 1
    query.ask(0, component=pk)
    assert write.times == preparing.SHAPES + 2


@pytest.mark.django_db(transaction=True)
def test_statement_is_asked_on_the_connection_of_its_thread():
    made = factories.board(BOARD, weeks=3)
    query = Prepared(lambda: present(Given("component")))
    here = query.ask(component=made.components[0].pk)
    answers = []

    def ask() -> None:
        answers.append(query.ask(component=made.components[0].pk))
        connection.close()

    other = Thread(target=ask)
    other.start()
    other.join()
    assert answers == [here]
