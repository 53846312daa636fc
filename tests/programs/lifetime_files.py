# Files, coroutines and temporary files whose last name goes.
import os
import subprocess
import sys
import tempfile
import warnings

warnings.simplefilter("always")


def shown(message, category, filename, lineno, file=None, line=None):
    print(category.__name__, str(message).split(" ")[0], lineno > 0)


warnings.showwarning = shown
folder = tempfile.mkdtemp()
path = os.path.join(folder, "f")
open(path, "w").write("x")
print(open(path).read())
open(path, "w").write("hello")
print(os.stat(path).st_size)
f = open(path, "a")
f.write(" more")
del f
print(os.stat(path).st_size)


def write():
    f = open(path, "w")
    f.write("abc")


write()
print(os.path.getsize(path))
open(path, "w").write("for a child")
print(subprocess.run(["cat", path], capture_output=True).stdout)
with open(path, "w") as f:
    f.write("with")
print(open(path, "rb").read())


async def co():
    pass


c = co()
del c
print("dropped")


def hold():
    c = co()


hold()
print("held")
t = tempfile.TemporaryDirectory()
name = t.name
del t
print(os.path.exists(name))
t = tempfile.NamedTemporaryFile()
name = t.name
del t
print(os.path.exists(name))
os.remove(path)
os.rmdir(folder)
