"""Count the findings judged by hand, by signal: python tests/benchmarks/report_cards.py [--check]

Writes scoring/knowledge/report_cards.toml from the lists in tests/judged; with --check writes nothing and exits 1 where
the table is another. A test holds the two equal, so a list that grew is followed by a run of this.
"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "tests/judged"
TABLE = ROOT / "scoring/knowledge/report_cards.toml"
RIGHT = frozenset({"true", "right"})
FIELDS = ("judged", "right", "mended", "sample", "sample_right")
HEAD = "# Findings judged by hand, by signal: written by tests/benchmarks/report_cards.py from tests/judged.\n"

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


def main(arguments: list[str]) -> int:
    """Write or check the table. Returns the exit code."""
    text = table_of(counted(rows()))
    if arguments == ["--check"]:
        return 0 if TABLE.read_text("utf-8") == text else 1
    if arguments:
        print("report_cards: takes --check or nothing", file=sys.stderr)
        return 2
    TABLE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
