"""Whether a README says that its repository teaches: a course, a workshop, a book's code, a set of tutorials."""

from scoring.readers.caseless import Caseless
from scoring.readers.docs_markup import Page, plain

OPENING_LINES = 30
"""Of prose, in which a README says what it is."""
CUT = 600

_TEACHING = (
    r"(?:tutorials?|(?:crash |mini[- ]?|online )?courses?|lectures?|lessons?|workshops?|boot ?camps?|exercises"
    r"|homeworks?|coursework|teaching|assignments|seminars?|syllabus|curriculum)"
)
_HELD = r"\b(?:repositor(?:y|ies)|repo|project|series|collection|notebooks|materials?|codes?|this is)\b"
_TEACHING_TITLE = Caseless(
    rf"\b{_TEACHING}\b|\b(?:zoomcamp|nanodegree|handbook|cookbook|lab (?:code|notebooks))\b"
    r"|\b(?:code|notebooks|companion) (?:for|of|to) .*\bbook\b"
)
_TEACHING_HEADING = Caseless(
    r"^(?:the |legacy |list of |all )?(?:tutorials|lessons|lectures|chapters|exercises|homeworks?|assignments"
    r"|course (?:content|outline|materials?|overview)|syllabus|curriculum)$"
)
_TEACHING_SENTENCE = Caseless(
    rf"{_HELD}[^.]{{0,80}}\b(?:youtube|video series)\b|{_HELD}[^.]{{0,80}}\b{_TEACHING}\b"
    rf"|{_HELD}[^.]{{0,60}}\b(?:in|of|for|from) (?:the|my|our) [^.]{{0,40}}\bbook\b"
    r"|\bcollection of\b[^.]{0,160}\bnotebooks\b"
)


def teaches(page: Page) -> bool:
    """Its title, a heading that lists lessons, or a sentence of the opening."""
    titles = [plain(title).strip(" :#") for title, _ in page.headings]
    if any(map(_TEACHING_TITLE.search, titles[:1])) or any(map(_TEACHING_HEADING.search, titles)):
        return True
    return any(_TEACHING_SENTENCE.search(plain(line[:CUT])) for _, line in page.prose[:OPENING_LINES])
