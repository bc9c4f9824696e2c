"""Validation V1: does the score tell engineered from other ML projects, as NICHE labels them?

    python -m tests.benchmarks.bench_niche NICHE.csv FOLDER [--peer SCORES.csv] [--keep FOLDER]
        [--seed 1] [--rounds 2000]

NICHE.csv is that of soarsmu/NICHE; FOLDER holds one folder per repository, "owner+name" or "owner+name/repo", each a
git directory or a work tree. Each repository is scored at the commit that was labelled: the N-th of its history, N
being the row's commits. Only odd data rows are ever read: the even ones are kept for a last look. --peer names a CSV of
repository and score (more is better) of another tool on the same checkouts: the two are compared where both have one.
--keep names a folder for the reports: those that lie there already are taken from it.

The measure is a mean of the debts' `worst`, and two are printed. `debts, all`: of all that apply, as at first. Of more
than half of them nothing at all is seen in a public checkout, as they rest on lineage, monitoring and answers: their
worst is 100 for whoever they apply to. And four of the eighteen seen are design defects of the catalogue's section 5, a
row each that says of the shape of code what "feeds" two other debts, though the catalogue holds that the density of
smells does not go with maturity (sections 6 and 13). `debts, seen`: of those of which something was seen, as a report
says by `state`, the design defects as one. What is not seen is no good score there either: it is in no mean.

Beside them stand the mean of the rubric's four sums and, as code alone earns no point, the number of its tests that
have an artefact. Then each debt by itself: its own AUC, and how much the AUC of the mean `seen` would lose without it.
Nothing is fitted here; still a mend may have been made with these very rows in view, so two halves are told apart,
drawn by the names alone, and the range that the AUC keeps when any one repository is left out. `niche.md` holds what
was found.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from tests.benchmarks.niche_figures import Label, Scored, compared, say_by_debt, say_steady

ROOT = Path(__file__).parents[2]
TIMEOUT_SECONDS = 900
DEFECT = "defect-"
DEFECTS = "design-defects"
"""What the nine design defects are together."""


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


# ---------------------------------------------------------------- scanning


def scores(report: dict[str, Any]) -> tuple[float, float, float, int, dict[str, float]] | None:
    """100 - the mean worst of the debts that apply, and of those of which something was seen; the mean of the rubric's
    section sums, its tests with an artefact; and debt -> worst of those seen. None where nothing is."""
    worst = [value for debt in report["debts"] if (value := debt["index"]["worst"]) is not None]
    seen = seen_of(report)
    if not seen:
        return None
    sections = report["rubric"]["sections"]
    sums = [value for part in sections if (value := part["score"]["value"]) is not None]
    artefacts = sum(bool(test["evidence"]) for part in sections for test in part["tests"])
    return 100 - fmean(worst), 100 - fmean(seen.values()), fmean(sums) if sums else 0.0, artefacts, seen


def seen_of(report: dict[str, Any]) -> dict[str, float]:
    """Debt -> worst, of those of which something was seen; the design defects as one, their mean."""
    seen = {debt["slug"]: debt["index"]["worst"] for debt in report["debts"] if debt["state"] == "measured"}
    defects = [worst for slug, worst in seen.items() if slug.startswith(DEFECT)]
    rest = {slug: worst for slug, worst in seen.items() if not slug.startswith(DEFECT)}
    return {**rest, DEFECTS: fmean(defects)} if defects else rest


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
        found.append(Scored(label, *result))
        kind = "engineered" if label.engineered else "not"
        print(
            f"{label.repository:40} {kind:10} {commit[:12]} all {result[0]:6.2f} seen {result[1]:6.2f}"
            f" rubric {result[2]:5.2f} artefacts {result[3]:2}",
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
    say_steady(scored, _peer(options.peer) if options.peer else {}, options.seed, options.rounds)
    print(f"rubric: {compared(scored, lambda one: one.rubric, options.seed, options.rounds)}")
    print(f"tests with an artefact: {compared(scored, lambda one: one.artefacts, options.seed, options.rounds)}")
    say_by_debt(scored)
    return 0


if __name__ == "__main__":
    sys.exit(main())
