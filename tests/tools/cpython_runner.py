"""Runs one module of CPython's Lib/test and writes a line of JSON for each test.

    cpython_runner.py MODULE OUTPUT [SKIP]

MODULE is a name such as test_int, OUTPUT a file that grows, SKIP a file with
the ids of tests not to run (those a former, broken run got through).
"""

import json
import os
import sys
import unittest


def kind_of(test):
    """What a test needs beside the language: capi, child, thread or nothing."""
    import inspect
    try:
        method = getattr(type(test), test._testMethodName)
        text = inspect.getsource(inspect.unwrap(method))
    except (AttributeError, OSError, TypeError):
        return ""
    if any(word in text for word in ("_testcapi", "_testinternalcapi", "_testlimitedcapi", "ctypes")):
        return "capi"
    if any(word in text for word in (
            "assert_python", "script_helper", "subprocess", "run_python", "spawn_python",
            "sys.executable", "multiprocessing", "os.fork", "run_in_subinterp")):
        return "child"
    if any(word in text for word in ("threading", "Thread", "start_new_thread", "ThreadPool")):
        return "thread"
    return ""


class Lines(unittest.TestResult):
    def __init__(self, out, classify):
        super().__init__()
        self.out = out
        self.classify = classify
        self.outcome = None

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
        self.line(id=test.id(), start=True, kind=kind_of(test) if self.classify else "")

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


def without(suite, skip):
    kept = unittest.TestSuite()
    for test in each(suite):
        if test.id() not in skip:
            kept.addTest(test)
    return kept


def main():
    module, path = sys.argv[1], sys.argv[2]
    skip = set()
    if len(sys.argv) > 3:
        with open(sys.argv[3], encoding="utf-8") as f:
            skip = set(f.read().splitlines())
    with open(path, "a", encoding="utf-8") as out:
        result = Lines(out, "RUNNER_KINDS" in os.environ)
        try:
            suite = unittest.defaultTestLoader.loadTestsFromName("test." + module)
        except unittest.SkipTest as e:
            result.line(id="(module)", result="skip", reason=str(e))
        except BaseException as e:
            result.line(id="(module)", result="error", reason=f"{type(e).__name__}: {e}"[:300])
        else:
            without(suite, skip).run(result)
        result.line(done=True)


if __name__ == "__main__":
    main()
