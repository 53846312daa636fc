def words(n):
    state = 12345
    for _ in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        yield "w" + str((state >> 8) % 20011)


def count(n):
    table = {}
    for word in words(n):
        if word in table:
            table[word] += 1
        else:
            table[word] = 1
    return table


def settings(n):
    config = {"alpha": 1, "beta": 2, "gamma": 3, "delta": 4}
    total = 0
    for i in range(n):
        config["alpha"] = config["beta"] + i
        total += config["alpha"] - config["gamma"]
        config["delta"] = total & 1023
    return total


table = count(2_000_000)
print(len(table), max(table.values()), sum(table.values()))
top = sorted(table.items(), key=lambda kv: (-kv[1], kv[0]))[:5]
print(top)
print(settings(5_000_000))
