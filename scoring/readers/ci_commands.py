"""Does a command of a CI definition run Python tests?

A definition that installs pytest, lints, publishes or greets runs none. Commands inside a called script count by the
script's name alone, as a reader sees one file. Tests of other languages (npm, go, cargo, ctest) are kept apart: they
say nothing about the Python of a repository.
"""

import re

from scoring.facts import Command

MAX_TEXT = 2_000
SHOWN = 500

_PARTS = re.compile(r"&&|\|\||[;|\n]|\bthen\b|\bdo\b|\belse\b")
_QUOTES = re.compile(r"^[\s\"'({!@+-]+")
_PREFIX = re.compile(
    r"^(?:[A-Za-z_]\w*=(?:\"[^\"]*\"|'[^']*'|\S*)\s+|(?:sudo|time|exec|command|env|travis_retry|travis_wait|nohup|unbuffer)\s+"
    r"|xvfb-run(?:\s+-\S+(?:\s+\"[^\"]*\")?)*\s+|timeout\s+(?:-\S+\s+)*\S+\s+|if\s+|!\s+"
    r"|(?:bash|sh)\s+-\w*c\s+[\"']?|poetry\s+run\s+|pipenv\s+run\s+|pdm\s+run\s+|rye\s+run\s+|uv\s+run\s+|hatch\s+run\s+"
    r"|(?:conda|mamba|micromamba)\s+run\s+(?:--?\S+\s+)*(?:\S+\s+(?=python|pytest|bash|make))?)"
)
_OPTION = re.compile(r"^--?[\w-]+(?:=\S+)?\s+")
_SAYS_ONLY = re.compile(
    r"^(?:echo|printf|cat|grep|sed|awk|cp|mv|rm|ls|mkdir|cd|export|set|git|gh|curl|wget|apt|apt-get|yum|dnf|apk|brew|choco"
    r"|which|tee|touch|ln|chmod|source|codecov|coveralls|flake8|ruff|black|isort|mypy|pylint|pre-commit|bandit|twine"
    r"|conda\s+(?:install|create|env)|mamba\s+(?:install|create|env)|npm|npx|yarn|pnpm|go|cargo|mvn|gradle|\./gradlew|ctest)\b"
)
_INSTALLS = re.compile(
    r"^(?:\S*python[\d.]*\s+-m\s+)?\S*(?:pip[\d.]*|uv\s+pip|uv|poetry|pipenv|pdm|pipx|easy_install)\s+"
    r"(?:-\S+\s+)*(?:install|add|sync|lock|download|wheel|tool|uninstall|freeze|list|compile)\b"
)
_RUNNER = re.compile(
    r"(?:^|\s|[\"']|bin/)(?:pytest|py\.test|nosetests[\d.]*|nose2|stestr|trial|green)(?=[\s\"'`)]|$)"
    r"|-m\s+(?:pytest|unittest|nose|nose2|xdist|testtools\.run|tests?(?:\.\w+)*)(?=[\s\"'`)]|$)"
    r"|\bcoverage[\d.]*\s+run\b|\bsetup\.py\s+(?:test|pytest|nosetests)\b|\bmanage\.py\s+test\b|\brunipy\b"
    r"|^(?:hatch|rye|pdm|uv)\s+test\b|--nbval"
)
_NO_RUN = re.compile(r"\s--(?:version|help|collect-only|co)\b")
_TOX = re.compile(r"(?:^|\s)(?:tox|nox)(?=\s|$)")
_TOX_NAMED = re.compile(
    r"\s(?:-e|-s|--env|--envlist|--sessions?|-e=)\s*[=\"']?([\w.,:${}\s-]+?)(?=[\"']|\s-|\s[a-z]|$)"
)
_NOT_TESTS = re.compile(
    r"(?:^|[-_:.])(?:lint|linters?|linting|flake8|ruff|pylint|docs?|style|mypy|typing|types|typecheck|black|format|fmt|isort"
    r"|build|dist|releases?|publish|pypi|upload|deploy|pre[-_]?commit|packaging|package|changelog|coverage[-_]report|clean"
    r"|setup|install|fetch(?:er)?|download|notify|suggest|extract|select|filter|generate|prepare|push|pull|split)(?:[-_:.]|$)"
    r"|tests?[-_](?:data|deps|dependencies|requirements|results?|reports?|env|environment|images?|summary|list|map|matrix"
    r"|missing|utils?|config|fetcher|times|durations)(?:[-_:.]|$)"
)
_TARGET = re.compile(r"^(?:make|gmake|just|task|inv|invoke|poe|doit|rake|hatch\s+run|pdm\s+run|poetry\s+run)\s+(.*)$")
_TEST_WORD = re.compile(
    r"(?:^|[-_:./])(?:py|unit|integration|smoke|e2e|run|all|ci|functional)?[-_]?tests?(?:ing)?(?:$|[-_:./\d])"
)
_SCRIPT = re.compile(
    r"^(?:(?:\S*python[\d.]*|bash|sh|zsh|source|\.)\s+(?:-\S+\s+)*)?(\S+\.(?:py|sh|bash|bat|ps1|cmd))(?=[\s\"'`)]|$)"
)
_BARE_SCRIPT = re.compile(r"^(\.{0,2}/?[\w./-]+/[\w.-]+)(?=\s|$)")
_CONTAINED = re.compile(r"^docker(?:-compose|\s+compose)?\s+(?:run|exec)\s+(.*)$")
_RUNS_PROGRAM = re.compile(
    r"(?:^|[\s;&|])(?:\S*python[\d.]*|papermill|jupyter|(?:ba)?sh|\.)\s+(?!-m\s+pip|-V|--version)\S|^\s*\./\S"
)
_TEST_STEP = re.compile(
    r"(?:run\s+)?(?:the\s+)?(?:(?:unit|integration|smoke|functional|regression|e2e|end-to-end|all|slow|fast|quick|cpu|gpu"
    r"|python|acceptance|system|basic|simple)\s+)?tests?(?:ing)?\b"
    r"(?!\s*(?:reports?|results?|coverage|data|releases?|deploy|env|dependencies|requirements|summary|install\w*|upload\w*|publish\w*))",
    re.IGNORECASE,
)


