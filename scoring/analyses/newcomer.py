"""What a new team member meets, by git: how long newcomers take, and who else knows a file (catalogue 9, Q5).

Nobody is named or ranked: everything is over three newcomers or four authors at least.
"""

from scoring.analyses.past import history_of
from scoring.analyses.view import View
from scoring.facts import HistoryFacts
from scoring.findings import Answer, Measure, NotApplicable, Unknown

MIN_NEWCOMERS = 3
MIN_AUTHORS = 4
"""Small teams have no truck factor to speak of (catalogue 2.5, rule 6)."""


def ramp(view: View) -> Answer:
    """Median days from a newcomer's first to tenth commit, newcomers of the last 24 months."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.newcomers_24m is not None and history.newcomers_24m < MIN_NEWCOMERS:
        return NotApplicable(f"{history.newcomers_24m} newcomers in 24 months, under {MIN_NEWCOMERS}")
    if history.ramp_days is None:
        return Unknown("fewer than three newcomers have reached their tenth commit")
    return Measure(history.ramp_days, history.ramp_population)


def breadth(view: View) -> Answer:
    """Directories that newcomers touched in their first 90 days / active directories."""
    history = history_of(view)
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
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if small := _small(history):
        return small
    if history.truck_factor is None or not history.authored_files:
        return Unknown("no ML-critical file has an author by degree of authorship")
    return Measure(float(history.truck_factor), history.authored_files)


def solo_share(view: View) -> Answer:
    """ML-critical files with exactly one author / those with an author."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if small := _small(history):
        return small
    if not history.authored_files:
        return Unknown("no ML-critical file has an author by degree of authorship")
    return Measure(len(history.solo_files) / history.authored_files, history.authored_files)


def hot_and_solo(view: View) -> Answer:
    """Top-decile hotspots with exactly one author / hotspots."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if small := _small(history):
        return small
    if not history.hot_files:
        return Unknown("no hotspot can be told yet")
    return Measure(len(history.hot_solo_files) / len(history.hot_files), len(history.hot_files))
