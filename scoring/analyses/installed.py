"""What is installed outside of packaging files: by container files, by cells of notebooks, in base images, by jobs, by
scripts that set a project up."""

import re
from collections.abc import Iterator

from scoring.analyses.declared import Declared, place_of
from scoring.analyses.in_place import InPlace
from scoring.analyses.memo import Memo
from scoring.analyses.python_file import PythonFile
from scoring.facts import ConfigFacts, DockerFacts, Requirement, TaskFacts
from scoring.knowledge import packages
from scoring.knowledge.images import brought_by
from scoring.readers.packaging.pins import requirement

_INSTALL = re.compile(r"\b(pip[\d.]*|conda|mamba|micromamba) install\s+([^&|;]+)")
_VALUED_OPTIONS = frozenset(
    {
        "-r",
        "-c",
        "-f",
        "-i",
        "-t",
        "--requirement",
        "--constraint",
        "--index-url",
        "--extra-index-url",
        "--find-links",
        "-n",
        "--name",
        "--channel",
    }
)
_INSTALLERS = frozenset({"pip", "setuptools", "wheel", "uv", "poetry", "pipenv", "pdm"})


def _installed(image: InPlace[DockerFacts]) -> tuple[Declared, ...]:
    """What a container file installs by name: declared there and nowhere else."""
    return tuple(_named_in(image))


def _by_tasks(tasks: InPlace[TaskFacts]) -> tuple[Declared, ...]:
    """What a script that sets the project up, or a target, installs by name."""
    return tuple(_named_in(tasks))


_SAYS = re.compile(r"^\W*(?:echo|printf)\b(?!.*(?:&&|;|\|))")
"""A command that only writes what somebody else may install."""


def _named_in(file: InPlace[DockerFacts] | InPlace[TaskFacts]) -> Iterator[Declared]:
    entry, facts = file
    for command in facts.commands:
        for tool, listed in () if _SAYS.search(command.text) else _INSTALL.findall(command.text):
            for word in _named_packages(listed):
                one = requirement(word, command.line)
                if one is None or one.name in _INSTALLERS or (tool[0] != "p" and packages.is_system(one.name)):
                    continue
                name = one.name if tool[0] == "p" else packages.from_conda(one.name)
                yield Declared(name, entry.path, one, "image", place_of(entry.path))


def _named_packages(listed: str) -> list[str]:
    """The words of an install command that name packages: no option, no value of one, no variable."""
    words: list[str] = []
    skipped = False
    for word in listed.split():
        if not skipped and not word.startswith("-") and "$" not in word:
            words.append(word.strip("'\""))
        skipped = word in _VALUED_OPTIONS
    return words


def _in_cells(file: PythonFile) -> tuple[Declared, ...]:
    """What a notebook's own cells install."""
    words = file.notebook.installs if file.notebook is not None else ()
    listed = [requirement(word, 1) for word in words]
    return tuple(
        [
            Declared(packages.from_conda(one.name), file.path, one, "notebook", place_of(file.path))
            for one in listed
            if one
        ]
    )


def _in_images(image: InPlace[DockerFacts]) -> tuple[Declared, ...]:
    """What lies in its base images already; the services of a compose file and the place to develop in run nothing of
    the component's."""
    entry, facts = image
    if "compose" in entry.path.rpartition("/")[2] or ".devcontainer" in entry.path:
        return ()
    brought = [(name, line) for image_name, line in facts.images for name in brought_by(image_name)]
    place = place_of(entry.path)
    return tuple(
        [Declared(name, entry.path, Requirement(name, line, "open"), "image", place) for name, line in brought]
    )


def _in_jobs(file: PythonFile) -> tuple[Declared, ...]:
    """What the jobs that it starts install, and what lies in the images that they run in."""
    place = place_of(file.path)
    listed = [one for text in file.facts.job_requirements if (one := requirement(text, 1))]
    listed += [Requirement(name, 1, "open") for image in file.facts.job_images for name in brought_by(image)]
    return tuple([Declared(one.name, file.path, one, "job", place) for one in listed])


def _in_settings(item: InPlace[ConfigFacts]) -> tuple[Declared, ...]:
    """What lies in the images that a configuration runs jobs in; not in those of services beside them."""
    if "compose" in item.entry.path.rpartition("/")[2] or ".devcontainer" in item.entry.path:
        return ()
    named = {one.value for one in item.facts.settings if _OF_IMAGE(one.key) and ("/" in one.value or ":" in one.value)}
    brought = sorted({name for image in named for name in brought_by(image)})
    place = place_of(item.entry.path)
    return tuple([Declared(name, item.entry.path, Requirement(name, 1, "open"), "image", place) for name in brought])


_OF_IMAGE = re.compile(r"(?:^|[._-])(?:image|image_?uri|container_?uri|container|environment)$", re.IGNORECASE).search

installed_in, installed_by, lying_in = Memo(_installed), Memo(_in_cells), Memo(_in_images)
installed_by_tasks: Memo[InPlace[TaskFacts], tuple[Declared, ...]] = Memo(_by_tasks)
installed_by_jobs, lying_in_settings = Memo(_in_jobs), Memo(_in_settings)
