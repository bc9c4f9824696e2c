"""The store in a file: what is kept of readers that have changed."""

from pathlib import Path

from scoring.facts import Refusal
from scoring.sources.stores import SqliteFactStore

OLD, NEW, OTHER = ("a" * 40, "python", 1), ("a" * 40, "python", 2), ("a" * 40, "gone", 7)
ROWS = ((OLD, b"old"), (NEW, Refusal("does not parse")), (OTHER, b"other"))


def test_what_an_older_reader_made_is_dropped(tmp_path: Path) -> None:
    store = SqliteFactStore(tmp_path / "facts")
    store.put_many(ROWS)
    store.keep_only({"python": 2, "docs": 1})
    assert store.get_many([OLD, NEW, OTHER]) == dict(ROWS[1:])
    store.close()


def test_nothing_is_looked_through_where_no_reader_has_changed(tmp_path: Path) -> None:
    store = SqliteFactStore(tmp_path / "facts")
    store.keep_only({"python": 2})
    store.put_many(ROWS)
    store.keep_only({"python": 2})
    assert store.known([OLD, NEW, OTHER]) == {OLD, NEW, OTHER}
    store.keep_only({"python": 1})
    assert store.known([OLD, NEW, OTHER]) == {OLD, OTHER}
    store.close()
