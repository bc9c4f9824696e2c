"""V2 of the validation plan: is continuous integration found where people said that it is used?

    python -m tests.benchmarks.bench_ci NICHE.csv FOLDER

NICHE.csv and FOLDER are those of `bench_niche`: odd data rows alone, each repository at its labelled commit. The label
is the free text on continuous integration; the detector is the engine's own choice of the files that its CI reader
reads. `ci_disagreements.csv` beside this file says of each disagreement, looked up by hand in the tree and the history,
whether the label or the detector is wrong; a disagreement that is not in it counts against the detector.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scoring.readers.choice import reader_names
from tests.benchmarks.bench_niche import labelled_commit, mirror

LIST = Path(__file__).with_name("ci_disagreements.csv")
PASS = 0.93
NOT_USED = ("not used", "no indication", "no evidence", "removed")
NO_SYSTEM = "ci.github-action"
"""An action is a step for workflows, and no workflow itself."""


class Judged(NamedTuple):
    """A labelled repository: what the label says, and what the detector found."""

    repository: str
    labelled: bool
    found: bool


def says_used(text: str) -> bool:
    """Whether the free text of a label says that CI is used."""
    return not any(words in text.lower() for words in NOT_USED)


def labels(path: Path) -> list[tuple[str, int, bool]]:
    """(repository, commits, CI is used) of the odd data rows, the first one included."""
    with path.open(newline="", encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle))[::2]
    return [(row["GitHub Repo"], int(row["Commits"]), says_used(row["Continuous Integration"])) for row in rows]


def has_ci(paths: Iterable[str]) -> bool:
    names = (name for path in paths for name in reader_names(path))
    return any(name.startswith("ci.") and name != NO_SYSTEM for name in names)


def tree(target: Path, commit: str) -> list[str]:
    """Every path of a commit."""
    command = ["git", "-C", str(target), "ls-tree", "-r", "-z", "--name-only", commit]
    ran = subprocess.run(command, capture_output=True, check=True)
    return ran.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


def wrong_by_hand() -> dict[str, str]:
    """repository -> "label" or "detector"."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["repository"]: row["wrong"] for row in csv.DictReader(file)}


def accuracy(judged: Iterable[Judged], wrong: dict[str, str]) -> tuple[float, float]:
    """(against the labels as they stand, against the labels as mended by hand)."""
    every = list(judged)
    agreed = [one.labelled == one.found for one in every]
    right = [agrees or wrong.get(one.repository) == "label" for one, agrees in zip(every, agreed, strict=True)]
    return sum(agreed) / len(every), sum(right) / len(every)


def main(labelled: str, folder: str) -> int:
    """Print each disagreement, then the two accuracies. Returns 2 where there is nothing to measure."""
    wrong = wrong_by_hand()
    judged = []
    for repository, commits, used in labels(Path(labelled)):
        target = mirror(Path(folder) / repository.replace("/", "+"))
        commit = labelled_commit(target, commits) if target is not None else None
        if target is None or commit is None:
            continue
        judged.append(Judged(repository, used, has_ci(tree(target, commit))))
        if judged[-1].labelled != judged[-1].found:
            at_fault = wrong.get(repository, "nobody looked it up")
            print(json.dumps({**judged[-1]._asdict(), "commit": commit[:12], "wrong": at_fault}))
    if not judged:
        print("no labelled repository of an odd row lies in the folder", file=sys.stderr)
        return 2
    as_labelled, mended = accuracy(judged, wrong)
    said = {"repositories": len(judged), "as labelled": round(as_labelled, 3), "labels mended": round(mended, 3)}
    print(json.dumps({**said, "pass": PASS}))
    return 0 if mended >= PASS else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
