"""Where facts are kept between scans: by blob, reader and version, never by path.

A fact store is a cache: losing it costs time, never an answer. It holds encoded facts, and the reason where a reader
refused a blob, so that a refusal is not tried again each week.
"""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from scoring.facts import Refusal

Key = tuple[str, str, int]
"""(blob, reader name, reader version)"""

Stored = bytes | Refusal
"""Encoded facts (`scoring.sandbox.encode`), or why there are none."""

CHUNK = 300
"""Keys in one query: three bound values each, under SQLite's old limit of 999."""


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
            connection.execute(
                "CREATE TABLE IF NOT EXISTS facts (blob TEXT, reader TEXT, version INTEGER, refusal TEXT, data BLOB,"
                " PRIMARY KEY (blob, reader, version)) WITHOUT ROWID"
            )

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=20)
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

    def get_many(self, keys: Sequence[Key]) -> dict[Key, Stored]:
        found: dict[Key, Stored] = {}
        for blob, reader, version, refusal, data in self._select("blob, reader, version, refusal, data", keys):
            found[blob, reader, version] = data if refusal is None else Refusal(refusal)
        return found

    def known(self, keys: Sequence[Key]) -> set[Key]:
        return {(blob, reader, version) for blob, reader, version in self._select("blob, reader, version", keys)}

    def _select(self, columns: str, keys: Sequence[Key]) -> Iterable[tuple[Any, ...]]:
        connection = self._connection()
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK]
            marks = ", ".join(["(?, ?, ?)"] * len(part))
            values = [value for key in part for value in key]
            yield from connection.execute(
                f"SELECT {columns} FROM facts WHERE (blob, reader, version) IN (VALUES {marks})",  # noqa: S608 -- columns are ours, values are bound
                values,
            )

    def put_many(self, rows: Iterable[tuple[Key, Stored]]) -> None:
        with self._connection() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO facts VALUES (?, ?, ?, ?, ?)",
                [
                    (*key, stored.reason, None) if isinstance(stored, Refusal) else (*key, None, stored)
                    for key, stored in rows
                ],
            )
