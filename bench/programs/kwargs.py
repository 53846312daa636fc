def plain(a, b, c=3, *, d=4, e=5):
    return a + b * c - d + e


def varied(*args, **kwargs):
    return len(args) + sum(kwargs.values())


def forward(*args, **kwargs):
    return plain(*args, **kwargs)


class Widget:
    def __init__(self, width=1, height=2, **options):
        self.width = width
        self.height = height
        self.options = options

    def resize(self, *, width=None, height=None):
        if width is not None:
            self.width = width
        if height is not None:
            self.height = height
        return self


def main(n):
    total = 0
    for i in range(n):
        total += plain(i, 2)
        total += plain(i, b=2, d=1)
        total += plain(a=1, b=i, c=2, d=3, e=4)
        total += varied(1, 2, x=i, y=2)
        total += forward(i, 1, e=7)
        w = Widget(height=i, colour=1)
        total += w.resize(width=3).width + len(w.options)
    args, kw = (1, 2), {"c": 3, "d": 4}
    for i in range(n):
        total += plain(*args, **kw) + plain(*args, e=i)
        total += varied(*args, 3, **kw, z=i)
        merged = {**kw, "e": i}
        total += plain(*args, **merged)
    return total


print(main(620_000))
