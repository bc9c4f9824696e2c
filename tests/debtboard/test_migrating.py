"""A database of the first version, with data in it, becomes one of the newest and loses nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from debtboard.domain.measuring import inputs_of
from debtboard.models import Approval, Component, Point, Snapshot

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = ("debtboard", "0001_first")
WEEK = date(2026, 11, 9)


def migrated(targets: list[tuple[str, str | None]]):
    """The models as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    executor.loader.build_graph()
    return executor.loader.project_state([target for target in targets if target[1]]).apps


@pytest.fixture
def first() -> Iterator[object]:
    """The models of the first version, in a database that has seen no other; afterwards all is the newest again."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrated([("debtboard", None)])
    try:
        yield migrated([FIRST])
    finally:
        migrated(newest)


def test_first_database_with_data_becomes_the_newest(first):
    of = {name: first.get_model("debtboard", name).objects for name in ("Component", "Snapshot", "Point", "Measure")}
    asker = first.get_model("debtboard", "Person").objects.create(username="alice")
    organisation = first.get_model("debtboard", "Organisation").objects.create(name="Example")
    repository = first.get_model("debtboard", "Repository").objects.create(
        organisation=organisation, address="/srv/churn", name="churn", kind="local", branch="release", created_by=asker
    )
    kept = of["Component"].create(
        repository=repository, name="churn", profile="prototype", excludes=["third/**", "data/*", "data/*"]
    )
    of["Component"].create(repository=repository, name="plain", path="plain")
    ruler = first.get_model("debtboard", "Ruler").objects.create(hash="r" * 16, version="1")
    at = datetime(2026, 11, 12, 9, tzinfo=UTC)
    current = of["Snapshot"].create(
        component=kept,
        commit="c" * 40,
        committed_at=at,
        engine="0.1.0",
        ruler=ruler,
        inputs="as it was",
        as_of=at,
        week=WEEK,
        week_latest=True,
        profile="prototype",
        ml_code=True,
    )
    of["Component"].filter(pk=kept.pk).update(current=current)
    rubric = of["Measure"].create(slug="rubric")
    of["Point"].create(component=kept, measure=rubric, week=WEEK, best=4.0, value=2.0, worst=1.0)

    migrated(MigrationExecutor(connection).loader.graph.leaf_nodes())

    plain, component = Component.objects.order_by("-name")
    assert (component.profile, component.excludes, component.points_written) == ("production", [], 0)
    assert (plain.profile, plain.approvals.count()) == ("production", 0)
    asked = Approval.objects.values_list("component", "kind", "what", "state", "declared", "asked_by")
    assert list(asked) == [
        (kept.pk, "exclude", "data/*", "asked", False, asker.pk),
        (kept.pk, "exclude", "third/**", "asked", False, asker.pk),
        (kept.pk, "profile", "prototype", "asked", False, asker.pk),
    ]
    snapshot = Snapshot.objects.get()
    assert (component.current, snapshot.week_latest, snapshot.profile) == (snapshot, True, "prototype")
    assert snapshot.branch == "release"
    assert inputs_of(component).digest != snapshot.inputs
    assert list(Point.objects.values_list("component", "measure__slug", "week", "best", "value", "worst")) == [
        (kept.pk, "rubric", WEEK, 4.0, 2.0, 1.0)
    ]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'debtboard_point'")
            assert cursor.fetchone()[0].endswith("WITHOUT ROWID")