def runs_tests(text: str) -> bool:
    """Whether one command, or the commands of one line, run Python tests."""
    return any(map(_part_runs_tests, parts_of(text)))


def parts_of(text: str) -> list[str]:
    """The commands of one line."""
    return _PARTS.split(text[:MAX_TEXT])


def line_of_test_step(name: str, commands: list[Command]) -> int:
    """The line where a step that is called a test runs a program, or 0: smoke tests that call a program are tests."""
    if _TEST_STEP.match(name.strip()):
        for command in commands:
            if _RUNS_PROGRAM.search(command.text) and not _INSTALLS.match(_stripped(command.text)):
                return command.line
    return 0


def named_for_tests(name: str) -> bool:
    """Whether a job, template, reusable workflow or local action is called after tests that it runs."""
    stem = name.lower().partition("@")[0].rstrip("/")
    stem = re.sub(r"\.(?:ya?ml|groovy|json)$", "", stem.rpartition("/")[2] or stem)
    return bool(
        _TEST_WORD.search(stem) or re.search(r"(?:^|[-_])(?:tox|pytest|unittest|nox)", stem)
    ) and not _NOT_TESTS.search(stem)


def _part_runs_tests(part: str) -> bool:
    command = _stripped(part)
    contained = _CONTAINED.match(command)
    if contained:
        return bool(_RUNNER.search(contained[1])) and not _NO_RUN.search(contained[1])
    if not command or _SAYS_ONLY.match(command) or _INSTALLS.match(command):
        return False
    if _RUNNER.search(command):
        return not _NO_RUN.search(command)
    if _TOX.search(command):
        return _tox_runs_tests(command)
    target = _TARGET.match(_QUOTES.sub("", part)) or _TARGET.match(command)
    if target:
        return any(_is_test_name(word) for word in target[1].split() if not word.startswith("-") and "=" not in word)
    script = _SCRIPT.match(command) or _BARE_SCRIPT.match(command)
    return bool(script) and _is_test_name(script[1].rpartition("/")[2]) if script else False


def _stripped(part: str) -> str:
    command = _QUOTES.sub("", part)
    for _ in range(8):
        shorter = _PREFIX.sub("", command)
        if shorter == command:
            return command
        command = shorter
        while _OPTION.match(command):
            command = _OPTION.sub("", command, count=1)
    return command


def _tox_runs_tests(command: str) -> bool:
    """tox and nox run tests unless every environment they are given is for something else."""
    named = _TOX_NAMED.findall(command[:SHOWN])
    names = [name for listed in named for name in re.split(r"[,\s]+", listed) if name]
    return not names or any(not _NOT_TESTS.search(name.lower()) for name in names)


def _is_test_name(name: str) -> bool:
    stem = re.sub(r"\.(?:py|sh|bash|bat|ps1|cmd)$", "", name.lower())
    return bool(_TEST_WORD.search(stem)) and not _NOT_TESTS.search(stem)


def split_script(text: str, line: int) -> list[Command]:
    """The commands of a script: its lines, continuations joined, comments and blank lines left out.

    Whole, so that they can be judged; `shown` cuts what is kept of them.
    """
    commands: list[Command] = []
    pending, start = "", 0
    for offset, raw in enumerate(text.split("\n")):
        bare = raw[:MAX_TEXT].strip()
        if not pending and (not bare or bare.startswith("#")):
            continue
        start = start or line + offset
        if bare.endswith("\\") and len(pending) < MAX_TEXT:
            pending += bare[:-1].rstrip() + " "
            continue
        commands.append(Command(start, pending + bare))
        pending, start = "", 0
    if pending:
        commands.append(Command(start, pending.strip()))
    return commands


def shown(commands: list[Command]) -> tuple[Command, ...]:
    """The commands as facts keep them."""
    return tuple(Command(command.line, command.text[:SHOWN]) for command in commands)
