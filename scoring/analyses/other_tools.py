"""Results of other tools in their places: which file of the component each is about, and which debt it speaks of.

They are evidence that is shown apart, and no signal: nothing here reaches a score. Tools write paths as they like:
relative to the repository or to the component, absolute on the machine that they ran on, or as file: addresses. An
absolute root is told by what most of a run's paths have in common with the repository.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b

import msgspec

from scoring.knowledge.other_tools import debt_of
from scoring.readers.sarif import Found, ToolRun

OUTSIDE, NO_FILE, EXCLUDED = "outside the component", "no file of this commit", "in files that are left out"
SAID_ALREADY = "said already of the same lines"
ENOUGH = 0.5
"""Share of a run's absolute paths that must lie under one root: fewer are a coincidence of names."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_DRIVE = re.compile(r"/?[A-Za-z]:/")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")


class ToolResult(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One result at its place in the component."""

    debt: str
    """"" where no debt is known for the rule."""
    tool: str
    path: str
    line: int
    """0 where it is about the whole file."""
    rule: str
    message: str
    end_line: int
    level: str
    """The tool's own: none, note, warning, error."""


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    reason: str
    results: int


class ToolUse(msgspec.Struct, frozen=True, kw_only=True):
    """What one tool gave."""

    tool: str
    version: str
    commit: str
    ended_at: str | None
    taken: int
    left_out: tuple[LeftOut, ...] = ()


class OtherTools(msgspec.Struct, frozen=True, kw_only=True):
    """What other tools say of a component: shown apart, never scored."""

    inputs: str = ""
    """Digest of the files that were given; "" without any."""
    tools: tuple[ToolUse, ...] = ()
    results: tuple[ToolResult, ...] = ()


class Files(msgspec.Struct, frozen=True):
    """What there is to match paths with."""

    component: str
    """Its folder, "" for the root."""
    whole: frozenset[str]
    """Every path of the repository at the commit."""
    own: frozenset[str]
    """Those of the component that are read, relative to it."""


def inputs_digest(contents: Iterable[bytes]) -> str:
    """16 hex digits over the files that were given, whatever their order."""
    each = sorted(blake2b(content, digest_size=16).hexdigest() for content in contents)
    return blake2b("".join(each).encode(), digest_size=8).hexdigest() if each else ""


def other_tools(runs: Sequence[ToolRun], files: Files, inputs: str = "") -> OtherTools:
    """The runs in their places; runs of one tool are one."""
    by_tool: dict[str, list[ToolRun]] = {}
    for run in runs:
        by_tool.setdefault(run.tool.casefold(), []).append(run)
    uses, results = [], set()
    for key in sorted(by_tool):
        use, mine = _of_tool(by_tool[key], files)
        uses.append(use)
        results |= mine
    return OtherTools(inputs=inputs, tools=tuple(uses), results=tuple(sorted(results)))


def _of_tool(runs: Sequence[ToolRun], files: Files) -> tuple[ToolUse, set[ToolResult]]:
    left_out: Counter[str] = Counter()
    results: set[ToolResult] = set()
    newest = max(runs, key=lambda run: (run.ended_at is not None, str(run.ended_at), run.version, run.commit))
    for run in runs:
        left_out.update(run.left_out)
        placed = paths_of(run.results, files)
        for found in run.results:
            path, reason = placed[_said(found)]
            if reason:
                left_out[reason] += 1
                continue
            result = _result(found, newest.tool, path)
            left_out[SAID_ALREADY] += result in results
            results.add(result)
    rows = tuple(LeftOut(reason=reason, results=left_out[reason]) for reason in sorted(+left_out))
    use = ToolUse(
        tool=newest.tool,
        version=newest.version,
        commit=newest.commit,
        ended_at=newest.ended_at.isoformat() if newest.ended_at else None,
        taken=len(results),
        left_out=rows,
    )
    return use, results


def _result(found: Found, tool: str, path: str) -> ToolResult:
    return ToolResult(
        debt=debt_of(tool, found.names),
        tool=tool,
        path=path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"),
        line=found.line,
        rule=found.names[0],
        message=found.message,
        end_line=found.end_line,
        level=found.level,
    )


def paths_of(results: Collection[Found], files: Files) -> Mapping[str, tuple[str, str]]:
    """What a result says of its place -> (path in the component, ""), or ("", why it has none)."""
    said = {_said(found) for found in results}
    absolute = {text: _parts(text) for text in said if _is_absolute(text)}
    root = _root([parts for parts in absolute.values() if parts], files)
    placed: dict[str, tuple[str, str]] = {}
    for text in said:
        if text not in absolute:
            placed[text] = _relative(_parts(text), files)
        elif root is not None and absolute[text][: len(root[0])] == root[0]:
            placed[text] = _relative(absolute[text][len(root[0]) :], files, root[1])
        else:
            placed[text] = ("", NO_FILE)
    return placed


def _said(found: Found) -> str:
    """The address in full, with forward slashes."""
    uri = found.uri.replace("\\", "/")
    return uri if _is_absolute(uri) or not found.base else found.base.replace("\\", "/") + uri


def _is_absolute(uri: str) -> bool:
    return uri.startswith("/") or _SCHEME.match(uri) is not None or _DRIVE.match(uri) is not None


def _parts(uri: str) -> tuple[str, ...]:
    """The names of its path, from the root on where it is absolute; () where it is no file's."""
    scheme = None if _DRIVE.match(uri) else _SCHEME.match(uri)
    if scheme is not None:
        if scheme[1].lower() != "file":
            return ()
        uri = uri[scheme.end() :]
        if uri.startswith("//"):
            uri = "/" + uri[2:].partition("/")[2]
    data = uri.split("?")[0].split("#")[0] if scheme is not None else uri
    path = _ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), data.encode("utf-8", "surrogatepass"))
    names: list[str] = []
    for name in path.decode("utf-8", "surrogateescape").split("/"):
        if name == "..":
            if not names:
                return ()
            names.pop()
        elif name not in ("", "."):
            names.append(name)
    return tuple(names)


def _root(absolute: Collection[tuple[str, ...]], files: Files) -> tuple[tuple[str, ...], bool] | None:
    """(the folder that most paths are under, whether it is the component's own); None where too few agree."""
    votes: Counter[tuple[tuple[str, ...], bool]] = Counter()
    deepest = max((path.count("/") + 1 for path in files.whole), default=0)
    for parts in set(absolute):
        for start in range(max(0, len(parts) - deepest), len(parts)):
            rest = "/".join(parts[start:])
            if rest in files.whole:
                votes[(parts[:start], False)] += 1
            if files.component and rest in files.own:
                votes[(parts[:start], True)] += 1
    if not votes:
        return None
    best = min(votes, key=lambda root: (-votes[root], len(root[0]), root))
    return best if votes[best] >= ENOUGH * len(set(absolute)) else None


def _relative(parts: tuple[str, ...], files: Files, inside: bool | None = None) -> tuple[str, str]:
    """`inside`: whether it is relative to the component; None where that is not known."""
    path = "/".join(parts)
    prefix = f"{files.component}/" if files.component else ""
    if not inside and path in files.whole:
        if not path.startswith(prefix):
            return "", OUTSIDE
        own = path.removeprefix(prefix)
        return (own, "") if own in files.own else ("", EXCLUDED)
    if inside is not False and prefix and path:
        if path in files.own:
            return path, ""
        if prefix + path in files.whole:
            return "", EXCLUDED
    return "", NO_FILE
