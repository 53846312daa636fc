LINES = [
    f"{i},name{i % 100},{i * 3 % 997}, some words here  ,{'yes' if i % 3 else 'no'};tag{i % 5}"
    for i in range(110_000)
]
TEXT = "\n".join(LINES)


def parse(text):
    groups = {}
    for line in text.splitlines():
        head, _, tag = line.partition(";")
        number, name, value, words, flag = head.split(",")
        if flag != "yes" or not name.startswith("name"):
            continue
        key = name.strip() + "/" + tag.upper()
        entry = groups.setdefault(key, [0, 0, 0])
        entry[0] += 1
        entry[1] += int(value)
        entry[2] += len(words.split())
    return groups


for _ in range(16):
    groups = parse(TEXT)
print(len(groups))
for key in sorted(groups)[:5]:
    print(key, groups[key])

vowels = sum(1 for c in TEXT if c in "aeiou")
print(vowels, TEXT.find("name99"), TEXT.rfind("tag3"), TEXT.count("some"))
words = TEXT.replace(",", " ").replace(";", " ").split()
print(len(words), len(set(words)), sum(w.isdigit() for w in words))
