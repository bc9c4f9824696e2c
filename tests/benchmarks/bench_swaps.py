"""V10 of the validation plan: past changes of algorithm, found again in histories that were read by hand.

    python -m tests.benchmarks.bench_swaps MIRRORS

MIRRORS holds one folder `owner+name/repo` for each repository; those that are absent are skipped. `swaps.csv` beside
this file lists every change of algorithm that a person found in the history (rows with a commit), and the repositories
where there is none (rows without). Each history is replayed at moments half a year apart, so that the windows of two
years cover it. A change counts as found where one of its commits is in the list; a commit that may count either way is
neither asked for nor held against the miner.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from scoring.facts import AlgorithmSwap
from scoring.sandbox import Sandbox
from scoring.sources.git import GitRepository
from scoring.sources.stores import MemoryFactStore
from scoring.survey import Survey

LIST = Path(__file__).with_name("swaps.csv")
PASS = 0.7
STEP_WEEKS = 26
MOST_WEEKS = 1_000
HALVES = ("tuned", "untouched")

Row = dict[str, str]


def rows() -> list[Row]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found_in(directory: Path, sandbox: Sandbox) -> Iterator[AlgorithmSwap]:
    """Every change of algorithm that any moment of the history tells, once."""
    seen: set[tuple[str, ...]] = set()
    with GitRepository(directory) as repository:
        survey = Survey(repository, MemoryFactStore(), sandbox)
        head = repository.default_revision()
        moments = survey.moments(head, survey.committed_at(head), MOST_WEEKS)[::STEP_WEEKS]
        for moment in moments:
            history = survey.component(moment).history
            for swap in (history.swaps if history else None) or ():
                if swap.commits not in seen:
                    seen.add(swap.commits)
                    yield swap


def judge(repository: str, listed: Iterable[Row], found: Iterable[AlgorithmSwap]) -> tuple[int, int, int, int]:
    """(listed, of them found, changes found, of them right); what was missed or is wrong goes to stderr."""
    episodes = [(row["commit"].split(), row["verdict"]) for row in listed if row["commit"]]
    wanted = [commits for commits, verdict in episodes if verdict == "swap"]
    open_to_doubt = [commits for commits, verdict in episodes if verdict == "either"]
    met: set[int] = set()
    claimed = right = 0
    for swap in found:
        mine = {place for place, commits in enumerate(wanted) if _meet(commits, swap)}
        met |= mine
        if mine:
            claimed, right = claimed + 1, right + 1
        elif not any(_meet(commits, swap) for commits in open_to_doubt):
            claimed += 1
            print(f"wrong: {repository} {swap.commits[-1][:9]} {swap.before} -> {swap.after}", file=sys.stderr)
    for place, commits in enumerate(wanted):
        if place not in met:
            print(f"missed: {repository} {' '.join(commits)}", file=sys.stderr)
    return len(wanted), len(met), claimed, right


def _meet(shorts: Iterable[str], swap: AlgorithmSwap) -> bool:
    return any(commit.startswith(short) for short in shorts for commit in swap.commits)


def main(mirrors: str) -> int:
    table = rows()
    passed = True
    with Sandbox() as sandbox:
        for half in HALVES:
            totals = [0, 0, 0, 0]
            repositories = list(dict.fromkeys(row["repository"] for row in table if row["half"] == half))
            present = 0
            for repository in repositories:
                directory = Path(mirrors) / repository.replace("/", "+") / "repo"
                if not directory.is_dir():
                    continue
                present += 1
                listed = [row for row in table if row["repository"] == repository]
                counts = judge(repository, listed, found_in(directory, sandbox))
                totals = [total + count for total, count in zip(totals, counts, strict=True)]
            wanted, met, claimed, right = totals
            recall = met / wanted if wanted else 1.0
            precision = right / claimed if claimed else 1.0
            passed = passed and min(recall, precision) >= PASS
            said = {"half": half, "repositories": present, "skipped": len(repositories) - present, "listed": wanted}
            said |= {"found": met, "claimed": claimed, "right": right}
            print(json.dumps({**said, "recall": round(recall, 3), "precision": round(precision, 3)}))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
