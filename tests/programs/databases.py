# dbm in its formats, and shelve on top of it.
import dbm
import dbm.dumb
import dbm.sqlite3
import os
import shelve
import tempfile

folder = tempfile.mkdtemp()
os.chdir(folder)


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for module in (dbm.dumb, dbm.sqlite3):
    name = module.__name__.split(".")[1]
    with module.open(name, "c") as db:
        db["key"] = "välue"
        db[b"\xff\x00"] = b"\0" * 600
        db["short"] = b""
        db["key"] = b"v2"
        print(name, sorted(db.keys()), len(db), db["key"], len(db[b"\xff\x00"]), b"short" in db, "no" in db)
        del db["short"]
        print(attempt(db.__getitem__, "short"), attempt(db.__delitem__, "none"), db.get("none", 3), db.setdefault("n", b"x"))
    print(attempt(len, db), attempt(db.keys), attempt(db.close))
    print(dbm.whichdb(name), sorted(dict(dbm.open(name, "r")).items())[0])
    print(attempt(dbm.open(name, "r").__setitem__, "a", "b"))
    with module.open(name, "n") as db:
        print(len(db))
    print(attempt(module.open, name, "q"), attempt(module.open, "missing", "r"))
print(open("dumb.dir").read(), sorted(os.listdir()))
with open("strange", "wb") as f:
    f.write(b"hello there, no database")
print(dbm.whichdb("strange"), dbm.whichdb("nowhere"), attempt(dbm.open, "strange"), attempt(dbm.open, "nowhere"))
with shelve.open("shelf", writeback=True) as s:
    s["list"] = [1]
    s["list"].append({"a": (1, 2.5)})
    s["self"] = None
with shelve.open("shelf") as s:
    print(dict(s), "list" in s, sorted(s), dbm.whichdb("shelf"))
    s["list"].append(3)
    print(s["list"])
print(attempt(s.__getitem__, "list"))
