# When a .pyc file is used and when it is made anew: the three kinds of validation in import,
# py_compile and compileall, the options and variables that have a say. What happens is printed; what
# CPython prints is recorded in tests/pyc.json.

import importlib.util
import json
import os
import py_compile
import subprocess
import sys
import tempfile

OLD, NEW = "print('old')\n", "print('new')\n"
MODES = py_compile.PycInvalidationMode
results = []


def run(*args, cwd, **env):
    dropped = ("SOURCE_DATE_EPOCH", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")
    kept = {k: v for k, v in os.environ.items() if k not in dropped}
    done = subprocess.run([sys.executable, *args], cwd=cwd, env={**kept, **env}, capture_output=True, text=True)
    last = done.stderr.strip().splitlines()[-1:]
    return [done.returncode, *(text.replace(cwd, "<folder>") for text in (done.stdout, *last))]


def put(path, text, at):
    with open(path, "w") as f:
        f.write(text)
    os.utime(path, (at, at))


def header(path):
    """What the header of a file says; a time or a hash only where it is the source's."""
    try:
        with open(path, "rb") as f:
            head = f.read(16)
    except FileNotFoundError:
        return "none"
    flags = int.from_bytes(head[4:8], "little")
    magic = head[:4] == importlib.util.MAGIC_NUMBER
    if flags & 1:
        return [magic, flags, head[8:].hex()]
    return [magic, flags, int.from_bytes(head[8:12], "little"), int.from_bytes(head[12:], "little")]


def case(name, *outcome):
    results.append([name, *outcome])


def cached(folder, optimization=""):
    return importlib.util.cache_from_source(os.path.join(folder, "mod.py"), optimization=optimization)


def importing():
    for mode in MODES:
        for check in ("default", "always", "never"):
            for change in ("same", "text", "time"):
                if check != "default" and change != "text":
                    continue
                with tempfile.TemporaryDirectory() as d:
                    d = os.path.realpath(d)
                    source = os.path.join(d, "mod.py")
                    put(source, OLD, 1_000_000_000)
                    py_compile.compile(source, doraise=True, invalidation_mode=mode)
                    if change == "text":
                        put(source, NEW, 1_000_000_000)
                    elif change == "time":
                        put(source, NEW, 1_100_000_000)
                    done = run("--check-hash-based-pycs", check, "-c", "import mod", cwd=d)
                    case(f"import {mode.name} {check} {change}", done, header(cached(d)))


def compiling():
    for tool in (["-m", "py_compile", "mod.py"], ["-m", "compileall", "-q", "mod.py"]):
        for epoch in (None, "315532800"):
            with tempfile.TemporaryDirectory() as d:
                d = os.path.realpath(d)
                put(os.path.join(d, "mod.py"), OLD, 1_000_000_000)
                env = {} if epoch is None else {"SOURCE_DATE_EPOCH": epoch}
                case(f"{tool[1]} SOURCE_DATE_EPOCH={epoch}", run(*tool, cwd=d, **env), header(cached(d)))
    for mode in ("timestamp", "checked-hash", "unchecked-hash"):
        with tempfile.TemporaryDirectory() as d:
            d = os.path.realpath(d)
            put(os.path.join(d, "mod.py"), OLD, 1_000_000_000)
            done = run("-m", "compileall", "--invalidation-mode", mode, "mod.py", cwd=d)
            case(f"compileall {mode}", done, header(cached(d)))


def prefixes():
    for name, args, env in (
        ("-X", ["-X", "pycache_prefix=elsewhere"], {}),
        ("PYTHONPYCACHEPREFIX", [], {"PYTHONPYCACHEPREFIX": "elsewhere"}),
        ("both", ["-X", "pycache_prefix=here"], {"PYTHONPYCACHEPREFIX": "elsewhere"}),
        ("-B", ["-B"], {}),
        ("-O", ["-O"], {}),
        ("-OO", ["-OO"], {}),
    ):
        with tempfile.TemporaryDirectory() as d:
            d = os.path.realpath(d)
            put(os.path.join(d, "mod.py"), OLD, 1_000_000_000)
            script = "import sys, mod; print(sys.pycache_prefix, mod.__cached__, sys.dont_write_bytecode)"
            done = run(*args, "-W", "ignore", "-c", script, cwd=d, **env)
            files = sorted(
                os.path.relpath(os.path.join(at, f), d).replace(d.lstrip("/"), "<folder>")
                for at, _, names in os.walk(d) for f in names
                if f.startswith("mod.")
            )
            case(f"prefix {name}", done, files)


def damaged():
    for name, spoil in (
        ("magic", lambda b: b"\0\0\0\0" + b[4:]),
        ("flags", lambda b: b[:4] + b"\xff" + b[5:]),
        ("short header", lambda b: b[:12]),
        ("empty", lambda b: b""),
        ("cut", lambda b: b[:-20]),
        ("no code", lambda b: b[:16] + b"N"),
    ):
        for how in ("import", "run"):
            if name in ("flags", "short header", "empty") and how == "import":
                continue
            with tempfile.TemporaryDirectory() as d:
                d = os.path.realpath(d)
                source = os.path.join(d, "mod.py")
                put(source, OLD, 1_000_000_000)
                path = cached(d) if how == "import" else os.path.join(d, "mod.pyc")
                py_compile.compile(source, path, doraise=True)
                with open(path, "rb") as f:
                    whole = f.read()
                with open(path, "wb") as f:
                    f.write(spoil(whole))
                args = ["-c", "import mod"] if how == "import" else ["mod.pyc"]
                case(f"damaged {name} {how}", run(*args, cwd=d))


importing()
compiling()
prefixes()
damaged()
print(json.dumps(results, indent=1))
