"""V3 of the validation plan: how many hand-labelled comments of admitted debt the reader of comments finds.

    python -m tests.benchmarks.bench_satd sampled_label_dataset.csv

The file is `data/sampled_label_dataset.csv` of DavidMOBrien/23Shades (MIT), read in place and never copied: 856
comments that people labelled as debt, with line breaks as " || " and commas as ";". Strings are left out.
"""

import csv
import json
import sys
from pathlib import Path

from scoring.readers.python import read

PASS = 0.93
STRING_MARKS = ("'''", '"""', 'r"""', "r'''", 'r\\"', "u'''")


def is_found(text: str) -> bool:
    lines = "\n".join("# " + line.strip().lstrip("#").strip() for line in text.split("||"))
    return bool(read(f"{lines}\nx = 1\n".encode()).comments)


def main(path: str) -> int:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        texts = [row["Comment Text"] for row in csv.DictReader(file) if row["Is TD?"] == "Yes"]
    comments = [text for text in texts if not text.strip().startswith(STRING_MARKS)]
    missed = [text for text in comments if not is_found(text)]
    recall = 1 - len(missed) / len(comments)
    print(json.dumps({"comments": len(comments), "found": len(comments) - len(missed), "recall": round(recall, 4)}))
    for text in missed:
        print("missed:", text[:100], file=sys.stderr)
    return 0 if recall >= PASS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
