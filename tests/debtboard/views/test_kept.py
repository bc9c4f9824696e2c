"""What a web process keeps between requests shows nobody what is not theirs, and nothing that is no longer so."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from debtboard.domain.points import Reading, store_points
from debtboard.domain.queries.kept import Kept
from debtboard.domain.queries.measures import Line, Point
from debtboard.models import Finding, Snapshot
from tests.debtboard.factories import NOW

FRAGMENT = "{% load debtboard %}{% kept 'partials/blame.html' reason=words %}"


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def fraud(board):
    return board.components[0]


@pytest.fixture
def address(fraud) -> str:
    return f"/components/{fraud.public_id}/"


def test_stranger_gets_nothing_of_a_page_that_was_just_shown(as_alice, board, client, address):
    assert "fraud-scoring" in text(as_alice, address)
    text(as_alice, "/")
    client.force_login(board.charlie)
    assert client.get(address).status_code == 404
    assert "fraud-scoring" not in text(client, "/")
    client.force_login(board.bob)
    assert "ticket-router" not in text(client, "/")


def test_fragment_knows_neither_the_request_nor_its_context():
    template = Template("{% load debtboard %}{% kept 'partials/blame.html' %}")
    assert "secret" not in template.render(Context({"reason": "secret", "blame": {"day": "secret"}}))


def test_fragment_is_made_anew_where_a_value_differs():
    assert [words in Template(FRAGMENT).render(Context({"words": words})) for words in ("one", "two", "one")] == [
        True,
        True,
        True,
    ]


def test_fragment_escapes_what_it_keeps():
    shown = [Template(FRAGMENT).render(Context({"words": "<b>"})) for _ in range(2)]
    assert shown[0] == shown[1]
    assert "&lt;b&gt;" in shown[0]


def test_page_follows_a_finding_that_was_decided_on(as_alice, fraud, address):
    before = text(as_alice, address)
    shown = re.findall(r'href="/findings/([\w-]+)/"', before)[-1]
    open_then = Finding.objects.filter(component=fraud, state="open").count()
    Finding.objects.filter(public_id=shown).update(state="false-positive")
    after = text(as_alice, address)
    assert f"<b>{open_then} findings</b> open" in before
    assert f"<b>{open_then - 1} findings</b> open" in after
    assert shown not in after


def test_page_follows_a_stale_mark_and_a_new_name(as_alice, fraud, address):
    text(as_alice, address)
    fraud.name, fraud.stale_since, fraud.stale_reason = "renamed", timezone.now(), "The key was revoked."
    fraud.save()
    assert {"renamed" in text(as_alice, page) for page in (address, "/", "/teams/team-0/")} == {True}
    assert "The key was revoked." in text(as_alice, address)


def test_points_follow_a_new_snapshot(as_alice, fraud, address):
    figure = f"{address}figure/litmus-newcomer-speed.json"
    before = as_alice.get(figure).json()
    weeks_ago = NOW.date() - timedelta(days=NOW.weekday(), weeks=60)
    Snapshot.objects.create(
        component=fraud,
        commit="c" * 40,
        committed_at=NOW - timedelta(weeks=60),
        engine="0.1.0",
        ruler=fraud.current.ruler,
        inputs="",
        as_of=NOW - timedelta(weeks=60),
        week=weeks_ago,
        week_latest=True,
        backfilled=True,
        profile="production",
        ml_code=True,
    )
    store_points(fraud, weeks_ago, [Reading("litmus-newcomer-speed", 11.0, 22.0, 33.0, 0.5)])
    after = as_alice.get(figure).json()
    assert 22.0 not in before["data"][-1]["y"]
    assert after["data"][-1]["y"][0] == 22.0


def test_kept_values_give_way_by_weight_and_age():
    kept = Kept(10, len)
    for key in ("a", "b", "c"):
        assert kept.get(key, lambda key=key: key * 4) == key * 4
    assert len(kept) == 2
    assert kept.get("b", lambda: "anew") == "bbbb"
    assert kept.get("a", lambda: "anew") == "anew"
    assert kept.get("heavy", lambda: "x" * 11) == "x" * 11
    assert kept.get("heavy", lambda: "again") == "again"


def test_values_without_weight_end_too():
    kept = Kept(10, lambda _: 0)
    for key in range(100):
        kept.get(key, lambda: "")
    assert len(kept) == 5


def test_kept_values_are_no_more_than_so_many():
    kept = Kept(1_000_000, entries=3)
    for key in range(100):
        kept.get(key, lambda: "")
    assert [len(kept), kept.get(99, lambda: "anew"), kept.get(96, lambda: "anew")] == [3, "", "anew"]


def test_keys_weigh_too():
    kept = Kept(100, len)
    for number in range(10):
        kept.get(("name", number, "x" * 40), lambda: "v")
    assert len(kept) == 2
    kept.get("x" * 200, lambda: "v")
    assert len(kept) == 2


class Weighed:
    """A key that counts how often it is hashed."""

    def __init__(self) -> None:
        self.hashed = 0

    def __hash__(self) -> int:
        self.hashed += 1
        return 1


def test_key_is_hashed_once_a_look():
    kept, key = Kept(10), Weighed()
    assert [kept.get(key, lambda: "made") for _ in range(3)] == ["made"] * 3
    assert key.hashed == 3


def test_lines_that_differ_in_the_middle_alone_are_two():
    weeks = [NOW.date() - timedelta(weeks=back) for back in (2, 1, 0)]
    one, same, other = (
        Line("rubric", "ML Test Score", tuple(Point(week, value=value) for week, value in zip(weeks, row, strict=True)))
        for row in ((1.0, 2.0, 3.0), (1.0, 2.0, 3.0), (1.0, 2.5, 3.0))
    )
    kept = Kept(1_000)
    assert [kept.get(line, object) is kept.get(one, object) for line in (one, same, other)] == [True, True, False]
