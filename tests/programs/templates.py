"""A template engine compiled to Python source, a markdown reader, and a tiny router using them."""
import html
import re
import textwrap


class TemplateError(Exception):
    pass


class Code:
    def __init__(self, depth=0):
        self.lines, self.depth = [], depth

    def add(self, line):
        self.lines.append("    " * self.depth + line)

    def __str__(self):
        return "\n".join(map(str, self.lines))


FILTERS = {"upper": str.upper, "title": str.title, "length": len, "join": lambda v, sep=", ": sep.join(map(str, v)), "default": lambda v, d="": d if v is None or v == "" else v,
           "money": lambda v: f"${v:,.2f}", "first": lambda v: v[0], "reverse": lambda v: v[::-1], "raw": lambda v: Raw(v), "wrap": lambda v, n: textwrap.fill(v, int(n))}


class Raw(str):
    __slots__ = ()


def escape(value):
    return value if isinstance(value, Raw) else html.escape(str(value))


def lookup(value, *names):
    for name in names:
        try:
            value = getattr(value, name)
        except AttributeError:
            try:
                value = value[name]
            except (KeyError, TypeError):
                value = value[int(name)] if name.isdigit() else None
        if callable(value):
            value = value()
    return value


class Template:
    cache = {}

    def __init__(self, text, name="template"):
        self.name = name
        self.code = Code()
        self.code.add("def render(context, lookup, filters, escape, blocks):")
        self.code.depth = 1
        self.code.add("out = []")
        self.locals, self.stack, self.counter = [], [], 0
        self.compile(re.split(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", text, flags=re.S))
        self.code.add("return ''.join(out)")
        namespace = {}
        exec(compile(str(self.code), f"<{name}>", "exec"), namespace)
        self.function = namespace["render"]

    def compile(self, pieces):
        for piece in pieces:
            if piece.startswith("{#") or not piece:
                continue
            if piece.startswith("{{"):
                self.code.add(f"out.append(escape({self.expression(piece[2:-2].strip())}))")
            elif piece.startswith("{%"):
                self.tag(piece[2:-2].split())
            else:
                self.code.add(f"out.append({piece!r})")
        if self.stack:
            raise TemplateError(f"{self.name}: unclosed {self.stack[-1]}")

    def tag(self, words):
        match words:
            case ["for", name, "in", *rest]:
                self.counter += 1
                self.code.add(f"for i{self.counter}, v_{name} in enumerate({self.expression(' '.join(rest))}):")
                self.stack.append("for")
                self.locals.append((name, "index"))
                self.code.depth += 1
                self.code.add(f"v_index = i{self.counter} + 1")
            case ["if", *rest]:
                self.code.add(f"if {self.condition(rest)}:")
                self.stack.append("if")
                self.code.depth += 1
            case ["elif", *rest] if self.stack[-1:] == ["if"]:
                self.code.depth -= 1
                self.code.add(f"elif {self.condition(rest)}:")
                self.code.depth += 1
            case ["else"] if self.stack[-1:] == ["if"]:
                self.code.depth -= 1
                self.code.add("else:")
                self.code.depth += 1
            case ["set", name, "=", *rest]:
                self.code.add(f"context[{name!r}] = {self.expression(' '.join(rest))}")
            case ["include", name]:
                self.code.add(f"out.append(blocks[{name!r}].render(context))")
            case [end] if end.startswith("end"):
                if not self.stack or self.stack[-1] != end[3:]:
                    raise TemplateError(f"{self.name}: {end} does not close {self.stack[-1] if self.stack else 'anything'}")
                self.code.add("pass")
                self.code.depth -= 1
                if self.stack.pop() == "for":
                    self.locals.pop()
            case _:
                raise TemplateError(f"{self.name}: unknown tag {' '.join(words)!r}")

    def condition(self, words):
        out = []
        for w in words:
            out.append(w if w in ("and", "or", "not", "==", "!=", "<", ">", "<=", ">=", "in") else self.expression(w))
        return " ".join(out)

    def expression(self, text):
        value, *filters = re.split(r"\s*\|\s*", text)
        if re.fullmatch(r"-?\d+(\.\d+)?|'[^']*'", value):
            code = value
        else:
            first, *rest = value.split(".")
            if not first.isidentifier():
                raise TemplateError(f"{self.name}: bad name {first!r}")
            if any(first in names for names in self.locals):
                code = f"v_{first}"
            else:
                code = f"context.get({first!r})"
            if rest:
                code = f"lookup({code}, {', '.join(map(repr, rest))})"
        for f in filters:
            name, _, arg = f.partition(":")
            if name not in FILTERS:
                raise TemplateError(f"{self.name}: no filter {name!r}")
            code = f"filters[{name!r}]({code}{', ' + self.expression(arg) if arg else ''})"
        return code

    def render(self, context=None, **more):
        return self.function({**(context or {}), **more}, lookup, FILTERS, escape, Template.cache)


class Item:
    def __init__(self, name, price, tags=()):
        self.name, self.price, self.tags = name, price, list(tags)

    def cheap(self):
        return self.price < 10


Template.cache["footer"] = Template("-- {{ site | upper }} --", "footer")
shop = Template("""\
<h1>{{ title }}</h1>
{# the list #}
{% for item in items %}{% if item.cheap %}* {% elif item.price > 100 and item.tags %}! {% else %}  {% endif %}{{ index }}. {{ item.name | title }} {{ item.price | money }}{% for t in item.tags %} #{{ t }}{% endfor %}
{% endfor %}{% set n = items | length %}{{ n }} items{% if not missing %}, {{ missing | default:'nothing missing' }}{% endif %}
{{ table.rows.0.x }} {{ 'lit<eral' }} {{ markup | raw }} {{ words | join:'/' }} {{ words | reverse | first }}
{% include footer %}""", "shop")
print(shop.render(title="Tom & <Jerry>", items=[Item("pen", 1.5, ["new"]), Item("desk <big>", 1250, ["heavy", "oak"]), Item("lamp", 45)],
                  table={"rows": [{"x": "deep"}]}, markup="<b>bold</b>", words=["a", "b", "c"], site="shop"))
print(shop.code)
for bad in ("{% for x in y %}", "{% endif %}", "{% if x %}{% endfor %}", "{{ x | nope }}", "{% what is this %}", "{{ 1x }}", "{% else %}"):
    try:
        Template(bad, "bad").render()
    except TemplateError as e:
        print("TemplateError", e)
try:
    Template("{% for x in missing %}{% endfor %}", "loops").render()
except TypeError as e:
    print("TypeError", e)


def inline(text):
    text = html.escape(text, quote=False)
    for pattern, new in ((r"`([^`]+)`", r"<code>\1</code>"), (r"\*\*(.+?)\*\*", r"<b>\1</b>"), (r"\*(.+?)\*", r"<i>\1</i>"), (r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>')):
        text = re.sub(pattern, new, text)
    return text


def markdown(text):
    blocks = re.split(r"\n\s*\n", textwrap.dedent(text).strip())
    for block in blocks:
        lines = block.splitlines()
        if m := re.match(r"(#{1,6}) +(.*)", block):
            yield f"<h{len(m[1])}>{inline(m[2])}</h{len(m[1])}>"
        elif all(line.startswith("    ") for line in lines):
            yield "<pre>" + html.escape(textwrap.dedent(block)) + "</pre>"
        elif all(re.match(r"[-*] ", line) for line in lines):
            yield "<ul>" + "".join(f"<li>{inline(line[2:])}</li>" for line in lines) + "</ul>"
        elif all(re.match(r"\d+\. ", line) for line in lines):
            yield "<ol>" + "".join(f"<li>{inline(line.split('. ', 1)[1])}</li>" for line in lines) + "</ol>"
        elif all(line.startswith(">") for line in lines):
            yield "<blockquote>" + "".join(markdown("\n".join(line[1:].lstrip() for line in lines))) + "</blockquote>"
        else:
            yield "<p>" + inline(" ".join(map(str.strip, lines))) + "</p>"


print(*markdown("""
    # Title with `code` & *stress*

    A paragraph of **bold** words,
    over two lines, with [a link](http://x.y/?a=1&b=2).

    - one
    - *two*

    1. first
    2. second <tag>

    > quoted
    > text

        raw <code>
          here
"""), sep="\n")


class Router:
    def __init__(self):
        self.routes = []

    def route(self, path, method="GET"):
        pattern = re.compile(re.sub(r"<(int:)?(\w+)>", lambda m: f"(?P<{m[2]}>{r'\d+' if m[1] else '[^/]+'})", path))
        converters = dict(re.findall(r"<(?:(int):)?(\w+)>", path) and [(n, int if t else str) for t, n in re.findall(r"<(?:(int):)?(\w+)>", path)])

        def register(f):
            self.routes.append((method, pattern, converters, f))
            return f
        return register

    def __call__(self, method, path):
        allowed = set()
        for m, pattern, converters, f in self.routes:
            if found := pattern.fullmatch(path):
                if m == method:
                    try:
                        return 200, f(**{k: converters[k](v) for k, v in found.groupdict().items()})
                    except LookupError as e:
                        return 404, f"{type(e).__name__}: {e}"
                allowed.add(m)
        return (405, f"allowed: {', '.join(sorted(allowed))}") if allowed else (404, "no such page")


app, PAGES = Router(), {1: "# Hello", 2: "*Second* page"}


@app.route("/")
def index():
    return Template("{% for p in pages %}[{{ p }}]{% endfor %}").render(pages=sorted(PAGES))


@app.route("/page/<int:n>")
def page(n):
    return "".join(markdown(PAGES[n]))


@app.route("/page/<int:n>", "DELETE")
def remove(n):
    return PAGES.pop(n)


@app.route("/say/<word>/<int:times>")
def say(word, times):
    return " ".join([word] * times)


for request in ("GET /", "GET /page/1", "GET /page/x", "GET /page/9", "POST /page/1", "DELETE /page/1", "GET /", "GET /say/hi/3", "GET /nowhere"):
    print(request, "->", *app(*request.split()))
