"""V5 of the validation plan: the truck factor of published projects, as of November 2016.

    python -m tests.benchmarks.bench_truck_factor MIRRORS

MIRRORS holds one folder `owner+name/repo` for each repository; those that are absent, or that hold no history of that
time, are skipped with a sentence. The published numbers are those of aserg-ufmg/Truck-Factor. As there, the files that
count are source code (by their ends) outside folders of other people's work; the rest is the engine's own: who is who,
which commits count, authorship and the truck factor, at the last commit of the first-parent line in that month.
"""

import json
import sys
from pathlib import Path
from typing import Any

from scoring.analyses.history_knowledge import Authorship, Knowledge
from scoring.analyses.history_timeline import Lens, Timeline
from scoring.sources.git import GitRepository

PUBLISHED = {
    "angular/angular.js": 6,
    "atom/atom": 4,
    "d3/d3": 1,
    "docker/docker": 13,
    "electron/electron": 1,
    "facebook/react": 4,
    "FortAwesome/Font-Awesome": 1,
    "FreeCodeCamp/FreeCodeCamp": 1,
    "jquery/jquery": 4,
    "meteor/meteor": 5,
    "rails/rails": 11,
    "apple/swift": 5,
    "tensorflow/tensorflow": 2,
    "twbs/bootstrap": 3,
    "vuejs/vue": 1,
}
UNTIL = 1_480_550_400
"""The end of November 2016, in seconds since 1970."""
TOLERANCE = 1
ENOUGH = 5
SOURCE = (
    ".c", ".cc", ".coffee", ".cpp", ".css", ".go", ".h", ".html", ".java", ".js", ".jsx", ".less", ".m", ".mm", ".php",
    ".py", ".rb", ".sass", ".scss", ".sh", ".swift", ".ts", ".tsx",
)  # fmt: skip
OTHERS_WORK = frozenset(
    {"bower_components", "deps", "dist", "docs", "external", "i18n", "node_modules", "third_party", "vendor"}
)


def is_source(path: str) -> bool:
    """Whether the published counts would hold the file: code, and the project's own."""
    folders = path.lower().split("/")[:-1]
    return (
        path.lower().endswith(SOURCE) and not path.endswith((".min.js", ".min.css")) and OTHERS_WORK.isdisjoint(folders)
    )


def knowledge_at(directory: Path, until: int) -> Knowledge | None:
    """Who knew the source files by then; None where the history does not reach back so far."""
    with GitRepository(directory) as repository:
        head = repository.default_revision()
        line = repository.first_parents(head)
        commit = next((stamp.id for stamp in line if stamp.time is not None and stamp.time <= until), None)
        if commit is None:
            return None
        timeline = Timeline(repository.log(commit), commit, "")
        mailmap = repository.files(commit, [".mailmap"]).get(".mailmap")
        names = next(repository.blobs([mailmap]))[1] if mailmap else None
        cut = timeline.line[commit]
        paths = [entry.path for entry in repository.tree(commit) if is_source(entry.path)]
        numbers = [(path, number) for path in sorted(paths) if (number := timeline.files.at(path, cut)) is not None]
        return Authorship(Lens(timeline, names or b"", b"")).knowledge(numbers, cut)


def within(published: int, found: int | None) -> bool:
    return found is not None and abs(found - published) <= TOLERANCE


def main(mirrors: str) -> int:
    """Print a line for each project, then how many agree. Returns 2 where there is nothing to measure."""
    results: list[dict[str, Any]] = []
    for repository, published in PUBLISHED.items():
        directory = Path(mirrors) / repository.replace("/", "+") / "repo"
        known = knowledge_at(directory, UNTIL) if directory.is_dir() else None
        if known is None:
            print(f"skipped: {repository} is not here, or not its history of 2016", file=sys.stderr)
            continue
        agrees = within(published, known.truck_factor)
        said = {"repository": repository, "published": published, "found": known.truck_factor}
        results.append({**said, "files": known.authored, "solo": len(known.solo), "agrees": agrees})
        print(json.dumps(results[-1]), flush=True)
    if not results:
        print("none of the published projects lies in the folder", file=sys.stderr)
        return 2
    agreeing = sum(one["agrees"] for one in results)
    print(json.dumps({"projects": len(results), "agree": agreeing, "tolerance": TOLERANCE}))
    return 0 if agreeing == len(results) >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
