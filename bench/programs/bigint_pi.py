import sys

sys.set_int_max_str_digits(0)


def digits(n):
    """The first n digits of pi by Gibbons' spigot."""
    out = []
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while len(out) < n:
        if 4 * q + r - t < m * t:
            out.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return "".join(map(str, out))


def machin(n):
    def arctan(x, unity):
        total = power = unity // x
        k, sign = 3, -1
        while power:
            power //= x * x
            total += sign * (power // k)
            k, sign = k + 2, -sign
        return total

    unity = 10 ** (n + 10)
    return 4 * (4 * arctan(5, unity) - arctan(239, unity)) // 10**10


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


d = digits(1700)
print(d[:30], d[-10:])
print(str(machin(4000))[-20:])
f = fibonacci(350_000)
print(f.bit_length(), f % 10**9, pow(3, f % 10**40, 10**60 + 7))
n = 1
for i in range(1, 16000):
    n *= i
print(n.bit_length(), len(str(n)), n >> (n.bit_length() - 20))
print(hash(n), (n & (2**200 - 1)) == 0, n % (2**61 - 1))
