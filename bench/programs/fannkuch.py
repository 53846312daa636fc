def fannkuch(n):
    perm1 = list(range(n))
    count = list(range(n))
    flips_max = checksum = 0
    r = n
    number = 0
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        perm = perm1[:]
        flips = 0
        k = perm[0]
        while k:
            perm[:k + 1] = perm[k::-1]
            flips += 1
            k = perm[0]
        flips_max = max(flips_max, flips)
        checksum += flips if number % 2 == 0 else -flips
        while True:
            if r == n:
                return checksum, flips_max
            perm1.insert(r, perm1.pop(0))
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        number += 1


n = 9
for _ in range(4):
    checksum, flips = fannkuch(n)
print(checksum)
print(f"Pfannkuchen({n}) = {flips}")
