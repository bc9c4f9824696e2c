"""Count the findings judged by hand, by signal: python tests/benchmarks/report_cards.py [--check]

Writes scoring/knowledge/report_cards.toml and the tables of tests/judged/README.md from the lists in tests/judged; with
--check writes nothing and exits 1 where either is another. A test holds them equal, so a list that grew is followed by
a run of this.
"""

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "tests/judged"
CARDS = ROOT / "scoring/knowledge/report_cards.toml"
README = LISTS / "README.md"
RIGHT = frozenset({"true", "right"})
FIELDS = ("judged", "right", "mended", "sample", "sample_right")
HEAD = "# Findings judged by hand, by signal: written by tests/benchmarks/report_cards.py from tests/judged.\n"
BEGIN, END = "<!-- tables: written by tests/benchmarks/report_cards.py -->\n", "<!-- end of the tables -->\n"

Row = dict[str, str]


def rows() -> list[Row]:
    """Every judged finding of every list."""
    found: list[Row] = []
    for path in sorted(LISTS.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as handle:
            found += csv.DictReader(handle)
    return found


def counted(judged: Iterable[Row]) -> dict[str, dict[str, int]]:
    """Signal -> its counts, by signal. A wrong finding whose status is not open was mended: it is made no more. Nor is
    a right one that was withdrawn, and it speaks neither for the signal nor against it."""
    table: dict[str, dict[str, int]] = {}
    for row in judged:
        if row["status"] == "withdrawn":
            continue
        counts = table.setdefault(row["signal"], dict.fromkeys(FIELDS, 0))
        right = row["verdict"] in RIGHT
        if not right and row["status"] != "open":
            counts["mended"] += 1
            continue
        sampled = bool(row["sample"])
        counts["judged"] += 1
        counts["right"] += right
        counts["sample"] += sampled
        counts["sample_right"] += sampled and right
    return dict(sorted(table.items()))


def table_of(counts: dict[str, dict[str, int]]) -> str:
    """The counts as TOML, one signal a line."""
    lines = (
        f'"{signal}" = {{ {", ".join(f"{field} = {row[field]}" for field in FIELDS)} }}\n'
        for signal, row in counts.items()
    )
    return HEAD + "".join(lines)


def tables_of(judged: Sequence[Row]) -> str:
    """The tables of the README: each random sample by repository, then every row by signal."""
    parts = []
    for day in sorted({row["sample"] for row in judged} - {""}):
        drawn = [row for row in judged if row["sample"] == day]
        lines = _lines(drawn, "repository", _shares)
        parts.append(f"## The sample of {day}\n\n| Repository | Rows | Right | Share |\n|---|---:|---:|---:|\n{lines}")
    head = (
        "| Signal | Rows | Right | Share | Still open | Withdrawn | Sample | Right in it |\n|---" + "|---:" * 7 + "|\n"
    )
    parts.append(f"## Per signal\n\n{head}{_lines(judged, 'signal', _signal_cells)}")
    return "\n".join(parts)


def _lines(judged: Sequence[Row], column: str, cells: Callable[[Sequence[Row]], list[str]]) -> str:
    """A line for each value of the column, in its order, and one for all."""
    names = sorted({row[column] for row in judged})
    groups = [(name, [row for row in judged if row[column] == name]) for name in names]
    return "".join(f"| {' | '.join([name, *cells(group)])} |\n" for name, group in [*groups, ("all", judged)])


def _shares(group: Sequence[Row]) -> list[str]:
    right = sum(row["verdict"] in RIGHT for row in group)
    return [str(len(group)), str(right), f"{right / len(group):.0%}"]


def _signal_cells(group: Sequence[Row]) -> list[str]:
    sampled = [row for row in group if row["sample"]]
    counts = (
        sum(row["status"] == "open" for row in group),
        sum(row["status"] == "withdrawn" for row in group),
        len(sampled),
        sum(row["verdict"] in RIGHT for row in sampled),
    )
    return [*_shares(group), *map(str, counts)]


def outputs() -> dict[Path, str]:
    """What each file that is written from the lists should hold."""
    judged = rows()
    readme = README.read_text("utf-8")
    before, after = readme.partition(BEGIN)[0], readme.partition(END)[2]
    return {
        CARDS: table_of(counted(judged)),
        README: f"{before}{BEGIN}\n{tables_of(judged)}\n{END}{after}",
    }


def main(arguments: list[str]) -> int:
    """Write or check both. Returns the exit code."""
    wanted = outputs()
    if arguments == ["--check"]:
        stale = [path for path, text in wanted.items() if path.read_text("utf-8") != text]
        for path in stale:
            print(f"report_cards: {path.relative_to(ROOT)} is not what the lists say", file=sys.stderr)
        return int(bool(stale))
    if arguments:
        print("report_cards: takes --check or nothing", file=sys.stderr)
        return 2
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
