def solve(n, row, columns, left, right, board, found):
    if row == n:
        found.append(tuple(board))
        return
    for col in range(n):
        if col in columns or row + col in left or row - col in right:
            continue
        columns.add(col)
        left.add(row + col)
        right.add(row - col)
        board.append(col)
        solve(n, row + 1, columns, left, right, board, found)
        board.pop()
        columns.discard(col)
        left.discard(row + col)
        right.discard(row - col)


def bits(n, columns, left, right):
    full = (1 << n) - 1
    if columns == full:
        return 1
    count = 0
    free = full & ~(columns | left | right)
    while free:
        bit = free & -free
        free -= bit
        count += bits(n, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    return count


found = []
solve(10, 0, set(), set(), set(), [], found)
print(len(found), found[0], found[-1])
print(bits(13, 0, 0, 0))
