"""pyproject.toml (PEP 621, PEP 735, poetry, pdm, uv, hatch, flit) and Pipfile."""

from typing import Any

from scoring.facts import PackagingFacts, Requirement
from scoring.readers import toml_source
from scoring.readers.base import Reader
from scoring.readers.packaging.people import is_address
from scoring.readers.packaging.pins import extras_of, group_of, normalised, pin_of, pin_of_url, requirement
from scoring.readers.toml_source import TomlSource, strings, table

VERSION = 5
MAX_REQUIREMENTS = 10_000

_BARE_VERSION = "0123456789"


def _listed(source: TomlSource, value: object, path: tuple[str, ...], group: str) -> list[Requirement]:
    """PEP 508 strings of a list, each at the line where it stands."""
    line = source.line_of(*path)
    found = []
    for text in strings(value):
        line = source.line_of_text(text, line) if line else 0
        one = requirement(text, line, group)
        found += [one] if one else []
    return found


def _tabled(
    source: TomlSource, path: tuple[str, ...], group: str, optional: frozenset[str] = frozenset()
) -> list[Requirement]:
    """poetry's and pipenv's tables of name = constraint; python itself is left out."""
    found = []
    for name, value in table(source.values, *path).items():
        if name.lower() == "python":
            continue
        line = source.line_of(*path, name)
        for constraint in value if isinstance(value, list) else [value]:
            own = group
            if isinstance(constraint, dict) and constraint.get("optional") and name not in optional:
                own = f"optional:{name.lower()}"
            found.append(_constrained(name, constraint, line, own))
    return found


def _constrained(name: str, constraint: object, line: int, group: str) -> Requirement:
    given: dict[str, Any] = constraint if isinstance(constraint, dict) else {"version": constraint}
    marker = str(given.get("markers", ""))
    if given.get("git"):
        pin = "git-commit" if given.get("rev") or _is_commit(str(given.get("ref", ""))) else "git"
        address = f"{given['git']}@{given['tag']}" if given.get("tag") else str(given["git"])
        return Requirement(normalised(name), line, pin, specifier=address[:200], group=group, marker=marker)
    for key in ("url", "file", "path"):
        if given.get(key):
            pin = "local" if key == "path" or given.get("editable") else pin_of_url(str(given[key]))
            return Requirement(normalised(name), line, pin, specifier=str(given[key])[:200], group=group, marker=marker)
    version = given.get("version")
    specifier = version if isinstance(version, str) else ""
    bare = specifier[:1] in _BARE_VERSION and specifier[:1] != "" and "*" not in specifier and "," not in specifier
    pin = "exact" if bare else pin_of(specifier)
    extras = extras_of(",".join(strings(given.get("extras"))))
    return Requirement(normalised(name), line, pin, specifier[:200], group, marker, extras)


def _is_commit(reference: str) -> bool:
    return len(reference) >= 7 and all(letter in "0123456789abcdef" for letter in reference)


def _standard(source: TomlSource) -> list[Requirement]:
    """PEP 621 and PEP 735."""
    project = table(source.values, "project")
    found = _listed(source, project.get("dependencies"), ("project", "dependencies"), "runtime")
    for extra, listed in table(project, "optional-dependencies").items():
        found += _listed(source, listed, ("project", "optional-dependencies", extra), group_of(extra))
    for name, listed in table(source.values, "dependency-groups").items():
        found += _listed(source, listed, ("dependency-groups", name), group_of(name))
    build = table(source.values, "build-system").get("requires")
    return found + _listed(source, build, ("build-system", "requires"), "build")


def _of_tools(source: TomlSource) -> list[Requirement]:
    tool = table(source.values, "tool")
    found = _tabled(source, ("tool", "poetry", "dependencies"), "runtime")
    found += _tabled(source, ("tool", "poetry", "dev-dependencies"), "dev")
    for name in table(tool, "poetry", "group"):
        group = "runtime" if name == "main" else group_of(name)
        found += _tabled(source, ("tool", "poetry", "group", name, "dependencies"), group)
    for name, listed in table(tool, "pdm", "dev-dependencies").items():
        found += _listed(source, listed, ("tool", "pdm", "dev-dependencies", name), "dev")
    found += _listed(source, table(tool, "uv").get("dev-dependencies"), ("tool", "uv", "dev-dependencies"), "dev")
    flit = table(tool, "flit", "metadata").get("requires")
    found += _listed(source, flit, ("tool", "flit", "metadata", "requires"), "runtime")
    for name, environment in table(tool, "hatch", "envs").items():
        for key in ("dependencies", "extra-dependencies"):
            listed = environment.get(key) if isinstance(environment, dict) else None
            found += _listed(source, listed, ("tool", "hatch", "envs", name, key), "dev")
    return found


