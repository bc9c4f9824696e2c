"""Conda environments and recipes, pixi, and the small files that pin Python itself."""

import re
from functools import partial

from scoring.facts import PackagingFacts, Requirement
from scoring.readers import safe_yaml, toml_source
from scoring.readers.base import Reader
from scoring.readers.decoding import cut_lines, text_of
from scoring.readers.packaging.pins import normalised, requirement
from scoring.readers.safe_yaml import Text

VERSION = 3
MAX_REQUIREMENTS = 10_000

_CONDA_SPEC = re.compile(r"(?:[\w./:-]+::)?([A-Za-z0-9_][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*(.*)")
_FUZZY_EXACT = re.compile(r"=?\d[\w!+-]*(?:\.[\w+-]+){2,}")
_EDITABLE = re.compile(r"^(?:-e|--editable)[ =]+")
_RECIPE_LINE = re.compile(r"^\s*-\s+([A-Za-z][\w.-]*)\s*([^#{]*)(?:#.*)?$")
_RECIPE_SECTION = re.compile(r"^(\s*)(build|host|run|requires|run_constrained)\s*:\s*$")
_PYTHON_VERSION = re.compile(r"^\s*(?:python-|cpython-|pypy)?(\d+(?:\.\d+)*\S*)\s*(?:#.*)?$")
_TOOL_VERSION = re.compile(r"^\s*python\s+(\S+)")


def _spec(text: str, line: int, group: str) -> Requirement | None:
    """conda's `name`, `name=1.2`, `name=1.2.3=build`, `name>=1`, `channel::name 1.2`."""
    found = _CONDA_SPEC.fullmatch(text.strip())
    if not found:
        return None
    bare = found[2].strip()
    specifier = ("=" if bare[:1].isdigit() else "").join(bare.split())
    if specifier in ("", "*"):
        pin = "open"
    elif specifier.startswith("==") and "*" not in specifier:
        pin = "exact"
    elif specifier[0] in "=0123456789" and "*" not in specifier and specifier[1:2] != "=":
        version, _, build = specifier.lstrip("=").partition("=")
        pin = "exact" if build or _FUZZY_EXACT.fullmatch(version) else "range"
    else:
        pin = "range"
    return Requirement(normalised(found[1]), line, pin, specifier=specifier[:200], group=group)


def _read_environment(group: str, data: bytes) -> PackagingFacts:
    requirements: list[Requirement] = []
    includes: list[str] = []
    for item in safe_yaml.items(safe_yaml.mapping(safe_yaml.document(data)).get("dependencies")):
        if isinstance(item, Text):
            found = _spec(item, item.line, group)
            if found:
                requirements.append(found)
        elif isinstance(item, dict):
            for line in safe_yaml.texts(item.get("pip")):
                bare = _EDITABLE.sub("", line.strip())
                if bare.startswith(("-r ", "--requirement ", "-c ")):
                    includes.append(bare.partition(" ")[2].strip())
                elif not bare.startswith("-") and bare.partition("[")[0] not in (".", "./"):
                    found = requirement(bare, line.line, group)
                    requirements += [found] if found else []
    python = next((one.specifier for one in requirements if one.name == "python"), "")
    kept = [one for one in requirements if one.name not in ("python", "pip")]
    return PackagingFacts(
        manager="conda",
        role="declaration",
        requirements=tuple(kept[:MAX_REQUIREMENTS]),
        python=python,
        includes=tuple(includes),
    )


def _read_recipe(data: bytes) -> PackagingFacts:
    """A conda recipe is a template of YAML; its requirement lines are read as they stand."""
    requirements: list[Requirement] = []
    section = ""
    for number, line in enumerate(cut_lines(text_of(data)), start=1):
        header = _RECIPE_SECTION.match(line)
        item = _RECIPE_LINE.match(line)
        if header:
            section = header[2]
        elif item and section in ("run", "build", "host"):
            found = _spec(f"{item[1]} {item[2]}", number, "runtime" if section == "run" else "build")
            requirements += [found] if found else []
        elif line.strip() and not line.lstrip().startswith(("-", "#", "{")):
            section = ""
    python = next((one.specifier for one in requirements if one.name == "python" and one.group == "runtime"), "")
    kept = tuple(one for one in requirements if one.name not in ("python", "pip"))
    return PackagingFacts(manager="conda", role="declaration", requirements=kept, python=python, dynamic=True)


def _read_pixi(data: bytes) -> PackagingFacts:
    source = toml_source.parse(data)
    requirements: list[Requirement] = []
    for path, group in (
        (("dependencies",), "runtime"),
        (("pypi-dependencies",), "runtime"),
        (("build-dependencies",), "build"),
    ):
        for name, value in toml_source.table(source.values, *path).items():
            version = value if isinstance(value, str) else value.get("version", "*") if isinstance(value, dict) else "*"
            found = _spec(f"{name} {version}", source.line_of(*path, name), group)
            requirements += [found] if found else []
    for feature in sorted(toml_source.table(source.values, "feature")):
        for name in toml_source.table(source.values, "feature", feature, "dependencies"):
            found = _spec(name, source.line_of("feature", feature, "dependencies", name), f"optional:{feature}")
            requirements += [found] if found else []
    python = next((one.specifier for one in requirements if one.name == "python"), "")
    kept = tuple(one for one in requirements if one.name not in ("python", "pip"))
    return PackagingFacts(manager="conda", role="declaration", requirements=kept, python=python)


def _read_python(pattern: re.Pattern[str], data: bytes) -> PackagingFacts:
    for line in cut_lines(text_of(data)):
        found = pattern.match(line)
        if found:
            return PackagingFacts(manager="pip", role="declaration", python=found[1])
    return PackagingFacts(manager="pip", role="declaration")


READERS = (
    Reader("packaging.conda-env", VERSION, partial(_read_environment, "runtime")),
    Reader("packaging.conda-env-dev", VERSION, partial(_read_environment, "dev")),
    Reader("packaging.conda-recipe", VERSION, _read_recipe),
    Reader("packaging.pixi", VERSION, _read_pixi),
    Reader("packaging.python-version", VERSION, partial(_read_python, _PYTHON_VERSION)),
    Reader("packaging.runtime-txt", VERSION, partial(_read_python, _PYTHON_VERSION)),
    Reader("packaging.tool-versions", VERSION, partial(_read_python, _TOOL_VERSION)),
)
