"""Prose: README, model cards, guides, runbooks. What it covers of the five checks of doc.1, and the commands it shows.

Only a README is checked. A check is passed by a heading, by a command of the right kind, or (purpose, data, contact) by
a sentence that says it; a word alone never passes one.
"""

import re
from functools import partial

from scoring.facts import Command, DocFacts
from scoring.readers.base import Reader
from scoring.readers.decoding import text_of
from scoring.readers.docs_lessons import teaches
from scoring.readers.docs_markup import CodeLine, Page, plain, scan

VERSION = 7
MAX_COMMANDS = 2_000
MAX_SENTENCES = 3_000
SENTENCE_CUT = 600
SHOWN = 300
PURPOSE_WORDS = 8
OPENING_LINES = 60

_SHELL = frozenset({"bash", "sh", "shell", "console", "zsh", "terminal", "cmd", "powershell", "bat", "ps1"})
_UNNAMED = frozenset({"", "indented", "text", "txt", "py", "python", "none"})
_COMMAND = re.compile(
    r"^(?:(?:\$|>|%|!|PS>)\s*)?(?:sudo\s+)?(?:[A-Z_]+=\S+\s+)*(?:python[\d.]*|pip[\d.]*|conda|mamba|poetry|uv"
    r"|uvx|pipenv|pdm|hatch"
    r"|make|just|tox|nox|pytest|docker|docker-compose|git|dvc|mlflow|cml|kedro|zenml|metaflow|prefect|airflow"
    r"|dagster|dbt"
    r"|accelerate|torchrun|deepspeed|horovodrun|jupyter|streamlit|uvicorn|gunicorn|flask|papermill|wget|curl"
    r"|gsutil|gdown|kaggle"
    r"|aws|gcloud|az|kubectl|helm|terraform|npm|npx|yarn|bash|sh|source|cd|mkdir|export|virtualenv|apt|apt-get"
    r"|brew|yum"
    r"|roslaunch|rosrun|rosbag|catkin_make|cmake|\./\S+|ludwig|huggingface-cli|pre-commit|wandb|ray|tar|unzip"
    r"|chmod|cp|mv)(?:\s|$)"
)
_PROMPT = re.compile(r"^(?:\([\w.-]+\)\s*)?(?:\$|>|%|!|PS>)\s+|^!(?=\w)")
_INLINE = re.compile(r"`([^`\n]{4,200})`")

