"""Inputs of training and feature code that change by themselves (catalogue: uns.3, uns.5).

Only files that fit, split or transform count: serving should follow an alias, and a tool that fetches data on purpose
is where it belongs. What a program resumes from (checkpoints, weights, logs) is its own output and no input.
"""

import re
from collections.abc import Iterator

from scoring import knowledge
from scoring.analyses.calls import calls_of, has_call
from scoring.analyses.memo import Memo
from scoring.analyses.python_file import prepares, trains
from scoring.facts import Call, Idiom, PythonFacts
from scoring.findings import Hit, Tally

LATEST = re.compile(r"(?:^|[\W_])(?:latest|newest|current|production|champion)(?:[\W_]|$)", re.IGNORECASE)
ALIAS = re.compile(
    r"^['\"](?:models:/[^'\"]+[/@](?:latest|production|champion|staging)|[^'\"]+:latest)['\"]$", re.IGNORECASE
)
OWN_OUTPUT = re.compile(
    r"ckpt|check_?point|weights?|resume|\blogs?\b|runs?\b|epoch|optim|\.pth?\b|\.h5\b|model", re.IGNORECASE
)
WEB_ADDRESS = re.compile(r"^['\"]https?://", re.IGNORECASE)
FIXED = re.compile(r"/[0-9a-f]{40}/|/releases/download/|/v\d|@v?\d|blob/v|resolve/[0-9a-f]{7,}", re.IGNORECASE)
"""An address that names a version."""
NO_INPUT = re.compile(r"token|auth|login|slack|webhook|health|ping|notif|secret|version|metadata", re.IGNORECASE)
URL_NAME = re.compile(r"url|uri|link|address", re.IGNORECASE)
NEAR_LINES = 15
STORES = frozenset({"open", "pathlib.Path().write_bytes", "pathlib.Path().write_text", "shutil.copyfileobj"})


def latest_reads(facts: PythonFacts) -> Tally | None:
    """Reads of whatever is newest, in a file that trains or makes features."""
    if not _makes_data_of(facts):
        return None
    hits = [hit for call in facts.calls for hit in _alias(call)]
    hits += [_newest(item) for item in facts.idioms if item.kind == "newest" and not OWN_OUTPUT.search(item.detail)]
    hits.sort(key=lambda hit: (hit.line, hit.key))
    return Tally(1, len(hits), tuple(hits))


def web_reads(facts: PythonFacts) -> Tally | None:
    """Reads of the web without a kept copy, in a file that trains or makes features."""
    if not _makes_data_of(facts):
        return None
    if not has_call(facts, "FRAME", "WEB"):
        return Tally(1, 0)
    stores = [*calls_of(facts, "WRITE"), *(call for call in facts.calls if call.name in STORES)]
    read = [(call, what) for call in facts.calls if (what := _address(call)) and not _is_kept(call, stores)]
    return Tally(1, len(read), tuple(_web_hit(call, what) for call, what in read))


def _makes_data(facts: PythonFacts) -> bool:
    if not (trains(facts) or prepares(facts)):
        return False
    return not any(knowledge.in_library(item.module, "SERVE") for item in facts.imports if item.level == 0)


_makes_data_of = Memo(_makes_data)


def _alias(call: Call) -> Iterator[Hit]:
    shown = next((text for text in (call.first, *(value for _, value in call.keywords)) if ALIAS.match(text)), "")
    if not shown and knowledge.is_call(call.name, "READ") and knowledge.is_call(call.name, "FRAME"):
        shown = call.first if LATEST.search(call.first) and not OWN_OUTPUT.search(call.first) else ""
    if not shown and call.name.endswith("get_latest_versions"):
        shown = "the latest version"
    if shown:
        name = shown.strip("'\"")
        yield Hit(
            line=call.line,
            end_line=call.end_line,
            key=f"{call.name} {shown}",
            symbol=call.scope,
            message=f"{_short(call)} takes {name}, which is something else after each release: the "
            "same commit trains on another input.",
        )


def _newest(item: Idiom) -> Hit:
    callee = item.subject.rpartition(".")[2]
    return Hit(
        line=item.line,
        end_line=item.end_line,
        key=f"newest of {callee}",
        symbol=item.scope,
        message=f"The newest file of a listing ({callee}) is taken as input: the same commit "
        "reads another one tomorrow.",
    )


def _is_kept(call: Call, stores: list[Call]) -> bool:
    """Something is stored in the same function, or soon after at the top level."""
    return any(
        store.scope == call.scope and (bool(call.scope) or 0 < store.line - call.line <= NEAR_LINES) for store in stores
    )


def _address(call: Call) -> str:
    """What is read from the web, "" where it is nothing of the web, names a version, or asks a service."""
    table = knowledge.is_call(call.name, "FRAME") and knowledge.is_call(call.name, "READ")
    if not table and not knowledge.is_call(call.name, "WEB"):
        return ""
    if WEB_ADDRESS.match(call.first):
        return "" if FIXED.search(call.first) or NO_INPUT.search(call.first) else call.first.strip("'\"")
    if table:
        return ""
    words = " ".join((*call.inputs, call.target))
    named = not call.scope and URL_NAME.search(" ".join(call.inputs))
    return "an address" if named and not NO_INPUT.search(words) else ""


def _web_hit(call: Call, what: str) -> Hit:
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"{call.name} {what}",
        symbol=call.scope,
        message=f"{_short(call)} reads {what[:80]} while it trains or makes features, and keeps no copy: when the page "
        "changes or is gone, so is the training data.",
    )


def _short(call: Call) -> str:
    return ".".join(call.name.replace("()", "").lstrip(".").split(".")[-2:])
