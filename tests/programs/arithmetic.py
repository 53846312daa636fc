"""Integers of any size, floats, complex, Decimal-free arithmetic, bit tricks, math."""
import math
import cmath
from fractions import Fraction

for a in (7, -7, 2**70, -(2**70) + 3):
    for b in (2, -3, 5, 2**65 + 1):
        print(a, b, a // b, a % b, divmod(a, b), (a // b) * b + a % b == a, a & b, a | b, a ^ b)
print(7 / 2, -7 // 2, -7 % 3, 7 % -3, 7.5 // 2, -7.5 % 2, 2**-1, (-2)**3, 0**0, 10**30, 3**100, 2**0.5, (-8)**(1/3))
print(2**53 + 1, 2**53 * 3, 9007199254740991 + 1, 9007199254740993 - 2, -(2**63), 1 << 100, (1 << 100) >> 98, -5 >> 1, ~5, -1 >> 1000)
print(int("123"), int("-0xff", 16), int("0b101", 0), int("z", 36), int(3.99), int(-3.99), int("1_000"), int(True), int(b"12"), int(1e20))
print((255).bit_length(), (10**20).bit_count(), (1024).to_bytes(4, "big"), int.from_bytes(b"\xff\x00", "little", signed=True), (5).as_integer_ratio(), (0.75).as_integer_ratio(), (7).conjugate(), (-1).to_bytes(2, "little", signed=True))
print(bin(10), oct(-8), hex(2**70), round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(15, -1), round(1e20), abs(-3.5), pow(3, -1, 7), pow(2, 1000, 10**9 + 7))
print(0.1 + 0.2, 1e16, 1e15, 123456789.123, 1e-5, 0.0001, 1e22, 1.7976931348623157e308 * 10, -0.0, 5e-324, 1/3, 100.0, 1e100, 123456789012345678.0, 2.0**70)
print(float("1e3"), float("-inf"), float("nan") != float("nan"), float(" 1_0.5 "), (1.5).hex(), float.fromhex("0x1.8p3"), (2.0).is_integer(), 1.0 == 1, hash(1.0) == hash(1), 3.0 == 3 + 0j, hash(2**61), hash(-1), hash(0.5), hash(float("inf")))
print(2**53 == float(2**53), 2**53 + 1 == float(2**53), 2**53 + 1 > float(2**53), 10**400 > 1e308, Fraction(1, 3) < 0.34, True + True, True == 1, sum([0.1] * 10), math.fsum([0.1] * 10))
print(complex(1, 2) * (3 - 1j), abs(3 + 4j), (1 + 2j).conjugate(), (1 + 2j) ** 2, 1j ** 2, complex("1+2j"), (2 + 0j) == 2, 1 / (1 + 1j), -1j, complex(-0.0, 0.0), repr(1e20 + 1j), cmath.sqrt(-1), cmath.phase(1j), (1+2j).real)
print(math.gcd(48, 36, 12), math.lcm(4, 6), math.factorial(25), math.comb(50, 25), math.perm(10, 3), math.isqrt(10**40), math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.prod([1, 2, 3, 4]), math.hypot(3, 4), math.dist((0, 0), (3, 4)))
print(math.sqrt(2), math.exp(1), math.log(10), math.log2(8), math.log10(1000), math.log(8, 2), math.sin(1), math.cos(1), math.tan(1), math.atan2(1, -1), math.degrees(math.pi), math.radians(180), math.pi, math.e, math.tau, math.log(10**400))
print(math.copysign(1, -0.0), math.frexp(8.5), math.ldexp(0.5, 4), math.modf(-2.5), math.fmod(-7, 3), math.remainder(7, 4), math.isclose(0.1 + 0.2, 0.3), math.nextafter(1, 2), math.ulp(1.0), math.cbrt(27), math.gamma(5), math.erf(1), math.isnan(math.nan), math.sumprod([1, 2], [3, 4]))
print(Fraction(3, 6), Fraction("0.125"), Fraction(1, 3) + Fraction(1, 6), Fraction(0.1).limit_denominator(100), Fraction(7, 2) // 1, Fraction(-7, 3) % 2, float(Fraction(1, 8)), Fraction(2, 3) ** 2, round(Fraction(5, 2)))


def sieve(n):
    flags = bytearray([1]) * (n + 1)
    flags[:2] = b"\0\0"
    for i in range(2, int(n ** .5) + 1):
        if flags[i]:
            flags[i * i::i] = bytes(len(flags[i * i::i]))
    return [i for i, f in enumerate(flags) if f]


def is_prime(n):
    if n < 2:
        return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0:
            return n == p
    d, r = n - 1, 0
    while d % 2 == 0:
        d, r = d // 2, r + 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(r - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def rho(n):
    if n % 2 == 0:
        return 2
    for c in range(1, 20):
        x = y = 2
        d = 1
        while d == 1:
            x = (x * x + c) % n
            y = (y * y + c) % n
            y = (y * y + c) % n
            d = math.gcd(abs(x - y), n)
        if d != n:
            return d


def factor(n):
    if n == 1:
        return []
    if is_prime(n):
        return [n]
    d = rho(n)
    return sorted(factor(d) + factor(n // d))


def egcd(a, b):
    if not b:
        return a, 1, 0
    g, x, y = egcd(b, a % b)
    return g, y, x - a // b * y


print(len(sieve(10000)), sieve(60), [n for n in range(2**61 - 10, 2**61 + 10) if is_prime(n)])
for n in (360, 2**32 + 1, 600851475143, 1000000007 * 998244353, 10**15 + 1):
    print(n, factor(n))
print(egcd(240, 46), [sum(int(d) for d in str(2**k)) for k in (10, 100, 1000)], str(3**300)[:40], len(str(7**5000)))


def pi_digits(n):
    one = 10 ** (n + 10)
    def arctan_inv(x):
        total = term = one // x
        k = 1
        while term:
            term //= -x * x
            k += 2
            total += term // k
        return total
    return (16 * arctan_inv(5) - 4 * arctan_inv(239)) // 10**10


print(pi_digits(100))
a, b = 0, 1
for _ in range(1000):
    a, b = b, a + b
print(a, a.bit_length(), a % 10**9, hash(a))
big = 3**500
print(big // 7**100 % 10**20, -big // 7**100 % 10**20, big & (2**100 - 1), (-big) & (2**80 - 1), big ^ -big, (big >> 700), -big >> 700, float(big) if big < 1e308 else "inf", big.bit_length(), int(str(big)) == big, math.isqrt(big) ** 2 <= big, int(hex(big), 16) == big, big / 3**498, big / 2**800)
x = 12345678901234567890
print(x * x, x * -x, x - x, x // x, (x << 64) // x == 1 << 64, x == x + 0, str(x)[::-1], f"{x:,}", f"{x:e}", f"{x:x}", x % 97, -x % 97, x ** 3 % 1000007, int(x ** 0.5))
lcg = 12345
vals = []
for _ in range(10):
    lcg = (lcg * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
    vals.append(lcg >> 33)
print(vals, min(vals), max(vals), sum(vals))
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: 0 ** -1, lambda: math.sqrt(-1), lambda: math.log(0), lambda: float(10**400), lambda: 2.0 ** 10000, lambda: int(float("inf")), lambda: int(float("nan")), lambda: pow(2, -1, 4), lambda: math.factorial(-1), lambda: int("12a"), lambda: float("abc"), lambda: 5 << -1, lambda: (300).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: math.exp(1000), lambda: 1 + None, lambda: 1j < 2j, lambda: round("a"), lambda: math.isqrt(-1), lambda: 5 % 0.0, lambda: divmod(1, 0), lambda: 1j / 0):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
