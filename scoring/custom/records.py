"""What passes between the child that runs an operator's own signals and the process that asks it."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from scoring.facts import DeclarationFacts, FlagExport, HistoryFacts
from scoring.findings import Measure, NotApplicable, Unknown


class Record(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Base of the messages and replies."""


# ---------------------------------------------------------------- asked


class Load(Record, frozen=True):
    """Import a file, in a process of its own; the reply is a Page or a Failure."""

    name: str
    source: bytes


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A file of the component, its facts as a store keeps them."""

    path: str
    blob: str
    size: int | None
    language: str
    roles: frozenset[str]
    facts: tuple[bytes, ...]
    skipped: str


class Give(Record, frozen=True):
    """Files that the child has not yet; the reply is Taken."""

    fresh: dict[int, Entry]


class Take(Record, frozen=True):
    """The component to speak of from now on, its files by number; the reply is Taken, and no file is loaded then."""

    order: tuple[int, ...]
    path: str
    profile: str
    as_of: datetime
    committed_at: datetime
    commit: str
    excluded: tuple[tuple[str, str], ...]
    history: HistoryFacts | None
    complete: bool
    declaration: DeclarationFacts | None
    flags: FlagExport | None


class Ask(Record, frozen=True):
    """What a signal of the file loaded last says of the component; the reply is Said or Failure. `watch` tells whether
    it changed the facts."""

    signal: str
    watch: bool = False


NO_PROCESS = "has no process to run in: none could be started"

Message = Load | Give | Take | Ask

# ---------------------------------------------------------------- answered


class Row(Record, frozen=True):
    """A signal as its file declares it."""

    id: str
    source: str
    anchors: tuple[float, float]
    severity: int
    precision: str
    measure: str
    unit: str
    kind: str
    effort: str
    lifecycle: str
    group: str
    remedy: str
    caution: str
    also: str
    dated: bool
    per_file: bool
    bad: Mapping[str, str]
    good: Mapping[str, str]


class Page(Record, frozen=True):
    """A file's debt. `text` is its docstring."""

    slug: str
    text: str
    ml_only: bool
    beside: str
    rows: tuple[Row, ...]


class Taken(Record, frozen=True):
    """What was sent is there."""


class Said(Record, frozen=True):
    """A signal's answer, one of the three."""

    measure: Measure | None = None
    not_applicable: NotApplicable | None = None
    unknown: Unknown | None = None


class Failure(Record, frozen=True):
    """Why there is no answer, in words that follow "it". `ended`: who was asked is no more, or can't be asked again."""

    reason: str
    ended: bool = False


Reply = Page | Taken | Said | Failure

encode = msgspec.msgpack.Encoder().encode
_messages: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def to_message(sent: bytes) -> Message:
    return _messages.decode(sent)


def to_reply(sent: bytes) -> Reply:
    """Raises msgspec.DecodeError or UnicodeError where it is none."""
    return _replies.decode(sent)
