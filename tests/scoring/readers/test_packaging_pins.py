"""How one requirement is held: open, a range, a version, a commit; what is no requirement."""

import pytest

from scoring.facts import PackagingFacts
from scoring.readers.packaging.pins import pin_of, requirement
from scoring.readers.packaging.requirement_files import READERS

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("specifier", "pin"),
    [
        ("", "open"),
        ("*", "open"),
        ("==1.*", "range"),
        (">=1,<2", "range"),
        ("~=1.2", "range"),
        ("!=1", "range"),
        ("==1.2", "exact"),
        ("===1.2", "exact"),
        (">=1,==1.2", "exact"),
    ],
)
def test_pin_of(specifier: str, pin: str) -> None:
    assert pin_of(specifier) == pin


@pytest.mark.parametrize(
    ("text", "name", "pin"),
    [
        ("Flask_Admin.x>=1", "flask-admin-x", "range"),
        ("torch==1.7.0+cu110", "torch", "exact"),
        ("uvicorn[standard]==0.1 ; python_version<'3'", "uvicorn", "exact"),
        ("a (>=1.0)", "a", "range"),
        ("clip @ git+https://github.com/openai/CLIP.git", "clip", "git"),
        (f"clip @ git+https://github.com/openai/CLIP.git@{COMMIT}", "clip", "git-commit"),
        ("git+https://github.com/openai/CLIP.git@main#egg=clip", "clip", "git"),
        ("git+ssh://git@github.com/openai/CLIP.git", "clip", "git"),
        ("https://example.org/x/spacy_model-2.0.0-py3-none-any.whl", "spacy-model", "url"),
        (f"https://github.com/o/repo/archive/{COMMIT}.zip", "repo", "git-commit"),
        ("numpy @ file:///tmp/build/numpy", "numpy", "local"),
        ("../libs/own", "own", "local"),
    ],
)
def test_requirement_of(text: str, name: str, pin: str) -> None:
    found = requirement(text, 1)
    assert found is not None
    assert (found.name, found.pin) == (name, pin)


@pytest.mark.parametrize("text", ["pip install x", "1 2 3", "<html>", "numpy 1.2", ""])
def test_requirement_none_of(text: str) -> None:
    assert requirement(text, 1) is None


@pytest.mark.parametrize(
    ("lines", "marker", "role"),
    [
        (10, " ; python_version >= '3.10'", "export"),
        (9, " ; python_version >= '3.10'", "declaration"),
        (10, "", "declaration"),
    ],
)
def test_many_versions_each_with_a_marker_are_an_export_of_poetry(lines: int, marker: str, role: str) -> None:
    text = "".join(f"p{n}==1.{n}{marker}\n" for n in range(lines))
    read = next(reader for reader in READERS if reader.name == "packaging.requirements").read(text.encode())
    assert isinstance(read, PackagingFacts)
    assert read.role == role
