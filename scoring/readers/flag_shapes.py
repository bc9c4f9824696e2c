"""The shapes of exports of feature flags, as far as they are read; names are the systems' own.

Sources: LaunchDarkly, REST API, "List feature flags" (FeatureFlag, FeatureFlagConfig). Unleash, OpenAPI,
exportResultSchema, featureSchema and featureStrategySchema. Flagsmith, REST API, features of a project, and the
environment document. flagd, JSON schema flags.json of flagd-schemas. Unknown properties are passed over, and a null
counts as absent.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec


class Lenient(msgspec.Struct, frozen=True, gc=False):
    """What is read of an object; the rest of it is passed over."""


# ---------------------------------------------------------------- LaunchDarkly


class Variation(Lenient, frozen=True, gc=False):
    value: Any = None


class Target(Lenient, frozen=True, gc=False):
    values: tuple[Any, ...] | None = None


class Weighted(Lenient, frozen=True, gc=False):
    variation: int
    weight: int


class Rollout(Lenient, frozen=True, gc=False):
    variations: tuple[Weighted, ...] = ()


class Fallthrough(Lenient, frozen=True, gc=False):
    variation: int | None = None
    rollout: Rollout | None = None


class VariationSummary(Lenient, frozen=True, gc=False):
    rules: int = 0
    targets: int = 0
    contextTargets: int = 0
    isFallthrough: bool = False
    isOff: bool = False
    rollout: int | None = None


class Summary(Lenient, frozen=True, gc=False):
    variations: Mapping[str, VariationSummary] = {}
    prerequisites: int = 0


class Configuration(Lenient, frozen=True, gc=False):
    """Of one flag in one environment; `rules` and `fallthrough` are absent where only the summary is given."""

    on: bool
    archived: bool = False
    lastModified: int | None = None
    targets: tuple[Target, ...] | None = None
    contextTargets: tuple[Target, ...] | None = None
    rules: tuple[Any, ...] | None = None
    prerequisites: tuple[Any, ...] | None = None
    fallthrough: Fallthrough | None = None
    offVariation: int | None = None
    summary: Summary | None = msgspec.field(name="_summary", default=None)


class LaunchDarklyFlag(Lenient, frozen=True, gc=False):
    key: str
    archived: bool = False
    archivedDate: int | None = None
    temporary: bool | None = None
    tags: tuple[str, ...] | None = None
    variations: tuple[Variation, ...] | None = None
    environments: Mapping[str, Configuration] | None = None


class LaunchDarklyList(Lenient, frozen=True, gc=False):
    items: tuple[LaunchDarklyFlag, ...]
    totalCount: int | None = None


# ---------------------------------------------------------------- Unleash


class Strategy(Lenient, frozen=True, gc=False):
    name: str
    featureName: str | None = None
    parameters: Mapping[str, Any] | None = None
    constraints: tuple[Any, ...] | None = None
    segments: tuple[Any, ...] | None = None
    variants: tuple[Any, ...] | None = None
    disabled: bool | None = None


class FeatureEnvironment(Lenient, frozen=True, gc=False):
    enabled: bool
    featureName: str | None = None
    name: str | None = None
    variants: tuple[Any, ...] | None = None
    strategies: tuple[Strategy, ...] | None = None


class FeatureTag(Lenient, frozen=True, gc=False):
    featureName: str | None = None
    tagValue: str | None = None


class UnleashFeature(Lenient, frozen=True, gc=False):
    name: str
    type: str | None = None
    stale: bool | None = None
    archived: bool | None = None
    archivedAt: datetime | None = None
    environments: tuple[FeatureEnvironment, ...] | None = None


class UnleashExport(Lenient, frozen=True, gc=False):
    features: tuple[UnleashFeature, ...]
    featureStrategies: tuple[Strategy, ...] | None = None
    featureEnvironments: tuple[FeatureEnvironment, ...] | None = None
    featureTags: tuple[FeatureTag, ...] | None = None


# ---------------------------------------------------------------- Flagsmith


class Named(Lenient, frozen=True, gc=False):
    name: str


class FeatureState(Lenient, frozen=True, gc=False):
    """Of a feature in one environment, for everyone or for a segment."""

    enabled: bool
    feature: Named
    feature_state_value: Any = None
    multivariate_feature_state_values: tuple[Any, ...] | None = None


class Segment(Lenient, frozen=True, gc=False):
    feature_states: tuple[FeatureState, ...] | None = None


class Project(Lenient, frozen=True, gc=False):
    segments: tuple[Segment, ...] | None = None


class Override(Lenient, frozen=True, gc=False):
    identity_features: tuple[FeatureState, ...] | None = None


class FlagsmithEnvironment(Lenient, frozen=True, gc=False):
    feature_states: tuple[FeatureState, ...]
    project: Project | None = None
    identity_overrides: tuple[Override, ...] | None = None


class EnvironmentState(Lenient, frozen=True, gc=False):
    enabled: bool
    feature_state_value: Any = None


class FlagsmithFeature(Lenient, frozen=True, gc=False):
    name: str
    type: str | None = None
    is_archived: bool = False
    num_segment_overrides: int | None = None
    num_identity_overrides: int | None = None
    environment_feature_state: EnvironmentState | None = None
    last_modified_in_any_environment: datetime | None = None
    last_modified_in_current_environment: datetime | None = None


class FlagsmithFeatures(Lenient, frozen=True, gc=False):
    results: tuple[FlagsmithFeature, ...]
    next: str | None = None


# ---------------------------------------------------------------- flagd


class FlagdFlag(Lenient, frozen=True, gc=False):
    state: str
    key: str | None = None
    variants: Mapping[str, Any] | None = None
    defaultVariant: str | None = None
    targeting: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None


class FlagdFlags(Lenient, frozen=True, gc=False):
    flags: Mapping[str, FlagdFlag]


class FlagdList(Lenient, frozen=True, gc=False):
    flags: tuple[FlagdFlag, ...]
