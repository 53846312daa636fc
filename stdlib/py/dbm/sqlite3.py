"""A dbm in one table of an SQLite database."""

import os
import sqlite3
from collections.abc import MutableMapping
from contextlib import closing, suppress
from pathlib import Path

_SCHEMA = """
  CREATE TABLE IF NOT EXISTS Dict (
    key BLOB UNIQUE NOT NULL,
    value BLOB NOT NULL
  )
"""
# How SQLite opens the file, by flag.
_ACCESS = {"r": "ro", "w": "rw", "c": "rwc", "n": "rwc"}


class error(OSError):
    """What SQLite reports, and the use of a closed database."""


def _normalize_uri(path):
    """The URI of a file, without doubled slashes."""
    uri = Path(path).absolute().as_uri()
    while "//" in uri:
        uri = uri.replace("//", "/")
    return uri


class _Database(MutableMapping):
    """The mapping; keys and values are stored as bytes."""

    def __init__(self, path, /, *, flag, mode):
        if hasattr(self, "_cx"):
            raise error("DBM object does not support reinitialization")
        if flag not in _ACCESS:
            raise ValueError(f"Flag must be one of 'r', 'w', 'c', or 'n', not {flag!r}")
        file = Path(os.fsdecode(path))
        if flag == "n":
            file.unlink(missing_ok=True)
        if flag in "cn":
            file.touch(mode=mode, exist_ok=flag == "c")
        access = _ACCESS[flag]
        try:
            # nobody writes to one that is only read, so it needs no lock files
            more = "&immutable=1" if access == "ro" else ""
            uri = f"{_normalize_uri(file)}?mode={access}{more}"
            self._cx = sqlite3.connect(uri, autocommit=True, uri=True)
        except sqlite3.Error as e:
            raise error(str(e))
        if access != "ro":
            # faster where it can be had
            with suppress(sqlite3.OperationalError):
                self._cx.execute("PRAGMA journal_mode = wal")
        if access == "rwc":
            self._execute(_SCHEMA)

    def _execute(self, statement, values=()):
        if not self._cx:
            raise error("DBM object has already been closed")
        try:
            return closing(self._cx.execute(statement, values))
        except sqlite3.Error as e:
            raise error(str(e))

    def _row(self, statement, values=()):
        with self._execute(statement, values) as cursor:
            return cursor.fetchone()

    def __len__(self):
        return self._row("SELECT COUNT (key) FROM Dict")[0]

    def __getitem__(self, key):
        row = self._row("SELECT value FROM Dict WHERE key = CAST(? AS BLOB)", (key,))
        if not row:
            raise KeyError(key)
        return row[0]

    def __setitem__(self, key, value):
        self._execute("REPLACE INTO Dict (key, value) VALUES (CAST(? AS BLOB), CAST(? AS BLOB))", (key, value))

    def __delitem__(self, key):
        with self._execute("DELETE FROM Dict WHERE key = CAST(? AS BLOB)", (key,)) as cursor:
            if not cursor.rowcount:
                raise KeyError(key)

    def __iter__(self):
        try:
            with self._execute("SELECT key FROM Dict") as cursor:
                for row in cursor:
                    yield row[0]
        except sqlite3.Error as e:
            raise error(str(e))

    def keys(self):
        return list(super().keys())

    def close(self):
        if self._cx:
            self._cx.close()
            self._cx = None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def open(filename, /, flag="r", mode=0o666):
    """Open the database in a file: "r" to read, "w" to change, "c" makes it if need be, "n" anew."""
    return _Database(filename, flag=flag, mode=mode)