_SETUP_HEADING = re.compile(
    r"\b(?:install(?:ation|ing)?|set[- ]?up|setting up|getting started|quick[- ]?start(?:ed)?|pre-?requisites?"
    r"|requirements?"
    r"|dependenc(?:y|ies)|environment|building|build from source|how to (?:install|build|start)|configuration)\b",
    re.IGNORECASE,
)
_SETUP_COMMAND = re.compile(
    r"\b(?:pip[\d.]*\s+install|conda\s+(?:env\s+create|create|install)|mamba\s+(?:env|create|install)"
    r"|poetry\s+install|uv\s+(?:sync|pip"
    r"|add|venv)|pipenv\s+install|pdm\s+install|setup\.py\s+(?:install|develop)|docker(?:-compose"
    r"|\s+compose)?\s+(?:build|pull)"
    r"|make\s+(?:install|setup|init|requirements|env\w*)|(?:apt|apt-get|brew|yum|dnf)\s+(?:-\S+\s+)*install"
    r"|virtualenv|-m\s+venv"
    r"|npm\s+(?:install|ci)|catkin_make|devtools::install|install\.packages)\b"
)
_SETUP_SENTENCE = re.compile(r"\b(?:install(?:ation|ing)?|set-?up)\b.*\]\(", re.IGNORECASE)
_RUN_HEADING = re.compile(
    r"\b(?:usage|how to (?:use|run|train)|run(?:ning)?|train(?:ing)?|infer(?:ence|ring)?|evaluat(?:e|ion|ing)"
    r"|predict(?:ions?|ing)?"
    r"|fine-?tun(?:e|ing)|quick[- ]?start|getting started|demo|examples?|tutorials?|reproduc(?:e|ing|tion)"
    r"|deploy(?:ment|ing)?"
    r"|serving|testing|instructions)\b",
    re.IGNORECASE,
)
_RUN_COMMAND = re.compile(
    r"^(?:[A-Z_]+=\S+\s+)*(?:python[\d.]*\s+(?!-m\s+(?:pip|venv|virtualenv)\b|setup\.py|--version|-V)(?:-\S+\s+)*\S+"
    r"|dvc\s+(?:repro|exp\s+run)|mlflow\s+(?:run|models|ui|server)|docker(?:-compose|\s+compose)?\s+(?:\S+\s+)*(?:run|up)\b"
    r"|accelerate\s+launch|torchrun|deepspeed|jupyter|streamlit\s+run|uvicorn|gunicorn|flask\s+run|papermill"
    r"|make\s+(?!install|setup|init|requirements|env)\w+|(?:ba)?sh\s+\S+\.sh|\./\S+|roslaunch|rosrun|uv\s+run|poetry\s+run"
    r"|kedro\s+run|dbt\s+(?:run|build)|prefect|ray\s+submit|ludwig\s+\w+)"
)
_RUN_SENTENCE = re.compile(
    r"\b(?:run(?:ning)?|self-?host(?:ed|ing)?|deploy(?:ing|ment)?|train(?:ing)?|usage|get(?:ting)? started"
    r"|documentation|user guide|tutorials?)\b.*\]\(",
    re.IGNORECASE,
)
_DATA_HEADING = re.compile(
    r"\b(?:data ?sets?|data (?:sources?|preparation|download|origin|description|collection|acquisition|card)"
    r"|(?:training|input|raw|evaluation|benchmark) data|(?:the )?data$|corpus|corpora|download(?:ing)? (?:the )?data)\b"
    r"|^data\b(?! (?:structures?|types?|augmentation|model|pipeline|flow|science|loader|parallel|class))",
    re.IGNORECASE,
)
_DATA_COMMAND = re.compile(
    r"\bdvc\s+(?:pull|get|import|fetch)|\bkaggle\s+(?:datasets|competitions)|\bgdown\b|load_dataset\("
    r"|data\w*\s*=\s*[\x22']?(?:https?|s3|gs)://"
    r"|download\w*[-_]?\w*data|(?:get|fetch|prepare|download)_(?:\w+_)?(?:data|dataset|corpus|coco|imagenet)\w*"
    r"|(?:wget|curl|gsutil|aws\s+s3).*(?:data|corpus)",
    re.IGNORECASE,
)
_DATA_SENTENCE = re.compile(
    r"\b(?:data ?sets?|training data|corpus|corpora|data (?:is|are|was|were|comes?|can be|from|generated))\b"
    r".*(?:https?://|\]\(|s3://|gs://|kaggle|zenodo|doi\.org)"
    r"|(?:https?://|\]\().*\b(?:data ?sets?|training data|corpus)\b"
    r"|kaggle\.com/(?:c|competitions|datasets)/|\bdrivendata\.org/competitions/",
    re.IGNORECASE,
)
_CONTACT_HEADING = re.compile(
    r"\b(?:contacts?|maintainers?|maintained by|authors?|owners?|ownership|(?:the |core |our |about the )?team$"
    r"|^(?:getting |get )?support$|support (?:us|channels?)|(?:and|&) support$|community|getting help|get help|help$"
    r"|questions|feedback|who (?:are we|we are|maintains)|contributors|developers$|code owners|people|communication)\b",
    re.IGNORECASE,
)
_CONTACT_SENTENCE = re.compile(
    r"\b(?:contact (?:us|me|the|[A-Z]\w+|\[)|contacts?:|e-?mail(?: us| me|s?:)|maintained by (?!the community)"
    r"|maintainers?:|authors?:|owned by|created by|developed by|reach (?:out|us)|ask (?:us|in|on)\b|get in touch"
    r"|report (?:any |an )?(?:issues?|bugs?|problems?)\b|chat with us|feel free to (?:open|contact|reach)"
    r"|questions\b.{0,60}\b(?:open|contact|issue|slack|discord|mail)"
    r"|(?:(?<!may )(?<!might )(?<!could )(?<!will )raise|open|file|submit|create) (?:an? |any |new |github )+"
    r"(?:issues?|tickets?|discussions?|bug reports?)\b)",
    re.IGNORECASE,
)
_TRACKER = re.compile(
    r"(?:(?:github|gitlab|bitbucket|codeberg)[\w.-]*/[\w.~-]+/[\w./~-]+?|\]\((?:\.\./)+)(?:issues|discussions)"
    r"(?:/new\b|/?(?=[)\s\"'>\]?#.,;]|$))",
    re.IGNORECASE,
)
"""A link to where issues or discussions are opened; one to a single issue names no place to ask."""
_NOT_CONTACT = re.compile(r"code of conduct(?!.*\b(?:other|additional) (?:questions|comments))", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<![\w@/:])[\w.+-]{2,64}(?:@| \[at\] |\(at\))(?!github|gitlab|bitbucket)[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b"
)
_CHAT = re.compile(
    r"(?:discord\.(?:gg|com)|slack\.com|gitter\.im|matrix\.to|groups\.google|chat\.mozilla\.org|zulipchat|t\.me)/",
    re.IGNORECASE,
)
_PURPOSE_HEADING = re.compile(
    r"\b(?:about|overview|introduction|intro|what (?:is|are|does)|motivation|background|description|summary"
    r"|abstract|purpose|goals?"
    r"|objectives?|features|problem(?: statement)?|why\b|key features|highlights|use cases?|scope)\b",
    re.IGNORECASE,
)
_PURPOSE_TITLE = re.compile(
    r"(?:code|source|companion|supplementa\w+|materials?|accompanying)\b.{0,40}\b(?:repositor(?:y|ies)|repo|for|to|of)\b"
    r"|\b(?:repositor(?:y|ies)|repo|code|notebooks) (?:for|of|to)\b",
    re.IGNORECASE,
)
"""A title that says what the repository holds: code of a book, a paper, a course."""
_PURPOSE_SENTENCE = re.compile(
    r"\b(?:code|examples|notebooks|materials?|repositor(?:y|ies)|scripts)\b.{0,40}"
    r"\b(?:accompan(?:y|ies|ying)|that go(?:es)? with|companion)\b"
    r"|\b(?:this|the) (?:repositor(?:y|ies)|repo|project|package|library)"
    r" (?:is (?:an?|the|about|for)|contains|holds|provides|implements|hosts)\b|^this is (?:\w+ ){1,6}(?:for|of|to)\b",
    re.IGNORECASE,
)
"""A sentence further down that says it."""
_NOT_PURPOSE = re.compile(
    r"^(?:to (?:run|install|use|train|start|get)|first|run|install|use the|see|please|click|download|clone|copy"
    r"|make sure|todo|note"
    r"|warning|english|\||\[!|this (?:file|folder|directory|page)\b|\.\. )",
    re.IGNORECASE,
)
_CARD_HEADING = re.compile(
    r"\b(?:intended uses?|out[- ]of[- ]scope|model details|model description|limitations|bias(?:es)?"
    r"|ethical considerations"
    r"|training data|training procedure|evaluation (?:data|results)|caveats|environmental impact|factors"
    r"|quantitative analys[ei]s)\b",
    re.IGNORECASE,
)
_DECORATION = ("<", "|", "[![", "![")
CARD_HEADINGS = 3
CONTACT_WORDS = 6
"""A longer heading that names authors speaks of somebody else's."""


