"""Languages that lose most of their authors with one person (mul.4). Nobody is named."""

from scoring.analyses.history_knowledge import MIN_AUTHORS
from scoring.analyses.languages import SMALL, spread
from scoring.analyses.past import history_of
from scoring.analyses.view import View
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

FEW_FILES = 3
"""Files from which on a language is told: one or two can be written anew. Shell never is: everybody reads it."""


def languages_of_one(view: View) -> Answer:
    """How many of the languages between training and serving have a truck factor of one."""
    found = spread(view)
    asked = {item.name: item for item in found.shares if item.lines >= SMALL}
    if len(asked) <= 1:
        one = NotApplicable("the code is in one language, or in none of any size")
        return Unknown(f"{found.unread} could not be read") if found.unread else one
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.authors_12m is None:
        return Unknown("the authors of the last 12 months are not known")
    if history.authors_12m < MIN_AUTHORS:
        return NotApplicable(f"{history.authors_12m} authors in 12 months, under {MIN_AUTHORS}")
    known = [item for item in history.language_factors or () if item[0] in asked]
    if not known:
        return Unknown("no file of any language has an author by degree of authorship")
    hits = tuple(
        [
            _hit(name, asked[name].largest, files)
            for name, factor, files in sorted(known, key=lambda item: (-asked[item[0]].lines, item[0]))
            if factor == 1 and files >= FEW_FILES and name != "shell"
        ]
    )
    return Measure(float(len(hits)), len(known), hits)


def _hit(name: str, path: str, files: int) -> Hit:
    return Hit(
        path=path,
        line=1,
        key=f"hands {name}",
        message=f"When one person leaves, over half of the {files} files in {name} have no author left, going by who "
        "wrote and changed what.",
        evidence={"language": name, "files": files},
    )