def _with_sources(source: TomlSource, requirements: list[Requirement]) -> list[Requirement]:
    """tool.uv.sources says where a requirement comes from; it outdoes the specifier."""
    sources = {normalised(name): value for name, value in table(source.values, "tool", "uv", "sources").items()}
    resolved = []
    for one in requirements:
        given = sources.get(one.name)
        given = given[0] if isinstance(given, list) and given else given
        if isinstance(given, dict) and one.group != "build":
            if given.get("workspace") or given.get("path"):
                one = _constrained(one.name, {"path": str(given.get("path", "workspace"))}, one.line, one.group)
            elif given.get("git") or given.get("url"):
                one = _constrained(one.name, given, one.line, one.group)
        resolved.append(one)
    return resolved


def _manager(values: dict[str, Any]) -> str:
    tool = table(values, "tool")
    backend = str(table(values, "build-system").get("build-backend", ""))
    if "dependencies" in table(tool, "poetry"):
        return "poetry"
    for name in ("pdm", "uv", "hatch"):
        if name in tool and (name != "hatch" or table(tool, "hatch", "envs")):
            return name
    return "hatch" if backend.startswith("hatchling") else "pep621"


def _libraries(values: dict[str, Any]) -> tuple[str, ...]:
    tool = table(values, "tool")
    names = {
        str(entry.get("include", "")) for entry in tool_list(tool, "poetry", "packages") if isinstance(entry, dict)
    }
    names |= {name for name in tool_list(tool, "setuptools", "packages") if isinstance(name, str)}
    names |= {name for name in tool_list(tool, "setuptools", "py-modules") if isinstance(name, str)}
    wheel = table(tool, "hatch", "build", "targets", "wheel").get("packages")
    names |= {name.rstrip("/").rpartition("/")[2] for name in strings(wheel)}
    return tuple(sorted({name.partition(".")[0].partition("/")[0] for name in names if name}))


def tool_list(tool: dict[str, Any], name: str, key: str) -> list[Any]:
    """The list at tool.<name>.<key>, or []."""
    value = table(tool, name).get(key)
    return value if isinstance(value, list) else []


def _scripts(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for path in (("project", "scripts"), ("project", "gui-scripts"), ("tool", "poetry", "scripts")):
        for name, target in table(values, *path).items():
            target = target.get("reference") or target.get("callable") if isinstance(target, dict) else target
            if isinstance(target, str):
                found[name] = target
    return tuple(sorted(found.items()))


def _read_pyproject(data: bytes) -> PackagingFacts:
    source = toml_source.parse(data)
    values = source.values
    project = table(values, "project")
    poetry = table(values, "tool", "poetry")
    computed = table(values, "tool", "setuptools", "dynamic", "dependencies").get("file")
    includes = [computed] if isinstance(computed, str) else strings(computed)
    python = project.get("requires-python") or table(poetry, "dependencies").get("python") or ""
    python = python.get("version", "") if isinstance(python, dict) else python
    requirements = _with_sources(source, _standard(source) + _of_tools(source))
    return PackagingFacts(
        manager=_manager(values),
        role="declaration",
        requirements=tuple(requirements[:MAX_REQUIREMENTS]),
        python=python if isinstance(python, str) else "",
        project=normalised(str(project.get("name") or poetry.get("name") or "")),
        scripts=_scripts(values),
        includes=tuple(includes),
        dynamic="dependencies" in strings(project.get("dynamic")),
        libraries=_libraries(values),
        people=_names_people(project, poetry, table(values, "tool", "flit", "metadata")),
        none_needed=project.get("dependencies") == [],
    )


def _names_people(*tables: dict[str, Any]) -> bool:
    """Tables of the standard with an e-mail, poetry's "Name <address>", and flit's author-email."""
    listed: list[Any] = [item for of in tables for key in ("authors", "maintainers") for item in _entries(of.get(key))]
    listed += [of.get("author-email", "") for of in tables]
    texts = [str(item.get("email", "")) if isinstance(item, dict) else str(item) for item in listed]
    return any(map(is_address, texts))


def _entries(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _read_pipfile(data: bytes) -> PackagingFacts:
    source = toml_source.parse(data)
    requirements = _tabled(source, ("packages",), "runtime") + _tabled(source, ("dev-packages",), "dev")
    required = table(source.values, "requires")
    python = required.get("python_full_version") or required.get("python_version") or ""
    return PackagingFacts(
        manager="pipenv",
        role="declaration",
        requirements=tuple(requirements[:MAX_REQUIREMENTS]),
        python=str(python),
    )


READERS = (
    Reader("packaging.pyproject", VERSION, _read_pyproject),
    Reader("packaging.pipfile", VERSION, _read_pipfile),
)
