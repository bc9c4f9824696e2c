"""Hostile shapes: each reader stays fast on its own, before the limits of the sandbox."""

import contextlib
import time

import pytest

from scoring.readers import Unreadable, all_readers

SIZE = 200_000
CPU_SECONDS = 3.0
SHAPES = {
    "unclosed quotes": b'"\\',
    "quotes": b'"',
    "dotted keys": b"a.",
    "open brackets": b"[",
    "open mappings": b"{a: ",
    "blanks": b" " * 1999 + b"\n",
    "continuations": b"x \\\n",
    "half links": b"# " + b"[a](" * 499 + b"\n",
    "sentences": b"data is " * 249 + b"\n",
    "assignments": b"A=1 " * 499 + b"\n",
    "keys": b"a:\n",
    "signs": b"A=",
}
ONE_OF_EACH = (
    "ci.github",
    "ci.jenkins",
    "ci.tekton",
    "config.env",
    "config.ini",
    "config.json",
    "config.toml",
    "config.yaml",
    "declaration",
    "docker.devcontainer",
    "docker.dockerfile",
    "docs.readme",
    "licences",
    "owners",
    "packaging.conda-recipe",
    "packaging.pipfile-lock",
    "packaging.pyproject",
    "packaging.requirements",
    "packaging.setup-cfg",
    "packaging.setup-py",
    "packaging.uv-lock",
    "tasks.justfile",
    "tasks.makefile",
    "tasks.tox",
    "text.hash",
    "text.slash",
)
READ = {reader.name: reader.read for reader in all_readers()}


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_reader_stays_fast(name: str) -> None:
    for shape, unit in SHAPES.items():
        data = (unit * (SIZE // len(unit) + 1))[:SIZE]
        started = time.process_time()
        with contextlib.suppress(Unreadable):
            READ[name](data)
        assert time.process_time() - started < CPU_SECONDS, shape
