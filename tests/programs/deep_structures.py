# Structures nested 100,000 deep: what cannot be done with them ends in a RecursionError.
import ast
import copy
import json
import pickle

N = 100_000


def nest(wrap):
    x = None
    for _ in range(N):
        x = wrap(x)
    return x


def attempt(name, body):
    try:
        body()
        print(name, "ok")
    except (RecursionError, SyntaxError, ValueError) as e:
        print(name, type(e).__name__)


lists, tuples, dicts = nest(lambda x: [x]), nest(lambda x: (x,)), nest(lambda x: {1: x})
tuples2, dicts2 = nest(lambda x: (x,)), nest(lambda x: {1: x})
attempt("repr of a list", lambda: repr(lists))
attempt("repr of a tuple", lambda: repr(tuples))
attempt("repr of a dict", lambda: repr(dicts))
attempt("str of a list", lambda: str(lists))
attempt("equal tuples", lambda: tuples == tuples2)
attempt("equal dicts", lambda: dicts == dicts2)
attempt("JSON from lists", lambda: json.dumps(lists))
attempt("JSON from dicts", lambda: json.dumps(dicts))
attempt("JSON to lists", lambda: json.loads("[" * N + "]" * N))
attempt("JSON to dicts", lambda: json.loads('{"a":' * N + "1" + "}" * N))
attempt("pickle of lists", lambda: pickle.dumps(lists))
attempt("pickle of tuples", lambda: pickle.dumps(tuples))
attempt("deepcopy", lambda: copy.deepcopy(lists))
attempt("brackets", lambda: eval("[" * N + "]" * N))
attempt("a long sum", lambda: eval("1" + "+1" * N))
attempt("attributes", lambda: eval("x" + ".a" * N))
attempt("calls", lambda: eval("x" + "()" * N))
attempt("literal_eval", lambda: ast.literal_eval("[" * N + "]" * N))
attempt("a tree of a sum", lambda: ast.parse("1" + "+1" * N))


def chain():
    e = None
    for i in range(N):
        n = ValueError(i)
        n.__context__ = e
        e = n
    return e


attempt("a chain of exceptions", chain)
