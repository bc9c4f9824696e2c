"""An export of feature flags -> what it says of each flag: pure, limited, and refused with the line or the field.

What is kept of a flag is its key, its value where everyone gets the same one, and its dates: no rule, target or person
leaves this module. Never read by a scan of a repository: an operator hands it over.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b

import msgspec

from scoring.facts import Flag, FlagExport
from scoring.masking import masked
from scoring.readers.flag_systems import (
    Read,
    flagd,
    flagsmith_environment,
    flagsmith_features,
    launchdarkly,
    unleash,
)

MAX_BYTES = 20_000_000
MAX_FLAGS = 50_000
"""Far above what any team can still know; Uber's code base held 6601."""
MAX_KEY = 200

SHAPES: tuple[tuple[str, str, Read], ...] = (
    ("items", "LaunchDarkly", launchdarkly),
    ("features", "Unleash", unleash),
    ("feature_states", "Flagsmith", flagsmith_environment),
    ("results", "Flagsmith", flagsmith_features),
    ("flags", "flagd", flagd),
)
"""The name at the top that tells a shape."""
KNOWN = "Read are LaunchDarkly's list of flags, Unleash's export, Flagsmith's features and flagd's definitions."


class NotFlags(Exception):
    """Why it can't be taken: one sentence, with the line or the field where it can be told."""


def read_flags(data: bytes, taken_at: datetime) -> FlagExport:
    """The flags of an export that speaks of that moment. Raises NotFlags."""
    if len(data) > MAX_BYTES:
        raise NotFlags(
            f"It has {len(data) / 1e6:.0f} MB, and at most {MAX_BYTES // 1_000_000} are read: export one project."
        )
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise NotFlags("It is UTF-16, and JSON is UTF-8: let the system write the file itself, not the shell.")
    system, read = _shape(data)
    try:
        flags, complete = read(data)
    except msgspec.ValidationError as error:
        raise NotFlags(f"It is no export of {system}: {error}.") from None
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise NotFlags(f"It is no JSON that can be read: {_place(str(error), data)}.") from None
    if len(flags) > MAX_FLAGS:
        raise NotFlags(f"It holds {len(flags):,} flags, and at most {MAX_FLAGS:,} are taken: export one project.")
    if not flags:
        raise NotFlags(f"It is an export of {system} that holds no flag: export the project that the code asks.")
    kept = tuple(_of_one_key(flags))
    digest = blake2b(msgspec.json.encode((system, kept, complete)), digest_size=8).hexdigest()
    return FlagExport(system=system, taken_at=taken_at, flags=kept, complete=complete, digest=digest)


def _of_one_key(flags: Iterable[Flag]) -> Iterator[Flag]:
    """Sorted by key. Two flags of one key, as of two projects, are one that nothing is told of."""
    by_key: dict[str, Flag] = {}
    for flag in flags:
        same = by_key.get(flag.key)
        by_key[flag.key] = flag if same is None or same == flag else Flag(flag.key, told=False)
    for key in sorted(by_key):
        if key and len(key) <= MAX_KEY:
            yield by_key[key]


# ---------------------------------------------------------------- which system's


def _shape(data: bytes) -> tuple[str, Read]:
    """(system, how it is read), as the names at the top tell. Raises NotFlags."""
    try:
        top = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        raise NotFlags(f"It is JSON, and no export of flags: the top is no object. {KNOWN}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise NotFlags(f"It is no JSON that can be read: {_place(str(error), data)}.") from None
    for name, system, read in SHAPES:
        if name in top:
            return system, read
    names = ", ".join(masked(name[:40]) for name in sorted(top)[:5]) or "nothing"
    raise NotFlags(f"It is JSON, and no export of flags that is known: the top holds {names}. {KNOWN}")


def _place(said: str, data: bytes) -> str:
    """msgspec counts bytes; people count lines."""
    found = re.search(r"\(byte (\d+)\)", said)
    if found is None and not data:
        return "it is empty"
    if found is None:
        last = data.count(b"\n") + 1
        return f"it ends too early, in line {last}" if "truncated" in said else said
    line = data.count(b"\n", 0, int(found[1])) + 1
    return f"line {line}, {said.removeprefix('JSON is malformed: ').replace(found[0], '').strip()}"
