"""Validation V1: does the score tell engineered from other ML projects, as NICHE labels them?

    python -m tests.benchmarks.bench_niche NICHE.csv FOLDER [--peer SCORES.csv] [--seed 1] [--rounds 2000]

NICHE.csv is that of soarsmu/NICHE; FOLDER holds one folder per repository, "owner+name" or "owner+name/repo", each a
git directory or a work tree. Each repository is scored at the commit that was labelled: the N-th of its history, N
being the row's commits. Only odd data rows are ever read: the even ones are kept for a last look. The measure is the
mean `worst` of the debts that apply; the mean of the rubric's four sums stands beside it, and, as code alone earns no
point, the number of its tests that have an artefact. --peer names a CSV of repository and score (more is better) of
another tool on the same checkouts: the two are compared where both have one.
"""

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
TIMEOUT_SECONDS = 900
CONFIDENCE = 0.95


class Label(NamedTuple):
    """One row of NICHE."""

    repository: str
    engineered: bool
    commits: int


class Scored(NamedTuple):
    """A labelled repository with its scores; more is better."""

    label: Label
    debts: float
    rubric: float
    artefacts: int = 0
    """Tests of the rubric that are implemented, seen running or not."""


def labels(path: Path) -> list[Label]:
    """The odd data rows, the first one included. The file begins with a byte-order mark."""
    with path.open(newline="", encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle))[::2]
    return [Label(row["GitHub Repo"], row["Engineered ML Project"] == "Y", int(row["Commits"])) for row in rows]


