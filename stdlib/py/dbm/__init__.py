"""Persistent dictionaries of bytes, in whichever file format is at hand.

``open`` makes or opens one; ``whichdb`` tells the format of a file.
"""

import io
import os

__all__ = ["open", "whichdb", "error"]


class error(Exception):
    """What goes wrong before a format's own module is in charge."""


error = (error, OSError)

# In order of preference for new files.
_names = ["dbm.sqlite3", "dbm.gnu", "dbm.ndbm", "dbm.dumb"]
_defaultmod = None
_modules = {}

try:
    from dbm import ndbm
except ImportError:
    ndbm = None

_GNU_MAGIC = {0x13579ACD, 0x13579ACE, 0x13579ACF}


def _load():
    """Imports the formats that there are; the first becomes the default."""
    global _defaultmod
    for name in _names:
        try:
            module = __import__(name, fromlist=["open"])
        except ImportError:
            continue
        _modules[name] = module
        _defaultmod = _defaultmod or module
    if _defaultmod is None:
        raise ImportError("no dbm clone found; tried %s" % _names)


def open(file, flag="r", mode=0o666):
    """Open the database at a path.

    flag: "r" reads an existing one, "w" changes an existing one, "c" makes
    it where it is missing, "n" always makes a new one. mode: of new files.
    """
    if _defaultmod is None:
        _load()
    kind = None if "n" in flag else whichdb(file)
    if kind is None:
        if "c" not in flag and "n" not in flag:
            raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
        module = _defaultmod
    elif kind == "":
        raise error[0]("db type could not be determined")
    elif kind not in _modules:
        raise error[0](f"db type is {kind}, but the module is not available")
    else:
        module = _modules[kind]
    return module.open(file, flag, mode)


def whichdb(filename):
    """The module whose format a database has; "" where none fits, None where nothing can be read."""
    base = os.fsencode(filename)
    if _readable(base + b".pag") and _readable(base + b".dir"):
        return "dbm.ndbm"
    if ndbm is not None and _readable(base + b".db"):
        try:
            ndbm.open(base).close()
            return "dbm.ndbm"
        except OSError:
            pass
    if _is_dumb(base):
        return "dbm.dumb"
    try:
        with io.open(base, "rb") as f:
            head = f.read(16)
    except OSError:
        return None
    if head == b"SQLite format 3\0":
        return "dbm.sqlite3"
    if len(head) >= 4:
        import sys

        if int.from_bytes(head[:4], sys.byteorder) in _GNU_MAGIC:
            return "dbm.gnu"
    return ""


def _readable(path):
    try:
        io.open(path, "rb").close()
    except OSError:
        return False
    return True


def _is_dumb(base):
    """An index of quoted keys, or an empty one, beside a data file."""
    try:
        os.stat(base + b".dat")
        with io.open(base + b".dir", "rb") as f:
            return f.read(1) in (b"", b"'", b'"')
    except OSError:
        return False


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:]:
        print(whichdb(name) or "UNKNOWN", name)
