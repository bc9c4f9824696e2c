"""Lock files: what was resolved, each with its version and whether its digest is kept.

The TOML locks of uv, poetry and pdm are written by machines in one layout and grow to megabytes, so they are read by
their blocks; a file with conflict markers is refused. The lock's own project is not a dependency.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from scoring.facts import PackagingFacts, Requirement
from scoring.readers import safe_json, safe_yaml, toml_source
from scoring.readers.base import Reader, Unreadable
from scoring.readers.decoding import text_of
from scoring.readers.packaging.pins import normalised, pin_of_url
from scoring.readers.safe_yaml import Text

VERSION = 1
MAX_BYTES = 20_000_000
MAX_JSON_BYTES = 4_000_000
MAX_REQUIREMENTS = 10_000

_CONFLICTS = ("\n<<<<<<< ", "\n>>>>>>> ")
_HEADER = "\n[[package]]\n"
_NAME = re.compile(r'^name = "([^"]+)"', re.MULTILINE)
_VERSION_LINE = re.compile(r'^version = "([^"]*)"', re.MULTILINE)
_UV_SOURCE = re.compile(r'^source = \{ (registry|git|url|path|directory|editable|virtual) = "([^"]*)"', re.MULTILINE)
_POETRY_SOURCE = re.compile(r'^\[package\.source\]\ntype = "(\w+)"\nurl = "([^"]*)"', re.MULTILINE)
_PDM_SOURCE = re.compile(r'^(git|url|path|revision) = "([^"]*)"', re.MULTILINE)
_DEV_GROUP = re.compile(r'^category = "dev"|^groups = \["(?!main"|default"|.*"main"|.*"default")', re.MULTILINE)
_GROUP_KEYS = ("\ncategory = ", "\ngroups = ")
_PYTHON = re.compile(r'^(?:requires-python|python-versions|requires_python) = "([^"]*)"', re.MULTILINE)
_OLD_HASHES = ("\n[metadata.files]\n", "\n[metadata.hashes]\n")
_HASHES = ('hash = "', '", hash', "sha256:")


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """(line of its header, text) of each [[package]]; the text begins and ends with a newline of ours."""
    line = -1
    for index, block in enumerate(text.split(_HEADER)):
        if index:
            yield line, block
        line += block.count("\n") + 2


def _read_toml_lock(manager: str, data: bytes) -> PackagingFacts:
    text = f"\n{text_of(data, MAX_BYTES)}\n"  # so that every line stands between two newlines: no pattern is needed
    if any(mark in text for mark in _CONFLICTS):
        raise Unreadable("merge conflict")
    if _HEADER not in text and not re.search(
        r"^(?:version|lock-version|lock_version|\[metadata\])", text, re.MULTILINE
    ):
        raise Unreadable("not a lock file")
    hashed_apart = any(header in text for header in _OLD_HASHES)
    requirements: list[Requirement] = []
    for line, block in _blocks(text):
        found = _locked(block, line, hashed=hashed_apart or any(mark in block for mark in _HASHES))
        if found and len(requirements) < MAX_REQUIREMENTS:
            requirements.append(found)
    python = _PYTHON.search(
        text if manager == "uv" else text[text.rfind("[metadata]") :] if "[metadata]" in text else text
    )
    return PackagingFacts(
        manager=manager, role="lock", requirements=tuple(requirements), python=python[1] if python else ""
    )


def _locked(block: str, line: int, *, hashed: bool) -> Requirement | None:
    name, version = _NAME.search(block), _VERSION_LINE.search(block)
    if not name:
        return None
    pin = "hashed" if hashed else "exact"
    grouped = any(key in block for key in _GROUP_KEYS)
    group = "dev" if grouped and _DEV_GROUP.search(block) else "runtime"
    specifier = f"=={version[1]}" if version else ""
    kind, url = _source(block)
    if kind in ("editable", "virtual", "directory", "path"):
        if url in (".", ""):
            return None
        pin = "local"
    elif kind == "git":
        pin, specifier = "git-commit", url[:200]
    elif kind == "url" and not hashed:
        pin, specifier = "url", url[:200]
    return Requirement(normalised(name[1]), line, pin, specifier=specifier, group=group)


def _source(block: str) -> tuple[str, str]:
    """(kind, address) of where a package comes from; ("", "") for an index. A lock holds resolved commits."""
    uv = _UV_SOURCE.search(block) if "source = {" in block else None
    if uv:
        return ("", "") if uv[1] == "registry" else (uv[1], uv[2])
    poetry = _POETRY_SOURCE.search(block) if "[package.source]" in block else None
    if poetry:
        kind = {"legacy": "", "git": "git", "url": "url", "file": "path", "directory": "path"}.get(poetry[1], "")
        return kind, poetry[2]
    pdm = _PDM_SOURCE.search(block)
    if pdm:
        return ("git" if pdm[1] == "revision" else pdm[1]), pdm[2]
    return "", ""


# ---------------------------------------------------------------- the others


def _read_pipfile_lock(data: bytes) -> PackagingFacts:
    text = text_of(data, MAX_JSON_BYTES)
    lock = safe_json.loads(text)
    if not isinstance(lock, dict):
        raise Unreadable("not a lock file")
    lines: dict[str, int] = {}
    for key, line in safe_json.key_lines(text):
        lines.setdefault(key, line)
    requirements = []
    for section, group in (("default", "runtime"), ("develop", "dev")):
        entries = lock.get(section)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict):
                requirements.append(_pipenv_locked(name, entry, lines.get(name, 0), group))
    python = toml_source.table(lock, "_meta", "requires")
    return PackagingFacts(
        manager="pipenv",
        role="lock",
        requirements=tuple(requirements[:MAX_REQUIREMENTS]),
        python=str(python.get("python_full_version") or python.get("python_version") or ""),
    )


def _pipenv_locked(name: str, entry: dict[str, Any], line: int, group: str) -> Requirement:
    version = entry.get("version")
    pin, specifier = "exact", version if isinstance(version, str) else ""
    if entry.get("hashes"):
        pin = "hashed"
    elif entry.get("git"):
        pin, specifier = "git-commit" if entry.get("ref") else "git", str(entry["git"])[:200]
    elif entry.get("file"):
        pin, specifier = pin_of_url(str(entry["file"])), str(entry["file"])[:200]
    elif entry.get("path"):
        pin, specifier = "local", str(entry["path"])[:200]
    return Requirement(normalised(name), line, pin, specifier=specifier, group=group)


def _read_pylock(data: bytes) -> PackagingFacts:
    """PEP 751."""
    source = toml_source.parse(data)
    requirements = []
    packages = source.values.get("packages")
    for index, entry in enumerate(packages if isinstance(packages, list) else ()):
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            continue
        archived = any(entry.get(kind) for kind in ("wheels", "sdist", "archive"))
        pin = "git-commit" if "vcs" in entry else "local" if "directory" in entry else "hashed" if archived else "exact"
        line = source.line_of("packages", str(index))
        requirements.append(Requirement(normalised(name), line, pin, specifier=f"=={entry.get('version', '')}"))
    return PackagingFacts(
        manager="pip",
        role="lock",
        requirements=tuple(requirements[:MAX_REQUIREMENTS]),
        python=str(source.values.get("requires-python", "")),
    )


def _read_conda_lock(data: bytes) -> PackagingFacts:
    requirements: dict[str, Requirement] = {}
    for entry in safe_yaml.items(safe_yaml.mapping(safe_yaml.document(data)).get("package")):
        package = safe_yaml.mapping(entry)
        name, version = package.get("name"), package.get("version")
        if not isinstance(name, Text):
            continue
        pin = "hashed" if package.get("hash") else "exact"
        group = "dev" if package.get("category") == "dev" else "runtime"
        known = normalised(name)
        requirements.setdefault(known, Requirement(known, name.line, pin, specifier=f"=={version}", group=group))
    python = requirements.pop("python", None)
    return PackagingFacts(
        manager="conda",
        role="lock",
        requirements=tuple(list(requirements.values())[:MAX_REQUIREMENTS]),
        python=python.specifier if python else "",
    )


READERS = (
    Reader("packaging.uv-lock", VERSION, partial(_read_toml_lock, "uv")),
    Reader("packaging.poetry-lock", VERSION, partial(_read_toml_lock, "poetry")),
    Reader("packaging.pdm-lock", VERSION, partial(_read_toml_lock, "pdm")),
    Reader("packaging.pipfile-lock", VERSION, _read_pipfile_lock),
    Reader("packaging.pylock", VERSION, _read_pylock),
    Reader("packaging.conda-lock", VERSION, _read_conda_lock),
)
