"""One dependency: its normalised name, and how firmly it is pinned.

exact: one version; hashed: one version with its digest; range: any bound; open: none; git-commit and git: a repository
at a full or at no commit; url: an archive; local: a path. A requirement that two notations share is classed alike.
"""

import re

from scoring.facts import Requirement
from scoring.readers.decoding import MAX_LINE

_SEPARATORS = re.compile(r"[-_.]+")
_PEP508 = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)", re.DOTALL)
_SPECIFIER = re.compile(
    r"\(?\s*((?:===|==|~=|!=|<=|>=|<|>)\s*[^\s,;()]+(?:\s*,\s*(?:===|==|~=|!=|<=|>=|<|>)?\s*[^\s,;()]+)*)?\s*,?\s*\)?"
)
_EXACT = re.compile(r"={2,3}[^*,<>!~=]+")
_COMMIT = re.compile(r"@([0-9a-f]{7,40})(?=$|[#&?])|/(?:archive|zipball|tarball|raw)/([0-9a-f]{40})")
_VCS = re.compile(r"^(?:git|hg|svn|bzr)\+|^git@|^git://|\.git(?:@|#|$)")
_EGG = re.compile(r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)")
_WHEEL = re.compile(r"/([A-Za-z0-9][A-Za-z0-9._]*)-\d[^/]*\.(?:whl|tar\.gz|zip)(?:$|[#?])")
_ARCHIVE = re.compile(r"/([^/]+)/(?:archive|zipball|tarball)/")
_REPOSITORY = re.compile(r"/([A-Za-z0-9][A-Za-z0-9._-]*?)(?:\.git)?(?:@[^/#]+)?(?:#.*)?$")
_DIGEST = re.compile(r"#(?:.*&)?(?:sha256|sha384|sha512|md5)=")
_DEVELOPMENT = re.compile(
    r"(?:^|[-_.])(?:dev|develop|development|tests?|testing|lint|linting|docs?|documentation|ci|style|quality|typing|types"
    r"|format|formatting|benchmarks?|build|release|mypy|coverage|pre[-_]?commit)(?:[-_.]|$)"
)

DIGEST_OPTION = "--hash"


def normalised(name: str) -> str:
    """PEP 503."""
    return _SEPARATORS.sub("-", name.strip()).lower()


def group_of(name: str, default: str = "") -> str:
    """The group of an extra or a named group: dev where its name says so, else `default` or optional:<name>."""
    lower = name.lower()
    return "dev" if _DEVELOPMENT.search(lower) else default or f"optional:{lower}"


def pin_of(specifier: str) -> str:
    """exact, range or open, for a PEP 440 specifier."""
    folded = specifier.replace(" ", "")
    if folded in ("", "*", ">=0", ">=0.0", ">=0.0.0"):
        return "open"
    return "exact" if any(_EXACT.fullmatch(part) for part in folded.split(",")) else "range"


def pin_of_url(url: str) -> str:
    """git-commit, git, url, hashed or local, for whatever stands after "@" or alone on a line."""
    if url.startswith(("file:", ".", "/", "~")) or ("://" not in url and not url.startswith("git@")):
        return "local"
    if _COMMIT.search(url):
        return "git-commit"
    if _VCS.search(url):
        return "git"
    return "hashed" if _DIGEST.search(url) else "url"


def name_of_url(url: str) -> str:
    """The project's name as far as an address tells it, or ""."""
    for pattern in (_EGG, _ARCHIVE, _WHEEL, _REPOSITORY):
        found = pattern.search(url)
        if found:
            return normalised(found[1])
    return ""


def extras_of(listed: str) -> tuple[str, ...]:
    """The names between the brackets, normalised and sorted."""
    return tuple(sorted({normalised(name) for name in listed.split(",") if name.strip()}))


def requirement(text: str, line: int, group: str = "runtime", *, hashed: bool = False) -> Requirement | None:
    """A PEP 508 line, an address or a path; None for what is none of them."""
    body, _, marker = (
        text[:MAX_LINE].partition(";") if " ; " in text or "://" not in text else (text[:MAX_LINE], "", "")
    )
    body, marker = body.strip(), " ".join(marker.split())
    found = _PEP508.fullmatch(body)
    rest = found[3].strip() if found else ""
    if found and rest.startswith("@"):
        return _addressed(found[1], rest[1:].strip(), line, group, marker)
    if found and (not rest or _SPECIFIER.fullmatch(rest)):
        specifier = "".join(rest.strip("() ").split()).rstrip(",")
        pin = pin_of(specifier)
        pin = "hashed" if hashed and pin == "exact" else pin
        return Requirement(normalised(found[1]), line, pin, specifier, group, marker, extras_of(found[2] or ""))
    if "://" in body or body.startswith(("git@", "./", "../", "/", "file:")):
        return _addressed("", body, line, group, marker)
    return None


def _addressed(name: str, url: str, line: int, group: str, marker: str) -> Requirement | None:
    url, _, tail = url.partition(" ")
    pin = pin_of_url(url)
    known = normalised(name) if name else name_of_url(url)
    if not known:
        return None
    marker = marker or " ".join(tail.lstrip("; ").split())
    return Requirement(known, line, pin, specifier=url[:200], group=group, marker=marker)
