"""What the export of each system of feature flags says of its flags: (flags, whether it holds all that there are).

What everyone gets is told where every environment that is not archived gives everyone the same value: no rule, no
target, no segment, and a roll-out of everyone or nobody. Each function raises what msgspec raises.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from scoring.facts import Flag
from scoring.knowledge.flags import KEPT_TAGS, KEPT_TYPES
from scoring.masking import masked
from scoring.readers.flag_shapes import (
    Configuration,
    FeatureEnvironment,
    FlagdFlag,
    FlagdFlags,
    FlagdList,
    FlagsmithEnvironment,
    FlagsmithFeature,
    FlagsmithFeatures,
    LaunchDarklyFlag,
    LaunchDarklyList,
    Strategy,
    Summary,
    UnleashExport,
    UnleashFeature,
)

Read = Callable[[bytes], tuple[Sequence[Flag], bool]]

MAX_VALUE = 60
"""Characters of a value that are shown."""
EVERYONE = 100_000
"""LaunchDarkly counts weights in thousandths of a percent."""
UNSAID = -1
"""In place of the number of a variation: which one everyone gets is not said, if it is one."""
DEFAULT = "its default in the code"
EARLIEST, LATEST = 1990, 9000
"""Years in which a flag may have been changed."""

# ---------------------------------------------------------------- LaunchDarkly


def launchdarkly(data: bytes) -> tuple[list[Flag], bool]:
    """Its list of flags; a page of a longer list says how many there are in all."""
    said = msgspec.json.decode(data, type=LaunchDarklyList)
    complete = said.totalCount is None or said.totalCount <= len(said.items)
    return [_launchdarkly_flag(item) for item in said.items], complete


def _launchdarkly_flag(item: LaunchDarklyFlag) -> Flag:
    live = [each for each in (item.environments or {}).values() if not each.archived]
    served, variations = {_served(each) for each in live}, item.variations or ()
    differs = None in served or len(served - {UNSAID}) > 1
    index = served.pop() if len(served) == 1 and not differs else None
    value = _json(variations[index].value) if index is not None and 0 <= index < len(variations) else None
    changes = [_moment(each.lastModified) for each in live]
    return Flag(
        key=item.key,
        value=value,
        changed_at=max(filter(None, changes)) if changes and all(changes) else None,
        archived=item.archived,
        archived_at=_moment(item.archivedDate),
        kept=item.temporary is False or _is_kept(item.tags or ()),
        told=differs or value is not None,
    )


def _served(said: Configuration) -> int | None:
    """The number of the variation that everyone gets; None where not all get the same."""
    if not said.on:
        return _off(said.summary) if said.offVariation is None else said.offVariation
    if said.fallthrough is None:
        return _by_summary(said.summary)
    targets = [*(said.targets or ()), *(said.contextTargets or ())]
    if said.rules or said.prerequisites or any(target.values for target in targets):
        return None
    if said.fallthrough.rollout is None:
        return UNSAID if said.fallthrough.variation is None else said.fallthrough.variation
    return next((each.variation for each in said.fallthrough.rollout.variations if each.weight == EVERYONE), None)


def _off(said: Summary | None) -> int:
    off = [name for name, each in said.variations.items() if each.isOff] if said is not None else []
    return int(off[0]) if len(off) == 1 and off[0].isdecimal() else UNSAID


def _by_summary(said: Summary | None) -> int | None:
    if said is None:
        return UNSAID
    if said.prerequisites or any(
        each.rules or each.targets or each.contextTargets for each in said.variations.values()
    ):
        return None
    served = [name for name, each in said.variations.items() if each.isFallthrough]
    if len(served) > 1 or any(said.variations[name].rollout not in (None, EVERYONE) for name in served):
        return None
    return int(served[0]) if served and served[0].isdecimal() else UNSAID


# ---------------------------------------------------------------- Unleash


def unleash(data: bytes) -> tuple[list[Flag], bool]:
    """Its export of an environment, or its list of features. It dates no change."""
    said = msgspec.json.decode(data, type=UnleashExport)
    strategies: dict[str, list[Strategy]] = {}
    for strategy in said.featureStrategies or ():
        strategies.setdefault(strategy.featureName or "", []).append(strategy)
    environments: dict[str, list[FeatureEnvironment]] = {}
    for environment in said.featureEnvironments or ():
        environments.setdefault(environment.featureName or "", []).append(environment)
    tags: dict[str, list[str]] = {}
    for tag in said.featureTags or ():
        tags.setdefault(tag.featureName or "", []).append(tag.tagValue or "")
    flags = []
    for feature in said.features:
        live = [*(feature.environments or ()), *environments.get(feature.name, ())]
        flags.append(_unleash_flag(feature, live, strategies.get(feature.name, []), tags.get(feature.name, [])))
    return flags, True


def _unleash_flag(
    feature: UnleashFeature, live: Sequence[FeatureEnvironment], strategies: Sequence[Strategy], tags: Sequence[str]
) -> Flag:
    shared = _given(strategies)
    served = {_enabled(each, shared if each.strategies is None else _given(each.strategies)) for each in live}
    enabled = served.pop() if len(served) == 1 else None
    return Flag(
        key=feature.name,
        value=None if enabled is None else _json(enabled),
        archived=bool(feature.archived) or feature.archivedAt is not None,
        archived_at=_utc(feature.archivedAt),
        stale=bool(feature.stale),
        kept=feature.type in KEPT_TYPES or _is_kept(tags),
        told=bool(live),
    )


def _enabled(environment: FeatureEnvironment, given: bool | None) -> bool | None:
    """Whether everyone gets it; None where some do. `given`: what its strategies say."""
    if not environment.enabled:
        return False
    return None if environment.variants else given


def _given(strategies: Sequence[Strategy]) -> bool | None:
    """Whether everyone gets what these strategies give; None where some do."""
    active = [each for each in strategies if not each.disabled]
    if any(each.variants for each in active):
        return None
    if not active or any(_rollout(each) == "100" for each in active):
        return True
    return False if all(_rollout(each) == "0" for each in active) else None


def _rollout(strategy: Strategy) -> str:
    """Percent of people, "" where it depends on who they are."""
    percent = "100" if strategy.name == "default" else str((strategy.parameters or {}).get("rollout", ""))
    return "" if percent != "0" and (strategy.constraints or strategy.segments) else percent


# ---------------------------------------------------------------- Flagsmith


def flagsmith_environment(data: bytes) -> tuple[list[Flag], bool]:
    """Its document of one environment, which says no date."""
    said = msgspec.json.decode(data, type=FlagsmithEnvironment)
    segments = (said.project.segments if said.project else None) or ()
    overridden = {state.feature.name for segment in segments for state in segment.feature_states or ()}
    people = said.identity_overrides or ()
    overridden |= {state.feature.name for person in people for state in person.identity_features or ()}
    flags = []
    for state in said.feature_states:
        same = state.feature.name not in overridden and not state.multivariate_feature_state_values
        value = _state(state.enabled, state.feature_state_value) if same else None
        flags.append(Flag(key=state.feature.name, value=value))
    return flags, True


def flagsmith_features(data: bytes) -> tuple[list[Flag], bool]:
    """Its list of a project's features, or a page of it."""
    said = msgspec.json.decode(data, type=FlagsmithFeatures)
    return [_flagsmith_flag(item) for item in said.results], not said.next


