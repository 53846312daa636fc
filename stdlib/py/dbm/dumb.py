"""A dbm in plain files, for where there is nothing better.

Of a database ``x`` the values lie in ``x.dat``, each at a multiple of 512
bytes; ``x.dir`` has a line for each key, ``'key', (position, size)``, and
``x.bak`` is what ``x.dir`` was before it was last written. Room is given
back only by making a new database.
"""

import ast as _ast
import collections.abc
import io as _io
import os as _os

__all__ = ["error", "open"]

_BLOCKSIZE = 512

error = OSError


def _blocks(size):
    return -(-size // _BLOCKSIZE)


class _Database(collections.abc.MutableMapping):
    """The mapping. Its index is in memory, and is written when it is closed."""

    # for the end of the program, when the module's names may be gone
    _os = _os
    _io = _io

    def __init__(self, filebasename, mode, flag="c"):
        base = self._os.fsencode(filebasename)
        self._mode = mode
        self._readonly = flag == "r"
        self._dirfile, self._datfile, self._bakfile = base + b".dir", base + b".dat", base + b".bak"
        self._index = None
        self._modified = False
        if flag == "n":
            for path in (self._datfile, self._bakfile, self._dirfile):
                try:
                    self._os.remove(path)
                except OSError:
                    pass
        makes = flag in ("c", "n")
        self._ensure(self._datfile, makes)
        self._index = self._read(makes)

    def _ensure(self, path, makes):
        """Checks that a file can be read; makes it if that is allowed."""
        try:
            self._io.open(path, encoding="Latin-1").close()
        except OSError:
            if not makes:
                raise
            with self._io.open(path, "w", encoding="Latin-1"):
                self._chmod(path)

    def _read(self, makes):
        self._ensure(self._dirfile, makes)
        index = {}
        with self._io.open(self._dirfile, encoding="Latin-1") as f:
            for line in f:
                key, place = _ast.literal_eval(line.rstrip())
                index[key.encode("Latin-1")] = place
        return index

    def _line(self, key, place):
        return "%r, %r\n" % (key.decode("Latin-1"), place)

    def _commit(self):
        """Writes the index. Names nothing global."""
        if self._index is None or not self._modified:
            return
        try:
            self._os.unlink(self._bakfile)
        except OSError:
            pass
        try:
            self._os.rename(self._dirfile, self._bakfile)
        except OSError:
            pass
        with self._io.open(self._dirfile, "w", encoding="Latin-1") as f:
            self._chmod(self._dirfile)
            for key, place in self._index.items():
                f.write(self._line(key, place))
        self._modified = False

    sync = _commit

    def _chmod(self, file):
        self._os.chmod(file, self._mode)

    def _verify_open(self):
        if self._index is None:
            raise error("DBM object has already been closed")

    def _write(self, value, at=None):
        """Puts a value at a position, or behind all others; returns its place."""
        with _io.open(self._datfile, "rb+") as f:
            if at is None:
                end = f.seek(0, 2)
                at = _blocks(end) * _BLOCKSIZE
                f.write(b"\0" * (at - end))
            else:
                f.seek(at)
            f.write(value)
        return at, len(value)

    def __getitem__(self, key):
        if isinstance(key, str):
            key = key.encode("utf-8")
        self._verify_open()
        at, size = self._index[key]
        with _io.open(self._datfile, "rb") as f:
            f.seek(at)
            return f.read(size)

    def __setitem__(self, key, val):
        if self._readonly:
            raise error("The database is opened for reading only")
        key, val = self._bytes(key, "keys"), self._bytes(val, "values")
        self._verify_open()
        self._modified = True
        if key not in self._index:
            self._index[key] = place = self._write(val)
            with _io.open(self._dirfile, "a", encoding="Latin-1") as f:
                self._chmod(self._dirfile)
                f.write(self._line(key, place))
            return
        # in its old place if it has no more blocks than before
        at, size = self._index[key]
        self._index[key] = self._write(val, at if _blocks(len(val)) <= _blocks(size) else None)

    def _bytes(self, v, what):
        if isinstance(v, str):
            return v.encode("utf-8")
        if not isinstance(v, (bytes, bytearray)):
            raise TypeError(f"{what} must be bytes or strings")
        return bytes(v)

    def __delitem__(self, key):
        if self._readonly:
            raise error("The database is opened for reading only")
        if isinstance(key, str):
            key = key.encode("utf-8")
        self._verify_open()
        self._modified = True
        del self._index[key]
        self._commit()

    def keys(self):
        self._verify_open()
        return list(self._index)

    def items(self):
        self._verify_open()
        return [(key, self[key]) for key in self._index]

    def __contains__(self, key):
        if isinstance(key, str):
            key = key.encode("utf-8")
        self._verify_open()
        return key in self._index

    def iterkeys(self):
        self._verify_open()
        return iter(self._index)

    __iter__ = iterkeys

    def __len__(self):
        self._verify_open()
        return len(self._index)

    def close(self):
        try:
            self._commit()
        finally:
            self._index = self._datfile = self._dirfile = self._bakfile = None

    __del__ = close

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def open(file, flag="c", mode=0o666):
    """Open the database of a base name: "r" to read, "w" to change, "c" makes it if need be, "n" anew.

    mode: of new files; the process's umask is taken off it.
    """
    if flag not in ("r", "w", "c", "n"):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    mask = _os.umask(0)
    _os.umask(mask)
    return _Database(file, mode & ~mask, flag=flag)
