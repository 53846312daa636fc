"""Wrong programs and what the compiler says of them, one JSON line each.

    python3.14 tests/tools/mutants_record.py SEED COUNT FILE...

Each is a piece of one of the files (a whole file where it is short, else a few statements) with one
thing changed: a token deleted, doubled, swapped with the next or replaced, indentation changed, a
bracket dropped, a line cut or joined. Most are compiled as modules, some in other modes, with flags, or
with warnings as errors. Lines are [source, what was done, job, error, warnings, hash of the code object,
tokens as [error, hash] with and without extra tokens].
"""

import __future__
import _tokenize
import ast
import codeop
import io
import json
import random
import sys
import tokenize
import warnings

from parity_record import code_text, digest, error_of, tokens_text, tree_text

SPARE = """if else elif for while def class return yield await async with as import from in is not and or lambda
try except finally raise del pass break continue global nonlocal assert None True False match case type
( ) [ ] { } , : . ; @ = -> += -= == != <= >= < > := * ** / // % & | ^ ~ << >> ... ! $ ? ` 0 1 0x 1_ 1e 0777 1a 1.2j
'a' b'a' f'a' f'{x}' f'{' f'}' f'{x!z}' 'a r'\\' '\\d' '\\400' '''a''' u'x' t'{a}' bf'x' x y self __debug__ print é € \\ \\x
""".split() + ["\n", "\n    ", "\t", "  ", "#", "# type: int\n", "\x0c", "\x00", "\u3000", "\u201c", "f'{a b}'", "f'{a:{b}}'"]


def units(path):
    """The pieces of a file that are small enough."""
    with tokenize.open(path) as f:
        text = f.read()
    lines = text.splitlines(keepends=True)
    if len(lines) <= 150:
        return [text] if text.strip() else []
    out = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.stmt):
            continue
        size = node.end_lineno - node.lineno
        if node.col_offset == 0 and 0 <= size <= 60 or isinstance(node, ast.FunctionDef) and 1 <= size <= 40:
            first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
            chosen = lines[first - 1:node.end_lineno]
            cut = len(chosen[0]) - len(chosen[0].lstrip())
            out.append("".join(x[cut:] if x[:cut].isspace() else x for x in chosen))
    return out


def spans(text):
    """Tokens as (start, end) offsets."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    out = []
    try:
        for t in tokenize.generate_tokens(io.StringIO(text).readline):
            if t.string and t.type != tokenize.NL:
                try:
                    out.append((starts[t.start[0] - 1] + t.start[1], starts[t.end[0] - 1] + t.end[1]))
                except IndexError:
                    pass
    except (SyntaxError, tokenize.TokenError):
        pass
    return [s for s in out if s[1] > s[0]]


def mutate(rng, text):
    toks = spans(text)
    if len(toks) < 3:
        return None
    kind = rng.choice(["delete", "double", "swap", "replace", "replace", "insert", "indent", "bracket", "cut", "join", "char"])
    i = rng.randrange(len(toks) - 1)
    (a, b), (c, d) = toks[i], toks[i + 1]
    if kind == "delete":
        return kind, text[:a] + text[b:]
    if kind == "double":
        return kind, text[:b] + " " * rng.randrange(2) + text[a:b] + text[b:]
    if kind == "swap":
        return kind, text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    if kind in ("replace", "insert"):
        new = rng.choice(SPARE)
        if rng.random() < 0.4:
            e, f = rng.choice(toks)
            new = text[e:f]
        space = " " * rng.randrange(2)
        return kind, text[:a] + space + new + space + text[b if kind == "replace" else a:]
    lines = text.splitlines(keepends=True)
    n = rng.randrange(len(lines))
    if kind == "indent":
        line = lines[n]
        lines[n] = rng.choice([" ", "  ", "\t", "    ", "        \t"]) + line if rng.random() < 0.6 else line[rng.randrange(1, 5):]
        return kind, "".join(lines)
    if kind == "bracket":
        places = [s for s in toks if text[s[0]:s[1]] in tuple("()[]{}:,")]
        if not places:
            return None
        a, b = rng.choice(places)
        return kind, text[:a] + rng.choice(["", "", "(", "]", "}", ")"]) + text[b:]
    if kind == "cut":
        at = rng.randrange(len(text))
        return kind, text[:at] + rng.choice(["", "\n", "\\", "\\\n"]) + (text[at + rng.randrange(20):] if rng.random() < 0.5 else "")
    if kind == "join":
        lines[n] = lines[n].rstrip("\n") + rng.choice([" ", "\\\n", ";", ""])
        return kind, "".join(lines)
    at = rng.randrange(len(text))
    return kind, text[:at] + rng.choice("'\"\\({[)}]:;,.=@!#\t\n\r \x0c\x00$?éß€😀\u00a0\ufeff09_xbf") + text[at + rng.randrange(2):]


def mutants(seed, count, paths):
    rng = random.Random(seed)
    rng.shuffle(paths)
    made = 0
    rounds = max(1, count // max(1, len(paths)))
    while True:
        for path in paths:
            try:
                pieces = units(path)
            except (SyntaxError, UnicodeError):
                continue
            for _ in range(min(rounds, len(pieces) * 40)):
                found = mutate(rng, rng.choice(pieces))
                if found is None:
                    continue
                yield found
                made += 1
                if made == count:
                    return


VARIANTS = [
    {},
    {"m": "single"},
    {"m": "eval"},
    {"fl": __future__.annotations.compiler_flag, "o": 2},
    {"fl": ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, "o": 1},
    {"m": "single", "fl": codeop.PyCF_DONT_IMPLY_DEDENT | codeop.PyCF_ALLOW_INCOMPLETE_INPUT},
    {"fl": ast.PyCF_TYPE_COMMENTS},
    {"fl": ast.PyCF_ONLY_AST, "fv": 6},
    {"fl": ast.PyCF_ONLY_AST | ast.PyCF_TYPE_COMMENTS, "m": "func_type"},
    {"fl": __future__.barry_as_FLUFL.compiler_flag},
    {"filter": "error"},
]


def tokens_of(text, extra):
    try:
        return [None, digest(tokens_text(_tokenize.TokenizerIter(io.StringIO(text, newline=None).readline, extra_tokens=extra)))]
    except Exception as e:
        return [error_of(e), ""]


def main():
    seed, count, paths = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    rng = random.Random(-seed)
    for kind, text in mutants(seed, count, paths):
        try:
            source = text.encode()
        except UnicodeError:
            continue
        job = {} if rng.random() < 0.7 else rng.choice(VARIANTS)
        error, made = None, ""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter(job.get("filter", "always"))
            try:
                code = compile(source, "<mutant>", job.get("m", "exec"), job.get("fl", 0), dont_inherit=True,
                               optimize=job.get("o", 0), _feature_version=job.get("fv", -1))
                made = digest(tree_text(code) if isinstance(code, ast.AST) else code_text(code))
            except Exception as e:
                error = error_of(e)
            told = [[w.category.__name__, str(w.message), w.filename, w.lineno] for w in caught]
            warnings.simplefilter("ignore")
            tokens = [tokens_of(text, True), tokens_of(text, False)] if made == "" else []
        print(json.dumps([text, kind, job, error, told, made, tokens]))


if __name__ == "__main__":
    main()
