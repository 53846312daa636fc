import argparse
import dataclasses
import re


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


parser = argparse.ArgumentParser(prog="modules")
parser.add_argument("--times", type=int, default=2)
args = parser.parse_args([])
print(Point(1) if re.match(r"\w+", "hello") else None, args.times)
