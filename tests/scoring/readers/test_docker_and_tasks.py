"""Dockerfiles and task runners: what is none first."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import Command, DockerFacts, TaskFacts
from scoring.readers import docker, shell, tasks
from scoring.readers.base import Unreadable

DOCKER = {reader.name.partition(".")[2]: reader.read for reader in docker.READERS}
TASKS = {reader.name.partition(".")[2]: reader.read for reader in tasks.READERS}


@pytest.mark.parametrize("text", ["", "# FROM python\n", "nonsense\n", "FROM scratch\n"])
def test_dockerfile_without_images(text: str) -> None:
    assert DOCKER["dockerfile"](text.encode()) == DockerFacts()


def test_dockerfile_images_and_commands() -> None:
    text = """\
# syntax=docker/dockerfile:1
ARG BASE=python:3.11
ARG CUDA
FROM --platform=linux/amd64 ${BASE} AS build
RUN pip install . && \\
    # a comment
    pytest
FROM nvidia/cuda:${CUDA:-12.1}
COPY --from=build /x /x
FROM build
FROM debian@sha256:abc as last
RUN <<EOF
apt-get update
EOF
CMD ["python", "serve.py"]
"""
    assert DOCKER["dockerfile"](text.encode()) == DockerFacts(
        images=(("python:3.11", 4), ("nvidia/cuda:12.1", 8), ("debian@sha256:abc", 11)),
        commands=(
            Command(5, "pip install . && pytest"),
            Command(12, "apt-get update;"),
            Command(15, "python serve.py"),
        ),
    )


def test_compose_images_and_targets() -> None:
    text = b"services:\n  web:\n    build: .\n"
    text += b'    image: own\n    command: ["python", "serve.py"]\n  db:\n    image: postgres:16\n'
    assert DOCKER["compose"](text) == DockerFacts(
        images=(("postgres:16", 7),), commands=(Command(5, "python serve.py"),)
    )
    assert TASKS["compose"](text) == TaskFacts(
        tool="compose", targets=(("web", 2), ("db", 6)), commands=(Command(5, "python serve.py"),)
    )


def test_devcontainer_with_comments() -> None:
    text = b'{\n  // where\n  "image": "mcr.example/python:3",\n  "postCreateCommand": "pip install -e .",\n}\n'
    assert DOCKER["devcontainer"](text) == DockerFacts(images=(("mcr.example/python:3", 3),))
    assert TASKS["devcontainer"](text) == TaskFacts(
        tool="devcontainer", targets=(("postCreateCommand", 4),), commands=(Command(4, "pip install -e ."),)
    )


@pytest.mark.parametrize(
    "text", ["", "# test:\n", "A := b\nB ?= c\nC=d:e\nexport X\n", ".PHONY: test\n", "include x.mk\n"]
)
def test_makefile_without_targets(text: str) -> None:
    assert TASKS["makefile"](text.encode()) == TaskFacts(tool="make")


def test_makefile_targets_and_recipes() -> None:
    text = ".PHONY: test\nP = python\ntest lint: install\n\t@$(P) -m pytest \\\n"
    text += "\t  -q\n\ninstall: ; pip install .\n%.o: %.c\n\tcc $<\n"
    assert TASKS["makefile"](text.encode()) == TaskFacts(
        tool="make",
        targets=(("test", 3), ("lint", 3), ("install", 7), ("%.o", 8)),
        commands=(Command(4, "$(P) -m pytest -q"), Command(7, "pip install ."), Command(9, "cc $<")),
    )


def test_makefile_of_sphinx_has_its_targets() -> None:
    text = "SPHINXOPTS    ?=\nhelp:\n"
    text += (
        '\t@$(SPHINXBUILD) -M help "$(SOURCEDIR)"\n\n.PHONY: help Makefile\n\n%: Makefile\n\t@$(SPHINXBUILD) -M $@\n'
    )
    facts = TASKS["makefile"](text.encode())
    assert isinstance(facts, TaskFacts)
    assert facts.targets == (("help", 2), ("%", 7))


def test_justfile_recipes() -> None:
    text = b"set dotenv-load\nalias t := test\nx := 'y'\ntest *args: build\n    pytest {{args}}\n"
    assert TASKS["justfile"](text) == TaskFacts(
        tool="just", targets=(("test", 4),), commands=(Command(5, "pytest {{args}}"),)
    )


def test_tox_environments() -> None:
    text = b"[tox]\nenvlist = py38, lint\n[testenv]\ncommands =\n    pytest\n[testenv:lint]\ncommands = ruff check\n"
    assert TASKS["tox"](text) == TaskFacts(
        tool="tox",
        targets=(("py38", 2), ("lint", 2), ("lint", 6)),
        commands=(Command(5, "pytest"), Command(7, "ruff check")),
    )


def test_nox_sessions_are_read_not_run() -> None:
    text = b"import nox\nraise SystemExit\n@nox.session(name='t')\ndef tests(session):\n"
    text += b"    session.install('x')\n    session.run('pytest', '-q')\n"
    assert TASKS["nox"](text) == TaskFacts(
        tool="nox", targets=(("t", 4),), commands=(Command(5, "pip install x"), Command(6, "pytest -q"))
    )


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (
            "taskfile",
            "tasks:\n  test:\n    cmds:\n      - pytest\n  x: ls\n",
            TaskFacts("task", (("test", 2), ("x", 5)), (Command(4, "pytest"), Command(5, "ls"))),
        ),
        (
            "mlproject",
            "entry_points:\n  main:\n    command: python train.py\n",
            TaskFacts("mlflow", (("main", 2),), (Command(3, "python train.py"),)),
        ),
        (
            "dvc",
            "stages:\n  train:\n    cmd: python train.py\n    deps: [a]\n",
            TaskFacts("dvc", (("train", 2),), (Command(3, "python train.py"),)),
        ),
        (
            "pyproject",
            '[tool.poe.tasks]\ntest = "pytest"\n[tool.pdm.scripts]\nserve = {cmd = "python serve.py"}\n',
            TaskFacts("pyproject", (("test", 2), ("serve", 4)), (Command(2, "pytest"), Command(4, "python serve.py"))),
        ),
        ("pyproject", "[project]\nname = 'x'\n", TaskFacts("pyproject")),
    ],
)
def test_tasks_named_entries(form: str, text: str, expected: TaskFacts) -> None:
    assert TASKS[form](text.encode()) == expected


@pytest.mark.parametrize("form", sorted(TASKS))
@given(
    data=st.one_of(st.binary(max_size=200), st.text(alphabet="tes:=\t\n[]{}\"'\\@ .,-", max_size=100).map(str.encode))
)
def test_tasks_any_bytes_raise_only_unreadable(form: str, data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        TASKS[form](data)


@pytest.mark.parametrize("form", sorted(DOCKER))
@given(
    data=st.one_of(st.binary(max_size=200), st.text(alphabet='FROMUNas<EOF\n\\ $:{}[]"', max_size=100).map(str.encode))
)
def test_docker_any_bytes_raise_only_unreadable(form: str, data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        DOCKER[form](data)


SCRIPT = """\
#!/usr/bin/env bash
set -eu
check() {
  flake8 src  # style
}
function more
{
  pytest tests \\
    --quiet
}
cat <<'EOF' > settings.ini
pytest everything
EOF
check && more
echo <<<"$1"
"""


def test_shell_lines_are_commands_and_here_documents_are_text() -> None:
    facts = shell.READERS[0].read(SCRIPT.encode())
    assert facts.tool == "shell"
    assert facts.targets == ()
    assert [(item.line, item.text) for item in facts.commands] == [
        (2, "set -eu"),
        (4, "flake8 src  # style"),
        (5, "}"),
        (7, "{"),
        (8, "pytest tests --quiet"),
        (10, "}"),
        (11, "cat <<'EOF' > settings.ini"),
        (14, "check && more"),
        (15, 'echo <<<"$1"'),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "x=$((1 << N))",
        "# cat <<EOF",
        'echo "a << b"',
        "cat <<EOF",
        'cat <<"END OF"\ntext\nEND OF',
        "cat << \\EOF\ntext\nEOF",
    ],
)
def test_what_follows_something_like_a_here_document_is_read(line: str) -> None:
    facts = shell.READERS[0].read(f"{line}\npytest\n".encode())
    assert [command.text for command in facts.commands][-1:] == ["pytest"]
    assert "text" not in [command.text for command in facts.commands]


def test_a_shell_script_that_carries_data_is_refused() -> None:
    with pytest.raises(Unreadable, match="too large"):
        shell.READERS[0].read(b"echo 1\n" * 100_000)
