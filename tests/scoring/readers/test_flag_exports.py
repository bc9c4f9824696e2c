"""Exports of feature flags: each system's shape as it documents it, and what is refused, with the line or the field."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scoring.facts import Flag
from scoring.readers.flag_exports import MAX_BYTES, MAX_FLAGS, NotFlags, read_flags

SAMPLES = Path(__file__).parent / "flag_exports"
TAKEN = datetime(2026, 3, 9, tzinfo=UTC)


def day(month: int, number: int = 1) -> datetime:
    return datetime(2026, month, number, tzinfo=UTC)


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.json").read_bytes()


MANY = {"flags": {f"f{n}": {"state": "ENABLED"} for n in range(MAX_FLAGS + 1)}}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "It is no JSON that can be read: it is empty."),
        (b'{"flags": {},\n"x"', "It is no JSON that can be read: it ends too early, in line 2."),
        (b'{"flags": {},\n"x": nope}', "It is no JSON that can be read: line 2, "),
        (b"\xff\xfe{\0}\0", "It is UTF-16, and JSON is UTF-8: "),
        (b"[1]", "It is JSON, and no export of flags: the top is no object. Read are LaunchDarkly's"),
        (b'{"a": 1, "b": 2}', "It is JSON, and no export of flags that is known: the top holds a, b. Read are"),
        (b'{"items": [{"key": "a"}, {"key": 3}]}', "Expected `str`, got `int` - at `$.items[1].key`."),
        (b'{"items": [{"environments": {}}]}', "It is no export of LaunchDarkly: Object missing required field `key`"),
        (b'{"features": [{"name": "a", "stale": "no"}]}', "It is no export of Unleash: Expected `bool | null`"),
        (b'{"feature_states": [{"enabled": true, "feature": 7}]}', "It is no export of Flagsmith: Expected `object`"),
        (b'{"flags": {"a": {}}}', "It is no export of flagd: Object missing required field `state`"),
        (b'{"flags": 3}', "It is no export of flagd: Expected `array`, got `int` - at `$.flags`."),
        (b'{"flags": {}}', "It is an export of flagd that holds no flag"),
        (json.dumps(MANY).encode(), "It holds 50,001 flags, and at most 50,000 are taken"),
        (b" " * (MAX_BYTES + 1), "It has 20 MB, and at most 20 are read"),
        (b'{"items": ' + b"[" * 5000 + b"]" * 5000 + b"}", "It is no "),
    ],
    ids=range(16),
)
def test_what_is_no_export_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(NotFlags) as refusal:
        read_flags(data, TAKEN)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_launchdarkly_tells_values_dates_and_what_is_kept() -> None:
    export = read_flags(sample("launchdarkly"), TAKEN)
    assert (export.system, export.taken_at, export.complete, len(export.digest)) == ("LaunchDarkly", TAKEN, True, 16)
    assert export.flags == (
        Flag("by-summary", value='"new"', changed_at=day(1)),
        Flag("for-testers", changed_at=day(1)),
        Flag("gone", archived=True, archived_at=day(3), told=False),
        Flag("half-way", changed_at=day(1)),
        Flag("model-off", value="false", changed_at=datetime(2025, 1, 1, tzinfo=UTC), kept=True),
        Flag("new-ranker", value="true", changed_at=day(1)),
    )


def test_page_of_a_longer_list_says_that_it_is_not_whole() -> None:
    document = json.loads(sample("launchdarkly")) | {"totalCount": 40}
    assert read_flags(json.dumps(document).encode(), TAKEN).complete is False
    document = json.loads(sample("flagsmith-features")) | {"next": "?page=2"}
    assert read_flags(json.dumps(document).encode(), TAKEN).complete is False


def test_unleash_tells_values_and_marks_and_no_dates() -> None:
    export = read_flags(sample("unleash"), TAKEN)
    assert (export.system, export.flags) == (
        "Unleash",
        (
            Flag("for-some"),
            Flag("gone", archived=True, archived_at=day(3), told=False),
            Flag("half-way", stale=True),
            Flag("model-off", value="true", kept=True),
            Flag("new-ranker", value="true"),
            Flag("off", value="false", kept=True),
        ),
    )


def test_flagsmith_features_tell_values_and_dates() -> None:
    export = read_flags(sample("flagsmith-features"), TAKEN)
    assert (export.system, export.complete, export.flags) == (
        "Flagsmith",
        True,
        (
            Flag("cut_off", value="0.5", changed_at=datetime(2026, 1, 1, 23, tzinfo=UTC)),
            Flag("for_some", changed_at=day(1)),
            Flag("gone", archived=True),
            Flag("new_ranker", value="true", changed_at=day(1)),
        ),
    )


def test_flagsmith_environment_tells_what_everyone_gets_there() -> None:
    export = read_flags(sample("flagsmith-environment"), TAKEN)
    assert (export.system, export.flags) == (
        "Flagsmith",
        (Flag("in_segment"), Flag("in_shares"), Flag("new_ranker", value="true"), Flag("of_a_person")),
    )


def test_flagd_is_read_as_an_object_and_as_a_list() -> None:
    document = json.loads(sample("flagd"))
    listed = {"flags": [{"key": key, **flag} for key, flag in document["flags"].items()]}
    expected = (
        Flag("for-some"),
        Flag("model-off", value="true", kept=True),
        Flag("new-ranker", value="true"),
        Flag("switched-off", value="its default in the code"),
    )
    exports = [read_flags(json.dumps(said).encode(), TAKEN) for said in (document, listed)]
    assert [(export.system, export.flags) for export in exports] == [("flagd", expected)] * 2
    assert exports[0].digest == exports[1].digest


def test_two_flags_of_one_key_are_one_that_nothing_is_told_of() -> None:
    item = {"key": "a", "archived": True}
    document = {"items": [item, item, {"key": "b", "archived": True}, {"key": "b"}]}
    assert read_flags(json.dumps(document).encode(), TAKEN).flags == (
        Flag("a", archived=True, told=False),
        Flag("b", told=False),
    )


ON = {"on": True, "lastModified": 1_735_689_600_000}
SOME = {**ON, "rules": [{"clauses": []}], "fallthrough": {"variation": 0}}
ALL = {**ON, "fallthrough": {"variation": 0}}


@pytest.mark.parametrize(
    ("environments", "told"),
    [
        ([], False),
        ([{**ALL, "archived": True}], False),
        ([ON], False),
        ([{**ON, "fallthrough": {}}], False),
        ([{**ON, "on": False}], False),
        ([{**ON, "_summary": {"variations": {}}}], False),
        ([ALL, ON], False),
        ([{**ALL, "fallthrough": {"variation": 7}}], False),
        ([SOME], True),
        ([SOME, ON], True),
        ([ALL, {**ON, "fallthrough": {"variation": 1}}], True),
        ([ALL], True),
    ],
    ids=range(12),
)
def test_flag_of_launchdarkly_is_told_where_its_environments_say_who_gets_what(
    environments: list[dict[str, object]], told: bool
) -> None:
    item = {"key": "a", "variations": [{"value": 1}], "environments": dict(enumerate(environments))}
    (flag,) = read_flags(json.dumps({"items": [item]}).encode(), TAKEN).flags
    assert (flag.told, flag.value) == (told, "1" if environments == [ALL] else None)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"features": [{"name": "a"}]}, False),
        ({"features": [{"name": "a", "environments": [{"enabled": True, "variants": [1]}]}]}, True),
        ({"results": [{"name": "a", "type": "STANDARD"}]}, False),
        ({"results": [{"name": "a", "type": "MULTIVARIATE"}]}, True),
        ({"flags": {"a": {"state": "ENABLED", "targeting": {"if": []}}}}, True),
    ],
    ids=range(5),
)
def test_flag_is_told_where_the_export_says_who_gets_what(document: dict[str, object], told: bool) -> None:
    assert read_flags(json.dumps(document).encode(), TAKEN).flags == (Flag("a", told=told),)


def test_no_person_and_no_rule_is_kept() -> None:
    kept = repr([read_flags(path.read_bytes(), TAKEN) for path in sorted(SAMPLES.glob("*.json"))])
    assert [word for word in ("somebody", "example.org", "region", "eu") if word in kept] == []


def test_value_that_looks_like_a_secret_is_masked_and_a_date_out_of_bounds_is_none() -> None:
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2"
    environment = {"on": False, "offVariation": 0, "lastModified": 10**18}
    document = {"items": [{"key": "a", "variations": [{"value": secret}], "environments": {"x": environment}}]}
    (flag,) = read_flags(json.dumps(document).encode(), TAKEN).flags
    assert (secret in (flag.value or ""), flag.changed_at) == (False, None)


def test_export_of_many_strategies_and_environments_is_read_in_time_linear_in_its_size() -> None:
    strategies = [{"name": "flexibleRollout", "featureName": "a", "parameters": {"rollout": "40"}}] * 4_000
    environments = [{"enabled": True, "featureName": "a"}] * 4_000
    document = {"features": [{"name": "a"}], "featureStrategies": strategies, "featureEnvironments": environments}
    started = time.process_time()
    assert read_flags(json.dumps(document).encode(), TAKEN).flags == (Flag("a"),)
    assert time.process_time() - started < 1.0
