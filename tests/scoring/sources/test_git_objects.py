"""Trees and blobs: hostile, damaged, missing, too large; and what is read once for all weeks."""

import os
from pathlib import Path

import pytest

from scoring.sources.git import GitRepository, MissingObject
from tests.scoring.sources.git_lab import Lab


def paths(repository: GitRepository, sha: str) -> list[str]:
    return [entry.path for entry in repository.tree(sha)]


# ---------------------------------------------------------------- trees


def test_tree_lists_every_kind_of_entry(lab: Lab) -> None:
    one = lab.blob(b"1")
    folder = lab.tree(("100755", b"run", one))
    tree = lab.tree(("40000", b"bin", folder), ("120000", b"link", one), ("160000", b"module", "2" * 40))
    with GitRepository(lab.path) as repository:
        listing = repository.tree(lab.commit(tree))
    assert [(entry.path, entry.is_file, entry.is_link, entry.is_submodule) for entry in listing] == [
        ("bin/run", True, False, False),
        ("link", False, True, False),
        ("module", False, False, True),
    ]
    assert (listing.truncated, listing.problems) == (False, ())


def test_hostile_names_become_problems(lab: Lab) -> None:
    one = lab.blob(b"1")
    inner = lab.tree(("100644", b"config", one))
    tree = lab.tree(
        ("100644", b"..", one),
        ("100644", b".", one),
        ("40000", b".GIT", inner),
        ("100644", b"a/b", one),
        ("100644", b"fine", one),
        ("100644", b"fine", lab.blob(b"2")),
        ("110000", b"odd", one),
    )
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
    assert [(entry.path, entry.blob) for entry in listing] == [("fine", one)]
    assert listing.problems == (
        ("..", "a name that no work tree may hold"),
        (".", "a name that no work tree may hold"),
        (".GIT", "a name that no work tree may hold"),
        ("a/b", "a name that no work tree may hold"),
        ("fine", "the name stands twice"),
        ("odd", "an unknown kind of entry"),
    )


def test_names_that_are_no_text_come_back_byte_for_byte(lab: Lab) -> None:
    one = lab.blob(b"1")
    names = [b"\xff\xfe.py", b"caf\xc3\xa9.py", b"new\nline.py", b"-rf"]
    with GitRepository(lab.path) as repository:
        listing = repository.tree(lab.tree(*(("100644", name, one) for name in names)))
    assert [os.fsencode(entry.path) for entry in listing] == names


def test_missing_folder_is_reported_and_the_rest_listed(lab: Lab) -> None:
    gone = lab.files({"x": "1"})
    tree = lab.tree(("100644", b"a", lab.blob(b"1")), ("40000", b"gone", gone))
    lab.loose(gone).unlink()
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
    assert [entry.path for entry in listing] == ["a"]
    assert (listing.truncated, listing.problems) == (True, (("gone/", "the folder's object is missing or damaged"),))


def test_missing_root_tree_is_said_plainly(lab: Lab) -> None:
    tree = lab.files({"x": "1"})
    sha = lab.commit(tree)
    lab.loose(tree).unlink()
    with GitRepository(lab.path) as repository, pytest.raises(MissingObject, match="clone the repository again"):
        repository.tree(sha)


def test_half_a_tree_is_reported(lab: Lab) -> None:
    tree = lab._object("tree", b"100644 a\0" + bytes.fromhex(lab.blob(b"1")) + b"100644 b\0short")
    with GitRepository(lab.path) as repository:
        listing = repository.tree(lab.tree(("40000", b"d", tree)))
    assert ([entry.path for entry in listing], listing.truncated) == (["d/a"], True)


def test_tree_bomb_stops_at_the_limit(lab: Lab) -> None:
    tree = lab.files({"x": "1"})
    for _ in range(12):
        tree = lab.tree(*(("40000", b"%d" % number, tree) for number in range(10)))
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
    assert (len(listing), listing.truncated) == (50_000, True)
    assert listing.entries[0].path == "0/" * 12 + "x"


