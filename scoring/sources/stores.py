"""Where facts are kept between scans: by blob, reader and version, never by path.

A fact store is a cache: losing it costs time, never an answer. It holds encoded facts, and the reason where a reader
refused a blob, so that a refusal is not tried again each week.
"""

import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol
from zlib import crc32

from scoring.facts import Refusal

Key = tuple[str, str, int]
"""(blob, reader name, reader version)"""

Stored = bytes | Refusal
"""Encoded facts (`scoring.sandbox.encode`), or why there are none."""

PAGE_BYTES = 16_384
"""Facts of a file take 4 KB on average: at SQLite's own page of that size most of them would spill over."""
_WHERE = "FROM facts WHERE blob = ? AND reader = ? AND version = ?"


class FactStore(Protocol):
    """What the survey asks of a store."""

    def get_many(self, keys: Sequence[Key]) -> dict[Key, Stored]:
        """Those of the keys that are known."""

    def known(self, keys: Sequence[Key]) -> set[Key]:
        """Those of the keys that are known, without loading what is stored."""

    def put_many(self, rows: Iterable[tuple[Key, Stored]]) -> None:
        """Keep the rows; a key that is known already is kept as it is."""


class MemoryFactStore:
    """A store that lives as long as the process: for tests and for one scan of a small repository."""

    def __init__(self) -> None:
        self._rows: dict[Key, Stored] = {}

    def get_many(self, keys: Sequence[Key]) -> dict[Key, Stored]:
        return {key: self._rows[key] for key in keys if key in self._rows}

    def known(self, keys: Sequence[Key]) -> set[Key]:
        return {key for key in keys if key in self._rows}

    def put_many(self, rows: Iterable[tuple[Key, Stored]]) -> None:
        for key, stored in rows:
            self._rows.setdefault(key, stored)


class SqliteFactStore:
    """A store in one SQLite file, beside the mirror. Safe for several processes and threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._local = threading.local()
        with self._connection() as connection:
            # an index beside the rows, since rows as long as these would make a deep tree of the key
            connection.execute(
                "CREATE TABLE IF NOT EXISTS facts (blob TEXT, reader TEXT, version INTEGER, refusal TEXT, data BLOB,"
                " PRIMARY KEY (blob, reader, version))"
            )

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=20)
            connection.execute(f"PRAGMA page_size={PAGE_BYTES}")  # of a new file; another keeps its own
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")  # a cache: losing it costs time only
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            del self._local.connection

    def keep_only(self, versions: Mapping[str, int]) -> None:
        """Drop what readers of other versions made, which nobody asks for again; free where no version has changed.

        versions: reader name -> version. What other readers made is kept.
        """
        mark = crc32(repr(sorted(versions.items())).encode()) >> 1  # user_version is a signed number of 32 bits
        with self._connection() as connection:
            (seen,) = connection.execute("PRAGMA user_version").fetchone()
            if seen != mark:
                connection.executemany("DELETE FROM facts WHERE reader = ? AND version != ?", versions.items())
                connection.execute(f"PRAGMA user_version={mark}")

    def get_many(self, keys: Sequence[Key]) -> dict[Key, Stored]:
        found: dict[Key, Stored] = {}
        execute = self._connection().execute
        for key in keys:  # one prepared question for each is several times cheaper than one question about many
            row = execute(f"SELECT refusal, data {_WHERE}", key).fetchone()
            if row is not None:
                refusal, data = row
                found[key] = data if refusal is None else Refusal(refusal)
        return found

    def known(self, keys: Sequence[Key]) -> set[Key]:
        execute = self._connection().execute
        return {key for key in keys if execute(f"SELECT 1 {_WHERE}", key).fetchone() is not None}

    def put_many(self, rows: Iterable[tuple[Key, Stored]]) -> None:
        with self._connection() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO facts VALUES (?, ?, ?, ?, ?)",
                [
                    (*key, stored.reason, None) if isinstance(stored, Refusal) else (*key, None, stored)
                    for key, stored in rows
                ],
            )
