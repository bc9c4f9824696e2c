"""Images and commands of Dockerfiles, compose files and devcontainers."""

import re
from collections.abc import Iterator

from scoring.facts import Command, DockerFacts
from scoring.readers import safe_json, safe_yaml
from scoring.readers.base import Reader
from scoring.readers.ci_commands import shown
from scoring.readers.decoding import MAX_LINE, cut_lines, text_of
from scoring.readers.safe_yaml import Text, mapping

VERSION = 1
MAX_INSTRUCTIONS = 5_000

_INSTRUCTION = re.compile(r"^([A-Za-z]+)\s+(.*)$", re.DOTALL)
_HEREDOC = re.compile(r"<<-?\s*[\"']?(\w+)[\"']?")
_FROM = re.compile(r"^(?:--\S+\s+)*(\S+)(?:\s+[Aa][Ss]\s+(\S+))?")
_ARGUMENT = re.compile(r"^([A-Za-z_]\w*)=[\"']?([^\"'\s]*)")
_VARIABLE = re.compile(r"\$\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|\$([A-Za-z_]\w*)")
_FLAGS = re.compile(r"^(?:--\S+\s+)+")
_RUNS = frozenset({"RUN", "CMD", "ENTRYPOINT"})
_JSON_FORM = re.compile(r"^\[(.*)\]\s*$", re.DOTALL)
_JSON_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"')
_IMAGE_KEY = re.compile(r'"image"\s*:\s*"([^"]{1,300})"')


def _instructions(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, instruction, the rest), continuations and here-documents joined."""
    pending, start, heredoc, count = "", 0, "", 0
    for number, line in enumerate(cut_lines(text), start=1):
        bare = line.strip()
        if heredoc:
            heredoc = "" if bare == heredoc else heredoc
            pending += f" {bare};" if heredoc and len(pending) < MAX_LINE else ""
            if heredoc:
                continue
            bare = ""
        elif bare.startswith("#") or (not bare and not pending):
            continue
        start = start or number
        if bare.endswith(("\\", "`")) and not bare.endswith("\\\\"):
            pending = (pending + bare[:-1].rstrip() + " ")[: 2 * MAX_LINE]
            continue
        opened = _HEREDOC.search(bare)
        if opened and not pending.endswith(";"):
            heredoc, pending = opened[1], pending + bare[: opened.start()].rstrip()
            continue
        found = _INSTRUCTION.match((pending + bare).strip())
        if found and count < MAX_INSTRUCTIONS:
            count += 1
            yield start, found[1].upper(), found[2].strip()
        pending, start = "", 0


def _resolved(text: str, arguments: dict[str, str]) -> str:
    """With the defaults of ARG filled in; a variable without one stays as written."""

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[3]
        return arguments.get(name) or match[2] or match[0]

    return _VARIABLE.sub(value, text)


def _read_dockerfile(data: bytes) -> DockerFacts:
    arguments: dict[str, str] = {}
    stages: set[str] = set()
    images: list[tuple[str, int]] = []
    commands: list[Command] = []
    for line, instruction, rest in _instructions(text_of(data)):
        if instruction == "ARG":
            found = _ARGUMENT.match(rest)
            if found:
                arguments.setdefault(found[1], found[2])
        elif instruction == "FROM":
            source = _FROM.match(rest)
            image = _resolved(source[1], arguments) if source else ""
            if image and image.lower() not in stages and image != "scratch":
                images.append((image[:300], line))
            if source and source[2]:
                stages.add(source[2].lower())
        elif instruction in _RUNS:
            commands.append(Command(line, _shell_form(rest)))
    return DockerFacts(images=tuple(images), commands=shown(commands))


def _shell_form(rest: str) -> str:
    listed = _JSON_FORM.match(rest)
    return " ".join(_JSON_WORD.findall(listed[1])) if listed else _FLAGS.sub("", rest)


def _read_compose(data: bytes) -> DockerFacts:
    """Images that services run; one they build has its own Dockerfile."""
    images: list[tuple[str, int]] = []
    commands: list[Command] = []
    for service in list(mapping(mapping(safe_yaml.document(data)).get("services")).values())[:MAX_INSTRUCTIONS]:
        image = mapping(service).get("image")
        if isinstance(image, Text) and "build" not in mapping(service):
            images.append((_resolved(image, {})[:300], image.line))
        words = safe_yaml.texts(mapping(service).get("command"))
        if words:
            commands.append(Command(words[0].line, " ".join(words)))
    return DockerFacts(images=tuple(dict.fromkeys(images)), commands=shown(commands))


def _read_devcontainer(data: bytes) -> DockerFacts:
    text = text_of(data)
    values = safe_json.loads_with_comments(text)
    image = values.get("image") if isinstance(values, dict) else None
    if not isinstance(image, str):
        return DockerFacts()
    found = _IMAGE_KEY.search(text)
    return DockerFacts(images=((image[:300], text.count("\n", 0, found.start()) + 1 if found else 0),))


READERS = (
    Reader("docker.dockerfile", VERSION, _read_dockerfile),
    Reader("docker.compose", VERSION, _read_compose),
    Reader("docker.devcontainer", VERSION, _read_devcontainer),
)
