def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


for _ in range(160):
    result = tak(18, 12, 6)
print(result)
for _ in range(38):
    result = tak(22, 16, 8)
print(result)
