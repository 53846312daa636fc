def mandelbrot(size, limit):
    total = 0
    rows = []
    for y in range(size):
        ci = 2.0 * y / size - 1.0
        row = []
        for x in range(size):
            cr = 3.0 * x / size - 2.0
            zr = zi = 0.0
            n = 0
            while n < limit:
                zr2 = zr * zr
                zi2 = zi * zi
                if zr2 + zi2 > 4.0:
                    break
                zi = 2.0 * zr * zi + ci
                zr = zr2 - zi2 + cr
                n += 1
            total += n
            row.append(n)
        rows.append(row)
    return total, rows


total, rows = mandelbrot(430, 280)
print(total)
for row in rows[::15]:
    print("".join("#" if n == 200 else "." if n < 8 else "+" for n in row[::6]))
