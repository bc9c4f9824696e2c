"""What a new team member meets: what the fifth litmus question measures by itself (catalogue 9, Q5)."""

from scoring.analyses.view import View
from scoring.facts import HistoryFacts
from scoring.findings import Answer, Measure, NotApplicable, Unknown

MIN_NEWCOMERS = 3
MIN_AUTHORS = 4
"""Small teams have no truck factor to speak of (catalogue 2.5, rule 6)."""

SETUP_FILES = frozenset(
    {
        "makefile",
        "justfile",
        "tox.ini",
        "noxfile.py",
        "taskfile.yml",
        "taskfile.yaml",
        "docker-compose.yml",
        "docker-compose.yaml",
        "compose.yml",
        "compose.yaml",
        "devcontainer.json",
        "environment.yml",
        "uv.lock",
        "poetry.lock",
        "pdm.lock",
    }
)
SETUP_WORDS = (
    "make ",
    "just ",
    "tox",
    "nox",
    "task ",
    "docker compose",
    "docker-compose",
    "devcontainer",
    "uv sync",
    "uv run",
    "poetry install",
    "pdm install",
    "pip install -e",
    "pip install .",
    "conda env create",
)


def _history(view: View) -> HistoryFacts | Unknown:
    history = view.history
    if history is None or history.reason:
        return Unknown(history.reason if history else "the history was not read")
    return history


def ramp(view: View) -> Answer:
    """Median days from a newcomer's first to tenth commit, newcomers of the last 24 months."""
    history = _history(view)
    if isinstance(history, Unknown):
        return history
    if history.newcomers_24m is not None and history.newcomers_24m < MIN_NEWCOMERS:
        return NotApplicable(f"{history.newcomers_24m} newcomers in 24 months, under {MIN_NEWCOMERS}")
    if history.ramp_days is None:
        return Unknown("fewer than three newcomers have reached their tenth commit")
    return Measure(history.ramp_days, history.ramp_population)


def breadth(view: View) -> Answer:
    """Directories that newcomers touched in their first 90 days / active directories."""
    history = _history(view)
    if isinstance(history, Unknown):
        return history
    if history.newcomers_24m is not None and history.newcomers_24m < MIN_NEWCOMERS:
        return NotApplicable(f"{history.newcomers_24m} newcomers in 24 months, under {MIN_NEWCOMERS}")
    if history.breadth is None:
        return Unknown("too few newcomers to tell")
    return Measure(history.breadth, history.newcomers_24m or MIN_NEWCOMERS)


def _small(history: HistoryFacts) -> NotApplicable | None:
    if history.authors_12m is not None and history.authors_12m < MIN_AUTHORS:
        return NotApplicable(f"{history.authors_12m} authors in 12 months, under {MIN_AUTHORS}")
    return None


def truck_factor(view: View) -> Answer:
    """Truck factor of the ML-critical files (Avelino et al. 2016)."""
    history = _history(view)
    if isinstance(history, Unknown):
        return history
    if small := _small(history):
        return small
    if history.truck_factor is None or not history.authored_files:
        return Unknown("no ML-critical file has an author by degree of authorship")
    return Measure(float(history.truck_factor), history.authored_files)


def solo_share(view: View) -> Answer:
    """ML-critical files with exactly one author / those with an author."""
    history = _history(view)
    if isinstance(history, Unknown):
        return history
    if small := _small(history):
        return small
    if not history.authored_files:
        return Unknown("no ML-critical file has an author by degree of authorship")
    return Measure(len(history.solo_files) / history.authored_files, history.authored_files)


def hot_and_solo(view: View) -> Answer:
    """Top-decile hotspots with exactly one author / hotspots."""
    history = _history(view)
    if isinstance(history, Unknown):
        return history
    if small := _small(history):
        return small
    if not history.hot_files:
        return Unknown("no hotspot can be told yet")
    return Measure(len(history.hot_solo_files) / len(history.hot_files), len(history.hot_files))


def one_command_setup(view: View) -> Answer:
    """A set-up command exists, the README shows it, and CI runs it: 1; only exists or partly: .5; none: 0."""
    exists = any(entry.path.rsplit("/", 1)[-1].lower() in SETUP_FILES for entry in view.files)
    shown = any(
        _sets_up(command.text) for _, facts in view.docs if facts.kind == "readme" for command in facts.commands
    )
    run = any(_sets_up(command.text) for _, facts in view.ci for command in facts.commands)
    if not exists and not shown:
        return Measure(0.0, 1, note="no set-up command found")
    if exists and shown and run:
        return Measure(1.0, 1)
    return Measure(
        0.5,
        1,
        note=f"exists {exists}, in the README {shown}, run by CI {run}".replace("True", "yes").replace("False", "no"),
    )


def _sets_up(command: str) -> bool:
    return any(word in command + " " for word in SETUP_WORDS)
