"""JSON, encoded and decoded in plain Python."""

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
UNESCAPES = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def quote(s):
    out = ['"']
    for c in s:
        if c in ESCAPES:
            out.append(ESCAPES[c])
        elif c < " " or c > "~":
            out.append("\\u%04x" % ord(c))
        else:
            out.append(c)
    out.append('"')
    return "".join(out)


def encode(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join([f"{quote(k)}: {encode(v)}" for k, v in value.items()]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([encode(v) for v in value]) + "]"
    raise TypeError(type(value).__name__)


class Decoder:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def space(self):
        text, at = self.text, self.at
        while at < len(text) and text[at] in " \n\t\r":
            at += 1
        self.at = at

    def value(self):
        self.space()
        c = self.text[self.at]
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        if c == '"':
            return self.string()
        for word, value in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        return self.number()

    def object(self):
        out = {}
        self.at += 1
        self.space()
        if self.text[self.at] == "}":
            self.at += 1
            return out
        while True:
            self.space()
            key = self.string()
            self.space()
            if self.text[self.at] != ":":
                raise ValueError(f"':' expected at {self.at}")
            self.at += 1
            out[key] = self.value()
            self.space()
            c = self.text[self.at]
            self.at += 1
            if c == "}":
                return out
            if c != ",":
                raise ValueError(f"',' expected at {self.at}")

    def array(self):
        out = []
        self.at += 1
        self.space()
        if self.text[self.at] == "]":
            self.at += 1
            return out
        while True:
            out.append(self.value())
            self.space()
            c = self.text[self.at]
            self.at += 1
            if c == "]":
                return out
            if c != ",":
                raise ValueError(f"',' expected at {self.at}")

    def string(self):
        text = self.text
        at = self.at + 1
        out = []
        while True:
            c = text[at]
            if c == '"':
                break
            if c == "\\":
                at += 1
                c = text[at]
                if c == "u":
                    out.append(chr(int(text[at + 1:at + 5], 16)))
                    at += 4
                else:
                    out.append(UNESCAPES[c])
            else:
                out.append(c)
            at += 1
        self.at = at + 1
        return "".join(out)

    def number(self):
        start = at = self.at
        text = self.text
        while at < len(text) and text[at] in "+-0123456789.eE":
            at += 1
        self.at = at
        word = text[start:at]
        if word.lstrip("-").isdigit():
            return int(word)
        return float(word)


def sample(n):
    return [
        {"id": i, "name": f"item {i}", "price": i * 1.25, "tags": ["a", "b\n", "\u00e9"],
         "nested": {"ok": i % 2 == 0, "none": None, "list": list(range(i % 7))}}
        for i in range(n)
    ]


data = sample(600)
for _ in range(90):
    text = encode(data)
    back = Decoder(text).value()
assert back == data
print(len(text), text[:120])
print(sum(item["price"] for item in back), back[7]["nested"])
try:
    Decoder('{"a" 1}').value()
except ValueError as e:
    print(e)
