"""Runs one module of CPython's Lib/test and writes a line of JSON for each test.

    cpython_runner.py MODULE OUTPUT [SKIP [LATE]]

MODULE is a name such as test_int or test_importlib.test_abc, OUTPUT a file that
grows, SKIP a file with the ids of tests not to run (those a former, broken run
got through), LATE one with the ids of tests to run last (slow ones, such as
start children, so that the others have the module's time first).
"""

import json
import os
import sys
import unittest


CAPI = {"_testcapi", "_testinternalcapi", "_testlimitedcapi", "_testmultiphase", "ctypes"}
CHILD = {"script_helper", "subprocess", "multiprocessing", "run_in_subinterp", "assert_python_ok",
         "assert_python_failure", "run_python_until_end", "run_test_script", "spawn_python", "fork"}
THREAD = {"threading", "threading_helper", "Thread", "start_new_thread", "ThreadPoolExecutor", "start_threads"}
FIXTURES = ("setUpClass", "setUp", "asyncSetUp", "tearDown", "tearDownClass", "asyncTearDown")
MOST_FUNCTIONS = 150


def marks_in_text(function):
    """The kinds that the source of a test speaks of, its decorators included."""
    import inspect
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError):
        return set()
    marks = set()
    if any(word in text for word in CAPI):
        marks.add("capi")
    if any(word in text for word in CHILD | {"assert_python", "run_python", "sys.executable", "os.fork"}):
        marks.add("child")
    if any(word in text for word in THREAD):
        marks.add("thread")
    return marks


def plain_function(value):
    """The Python function inside of what a class or module holds, or None."""
    import functools
    import types
    for _ in range(20):
        if isinstance(value, (classmethod, staticmethod, functools.partialmethod, functools.partial)):
            value = value.__func__ if hasattr(value, "__func__") else value.func
        elif isinstance(value, types.MethodType):
            value = value.__func__
        elif isinstance(value, property):
            value = value.fget
        elif hasattr(value, "__wrapped__"):
            value = value.__wrapped__
        else:
            break
    return value if isinstance(value, types.FunctionType) else None


def names_of(code):
    """Names that a code object and those inside of it use: global ones, attributes, imported modules."""
    import dis
    import types
    found, attributes, imports = set(), set(), set()
    for instruction in dis.get_instructions(code):
        op, value = instruction.opname, instruction.argval
        if op in ("LOAD_GLOBAL", "LOAD_NAME"):
            found.add(value)
        elif op in ("LOAD_ATTR", "LOAD_SUPER_ATTR", "STORE_ATTR"):
            attributes.add(value)
        elif op in ("IMPORT_NAME", "IMPORT_FROM"):
            imports.update(value.split("."))
    # What is imported by its name as a text: import_module("_testcapi").
    imports.update(c for c in code.co_consts if isinstance(c, str) and c in CAPI)
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            for mine, theirs in zip((found, attributes, imports), names_of(const)):
                mine.update(theirs)
    return found, attributes, imports


def kind_of(test):
    """What a test needs beside the language: capi, child, thread or nothing.

    Its method is looked through together with the fixtures of its class and the
    helpers of its class and module, as far as they are called by their names.
    """
    cls = type(test)
    method = plain_function(getattr(cls, test._testMethodName, None))
    if method is None:
        return ""
    marks = marks_in_text(method)
    todo = [method]
    for name in FIXTURES:
        fixture = plain_function(getattr(cls, name, None))
        if fixture is not None:
            todo.append(fixture)
    seen = set()
    while todo and len(seen) < MOST_FUNCTIONS:
        function = todo.pop(0)
        module = function.__module__ or ""
        # The machinery of the tests is told by its names, not looked through.
        if function.__code__ in seen or not module.startswith("test.") or module.startswith("test.support"):
            continue
        seen.add(function.__code__)
        found, attributes, imports = names_of(function.__code__)
        names = found | attributes | imports
        if names & CAPI:
            marks.add("capi")
        if names & CHILD or {"sys", "executable"} <= names:
            marks.add("child")
        if names & THREAD:
            marks.add("thread")
        for name in attributes:
            todo.append(plain_function(getattr(cls, name, None)))
        for name in found:
            value = function.__globals__.get(name)
            home = getattr(value, "__module__", None)
            if home in CAPI:
                marks.add("capi")
            elif isinstance(value, type) and home == module:
                for part in {"__init__", "__enter__", "__exit__", "__call__"} | attributes:
                    todo.append(plain_function(vars(value).get(part)))
            else:
                todo.append(plain_function(value))
        todo = [f for f in todo if f is not None]
    for kind in ("capi", "child", "thread"):
        if kind in marks:
            return kind
    return ""


class Lines(unittest.TestResult):
    def __init__(self, out, classify):
        super().__init__()
        self.out = out
        self.classify = classify
        self.outcome = None

    def kind(self, test):
        try:
            return kind_of(test)
        except Exception:
            return ""

    def line(self, **fields):
        self.out.write(json.dumps(fields) + "\n")
        self.out.flush()

    def note(self, outcome, err=None, reason=""):
        if self.outcome is None or outcome in ("fail", "error"):
            if err is not None:
                try:
                    reason = f"{err[0].__name__}: {err[1]}"
                except Exception:
                    reason = getattr(err[0], "__name__", "?")
            self.outcome = (outcome, reason[:300])

    def startTest(self, test):
        super().startTest(test)
        self.outcome = None
        self.line(id=test.id(), start=True, kind=self.kind(test) if self.classify else "")

    def stopTest(self, test):
        super().stopTest(test)
        outcome, reason = self.outcome or ("ok", "")
        self.line(id=test.id(), result=outcome, reason=reason)

    def addError(self, test, err):
        if isinstance(test, unittest.suite._ErrorHolder):
            self.line(id=test.id(), result="error", reason=f"{err[0].__name__}: {err[1]}"[:300])
        else:
            self.note("error", err)

    def addFailure(self, test, err):
        self.note("fail", err)

    def addSkip(self, test, reason):
        if isinstance(test, unittest.suite._ErrorHolder):
            self.line(id=test.id(), result="skip", reason=str(reason)[:300])
        else:
            self.note("skip", reason=str(reason))

    def addExpectedFailure(self, test, err):
        self.note("ok")

    def addUnexpectedSuccess(self, test):
        self.note("fail", reason="unexpected success")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note("fail" if issubclass(err[0], test.failureException) else "error", err)


def each(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from each(test)
        else:
            yield test


def without(suite, skip, late):
    """The tests that are not to be left out; those that are to be late stand at the end."""
    kept = [test for test in each(suite) if test.id() not in skip]
    kept.sort(key=lambda test: test.id() in late)
    return unittest.TestSuite(kept)


def lines_of(at):
    if len(sys.argv) <= at:
        return set()
    with open(sys.argv[at], encoding="utf-8") as f:
        return set(f.read().splitlines())


def main():
    module, path = sys.argv[1], sys.argv[2]
    skip, late = lines_of(3), lines_of(4)
    with open(path, "a", encoding="utf-8") as out:
        result = Lines(out, "RUNNER_KINDS" in os.environ)
        try:
            suite = unittest.defaultTestLoader.loadTestsFromName("test." + module)
        except unittest.SkipTest as e:
            result.line(id="(module)", result="skip", reason=str(e))
        except BaseException as e:
            result.line(id="(module)", result="error", reason=f"{type(e).__name__}: {e}"[:300])
        else:
            without(suite, skip, late).run(result)
        result.line(done=True)


if __name__ == "__main__":
    main()
