def plus(n):
    s = ""
    for i in range(n):
        s += chr(97 + i % 26)
    return s


def joined(n):
    parts = []
    for i in range(n):
        parts.append(f"{i}:{i * i}")
    return ",".join(parts)


def formatted(n):
    out = []
    for i in range(n):
        out.append("%05d|%s|%.2f" % (i, "x" * (i % 7), i / 3))
        out.append("{:>8}|{:<6}|{:^9,}".format(i, i % 10, i * 1000))
        out.append(f"{i!r:>6}{i:#x}{i / 7:.3e}")
    return out


s = plus(4_200_000)
print(len(s), s[:30], s.count("z"))
j = joined(1_400_000)
print(len(j), j[-30:])
f = formatted(400_000)
print(len(f), sum(map(len, f)), f[-3:])
print(len("".join(reversed(s))), s.upper()[5:10], s.replace("abc", "-")[:20])
