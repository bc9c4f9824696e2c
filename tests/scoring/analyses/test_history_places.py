"""Which files the history is asked about, and that .mailmap is read as git reads it."""

from pathlib import Path

import pytest

from scoring.analyses.history_places import HistoryPlaces, PlaceFinder, places_of
from scoring.analyses.identity import Mailmap
from scoring.facts import (
    Call,
    CiFacts,
    Command,
    DocFacts,
    FileEntry,
    FileFacts,
    Import,
    NotebookFacts,
    PackagingFacts,
    PythonFacts,
)
from tests.scoring.sources.git_lab import Lab


def entry(path: str, *facts: FileFacts, roles: frozenset[str] = frozenset(), blob: str = "1" * 40) -> FileEntry:
    return FileEntry(path, blob, None, "", roles, facts)


def python(*, main: int = 0, sklearn: bool = False, fits: bool = False, notebook: bool = False) -> PythonFacts:
    return PythonFacts(
        lines=10,
        code_lines=8,
        imports=(Import("sklearn.svm", "SVC", "SVC", 1),) if sklearn else (),
        calls=(Call("sklearn.svm.SVC().fit", 3, 3, ""),) if fits else (),
        main_line=main,
        notebook=NotebookFacts(4) if notebook else None,
    )


def test_empty_snapshot_has_no_places() -> None:
    assert places_of(()) == HistoryPlaces()


def test_each_kind_of_file_finds_its_place() -> None:
    files = [
        entry("README.md", DocFacts("readme")),
        entry("docs/README.md", DocFacts("readme")),
        entry("notebooks/look.ipynb", python(notebook=True, sklearn=True)),
        entry("experiments/try.py", python(), roles=frozenset({"research"})),
        entry("app/cli.py", python(main=9)),
        entry("app/model/train.py", python(main=9, sklearn=True, fits=True)),
        entry("app/model/features.py", python(sklearn=True)),
        entry("app/job.py", python()),
        entry("app/other/job.py", python()),
        entry("app/tool.py", python()),
        entry("tests/test_app.py", python(sklearn=True), roles=frozenset({"test"})),
        entry("ci.yml", CiFacts("github", commands=(Command(1, "python ./app/job.py --fast"),))),
        entry("setup.py", PackagingFacts("setuptools", "declaration", scripts=(("tool", "app.tool:main"),))),
        entry("picture.png"),
    ]
    places = places_of(files)
    assert places.files == tuple(sorted(one.path for one in files))
    assert places.ml == ("app/model/features.py", "app/model/train.py", "notebooks/look.ipynb")
    assert places.lines == {"app/model/features.py": 8, "app/model/train.py": 8, "notebooks/look.ipynb": 8}
    assert places.research == ("experiments/try.py", "notebooks/look.ipynb")
    assert places.production == (
        "app/cli.py",
        "app/job.py",
        "app/model/features.py",
        "app/model/train.py",
        "app/other/job.py",
        "app/tool.py",
    )
    assert places.entry_points == ("app/cli.py", "app/job.py", "app/model/train.py", "app/tool.py")
    assert places.models == ("app/model",)
    assert places.readme == "README.md"


def test_finder_forgets_what_no_longer_stands() -> None:
    finder = PlaceFinder()
    for week in range(5):
        finder.places([entry("a.py", python(), blob=f"{week:040x}")])
    assert list(finder._kinds) == [("a.py", f"{4:040x}", True)]


@pytest.mark.parametrize(
    "signature",
    [
        "Ann <ANN@x.org>",
        "Other <old@x.org>",
        "Bob B <shared@x.org>",
        "Cat <shared@x.org>",
        "Dan <dan@x.org>",
        "Nobody <none@x.org>",
        "Eve <eve-old@x.org>",
        "eve <EVE-old@x.org>",
    ],
)
def test_mailmap_agrees_with_git(tmp_path: Path, signature: str) -> None:
    lab = Lab(tmp_path / "r.git")
    text = b"""# a comment
Ann Proper <ann@x.org>
<new@x.org> <old@x.org>
Bob Proper <bob@x.org> Bob B <shared@x.org>
Everybody <shared@x.org>
Dan One <dan@x.org>
<dan-new@x.org> <dan@x.org>
Eve <eve@x.org> Eve <eve-old@x.org>
  not a rule
"""
    (tmp_path / "map").write_bytes(text)
    said = lab.git("-c", f"mailmap.file={tmp_path}/map", "check-mailmap", signature).decode().strip()
    name, _, email = signature.rstrip(">").partition(" <")
    assert "{} <{}>".format(*Mailmap(text).canonical((name, email))) == said
