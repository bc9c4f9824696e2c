"""Whether a README says whom to ask: by a heading, a name, an address, a person's page, a chat or a tracker."""

import re

from scoring.readers.caseless import Caseless
from scoring.readers.docs_markup import Page

_CONTACT_HEADING = Caseless(
    r"\b(?:contacts?|maintainers?|maintained by|authors?|owners?|ownership|(?:the |core |our |about the )?team$"
    r"|team members?$|credits?$|connect(?: with (?:me|us))?$|about (?:me|us|the authors?)|who am i|follow (?:me|us)"
    r"|stay (?:in touch|connected)|contribut(?:e|ing|ions?)|(?:where|how) to ask|reporting (?:bugs|issues)|bugs?$"
    r"|(?:bugs|issues) and |bug reports?|publications?|citation|citing|cite"
    r"|^(?:getting |get )?support$|support (?:us|channels?)|(?:and|&) support$|community|getting help|get help|help$"
    r"|questions|feedback|who (?:are we|we are|maintains)|contributors|developers$|code owners|people|communication)\b"
)
_CONTACT_SENTENCE = Caseless(
    r"\b(?:contact (?:us|me|the|[A-Z]\w+|\[)|contacts?:|e-?mail(?: us| me|s?:)|maintained by (?!the community)"
    r"|maintainers?:|(?:authors?|contributors|team(?: members?)?)\W{0,4}:|owned by|created by|developed by|built by"
    r"|made by|written by|(?:solution|project|work|repo\w*|package|library|code) (?:is |was )?(?:provided )?by\b"
    r"|reach (?:out|us)|ask (?:us|in|on)\b|get in touch|let (?:us|me) know"
    r"|submit(?:ting)? (?:an? |any |new )*(?:bugs?|issues?)|issues?_? (?:tab|sections?|page|tracker|here)"
    r"|use the issues|issues`|issues_(?= )|connect with (?:me|us)|follow (?:me|us) on"
    r"|(?:our|the) team\b.{0,40}\b(?:consists|members|:)|copyright\b.{0,12}\d{4}.{0,12} [a-z]{3,}"
    r"|report (?:any |an )?(?:issues?|bugs?|problems?)\b|chat with us|feel free to (?:open|contact|reach)"
    r"|questions\b.{0,60}\b(?:open|contact|issue|slack|discord|mail)"
    r"|(?:(?<!may )(?<!might )(?<!could )(?<!will )raise|open|file|submit|create) (?:an? |any |new |github )+"
    r"(?:issues?|tickets?|discussions?|bug reports?)\b)"
)
_TRACKER = Caseless(
    r"(?:(?:github|gitlab|bitbucket|codeberg)[\w.-]*/[\w.~-]+/[\w./~-]+?|\]\((?:\.\./)+)(?:issues|discussions)"
    r"(?:/new\b|/?(?=[)\s\"'>\]?#.,;]|$))"
)
"""A link to where issues or discussions are opened; one to a single issue names no place to ask."""
_NOT_CONTACT = Caseless(r"code of conduct(?!.*\b(?:other|additional) (?:questions|comments))")
_PERSON = re.compile(
    r"linkedin\.com/(?:in|company)/|twitter/follow/|(?i:contributing\.md)|graphs/contributors"
    r"|for (?:his|her|their) contributions|(?:[/.]|\b)(?:twitter|x)\.com/\w+(?![\w/?])(?!.*\bstatus/)"
    r"|(?<!inspired )(?<!presented )(?<!proposed )(?<!introduced )(?<!powered )(?<!adapted )(?<!implemented )"
    r"(?<!reported )\bby \W{0,3}(?:\[\W{0,3}[A-Z][\w.]+ [A-Z]|@\w)|^\s*[-*]?\s*\[?@\w[\w-]+\]?(?:\(|\s*$)"
    r"|^\s*(?:©|\(c\)) *\d{4}.* [A-Z][a-z]+"
    r"|kaggle\.com/(?:c|competitions)/[\w-]+/(?:discussion|writeups)/|medium\.com/@\w|^\W{0,3}[Bb]y [A-Z][a-z]+ [A-Z][a-z]+|\]\(https?://(?:www\.)?github\.com/[\w-]+/?\)",
)
"""A person's page, or a name behind "by"."""
_PERSON_HINT = re.compile(
    r"[Bb]y |@|linkedin|twitter|x\.com|contribut|kaggle\.com|medium\.com|github\.com|(?i:contributing\.md)|©|\(c\)"
)
"""One of these stands in whatever it finds."""
_MINE = re.compile(
    r"\b(?:my|our) \W?(?:\w+ ){0,2}(?:book|blog|website|web ?site|thesis|paper|publications?|channel|profile"
    r"|homepage|company)\b"
    r"|\b(?:[A-Z]\w+ ){1,3}[Tt]eam\b|\bYouTube channel\b"
)
"""What its writers call their own, or a team by its name."""
_CITED = Caseless(r"^\s*author\s*=")
"""The authors of the paper that it asks to cite."""
_ADDRESS = re.compile(
    r"(?<![\w@/:])[\w.+-]{2,64}(?:@| \[at\] |\(at\))(?!github|gitlab|bitbucket)[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b"
)
_CHAT = Caseless(
    r"(?:discord\.(?:gg|com)|slack\.com|gitter\.im|matrix\.to|groups\.google|chat\.mozilla\.org|zulipchat|t\.me)/"
)
CONTACT_WORDS = 6
"""A longer heading that names authors speaks of somebody else's."""


def tells_contact(page: Page, lines: list[str]) -> bool:
    """Whether a heading, one of these lines of prose, or the paper that it asks to cite names somebody."""
    titles = [title for title, _ in page.headings]
    return (
        any(_CONTACT_HEADING.search(title) for title in titles if len(title.split()) <= CONTACT_WORDS)
        or any(map(_names_contact, [*lines, *titles]))
        or any(map(_CITED.search, [*lines, *[code.text for code in page.code]]))
    )


def _names_contact(line: str) -> bool:
    said = (
        _CONTACT_SENTENCE.search(line)
        or (("@" in line or "at]" in line or "at)" in line) and _ADDRESS.search(line))
        or (_PERSON_HINT.search(line) and _PERSON.search(line))
        or _MINE.search(line)
    )
    return bool((said and not _NOT_CONTACT.search(line)) or _CHAT.search(line) or _TRACKER.search(line))