def _commands(page: Page) -> list[Command]:
    """Commands of shell blocks, continuations joined; of blocks without a language, lines that begin with one."""
    prompted = {code.block for code in page.code if _PROMPT.match(code.text)}
    commands: list[Command] = []
    pending, start = "", 0
    for code in page.code:
        text = _PROMPT.sub("", code.text)
        if pending:
            text = pending + text
        elif not text or text.startswith(("#", "//", "REM ")) or not _is_command(code, prompted):
            continue
        start = start or code.line
        if text.endswith("\\"):
            pending = text[:-1].rstrip()[:SHOWN] + " "
            continue
        commands.append(Command(start, text[:SHOWN]))
        pending, start = "", 0
        if len(commands) >= MAX_COMMANDS:
            break
    return commands


def _is_command(code: CodeLine, prompted: set[int]) -> bool:
    if code.block in prompted and code.language not in ("py", "python"):
        return bool(_PROMPT.match(code.text))
    if code.language in _SHELL:
        return True
    if code.language not in _UNNAMED:
        return False
    return bool(_COMMAND.match(code.text)) and not re.match(r"^\w+\s*[=(]", code.text)


def _opening_says_purpose(page: Page) -> bool:
    """The first sentence of prose before the second heading or so: what this is, in at least PURPOSE_WORDS words."""
    second = page.headings[2][1] if len(page.headings) > 2 else OPENING_LINES * 10
    paragraph: list[str] = []
    last = 0
    for number, line in page.prose[:OPENING_LINES]:
        if number > max(second, 12):
            break
        text = plain(line[:SENTENCE_CUT])
        if number > last + 1:
            paragraph = []
        last = number
        quoted = line.startswith((">", "<")) and len(text.split()) >= PURPOSE_WORDS
        decoration = line.startswith((*_DECORATION, "- [", "* [", ">"))
        if not text or ((decoration or _NOT_PURPOSE.match(text)) and not quoted):
            continue
        paragraph += [word for word in text.split() if word[0].isalpha()]
        if len(paragraph) >= PURPOSE_WORDS:
            return True
    return False


