"""Packages of the wider world: tables, parsers, Markdown, classes, command lines."""

import attr
import click
import markdown
import mistune
import more_itertools as mi
import pyparsing as pp
import sqlparse
import tabulate
import toolz
from click.testing import CliRunner

print(tabulate.tabulate([["a", 1.5], ["b\u00e9", -20]], headers=["name", "value"], tablefmt="grid"))

query = "select a,b from t where x=1 and y in (select z from q) order by a"
print(sqlparse.format(query, reindent=True, keyword_case="upper"))

print(mistune.html("# T\n\n* a\n* **b** `c`\n\n> q\n\n[l](http://x)\n\n```py\nx=1\n```"))
print(markdown.markdown("# T\n\n1. a\n2. *b*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", extensions=["tables"]))

sums = pp.infix_notation(
    pp.pyparsing_common.number,
    [(pp.one_of("* /"), 2, pp.OpAssoc.LEFT), (pp.one_of("+ -"), 2, pp.OpAssoc.LEFT)],
)
print(sums.parse_string("1+2*3-(4+5)").as_list())
try:
    sums.parse_string("1+", parse_all=True)
except pp.ParseException as x:
    print(x.explain())


@attr.s(auto_attribs=True, frozen=True, order=True)
class Point:
    x: int
    y: int = attr.ib(default=2, validator=attr.validators.instance_of(int))


print(Point(1), Point(1) < Point(2), attr.asdict(Point(3)))
for wrong in (lambda: Point(1, "a"), lambda: setattr(Point(1), "x", 2)):
    try:
        wrong()
    except (TypeError, AttributeError) as x:
        print(type(x).__name__, str(x)[:60])

print(list(mi.windowed(range(5), 3)), list(mi.chunked([1, 2, 3], 2)), list(toolz.partition_all(2, range(5))))


@click.command()
@click.option("--n", default=1, help="count", show_default=True)
@click.argument("who")
def greet(n, who):
    "Greets."
    for _ in range(n):
        click.echo(f"hi {who}")


for args in (["--help"], ["--n", "2", "bob"], ["--n", "x", "b"], []):
    result = CliRunner().invoke(greet, args)
    print(result.exit_code, result.output)
