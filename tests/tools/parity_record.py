"""What the compiler makes of sources, as texts that two implementations can compare.

    python3.14 tests/tools/parity_record.py < jobs > answers

A job is a line of JSON, and so is its answer. Jobs: `k`, the kind (a key of KINDS); `f`, a file, or
`s`, source bytes in base64; `m`, the mode; `o`, the optimisation level; `fl`, flags; `fv`, the minor
feature version; `full`, to get the text and not its hash. parity_dump.ts makes the same texts.
"""

import _tokenize
import ast
import base64
import hashlib
import io
import json
import struct
import sys
import tokenize
import types
import warnings

quoted = json.dumps


def constant(v, ids=None):
    """One constant; with `ids`, floats and containers are numbered by identity."""
    kind = type(v)
    if v is None or v is ... or kind is bool:
        return repr(v)
    if kind is int:
        return hex(v)
    if kind is str:
        return quoted(v)
    if kind is frozenset:
        # which of them are shared depends on the strings that the process has interned
        return "{" + ", ".join(sorted([constant(x) for x in v])) + "}"
    number = ""
    if ids is not None:
        number = f"#{ids.setdefault(id(v), len(ids))}"
    if kind is float:
        return "float " + struct.pack(">d", v).hex() + number
    if kind is complex:
        return "complex " + struct.pack(">dd", v.real, v.imag).hex() + number
    if kind is bytes:
        return "bytes " + v.hex() + number
    if kind is tuple:
        return "(" + ", ".join([constant(x, ids) for x in v]) + ")" + number
    if kind is slice:
        return f"slice({constant(v.start, ids)}, {constant(v.stop, ids)}, {constant(v.step, ids)}){number}"
    return f"<{kind.__name__}>"


def code_text(code):
    ids, out = {}, []

    def one(co):
        out.append(f"code {quoted(co.co_qualname)} {quoted(co.co_name)} line {co.co_firstlineno} "
                   f"args {co.co_argcount} {co.co_posonlyargcount} {co.co_kwonlyargcount} "
                   f"locals {co.co_nlocals} stack {co.co_stacksize} flags {co.co_flags:#x} file {quoted(co.co_filename)}")
        out.append("bytes " + co.co_code.hex())
        out.append("lines " + co.co_linetable.hex())
        out.append("exceptions " + co.co_exceptiontable.hex())
        out.append("names " + quoted(co.co_names))
        out.append("varnames " + quoted(co.co_varnames))
        out.append("cellvars " + quoted(co.co_cellvars))
        out.append("freevars " + quoted(co.co_freevars))
        inner = []
        for v in co.co_consts:
            if type(v) is types.CodeType:
                inner.append(v)
                out.append("const code " + quoted(v.co_qualname))
            else:
                out.append("const " + constant(v, ids))
        for v in inner:
            one(v)

    one(code)
    return "\n".join(out)


def tree_text(tree):
    out = []
    fields = {}

    def one(n):
        cls = type(n)
        known = fields.get(cls)
        if known is None:
            known = fields[cls] = (cls.__name__, cls._fields, "lineno" in cls._attributes)
        name, names, located = known
        if located:
            out.append(f"\n{name}@{n.lineno},{n.col_offset},{n.end_lineno},{n.end_col_offset}(")
        else:
            out.append(name + "(")
        for f in names:
            v = getattr(n, f, None)
            if isinstance(v, ast.AST):
                one(v)
            elif type(v) is list:
                out.append("[")
                for x in v:
                    if isinstance(x, ast.AST):
                        one(x)
                    else:
                        out.append(constant(x))
                out.append("]")
            else:
                out.append(constant(v))
            out.append(" ")
        out.append(")")

    one(tree)
    return "".join(out)


def compiled(job, source, extra=0):
    return compile(source, job.get("f", "<x>"), job.get("m", "exec"), job.get("fl", 0) | extra,
                   dont_inherit=True, optimize=job.get("o", 0), _feature_version=job.get("fv", -1))


def tokens_text(iterator):
    return "\n".join([f"{t[0]} {quoted(t[1])} {t[2][0]},{t[2][1]} {t[3][0]},{t[3][1]} {quoted(t[4])}" for t in iterator])


def tokenized(source, extra):
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        text = source.decode(encoding)
    except (SyntaxError, UnicodeError):
        return "no text"
    return tokens_text(_tokenize.TokenizerIter(io.StringIO(text, newline=None).readline, extra_tokens=extra))


def pieces(job, source):
    """Texts for the other modes that stand in a source."""
    tree = compiled(job, source, ast.PyCF_ONLY_AST)
    lines = source.decode("utf-8").encode().splitlines(keepends=True)

    def segment(n):
        if n.end_lineno - n.lineno > 40:
            return None
        part = lines[n.lineno - 1:n.end_lineno]
        if not part:
            return None
        part[-1] = part[-1][:n.end_col_offset]
        part[0] = part[0][n.col_offset:]
        return b"".join(part).decode()

    out = []
    for n in ast.walk(tree):
        if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)):
            hints = [segment(a.annotation) for a in n.args.args if a.annotation]
            if hints and n.returns:
                out.append(("func_type", f"({', '.join(map(str, hints))}) -> {segment(n.returns)}"))
        elif isinstance(n, (ast.Assign, ast.Return, ast.Expr)) and n.value is not None:
            out.append(("eval", segment(n.value)))
        if isinstance(n, ast.stmt) and n.col_offset == 0:
            out.append(("single", segment(n)))
    return [p for p in out if p[1] is not None][::job.get("step", 1)]


KINDS = {
    "code": lambda job, source: code_text(compiled(job, source)),
    "tree": lambda job, source: tree_text(compiled(job, source, ast.PyCF_ONLY_AST)),
    "optimized": lambda job, source: tree_text(compiled(job, source, ast.PyCF_OPTIMIZED_AST)),
    "tokens": lambda job, source: tokenized(source, True),
    "ctokens": lambda job, source: tokenized(source, False),
    "pytokens": lambda job, source: tokens_text(tokenize.tokenize(io.BytesIO(source).readline)),
    "dump": lambda job, source: ast.dump(compiled(job, source, ast.PyCF_ONLY_AST), include_attributes=True),
    "unparse": lambda job, source: ast.unparse(compiled(job, source, ast.PyCF_ONLY_AST)),
    "pieces": lambda job, source: quoted(pieces(job, source)),
}


def error_of(e):
    if isinstance(e, SyntaxError):
        return [type(e).__name__, e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset]
    return [type(e).__name__, str(e)]


def answer(job, make=None):
    source = base64.b64decode(job["s"]) if "s" in job else open(job["f"], "rb").read()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        error = None
        text = ""
        try:
            text = (make or KINDS[job["k"]])(job, source)
        except Exception as e:
            error = error_of(e)
    told = [[w.category.__name__, str(w.message), w.filename, w.lineno] for w in caught]
    result = {"error": error, "warnings": told}
    result["text" if job.get("full") else "hash"] = text if job.get("full") else digest(text)
    return result


def digest(text):
    return hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] if text else ""


def main():
    sys.setrecursionlimit(100_000)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
