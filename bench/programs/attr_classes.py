class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z


class Shape:
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    @property
    def size(self):
        return self.area() // 2

    def area(self):
        raise NotImplementedError


class Box(Shape):
    def __init__(self, w, h):
        super().__init__("box")
        self.w = w
        self.h = h

    def area(self):
        return self.w * self.h


class Square(Box):
    def __init__(self, w):
        super().__init__(w, w)
        self.name = "square"

    @classmethod
    def unit(cls):
        return cls(1)

    @staticmethod
    def double(n):
        return n * 2


class Strip(Shape):
    def __init__(self, n):
        super().__init__("strip")
        self.n = n

    def area(self):
        return self.n


def main():
    v = Vector(0, 0, 0)
    step = Vector(1, 2, 3)
    total = 0
    for _ in range(1_200_000):
        v = v + step
        total += v.dot(step) & 255
    print(v.x, v.y, v.z, total)
    shapes = []
    for i in range(600_000):
        kind = i % 3
        shapes.append(Box(i, 2) if kind == 0 else Square(i & 63) if kind == 1 else Strip(i))
    print(sum(s.area() for s in shapes), sum(s.size for s in shapes), Shape.count)
    total = 0
    for _ in range(800_000):
        total += Square.double(Square.unit().w)
    print(total)


main()