def _checks(page: Page, commands: list[Command]) -> tuple[str, ...]:
    titles = [title for title, _ in page.headings]
    lines = [line[:SENTENCE_CUT] for _, line in page.prose[:MAX_SENTENCES]]
    shown = [command.text for command in commands] + [code for line in lines for code in _INLINE.findall(line)]
    sources = [code.text for code in page.code]
    example = any(code.language in ("py", "python", "r", "julia") for code in page.code)
    passed = {
        "purpose": any(map(_PURPOSE_HEADING.search, titles))
        or any(map(_PURPOSE_TITLE.search, titles[:1]))
        or _opening_says_purpose(page)
        or any(_PURPOSE_SENTENCE.search(line) for line in lines if not line.startswith(_DECORATION)),
        "set-up": any(map(_SETUP_HEADING.search, titles))
        or any(map(_SETUP_COMMAND.search, shown))
        or any(_SETUP_SENTENCE.search(line) for line in lines if not line.startswith(_DECORATION)),
        "run": any(map(_RUN_HEADING.search, titles))
        or any(map(_RUN_COMMAND.search, shown))
        or example
        or any(_RUN_SENTENCE.search(line) for line in lines if not line.startswith(_DECORATION)),
        "data": any(map(_DATA_HEADING.search, titles))
        or any(map(_DATA_COMMAND.search, shown + sources))
        or any(_DATA_SENTENCE.search(line) for line in lines if not line.startswith(_DECORATION)),
        "contact": any(_CONTACT_HEADING.search(title) for title in titles if len(title.split()) <= CONTACT_WORDS)
        or any(_names_contact(line) for line in lines),
    }
    return tuple(name for name, found in passed.items() if found)


def _names_contact(line: str) -> bool:
    said = _CONTACT_SENTENCE.search(line) or _ADDRESS.search(line)
    return bool((said and not _NOT_CONTACT.search(line)) or _CHAT.search(line) or _TRACKER.search(line))


def _kind(named: str, page: Page) -> str:
    """The kind of the name; prose with a model card's headings is one."""
    if named == "prose" and sum(1 for title, _ in page.headings if _CARD_HEADING.search(title)) >= CARD_HEADINGS:
        return "model-card"
    return named


_MODULES = re.compile(r"(?<![\w./-])[\w./-]{1,120}\.py\b|\bfrom [\w.]{2,120}(?= import)|\bimport [\w.]{2,120}")


def _modules(text: str) -> str:
    """Paths of Python files and dotted names after `import` or `from`, wherever they stand."""
    if ".py" not in text and "import " not in text:
        return ""
    lines = "\n".join([line for line in text.split("\n") if ".py" in line or "import " in line])
    return " ".join(sorted({found.rpartition(" ")[2] for found in _MODULES.findall(lines)}))


def _read(named: str, data: bytes) -> DocFacts:
    text = text_of(data)
    page = scan(text)
    commands = _commands(page)
    words = sum(len(line.split()) for _, line in page.prose)
    return DocFacts(
        kind=_kind(named, page),
        headings=page.headings,
        commands=tuple(commands),
        words=words,
        checks=_checks(page, commands) if named == "readme" else (),
        front_matter=page.front_matter,
        teaches=named == "readme" and teaches(page),
        modules=_modules(text),
    )


READERS = tuple(
    Reader(f"docs.{kind}", VERSION, partial(_read, kind))
    for kind in ("readme", "model-card", "datasheet", "contributing", "runbook", "checklist", "changelog", "prose")
)
