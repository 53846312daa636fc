# Errors of the tokenizer in a line that backslashes continue: their text is all of it.
import io
import tokenize

for source in (
    "a = b(\\\n0 \\x)\n",
    "a = \\\n  b + \\\n  c \\x\n",
    "a = b\nc \\x\n",
    "a = \\\nb\nc \\x\n",
    "if a:\n  b = \\\n  1\n c = 2\n",
    "(a, \\\n b,\n c \\x)\n",
    "# a \\\nb \\x\n",
    "x = 1 + \\\n'abc\n",
    "x = 1 + \\\n0777\n",
    "x = é + \\\né \\x\n",
):
    try:
        list(tokenize.generate_tokens(io.StringIO(source).readline))
    except tokenize.TokenError as e:
        print(repr(source), e)
    except SyntaxError as e:
        print(repr(source), type(e).__name__, e.args)