def labelled_commit(target: Path, commits: int) -> str | None:
    """The N-th commit of the history, oldest first; None where it is not that long."""
    ran = subprocess.run(
        ["git", "-C", str(target), "rev-list", "--reverse", "--date-order", "HEAD"], capture_output=True, text=True
    )
    history = ran.stdout.split()
    return history[commits - 1] if 0 < commits <= len(history) else None


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative; equals count half."""
    wins = sum((one > other) + 0.5 * (one == other) for one in positive for other in negative)
    return wins / (len(positive) * len(negative))


def interval(
    positive: int, negative: int, measure: Callable[[list[int], list[int]], float], seed: int, rounds: int
) -> tuple[float, float]:
    """The percentile bootstrap of a measure over positions drawn from either class, each class by itself."""
    drawn = random.Random(seed)
    values = sorted(
        measure(drawn.choices(range(positive), k=positive), drawn.choices(range(negative), k=negative))
        for _ in range(rounds)
    )
    tail = (1 - CONFIDENCE) / 2
    return values[int(tail * rounds)], values[min(rounds - 1, int((1 - tail) * rounds))]


def compared(scored: Sequence[Scored], score: Callable[[Scored], float], seed: int, rounds: int) -> str:
    """AUC of one score with its interval, as words."""
    yes = [score(one) for one in scored if one.label.engineered]
    no = [score(one) for one in scored if not one.label.engineered]
    if not yes or not no:
        return f"no AUC: {len(yes)} engineered, {len(no)} not"

    def measure(first: list[int], second: list[int]) -> float:
        return auc([yes[i] for i in first], [no[i] for i in second])

    low, high = interval(len(yes), len(no), measure, seed, rounds)
    return f"AUC {auc(yes, no):.3f} ({low:.3f} to {high:.3f}), {len(yes)} engineered, {len(no)} not"


def paired(scored: Sequence[Scored], peer: dict[str, float], seed: int, rounds: int) -> str:
    """How far this score's AUC lies above the other tool's on the same repositories, as words."""
    both = [one for one in scored if one.label.repository in peer]
    yes = [(one.debts, peer[one.label.repository]) for one in both if one.label.engineered]
    no = [(one.debts, peer[one.label.repository]) for one in both if not one.label.engineered]
    if not yes or not no:
        return f"no AUC beside the other tool's: {len(yes)} engineered, {len(no)} not"

    def lead(first: list[int], second: list[int]) -> float:
        own, other = (auc([yes[i][n] for i in first], [no[i][n] for i in second]) for n in (0, 1))
        return own - other

    low, high = interval(len(yes), len(no), lead, seed, rounds)
    other = auc([pair[1] for pair in yes], [pair[1] for pair in no])
    ahead = lead([*range(len(yes))], [*range(len(no))])
    return f"the other tool AUC {other:.3f}, lead {ahead:+.3f} ({low:+.3f} to {high:+.3f})"


def scores(report: dict[str, Any]) -> tuple[float, float, int] | None:
    """(100 - mean worst of the debts that apply, mean of the rubric's section sums, its tests with an artefact); None
    where nothing applies."""
    worst = [value for debt in report["debts"] if (value := debt["index"]["worst"]) is not None]
    sections = report["rubric"]["sections"]
    sums = [value for part in sections if (value := part["score"]["value"]) is not None]
    artefacts = sum(bool(test["evidence"]) for part in sections for test in part["tests"])
    return (100 - fmean(worst), fmean(sums) if sums else 0.0, artefacts) if worst else None


def scanned(target: Path, commit: str) -> dict[str, Any] | None:
    """The report of one commit; None where it could not be scanned."""
    with tempfile.TemporaryDirectory(prefix="niche-") as scratch:
        output = Path(scratch) / "report.json"
        command = [sys.executable, "-m", "scoring", str(target), "--rev", commit, "--format", "json", "--quiet"]
        try:
            subprocess.run([*command, "--output", str(output)], check=True, cwd=ROOT, timeout=TIMEOUT_SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            return None
        report: dict[str, Any] = json.loads(output.read_bytes())
        return report


def score_all(known: Iterable[Label], folder: Path) -> list[Scored]:
    """Every labelled repository that lies in the folder; says which ones fall out and why."""
    found = []
    for label in known:
        target = mirror(folder / label.repository.replace("/", "+"))
        if target is None:
            continue
        commit = labelled_commit(target, label.commits)
        if commit is None:
            print(f"left out: {label.repository} has fewer than {label.commits} commits here")
            continue
        report = scanned(target, commit)
        result = scores(report) if report is not None else None
        if result is None:
            print(f"left out: {label.repository} at {commit[:12]} gave no score")
            continue
        found.append(Scored(label, *result))
        kind = "engineered" if label.engineered else "not"
        print(
            f"{label.repository:40} {kind:10} {commit[:12]} debts {result[0]:6.2f} rubric {result[1]:5.2f}"
            f" artefacts {result[2]:2}",
            flush=True,
        )
    return found


def mirror(folder: Path) -> Path | None:
    """The git directory of a repository in the folder; None where there is none."""
    places = (folder / "repo" / ".git", folder / "repo", folder / ".git", folder)
    return next((place for place in places if (place / "HEAD").is_file()), None)


def _peer(path: Path) -> dict[str, float]:
    with path.open(newline="", encoding="utf-8-sig") as handle:
        return {row["repository"]: float(row["score"]) for row in csv.DictReader(handle)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each repository, then the AUCs. Returns 2 where there is nothing to score."""
    parser = argparse.ArgumentParser(prog="bench_niche")
    parser.add_argument("labels", type=Path, metavar="NICHE.csv")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--peer", type=Path, metavar="SCORES.csv")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2000)
    options = parser.parse_args(arguments)
    scored = score_all(labels(options.labels), options.folder)
    if not scored:
        print("no labelled repository of an odd row lies in the folder", file=sys.stderr)
        return 2
    print(f"debts:  {compared(scored, lambda one: one.debts, options.seed, options.rounds)}")
    print(f"rubric: {compared(scored, lambda one: one.rubric, options.seed, options.rounds)}")
    print(f"tests with an artefact: {compared(scored, lambda one: one.artefacts, options.seed, options.rounds)}")
    if options.peer is not None:
        print(f"paired: {paired(scored, _peer(options.peer), options.seed, options.rounds)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
