"""Where a report goes: the same bytes to every file and pipe, and no traceback where nobody takes them."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.arguments import Unusable
from scoring.reports.delivery import deliver, refuse_unwritable

SAID = "caf\xe9 \u2192 here\n"
CODE = (
    "from scoring.reports.delivery import deliver\n"
    "from scoring.arguments import Unusable\n"
    "import sys\n"
    "try:\n"
    "    deliver({said!r}.encode(), None, prose={prose})\n"
    "except Unusable as refusal:\n"
    "    sys.exit(str(refusal))\n"
)


def ran(out: int, encoding: str, *, prose: bool = True) -> tuple[int, bytes]:
    command = [sys.executable, "-c", CODE.format(said=SAID, prose=prose)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, env=environment, stdout=out, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("encoding", "prose", "shown"),
    [
        ("utf-8", True, SAID.encode()),
        ("ascii", True, b"caf\\xe9 \\u2192 here\n"),
        ("latin-1", True, b"caf\xe9 \\u2192 here\n"),
        ("ascii", False, SAID.encode()),
    ],
)
def test_terminal_gets_the_letters_that_it_knows(encoding: str, prose: bool, shown: bytes) -> None:
    ours, theirs = pty.openpty()
    try:
        assert ran(theirs, encoding, prose=prose) == (0, b"")
        assert os.read(ours, 1000).replace(b"\r\n", b"\n") == shown
    finally:
        os.close(ours)
        os.close(theirs)


def test_pipe_and_file_get_the_same_bytes_whatever_the_letters(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as file:
        assert ran(file.fileno(), "ascii") == (0, b"")
    deliver(SAID.encode(), tmp_path / "given", prose=True)
    assert (tmp_path / "out").read_bytes() == (tmp_path / "given").read_bytes() == SAID.encode()


def test_reader_that_has_read_enough_is_no_error() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        assert ran(theirs, "utf-8") == (0, b"")
    finally:
        os.close(theirs)


def test_full_device_is_one_line() -> None:
    with open("/dev/full", "wb") as full:
        code, err = ran(full.fileno(), "utf-8")
    said = "The result can't be written (No space left on device); name a file in a folder that you may write to.\n"
    assert (code, err.decode()) == (1, said)


@pytest.mark.parametrize(
    ("name", "reason"), [("", "it is a folder"), ("none/here.txt", "there is no such folder"), ("shut", "you may not")]
)
def test_output_that_can_not_be_written_is_told_before_the_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, reason: str
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # the tests may run as one who may do all
    with pytest.raises(Unusable, match=reason):
        refuse_unwritable(tmp_path / name)


def test_output_that_can_be_written_is_left_as_it_is(tmp_path: Path) -> None:
    refuse_unwritable(None)
    refuse_unwritable(tmp_path / "new.txt")
    assert list(tmp_path.iterdir()) == []
