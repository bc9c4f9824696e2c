"""A SARIF 2.1.0 log of another tool -> what it found: pure, limited, and refused with the line or the field.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 (log), 3.14 (run), 3.27 (result),
3.28 (location), 3.35 (suppression). Unknown properties are passed over. Never read by a scan of a repository: an
operator hands it over.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from scoring.masking import masked
from scoring.readers.sarif_log import Artifact, Head, Log, Message, Region, Result, Rule, Run, Stored

VERSION = "2.1.0"
MAX_BYTES = 20_000_000
MAX_RESULTS = 50_000
"""Of all runs together: what people can still read through stands far below."""
MAX_LINE = 10_000_000
MAX_TEXT = 500
MAX_URI = 4_096
"""Characters of an address, as many as a path may have; what is longer is no place."""
MAX_BASES = 20
"""Addresses that one is relative to, each to the next."""
EARLIEST, LATEST = 1990, 9000
"""Years in which a tool may have ended."""
LEVELS = ("none", "note", "warning", "error")
_READ = 4 * MAX_TEXT
"""Characters of a message of which what is shown is made."""
_ARGUMENT = re.compile(r"\{(\d{1,3})\}")
COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
NOT_A_FAULT, SUPPRESSED = "not a fault", "suppressed in the tool"
GONE, WITHOUT_PLACE = "gone since the tool's baseline", "without a place"


class NotSarif(Exception):
    """Why it can't be taken: one sentence, with the line or the field where it can be told."""


class Found(msgspec.Struct, frozen=True, gc=False):
    """One result with a place, as the tool gives it."""

    names: tuple[str, ...]
    """The rule's id, then its other name."""
    level: str
    message: str
    uri: str
    base: str
    """The address that `uri` is relative to, "" where it is not said."""
    line: int
    """0 where it is about the whole file."""
    end_line: int


class ToolRun(msgspec.Struct, frozen=True):
    """One run of one tool."""

    tool: str
    version: str
    commit: str
    """The revision that it says it looked at; "" where it says none."""
    ended_at: datetime | None
    results: tuple[Found, ...]
    left_out: Mapping[str, int]
    """reason -> results that are not among `results`."""


def read_sarif(data: bytes) -> tuple[ToolRun, ...]:
    """All runs of a log. Raises NotSarif."""
    if len(data) > MAX_BYTES:
        raise NotSarif(
            f"It has {len(data) / 1e6:.0f} MB, and at most {MAX_BYTES // 1_000_000} are read: name fewer rules."
        )
    log = _decoded(data.removeprefix(b"\xef\xbb\xbf"))
    if not log.runs:
        raise NotSarif("It holds no run (runs is empty): run the tool again.")
    results = sum(len(run.results or ()) for run in log.runs)
    if results > MAX_RESULTS:
        raise NotSarif(f"It holds {results:,} results, and at most {MAX_RESULTS:,} are taken: name fewer rules.")
    return tuple(_run(run, number) for number, run in enumerate(log.runs))


def _decoded(data: bytes) -> Log:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise NotSarif("It is UTF-16, and SARIF is UTF-8: let the tool write the file itself (-o), not the shell.")
    try:
        version = msgspec.json.decode(data, type=Head).version
        if version != VERSION:
            said = f"is {masked(version[:20])!r}" if version else "is missing"
            raise NotSarif(f"Its version {said}: SARIF {VERSION} is read.")
        return msgspec.json.decode(data, type=Log)
    except msgspec.ValidationError as error:
        raise NotSarif(f"It is JSON, and no SARIF {VERSION}: {error}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise NotSarif(f"It is no JSON that can be read: {_place(str(error), data)}.") from None


def _place(said: str, data: bytes) -> str:
    """msgspec counts bytes; people count lines."""
    found = re.search(r"\(byte (\d+)\)", said)
    if found is None:
        return said if len(data) else "it is empty"
    line = data.count(b"\n", 0, int(found[1])) + 1
    return f"line {line}, {said.removeprefix('JSON is malformed: ').replace(found[0], '').strip()}"


def _run(run: Run, number: int) -> ToolRun:
    driver = run.tool.driver
    name = _clean(driver.name, 100)
    if not name:
        raise NotSarif(f"The tool has no name: $.runs[{number}].tool.driver.name is empty.")
    left_out: Counter[str] = Counter()
    found = []
    for result in run.results or ():
        reason = _no_fault(result)
        row = None if reason else _found(result, run)
        if row is None:
            left_out[reason or WITHOUT_PLACE] += 1
        else:
            found.append(row)
    commits = [entry.revisionId or "" for entry in run.versionControlProvenance or ()]
    ends = [end for entry in run.invocations or () if (end := _moment(entry.endTimeUtc)) is not None]
    return ToolRun(
        tool=name,
        version=_clean(driver.semanticVersion or driver.version or "", 50),
        commit=next((commit for commit in commits if COMMIT.fullmatch(commit)), ""),
        ended_at=max(ends, default=None),
        results=tuple(found),
        left_out=dict(sorted(left_out.items())),
    )


def _moment(said: datetime | None) -> datetime | None:
    """In UTC; None where it says none, or one that no clock of a tool showed."""
    if said is None or not EARLIEST <= said.year <= LATEST:
        return None
    return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)


