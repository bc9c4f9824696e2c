"""Validation V1: does the score tell engineered from other ML projects, as NICHE labels them?

    python -m tests.benchmarks.bench_niche NICHE.csv FOLDER [--peer SCORES.csv] [--keep FOLDER]
        [--seed 1] [--rounds 2000]

NICHE.csv is that of soarsmu/NICHE; FOLDER holds one folder per repository, "owner+name" or "owner+name/repo", each a
git directory or a work tree. Each repository is scored at the commit that was labelled: the N-th of its history, N
being the row's commits. Only odd data rows are ever read: the even ones are kept for a last look. The measure is the
mean `worst` of the debts that apply; the mean of the rubric's four sums stands beside it, and, as code alone earns no
point, the number of its tests that have an artefact. --peer names a CSV of repository and score (more is better) of
another tool on the same checkouts: the two are compared where both have one.

Then each debt by itself: its own AUC, and how much the AUC of the mean would lose without it. Nothing is fitted here;
still a mend may have been made with these very rows in view, so two halves are told apart, drawn by the names alone,
and the range that the AUC keeps when any one repository is left out. --keep names a folder for the reports: those that
lie there already are taken from it.
"""

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
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
    worst: Mapping[str, float] = {}
    """Debt -> its worst index, of those that apply."""


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


# ---------------------------------------------------------------- which debts tell them apart


def _auc_of(scored: Sequence[Scored], score: Callable[[Scored], float | None]) -> float | None:
    """AUC of a score over those that have one; None where a class is empty."""
    known = [(one.label.engineered, value) for one in scored if (value := score(one)) is not None]
    yes, no = [value for kind, value in known if kind], [value for kind, value in known if not kind]
    return auc(yes, no) if yes and no else None


def _mean_without(one: Scored, slug: str) -> float | None:
    rest = [value for name, value in one.worst.items() if name != slug]
    return -fmean(rest) if rest else None


def _one_debt(one: Scored, slug: str) -> float | None:
    return -one.worst[slug] if slug in one.worst else None


def by_debt(scored: Sequence[Scored]) -> list[tuple[str, float, float]]:
    """(debt, its own AUC, AUC of the mean - AUC of the mean without it), what pulls the most first. A debt that is the
    same for all, or applies to one class alone, tells nothing and is left out."""
    whole = _auc_of(scored, lambda one: _mean_without(one, ""))
    rows = []
    for slug in sorted({slug for one in scored for slug in one.worst}):
        alone = _auc_of(scored, partial(_one_debt, slug=slug))
        without = _auc_of(scored, partial(_mean_without, slug=slug))
        values = {one.worst[slug] for one in scored if slug in one.worst}
        if len(values) > 1 and alone is not None and whole is not None and without is not None:
            rows.append((slug, alone, whole - without))
    return sorted(rows, key=lambda row: (row[2], row[0]))


def halves(scored: Sequence[Scored]) -> tuple[list[Scored], list[Scored]]:
    """Two halves by a digest of the name alone."""
    odd = [blake2b(one.label.repository.encode(), digest_size=1).digest()[0] % 2 == 1 for one in scored]
    return [one for one, side in zip(scored, odd, strict=True) if side], [
        one for one, side in zip(scored, odd, strict=True) if not side
    ]


def without_one(scored: Sequence[Scored]) -> tuple[float, float] | None:
    """The least and the greatest AUC of the debts when any one repository is left out."""
    rest = [[*scored[:place], *scored[place + 1 :]] for place in range(len(scored))]
    found = [value for part in rest if (value := _auc_of(part, lambda one: one.debts)) is not None]
    return (min(found), max(found)) if found else None


def say_by_debt(scored: Sequence[Scored], seed: int, rounds: int) -> None:
    """Print what the debts tell one by one, and how steady the AUC is."""
    print("debt by itself: its AUC, and what the AUC of the mean would lose without it")
    for slug, alone, lift in by_debt(scored):
        print(f"  {slug:36} {alone:.3f} {lift:+.3f}")
    for name, part in zip(("first", "second"), halves(scored), strict=True):
        print(f"{name} half: {compared(part, lambda one: one.debts, seed, rounds)}")
    steady = without_one(scored)
    if steady is not None:
        print(f"any one left out: AUC {steady[0]:.3f} to {steady[1]:.3f}")


# ---------------------------------------------------------------- scanning


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


def kept(label: Label, target: Path, commit: str, folder: Path | None) -> dict[str, Any] | None:
    """The report out of the folder, if it is there; else a new one, which is put there."""
    path = folder / f"{label.repository.replace('/', '+')}.{commit[:12]}.json" if folder else None
    if path is not None and path.exists():
        report: dict[str, Any] | None = json.loads(path.read_bytes())
        return report
    report = scanned(target, commit)
    if path is not None and report is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(report), "utf-8")
    return report


def score_all(known: Iterable[Label], folder: Path, keep: Path | None = None) -> list[Scored]:
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
        report = kept(label, target, commit, keep)
        result = scores(report) if report is not None else None
        if result is None:
            print(f"left out: {label.repository} at {commit[:12]} gave no score")
            continue
        assert report is not None
        worst = {debt["slug"]: value for debt in report["debts"] if (value := debt["index"]["worst"]) is not None}
        found.append(Scored(label, *result, worst))
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
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2000)
    options = parser.parse_args(arguments)
    scored = score_all(labels(options.labels), options.folder, options.keep)
    if not scored:
        print("no labelled repository of an odd row lies in the folder", file=sys.stderr)
        return 2
    print(f"debts:  {compared(scored, lambda one: one.debts, options.seed, options.rounds)}")
    print(f"rubric: {compared(scored, lambda one: one.rubric, options.seed, options.rounds)}")
    print(f"tests with an artefact: {compared(scored, lambda one: one.artefacts, options.seed, options.rounds)}")
    if options.peer is not None:
        print(f"paired: {paired(scored, _peer(options.peer), options.seed, options.rounds)}")
    say_by_debt(scored, options.seed, options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
