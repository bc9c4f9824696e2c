"""The child processes that run git: deadlines, cut answers, masked errors, limits."""

import subprocess
import time
from pathlib import Path

import pytest

from scoring.sources import git_process
from scoring.sources.git import TimedOut, TooLarge


def shell(script: str) -> list[str]:
    return ["/bin/sh", "-c", script]


def test_deadline_ends_the_child_and_its_children(tmp_path: Path) -> None:
    with pytest.raises(TimedOut, match="did not end"):
        git_process.run(shell(f"sleep 60 & echo $! > {tmp_path}/pid; wait"), {}, seconds=2)
    status = Path(f"/proc/{int((tmp_path / 'pid').read_text())}/stat")
    deadline = time.monotonic() + 10
    while status.exists() and status.read_text().split()[2] != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_endless_answer_is_cut() -> None:
    with pytest.raises(TooLarge):
        git_process.run(shell("cat /dev/zero"), {}, limit=1000)


def test_stream_deadline_ends_it() -> None:
    with pytest.raises(TimedOut):
        list(git_process.stream(shell("echo x; sleep 60"), {}, seconds=0.3))


def test_stderr_is_masked_and_cut() -> None:
    code, _, said = git_process.run(shell("echo 'fatal: https://user:secret@host/x \033[31m' >&2; exit 3"), {})
    assert (code, said) == (3, "fatal: https://***@host/x  [31m")
    assert git_process.masked("token abc", ["abc"]) == "token ***"
    assert len(git_process.masked("x" * 100_000)) == 65_536


def test_children_run_under_limits_in_their_own_session() -> None:
    words = git_process.command([])
    launcher = words[: words.index("git")]
    script = "ulimit -v; ulimit -t; ulimit -n; ulimit -c; ps -o sid= -p $$; echo $$; pwd; env | cut -d= -f1 | sort"
    answer = subprocess.run(
        [*launcher, "x", "sh", "-c", script],
        env=git_process.environment({}),
        cwd="/",
        start_new_session=True,
        capture_output=True,
        check=True,
    )
    lines = answer.stdout.decode().split("\n")
    assert (lines[1], lines[2], lines[3]) == ("120", "256", "0")
    assert int(lines[0]) <= 1 << 20
    assert lines[4].strip() == lines[5]
    assert {"LD_PRELOAD", "PYTHONPATH", "SSH_AUTH_SOCK"}.isdisjoint(lines)
