"""Lock files: versions, digests and groups; the project itself is left out."""

from tests.scoring.readers.test_packaging import READ, facts, rows

UV_LOCK = """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "app"
version = "0.1"
source = { editable = "." }

[[package]]
name = "numpy"
version = "1.2"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://x/numpy.tar.gz", hash = "sha256:00", size = 1 }

[[package]]
name = "clip"
version = "1.0"
source = { git = "https://h/o/clip?rev=main#0123456789" }
"""


def test_uv_lock_leaves_the_project_out() -> None:
    assert rows("uv-lock", UV_LOCK) == [("numpy", "hashed", "runtime", 9), ("clip", "git-commit", "runtime", 15)]
    assert (facts("uv-lock", UV_LOCK).role, facts("uv-lock", UV_LOCK).python) == ("lock", ">=3.11")


def test_lock_newlines_do_not_matter() -> None:
    assert READ["uv-lock"](UV_LOCK.encode()) == READ["uv-lock"](UV_LOCK.replace("\n", "\r\n").encode())


def test_poetry_lock_groups() -> None:
    text = '[[package]]\nname = "a"\nversion = "1"\ncategory = "dev"\n\n[[package]]\nname = "b"\nversion = "2"\n'
    text += 'files = [\n  {file = "b.whl", hash = "sha256:0"},\n]\n\n[metadata]\npython-versions = "^3.8"\n'
    assert rows("poetry-lock", text) == [("a", "exact", "dev", 1), ("b", "hashed", "runtime", 6)]
    assert facts("poetry-lock", text).python == "^3.8"


def test_pylock() -> None:
    text = 'lock-version = "1.0"\n[[packages]]\nname = "a"\nversion = "1"\n[[packages]]\nname = "b"\nversion = "2"\n'
    text += '[packages.sdist]\nname = "b.tar.gz"\n'
    assert rows("pylock", text) == [("a", "exact", "runtime", 2), ("b", "hashed", "runtime", 5)]
