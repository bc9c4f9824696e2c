"""Configurations of one kind that are kept equal by hand: near-copies, and one edit made in five or more (prc.2).

The copies are told file by file under cfg.10; here they count, and the edits are shown. A history that could not be
read says nothing of edits: then copies alone are found, and their absence is no answer. Files that come without any
history, as the examples of a signal do, have no edits.
"""

from scoring.analyses.config_files import inheritance
from scoring.analyses.view import View
from scoring.facts import SiblingEdit
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

SHOWN = 3


def edited_alike(view: View) -> Answer:
    """Near-copies, and commits that make one edit in five siblings or more, per 10 KLOC of ML code."""
    copies = inheritance(view)
    edits = view.history.sibling_edits if view.history is not None else ()
    near = len(copies.hits) if isinstance(copies, Measure) else 0
    files = {path for edit in edits or () for path in edit.paths}
    population = max(len(files), copies.population if isinstance(copies, Measure) else 0)
    if edits is None and not near:
        return Unknown("which configurations are edited alike is not known")
    if not population:
        return copies if isinstance(copies, Unknown) else NotApplicable("no two configuration files of one kind")
    hits = tuple([_hit(view, edit) for edit in edits or ()])
    note = f"{near} near-copies, {len(hits)} edits in five files or more"
    return Measure((near + len(hits)) / view.ten_klocs, population, hits, note=note)


def _hit(view: View, edit: SiblingEdit) -> Hit:
    path, line = _place(view, edit)
    names = ", ".join(f"`{key}`" for key in edit.keys[:SHOWN])
    more = f" and {len(edit.keys) - SHOWN} more" if len(edit.keys) > SHOWN else ""
    date = f"{edit.at:%Y-%m-%d}"
    return Hit(
        path=path,
        line=line,
        key=f"edit {edit.commit[:12]} {edit.keys[0]}",
        message=f"One change of {names}{more} was made in each of {edit.files} files of one kind on {date} (commit "
        f"{edit.commit[:9]}), of which this is one: the next will have to be made in all of them again.",
        evidence={"commit": edit.commit[:12], "date": date, "files": edit.files, "keys": len(edit.keys)},
    )


def _place(view: View, edit: SiblingEdit) -> tuple[str, int]:
    """The first file that still holds one of the keys, and the key's line; else the first file."""
    standing = {item.entry.path: item.facts for item in view.configs if item.entry.path in edit.paths}
    for path, facts in sorted(standing.items()):
        for setting in facts.settings:
            if setting.key in edit.keys:
                return path, max(1, setting.line)
    return edit.paths[0], 1
