"""What the Python reader costs above the floor: its CPU seconds over those of one parse and one empty visit.

    python -m tests.benchmarks.bench_reader GITDIR [--rev HEAD] [--rounds 5]

Both run in turn in one process over the same blobs, garbage collection off, and the median of the pairs' ratios is
printed: a single pair may be off by a third on a shared machine.
"""

import argparse
import ast
import gc
import json
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from scoring.facts import ReadFunction
from scoring.readers import readers_for
from scoring.readers.base import Unreadable
from tests.benchmarks import limit_scan


class Blob(NamedTuple):
    """One file, and the reader of its first path: of tests less is read."""

    data: bytes
    read: ReadFunction


def python_blobs(gitdir: str, rev: str) -> list[Blob]:
    """The Python files of a revision, each blob once, without those over the floor's limit of size."""
    listed = subprocess.run(
        ["git", "-C", gitdir, "ls-tree", "-r", "-z", rev], capture_output=True, check=True
    ).stdout.split(b"\0")
    paths: dict[bytes, str] = {}
    for row in listed:
        if row.endswith(b".py") and row.startswith(b"100"):
            head, _, path = row.partition(b"\t")
            paths.setdefault(head.split()[2], path.decode("utf-8", "replace"))
    objects = limit_scan.CatFile(gitdir)
    blobs = [
        Blob(data, readers_for(paths[oid])[0].read)
        for oid, data in objects.stream(sorted(paths))
        if data and len(data) <= limit_scan.MAX_BLOB
    ]
    objects.close()
    return blobs


def floor(blob: Blob) -> None:
    """One parse and one empty visit."""
    try:
        limit_scan.visit(ast.parse(blob.data))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


def reader(blob: Blob) -> None:
    """The same file through its reader."""
    try:
        blob.read(blob.data)
    except Unreadable:
        return


def cpu_seconds(step: Callable[[Blob], None], blobs: Sequence[Blob]) -> float:
    """CPU seconds of a step over all blobs."""
    begun = time.process_time()
    for blob in blobs:
        step(blob)
    return time.process_time() - begun


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gitdir")
    parser.add_argument("--rev", default="HEAD")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    blobs = python_blobs(options.gitdir, options.rev)
    gc.collect()
    gc.disable()
    pairs = [(cpu_seconds(floor, blobs), cpu_seconds(reader, blobs)) for _ in range(options.rounds)]
    ratios = sorted(ours / least for least, ours in pairs)
    answer = {
        "blobs": len(blobs),
        "kloc": round(sum(blob.data.count(b"\n") for blob in blobs) / 1000, 1),
        "floor_s": round(statistics.median(least for least, _ in pairs), 3),
        "reader_s": round(statistics.median(ours for _, ours in pairs), 3),
        "ratio": round(statistics.median(ratios), 3),
        "ratio_min": round(ratios[0], 3),
        "ratio_max": round(ratios[-1], 3),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
