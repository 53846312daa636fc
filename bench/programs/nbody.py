from math import pi, sqrt

SOLAR = 4 * pi * pi
YEAR = 365.24

BODIES = [
    ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], SOLAR),
    ([4.84143144246472090, -1.16032004402742839, -0.103622044471123109],
     [0.00166007664274403694 * YEAR, 0.00769901118419740425 * YEAR, -0.0000690460016972063023 * YEAR],
     0.000954791938424326609 * SOLAR),
    ([8.34336671824457987, 4.12479856412430479, -0.403523417114321381],
     [-0.00276742510726411 * YEAR, 0.00499852801234917238 * YEAR, 0.0000230417297573763929 * YEAR],
     0.000285885980666130812 * SOLAR),
    ([12.8943695621391310, -15.1111514016986312, -0.223307578892655734],
     [0.00296460137564761618 * YEAR, 0.00237847173959480950 * YEAR, -0.0000296589568540237556 * YEAR],
     0.0000436624404335156298 * SOLAR),
    ([15.3796971148509165, -25.9193146099879641, 0.179258772950371181],
     [0.00268067772490389322 * YEAR, 0.00162824170038242295 * YEAR, -0.0000951592254519715870 * YEAR],
     0.0000515138902046611451 * SOLAR),
]


def pairs_of(bodies):
    return [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]


def energy(bodies, pairs):
    e = 0.0
    for (p, v, m) in bodies:
        e += 0.5 * m * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
    for (p1, _, m1), (p2, _, m2) in pairs:
        dx, dy, dz = p1[0] - p2[0], p1[1] - p2[1], p1[2] - p2[2]
        e -= m1 * m2 / sqrt(dx * dx + dy * dy + dz * dz)
    return e


def advance(dt, steps, bodies, pairs):
    for _ in range(steps):
        for (p1, v1, m1), (p2, v2, m2) in pairs:
            dx = p1[0] - p2[0]
            dy = p1[1] - p2[1]
            dz = p1[2] - p2[2]
            d2 = dx * dx + dy * dy + dz * dz
            mag = dt / (d2 * sqrt(d2))
            b1 = m1 * mag
            b2 = m2 * mag
            v1[0] -= dx * b2
            v1[1] -= dy * b2
            v1[2] -= dz * b2
            v2[0] += dx * b1
            v2[1] += dy * b1
            v2[2] += dz * b1
        for p, v, _ in bodies:
            p[0] += dt * v[0]
            p[1] += dt * v[1]
            p[2] += dt * v[2]


def main():
    pairs = pairs_of(BODIES)
    px = py = pz = 0.0
    for p, v, m in BODIES:
        px -= v[0] * m
        py -= v[1] * m
        pz -= v[2] * m
    BODIES[0][1][:] = [px / SOLAR, py / SOLAR, pz / SOLAR]
    print(f"{energy(BODIES, pairs):.9f}")
    advance(0.01, 370_000, BODIES, pairs)
    print(f"{energy(BODIES, pairs):.9f}")


main()
