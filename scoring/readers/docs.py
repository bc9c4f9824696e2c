"""Prose: README, model cards, guides, runbooks. What it covers of the five checks of doc.1, and the commands it shows.

Only a README is checked, by `docs_checks`.
"""

import re
from functools import partial

from scoring.facts import Command, DocFacts
from scoring.readers.base import Reader
from scoring.readers.decoding import text_of
from scoring.readers.docs_checks import checks_of, installs_of, is_english
from scoring.readers.docs_contests import enters_contest
from scoring.readers.docs_lessons import teaches
from scoring.readers.docs_markup import CodeLine, Page, scan

VERSION = 10
MAX_COMMANDS = 2_000
SHOWN = 300

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
_CARD_HEADING = re.compile(
    r"\b(?:intended uses?|out[- ]of[- ]scope|model details|model description|limitations|bias(?:es)?"
    r"|ethical considerations"
    r"|training data|training procedure|evaluation (?:data|results)|caveats|environmental impact|factors"
    r"|quantitative analys[ei]s)\b",
    re.IGNORECASE,
)
CARD_HEADINGS = 3


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


def _kind(named: str, page: Page) -> str:
    """The kind of the name; prose with a model card's headings is one."""
    if named == "prose" and sum(1 for title, _ in page.headings if _CARD_HEADING.search(title)) >= CARD_HEADINGS:
        return "model-card"
    return named


_MODULES = re.compile(
    r"(?<![\w./-])[\w./-]{1,120}\.py\b|\bfrom [\w.]{2,120}(?= import)|\bimport [\w.]{2,120}"
    r"|\b(?:auto[a-z]{3,20}|(?:current|py:)?module):: [\w.]{2,120}|::: [\w.]{2,120}"
)


def _modules(text: str) -> str:
    """Paths of Python files, and dotted names after `import` or `from` or in a directive that documents them, wherever
    they stand."""
    if ".py" not in text and "import " not in text and ":: " not in text:
        return ""
    lines = "\n".join([line for line in text.split("\n") if ".py" in line or "import " in line or ":: " in line])
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
        checks=checks_of(page, commands) if named == "readme" else (),
        front_matter=page.front_matter,
        teaches=named == "readme" and teaches(page),
        enters_contest=named == "readme" and enters_contest(page),
        modules=_modules(text),
        installs=installs_of(text) if named == "readme" else (),
        english=named != "readme" or is_english(page),
    )


READERS = tuple(
    Reader(f"docs.{kind}", VERSION, partial(_read, kind))
    for kind in ("readme", "model-card", "datasheet", "contributing", "runbook", "checklist", "changelog", "prose")
)