def _flagsmith_flag(item: FlagsmithFeature) -> Flag:
    state = item.environment_feature_state
    same = item.type != "MULTIVARIATE" and not item.num_segment_overrides and not item.num_identity_overrides
    return Flag(
        key=item.name,
        value=_state(state.enabled, state.feature_state_value) if state is not None and same else None,
        changed_at=_utc(item.last_modified_in_any_environment or item.last_modified_in_current_environment),
        archived=item.is_archived,
        told=state is not None or not same,
    )


def _state(enabled: bool, value: Any) -> str:
    return _json(value if enabled and value not in (None, "") else enabled)


# ---------------------------------------------------------------- flagd


def flagd(data: bytes) -> tuple[list[Flag], bool]:
    """Its definitions: an object by key, or a list of flags that hold their keys. They say no date."""
    try:
        said: Mapping[str, FlagdFlag] = msgspec.json.decode(data, type=FlagdFlags).flags
    except msgspec.ValidationError as error:
        if not str(error).endswith("`$.flags`"):
            raise
        said = {flag.key or "": flag for flag in msgspec.json.decode(data, type=FlagdList).flags}
    return [_flagd_flag(key, flag) for key, flag in said.items()], True


def _flagd_flag(key: str, flag: FlagdFlag) -> Flag:
    value, disabled = None, flag.state.upper() == "DISABLED"
    if disabled or not flag.targeting:
        variant = None if disabled else flag.defaultVariant
        value = DEFAULT if variant is None else _json((flag.variants or {}).get(variant, variant))
    return Flag(key=key, value=value, kept=_is_kept(str(name) for name in flag.metadata or {}))


# ---------------------------------------------------------------- what all share


def _is_kept(tags: Iterable[str]) -> bool:
    return any(tag.casefold() in KEPT_TAGS for tag in tags)


def _json(value: Any) -> str:
    """As it is shown: in one line, cut, with what looks like a secret masked."""
    text = masked(msgspec.json.encode(value, order="deterministic").decode()[: 4 * MAX_VALUE])
    return text if len(text) <= MAX_VALUE else f"{text[: MAX_VALUE - 1]}…"


def _moment(milliseconds: int | None) -> datetime | None:
    try:
        return None if milliseconds is None else _utc(datetime.fromtimestamp(milliseconds / 1000, UTC))
    except (OverflowError, OSError, ValueError):
        return None


def _utc(said: datetime | None) -> datetime | None:
    if said is None or not EARLIEST <= said.year <= LATEST:
        return None
    return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
