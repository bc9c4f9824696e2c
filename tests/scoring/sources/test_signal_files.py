"""The folder of an operator's own signals: what in it is taken, and what is refused before anything is run."""

import os
from pathlib import Path

import pytest

from scoring.sources.signal_files import MOST_BYTES, SourceFile, UnusableFolder, read_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "signals"
    folder.mkdir(mode=0o755)
    return folder


def put(path: Path, text: str = "x = 1\n", mode: int = 0o644) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_absent_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFolder, match="there is no such folder; name the one that holds your signals"):
        read_folder(tmp_path / "nowhere")


def test_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFolder, match="is no folder; name the one"):
        read_folder(put(tmp_path / "a.py"))


def test_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(UnusableFolder, match="there is no such folder"):
        read_folder(tmp_path / "loop")


def test_folder_that_anybody_may_write_is_refused(folder: Path) -> None:
    put(folder / "a.py")
    folder.chmod(0o777)
    with pytest.raises(UnusableFolder, match="may be written by anybody on this host, and what stands in it is run"):
        read_folder(folder)


def test_more_files_than_a_folder_may_hold_are_refused(folder: Path) -> None:
    for number in range(51):
        put(folder / f"a{number}.py")
    with pytest.raises(UnusableFolder, match="holds 51 files of signals; keep it to 50"):
        read_folder(folder)


def test_files_that_may_not_be_run_are_told_and_not_taken(folder: Path, tmp_path: Path) -> None:
    put(folder / "a.py", mode=0o666)
    (folder / "b.py").symlink_to(put(tmp_path / "outside.py"))
    (folder / "c.py").symlink_to(folder / "nowhere.py")
    (folder / "d.py").symlink_to(folder / "d.py")
    (folder / "e.py").mkdir()
    os.mkfifo(folder / "f.py")
    put(folder / "g.py", "#" * (MOST_BYTES + 1))
    put(folder / "H.py")
    put(folder / "i-j.py")
    assert [(file.name, file.source, file.problem) for file in read_folder(folder)] == [
        ("H.py", b"", "has a name that is not of small letters, digits and _ alone, with a letter first"),
        ("a.py", b"", "may be written by anybody on this host: chmod o-w it"),
        ("b.py", b"", "is a link that leads out of the folder"),
        ("c.py", b"", "can't be read (No such file or directory)"),
        ("d.py", b"", "can't be read (its links go in a circle)"),
        ("e.py", b"", "is no file"),
        ("f.py", b"", "is no file"),
        ("g.py", b"", "is longer than 200 KB"),
        ("i-j.py", b"", "has a name that is not of small letters, digits and _ alone, with a letter first"),
    ]


def test_links_inside_the_folder_are_followed(folder: Path) -> None:
    """As a mounted map of configuration has them: a.py -> ..data/a.py, ..data -> a folder with a date."""
    (folder / "..2026").mkdir()
    put(folder / "..2026" / "a.py", "y = 2\n")
    (folder / "..data").symlink_to("..2026")
    (folder / "a.py").symlink_to("..data/a.py")
    assert read_folder(folder) == (SourceFile("a.py", b"y = 2\n"),)


def test_folder_may_itself_be_a_link(folder: Path, tmp_path: Path) -> None:
    put(folder / "a.py")
    (tmp_path / "link").symlink_to(folder)
    assert read_folder(tmp_path / "link") == (SourceFile("a.py", b"x = 1\n"),)