def test_deep_tree_stops_at_the_limit(lab: Lab) -> None:
    tree = lab.files({"x": "1"})
    for _ in range(150):
        tree = lab.tree(("100644", b"a", lab.blob(b"1")), ("40000", b"d", tree))
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
    assert (len(listing), listing.truncated) == (100, True)
    assert listing.problems == (("d/" * 99 + "d", "deeper than 100 folders"),)


def test_too_long_path_becomes_a_problem(lab: Lab) -> None:
    name = b"n" * 1025
    with GitRepository(lab.path) as repository:
        listing = repository.tree(lab.tree(("100644", name, lab.blob(b"1"))))
    assert (listing.entries, listing.problems) == ((), ((name.decode(), "a path of more than 1024 bytes"),))


def hostile(lab: Lab) -> list[str]:
    """Trees whose paths are easily told wrong by who walks down to one path alone."""
    one, two = lab.blob(b"1"), lab.blob(b"2")
    inner, other = lab.files({"x": "1", "y": "2"}), lab.files({"x": "3"})
    gone = lab.files({"z": "gone"})
    half = lab._object("tree", b"100644 x\0" + bytes.fromhex(one) + b"100644 b\0short")
    deep = lab.files({"x": "1"})
    for _ in range(120):
        deep = lab.tree(("40000", b"d", deep))
    bomb = inner
    for _ in range(6):
        bomb = lab.tree(*(("40000", b"%d" % number, bomb) for number in range(10)))
    trees = [
        lab.tree(
            ("100644", b"a", one), ("120000", b"link", one), ("160000", b"module", "2" * 40), ("40000", b"d", inner)
        ),
        lab.tree(("100644", b"a", one), ("100644", b"a", two), ("40000", b"d", inner)),
        lab.tree(("40000", b"d", inner), ("40000", b"d", other)),
        lab.tree(("100644", b"d", one), ("40000", b"d", other)),
        lab.tree(("40000", b".git", inner), ("100644", b"..", one), ("100644", b"d/x", one), ("110000", b"odd", one)),
        lab.tree(("40000", b"d", gone), ("100644", b"a", one)),
        lab.tree(("40000", b"d", half), ("100644", b"a", one)),
        lab.tree(("100644", b"\xff", one), ("40000", b"\xe9", inner), ("100644", b"n" * 1025, one)),
        deep,
        bomb,
    ]
    lab.loose(gone).unlink()
    return trees


@pytest.mark.parametrize("number", range(10))
def test_files_by_path_are_those_of_the_whole_listing(lab: Lab, number: int) -> None:
    tree = hostile(lab)[number]
    with GitRepository(lab.path) as repository:
        listing = repository.tree(tree)
        standing = {entry.path: entry.blob for entry in listing if entry.is_file}
        strange = ["a", "d", "d/x", "d/y", ".git/x", "..", "odd", "d/x/y", "", "/", "d/", "d" + "/d" * 119 + "/x"]
        strange += ["9/9/9/9/9/9/x", "\udcff", "n" * 1025, "module", "link"]
        asked = sorted({*strange, *(entry.path for entry in listing.entries[:200])})
    with GitRepository(lab.path) as repository:
        found = repository.files(tree, asked)
    assert found == {path: standing[path] for path in asked if path in standing}


def test_files_of_a_missing_tree_is_said_plainly(lab: Lab) -> None:
    tree = lab.files({"x": "1"})
    lab.loose(tree).unlink()
    with GitRepository(lab.path) as repository, pytest.raises(MissingObject, match="clone the repository again"):
        repository.files(tree, ["x"])


def test_folder_moved_between_weeks_keeps_its_paths_apart(lab: Lab) -> None:
    folder = lab.files({"x": "1"})
    before, after = lab.tree(("40000", b"old", folder)), lab.tree(("40000", b"new", folder))
    with GitRepository(lab.path) as repository:
        assert (paths(repository, before), paths(repository, after)) == (["old/x"], ["new/x"])


def test_each_tree_is_read_once_for_all_weeks(lab: Lab) -> None:
    shas = [lab.commit(lab.files({"a/b/x": "same", "c/y": str(week)})) for week in range(30)]
    with GitRepository(lab.path) as repository:
        repository.load_trees(shas)
        listings = [repository.tree(sha) for sha in shas]
        assert len(repository._trees._raw) == 30 + 30 + 2
    assert {id(listing.entries[0]) for listing in listings} == {id(listings[0].entries[0])}


