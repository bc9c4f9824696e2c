"""Where a finding about something that is missing stands: every finding has a file and a line."""

from scoring.analyses.python_file import ASIDE
from scoring.analyses.view import View


def landing(view: View, *kinds: str) -> str:
    """The path for what is missing: the first of `kinds` that is there, else the likeliest file, else "".

    A kind is "readme", "packaging", "training" or "code": files that import an algorithm, else any product file.
    """
    found = {
        "readme": _readme(view),
        "packaging": _packaging(view),
        "training": [file.path for file in view.training],
        "code": [file.path for file in view.alg or view.product or view.python],
    }
    for kind in (*kinds, *found):
        if found[kind]:
            return min(found[kind], key=lambda path: (path.count("/"), path))
    return min(view.paths, key=lambda path: (path.count("/"), path), default="")


def _readme(view: View) -> list[str]:
    """The first README in whose folder product code lies; one beside the code of others speaks of that."""
    paths = [entry.path for entry, facts in view.docs if facts.kind == "readme"]
    ordered = sorted(paths, key=lambda path: (path.count("/"), path))
    return next(([path] for path in ordered if _covers_code(view, path)), [])


def _packaging(view: View) -> list[str]:
    """The files that declare, without those that lie deeper than the code that they would have to speak for."""
    declaring = [(entry, facts) for entry, facts in view.packaging if facts.role == "declaration"]
    named = [entry.path for entry, facts in declaring if facts.requirements and not entry.roles & ASIDE]
    paths = named or [entry.path for entry, _ in declaring]
    depth = min([file.path.count("/") for file in view.product], default=0)
    return [path for path in paths if path.count("/") <= depth] or paths[: not view.product]


def _covers_code(view: View, path: str) -> bool:
    folder = path.rpartition("/")[0]
    return not folder or any(file.path.startswith(folder + "/") for file in view.product)
