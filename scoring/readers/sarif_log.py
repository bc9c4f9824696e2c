"""The shape of a SARIF 2.1.0 log, as far as it is read; names are SARIF's own.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, section 3. A null counts as absent.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec


class Lenient(msgspec.Struct, frozen=True, gc=False):
    """What is read of an object; the rest of it is passed over."""


class Message(Lenient, frozen=True, gc=False):
    text: str | None = None
    id: str | None = None
    arguments: tuple[str, ...] = ()


class Artifact(Lenient, frozen=True, gc=False):
    uri: str | None = None
    uriBaseId: str | None = None
    index: int = -1


class Region(Lenient, frozen=True, gc=False):
    startLine: int | None = None
    endLine: int | None = None


class Physical(Lenient, frozen=True, gc=False):
    artifactLocation: Artifact | None = None
    region: Region | None = None


class Location(Lenient, frozen=True, gc=False):
    physicalLocation: Physical | None = None


class RuleRef(Lenient, frozen=True, gc=False):
    id: str | None = None
    index: int = -1


class Suppression(Lenient, frozen=True, gc=False):
    status: str | None = None


class Result(Lenient, frozen=True, gc=False):
    message: Message
    ruleId: str | None = None
    ruleIndex: int = -1
    rule: RuleRef | None = None
    kind: str | None = None
    level: str | None = None
    locations: tuple[Location, ...] | None = None
    suppressions: tuple[Suppression, ...] | None = None
    baselineState: str | None = None


class Configuration(Lenient, frozen=True, gc=False):
    level: str | None = None


class Rule(Lenient, frozen=True, gc=False):
    id: str
    name: str | None = None
    defaultConfiguration: Configuration | None = None
    messageStrings: Mapping[str, Message] = {}


class Driver(Lenient, frozen=True, gc=False):
    name: str
    version: str | None = None
    semanticVersion: str | None = None
    rules: tuple[Rule, ...] | None = None


class Tool(Lenient, frozen=True, gc=False):
    driver: Driver


class Stored(Lenient, frozen=True, gc=False):
    location: Artifact | None = None


class Provenance(Lenient, frozen=True, gc=False):
    revisionId: str | None = None


class Invocation(Lenient, frozen=True, gc=False):
    endTimeUtc: datetime | None = None


class Run(Lenient, frozen=True, gc=False):
    tool: Tool
    results: tuple[Result, ...] | None = None
    artifacts: tuple[Stored, ...] | None = None
    originalUriBaseIds: Mapping[str, Artifact] = {}
    versionControlProvenance: tuple[Provenance, ...] | None = None
    invocations: tuple[Invocation, ...] | None = None


class Head(Lenient, frozen=True, gc=False):
    version: str | None = None


class Log(Lenient, frozen=True, gc=False):
    version: str
    runs: tuple[Run, ...]