# ---------------------------------------------------------------- blobs


def test_missing_and_foreign_objects_are_none_and_the_rest_is_read(lab: Lab) -> None:
    good, gone, also = lab.blob(b"good"), lab.blob(b"gone"), lab.blob(b"also")
    tree = lab.tree(("100644", b"a", good))
    lab.loose(gone).unlink()
    with GitRepository(lab.path) as repository:
        asked = [good, gone, tree, also]
        assert list(repository.blobs(asked)) == [(good, b"good"), (gone, None), (tree, None), (also, b"also")]
        assert repository.sizes(asked) == {good: 4, gone: None, tree: None, also: 4}


def test_truncated_object_costs_only_itself(lab: Lab) -> None:
    oids = [lab.blob(os.urandom(2000)) for _ in range(300)]
    broken = lab.loose(oids[5])
    broken.chmod(0o644)
    broken.write_bytes(broken.read_bytes()[:900])
    with GitRepository(lab.path) as repository:
        answers = dict(repository.blobs(oids))
        assert [oid for oid in oids if answers[oid] is None] == [oids[5]]
        assert repository.sizes(oids)[oids[6]] == 2000


def test_corrupt_pack_is_reported_not_raised(lab: Lab) -> None:
    sha = lab.one({f"f{number}": os.urandom(3000) for number in range(20)})
    lab.git("repack", "-adq")
    pack = next((lab.path / "objects" / "pack").glob("*.pack"))
    pack.chmod(0o644)
    data = bytearray(pack.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40] = b"\0" * 40
    pack.write_bytes(bytes(data))
    with GitRepository(lab.path) as repository:
        blobs = [entry.blob for entry in repository.tree(sha)]
        answers = [data for _, data in repository.blobs(blobs)]
        assert 0 < answers.count(None) < 20
        assert len(answers) == 20
        assert set(repository.damaged()) <= set(blobs)


def test_git_that_is_killed_costs_one_answer(lab: Lab) -> None:
    oids = [lab.blob(b"%d" % number) for number in range(300)]
    with GitRepository(lab.path) as repository:
        reading = repository.blobs(oids)
        assert next(reading) == (oids[0], b"0")
        process = repository._blob_cats[0]._process
        assert process is not None
        process.kill()
        process.wait()
        rest = dict(reading)
        assert [oid for oid in oids[1:] if rest[oid] is None] == list(repository.damaged())
        assert len(repository.damaged()) <= 1


def test_large_blob_is_not_loaded_but_measured(lab: Lab) -> None:
    big, small = lab.blob(b"\0" * 3_000_000), lab.blob(b"1")
    with GitRepository(lab.path) as repository:
        assert list(repository.blobs([big, small], limit=1000)) == [(big, None), (small, b"1")]
        assert repository.sizes([big, small]) == {big: 3_000_000, small: 1}


def test_abandoned_and_interleaved_reading_stay_in_step(lab: Lab) -> None:
    oids = [lab.blob(b"%d" % number) for number in range(400)]
    with GitRepository(lab.path) as repository:
        first, second = repository.blobs(oids), repository.blobs(list(reversed(oids)))
        assert next(first) == (oids[0], b"0")
        assert next(second) == (oids[-1], b"399")
        first.close()
        assert list(repository.blobs(oids[200:202])) == [(oids[200], b"200"), (oids[201], b"201")]


def test_partial_clone_fetches_nothing(lab: Lab, tmp_path: Path) -> None:
    gone = lab.blob(b"gone")
    sha = lab.one({"a": b"gone"})
    canary = tmp_path / "canary"
    config = lab.path / "config"
    config.write_text(
        config.read_text() + '[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\tpromisor = true\n'
        f"\turl = ext::touch {canary}\n\tuploadpack = touch {canary};\n[protocol]\n\tallow = always\n"
    )
    lab.loose(gone).unlink()
    with GitRepository(lab.path) as repository:
        assert list(repository.blobs([gone])) == [(gone, None)]
        assert len(repository.log(sha)) == 1
    assert not canary.exists()