def _no_fault(result: Result) -> str:
    """Why the tool itself does not hold it against the code; "" where it does."""
    if (result.kind or "fail") != "fail":
        return NOT_A_FAULT
    if any((entry.status or "accepted") == "accepted" for entry in result.suppressions or ()):
        return SUPPRESSED
    return GONE if result.baselineState == "absent" else ""


def _found(result: Result, run: Run) -> Found | None:
    rule = _rule(result, run.tool.driver.rules or ())
    id_ = result.ruleId or (result.rule.id if result.rule else None) or (rule.id if rule else "") or ""
    physical = next((place.physicalLocation for place in result.locations or () if place.physicalLocation), None)
    artifact = _artifact(physical.artifactLocation if physical else None, run.artifacts or ())
    base = "" if artifact is None else _base(artifact.uriBaseId, run.originalUriBaseIds)
    if artifact is None or not artifact.uri or len(base) + len(artifact.uri) > MAX_URI:
        return None
    default = rule.defaultConfiguration.level if rule and rule.defaultConfiguration else None
    level = result.level or default or "warning"
    region = (physical.region if physical else None) or Region()
    line = _line(region.startLine)
    names = (_clean(id_, 200) or "without a rule", *((_clean(rule.name, 200),) if rule and rule.name else ()))
    return Found(
        names=names,
        level=level if level in LEVELS else "warning",
        message=_clean(_text(result.message, rule), MAX_TEXT),
        uri=artifact.uri,
        base=base,
        line=line,
        end_line=max(line, _line(region.endLine)),
    )


def _rule(result: Result, rules: Sequence[Rule]) -> Rule | None:
    index = result.ruleIndex if result.ruleIndex >= 0 else result.rule.index if result.rule else -1
    return rules[index] if 0 <= index < len(rules) else None


def _artifact(said: Artifact | None, stored: Sequence[Stored]) -> Artifact | None:
    """The one that a location names, or points at by its number."""
    if said is None or said.uri or not 0 <= said.index < len(stored):
        return said
    return stored[said.index].location


def _base(id_: str | None, bases: Mapping[str, Artifact]) -> str:
    """What an address is relative to, in full: bases may be relative to others."""
    parts: list[str] = []
    seen: set[str] = set()
    while id_ and id_ in bases and id_ not in seen and len(seen) < MAX_BASES:
        seen.add(id_)
        base = bases[id_]
        parts.append((base.uri or "")[: MAX_URI + 1])
        id_ = base.uriBaseId
    return "".join(part if part.endswith("/") else f"{part}/" for part in reversed(parts) if part)


def _text(message: Message, rule: Rule | None) -> str:
    """As much of it as may be shown, its arguments filled in: they may be many, and long."""
    text = message.text
    if text is None and message.id and rule:
        text = rule.messageStrings.get(message.id, Message()).text
    arguments, filled = message.arguments, ""
    for place, part in enumerate(_ARGUMENT.split((text or "")[:_READ])):
        if place % 2 and int(part) < len(arguments):
            part = arguments[int(part)]
        elif place % 2:
            part = f"{{{part}}}"
        filled += part[: _READ - len(filled)]
    return filled


def _line(said: int | None) -> int:
    return said if said is not None and 0 < said <= MAX_LINE else 0


def _clean(text: str, most: int) -> str:
    """One line of printable text, cut, with what looks like a secret masked."""
    plain = " ".join("".join(mark if mark.isprintable() else " " for mark in text[: 4 * most]).split())
    shown = masked(plain)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
