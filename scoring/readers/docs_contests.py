"""Whether a README says that its repository is an entry to a contest: its data is given once, and nobody runs its
models after the last submission."""

from scoring.readers.caseless import Caseless
from scoring.readers.docs_markup import Page, plain

OPENING_LINES = 12
"""Of prose, in which a README says what it is."""
CUT = 600

_CONTEST = (
    r"(?:kaggle|drivendata|contests?|hackathon|data ?cup"
    r"|(?:competitions?|challenge)(?! (?:of|to|between|among|from|that|when|we|with)\b))"
)
"""A challenge of something is a difficulty, and competition between some is a market's."""
_ENTRY = Caseless(
    rf"\b(?:solutions?|submissions?|entry|entries|code|repo|repository|notebooks?)\b[^.]{{0,80}}\b{_CONTEST}\b"
    rf"|\b{_CONTEST}\b[^.]{{0,60}}\b(?:solutions?|submissions?|entry|entries)\b"
    r"|\bfor (?:the )?kaggle\b[^.]{0,80}\b(?:competition|challenge|contest|bowl|cup)\b"
    rf"|\b(?:participat|compet|plac|rank)ed\b[^.]{{0,80}}\b{_CONTEST}\b"
    r"|\b(?:\d{1,4}(?:st|nd|rd|th)|gold|silver|bronze|winning|winners?'?s?|top[- ]?\d{1,3} ?%?)[- ]"
    r"(?:\w{2,12}[- ]){0,2}(?:places?|prizes?|medals?|solutions?)\b"
    r"|\b(?:first|second|third)[- ](?:\w{2,12}[- ]){0,2}(?:place|prize|medal)\b"
    r"(?! (?:your|the|all|an?|it|them|this|these|data|files?|each|any|some)\b)",
    hints=(
        *("solution", "submission", "entr", "competition", "challenge", "contest", "kaggle", "hackathon", "place"),
        *("medal", "prize", "drivendata", "cup"),
    ),
)
_OF_ANY = Caseless(
    r"\b(?:winning|any|other|several|many|various|past|all) [^.]{0,40}\b(?:solutions|competitions)\b"
    r"|\b(?:beat\w*|outperform\w*|ahead of) (?:the|all|its|our|their) competitions?\b"
)
"""What serves entries to contests is none itself."""


def enters_contest(page: Page) -> bool:
    """Its title, or a sentence of the opening."""
    titles = [plain(title) for title, _ in page.headings[:1]]
    opening = " ".join([plain(line[:CUT]) for _, line in page.prose[:OPENING_LINES]])
    return any(_ENTRY.search(said) and not _OF_ANY.search(said) for said in (*titles, *opening.split(". ")))
