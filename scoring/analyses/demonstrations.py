"""Whether a component only shows how something is done: a demonstration, a template, a set of samples."""

import re
from functools import lru_cache

from scoring.analyses.view import View

_DEMONSTRATION = re.compile(
    r"\b(?:demo(?:nstration)?s?|tutorials?|examples?|samples?|quick[- ]?start|skeleton|scaffold(?:ing)?|template"
    r"|boilerplate|boot[- ]?camp|workshop|course|exercises?|lessons?|basics|starter|playground|zoomcamp|assignments?"
    r"|homework|labs?|bookcamp|notebooks|handbook|cookbook)\b",
    re.IGNORECASE,
)
"""In the title of a README: it shows how, and serves nobody."""


@lru_cache(maxsize=1)
def is_demonstration(view: View) -> bool:
    """By the first heading of the README at the root."""
    titles = [
        facts.headings[0][0]
        for entry, facts in view.docs
        if facts.kind == "readme" and facts.headings and "/" not in entry.path
    ]
    return any(map(_DEMONSTRATION.search, titles))
