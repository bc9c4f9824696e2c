"""Targets T1 and T4 to T8 as ratios in one run: the scan against the floor of limit_scan.py, in turn (A B A B).

    python -m tests.benchmarks.bench_scan GITDIR [--weeks 1,104] [--repeat 3]

CPU is user + system of the whole process tree. The scan's worker is warm: modules imported and the reader process
started by a scan of one tiny file; its own start is given apart. Counts (blobs read, snapshots) need no clock.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scoring.collector import collect_rarely
from scoring.engine import assess
from scoring.measuring import TallyCache
from scoring.readers import all_readers
from scoring.reports.json import render
from scoring.sandbox import Item, Sandbox
from scoring.scores.answers import week_of
from scoring.sources.git import GitRepository
from scoring.sources.stores import SqliteFactStore
from scoring.survey import Survey
from scoring.testing import COMMIT, component_from

FLOOR = Path(__file__).with_name("limit_scan.py")


def cpu_of(pids: list[int]) -> float:
    """CPU seconds of this process, of the children it has waited for, and of these living ones."""
    own, reaped = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    living = 0.0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        living += (int(fields[11]) + int(fields[12])) / 100
    return own.ru_utime + own.ru_stime + reaped.ru_utime + reaped.ru_stime + living


def scan_once(path: str, weeks: int, workers: int) -> dict[str, float]:
    """One scan in this process, with a warm reader."""
    with tempfile.TemporaryDirectory() as folder, Sandbox(workers) as sandbox:
        start = time.perf_counter()
        warm = [(str(n), Item("python", b"import os\n")) for n in range(64 * workers)]
        list(sandbox.read(iter(warm)))
        all_readers()  # a worker that has listed a tree before has their modules
        assess(component_from({"warm.py": "import numpy\n"}), COMMIT)
        collect_rarely()
        started = time.perf_counter() - start
        pids = [child._process.pid for child in sandbox._idle]
        before, wall = cpu_of(pids), time.perf_counter()
        with GitRepository(path) as repository:
            store = SqliteFactStore(Path(folder) / "facts.sqlite3")
            survey = Survey(repository, store, sandbox)
            head = repository.default_revision()
            moments = survey.moments(head, survey.committed_at(head), weeks)
            root, tallies = repository.root_commit(head), TallyCache()
            first = newest = None
            history = []
            for moment in survey.weeks(moments):
                assessment = assess(survey.component(moment), root, tallies)
                newest = newest or assessment
                history.append(week_of(moment.week, assessment))
                first = first or time.perf_counter() - wall
            report = render(newest, history if weeks > 1 else None)
            store.close()
        return {
            "cpu": cpu_of(pids) - before,
            "wall": time.perf_counter() - wall,
            "first_answer": first or 0.0,
            "reader_start": started,
            "blobs": survey.parsed,
            "snapshots": len({moment.commit for moment in moments}),
            "findings": len(newest.findings),
            "bytes": len(report),
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def in_a_process(path: str, weeks: int, workers: int) -> dict[str, float]:
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.bench_scan",
        path,
        "--one",
        str(weeks),
        "--workers",
        str(workers),
    ]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def floor_once(path: str, weeks: int) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, str(FLOOR), path, "--weeks", str(weeks), "--procs", "1", "--repeat", "1"]
    said = subprocess.run(command, capture_output=True, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    row = json.loads(said.splitlines()[0])
    row["cpu"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return row


def compare(path: str, weeks: int, repeat: int) -> dict[str, float]:
    """Floor and scan in turn; medians, and the median of the pairwise ratios."""
    pairs = [(floor_once(path, weeks), in_a_process(path, weeks, 1)) for _ in range(repeat)]
    floor, scan = pairs[-1]
    two = in_a_process(path, weeks, 2)
    return {
        "weeks": weeks,
        "floor_cpu": round(statistics.median(a["cpu"] for a, _ in pairs), 2),
        "scan_cpu": round(statistics.median(b["cpu"] for _, b in pairs), 2),
        "ratio": round(statistics.median(b["cpu"] / a["cpu"] for a, b in pairs), 2),
        "floor_blobs": floor["unique_blobs"],
        "floor_kloc": floor["py_kloc"],
        "blobs_read": scan["blobs"],
        "snapshots": scan["snapshots"],
        "first_answer_s": round(scan["first_answer"], 2),
        "wall_1": round(scan["wall"], 2),
        "wall_2": round(two["wall"], 2),
        "speed_up_2": round(scan["wall"] / two["wall"], 2),
        "rss_mb": round(scan["rss_mb"]),
        "findings": scan["findings"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gitdir")
    parser.add_argument("--weeks", default="1,104")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(scan_once(options.gitdir, options.one, options.workers)))
        return
    rows = [compare(options.gitdir, int(weeks), options.repeat) for weeks in options.weeks.split(",")]
    for row in rows:
        print(json.dumps(row), flush=True)
    if len(rows) > 1:
        head, past = rows[0], rows[-1]
        grown = past["floor_kloc"] / max(0.1, head["floor_kloc"])
        print(
            json.dumps(
                {
                    "backfill_over_head": round(past["scan_cpu"] / head["scan_cpu"], 2),
                    "unique_over_head_loc": round(grown, 2),
                }
            )
        )


if __name__ == "__main__":
    main()
