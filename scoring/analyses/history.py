"""What the ancestors of a commit say at a moment: churn, coupling, authorship, newcomers, upkeep (catalogue 3.6).

`HistoryIndex` is built once from the log of a head and asked for any commit of its first-parent line. Its answer is a
pure function of the commit's ancestors, the moment, the paths, the .mailmap and the ignored revisions, so a past week
computed from today's head equals the one computed from a head that stood there.

Left out are merges, bots, commits that touch more than 100 files and those of .git-blame-ignore-revs (catalogue 2.4).
A file keeps its history through renames with the very same content. Commit dates beyond belief, or more than a day
after the moment, fall in no window. No author leaves this module, only counts.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from scoring.analyses.coupling import MAX_CHANGE_SET, MIN_REVISIONS, coupled
from scoring.analyses.cut_off_ages import CutOffMiner
from scoring.analyses.history_care import care_of
from scoring.analyses.history_knowledge import MIN_AUTHORS, Knowledge, hot_files
from scoring.analyses.history_people import WALL_DAYS, newcomers, overlap
from scoring.analyses.history_places import HistoryPlaces
from scoring.analyses.history_standing import Shared, Standing
from scoring.analyses.history_timeline import DAY, Lens, Timeline, between
from scoring.analyses.sibling_edits import SiblingMiner
from scoring.analyses.swaps import SwapMiner
from scoring.facts import HistoryFacts
from scoring.sources.git import CommitLog, LoggedCommit

YEAR_DAYS, QUARTER_DAYS = 365, 90
MIN_MODELS = 2
MAX_LENSES = 2


class HistoryIndex:
    """The history of one component (`prefix` is its folder with a slash, "" for the whole repository)."""

    def __init__(self, timeline: Timeline, reason: str) -> None:
        self._timeline = timeline
        self._reason = reason
        self._lenses: dict[tuple[bytes, bytes], Shared] = {}
        self._models: tuple[tuple[str, ...], dict[int, int]] = ((), {})

    @classmethod
    def build(cls, log: CommitLog | Iterable[LoggedCommit], head: str, *, prefix: str = "") -> "HistoryIndex":
        """From all ancestors of `head`, in any order. A log with a `reason` gives facts that only carry the reason."""
        reason = log.reason if isinstance(log, CommitLog) else ""
        return cls(Timeline(log, head, prefix) if not reason else Timeline((), head, prefix), reason)

    def at(
        self,
        commit: str,
        as_of: datetime,
        places: HistoryPlaces,
        *,
        mailmap: bytes = b"",
        ignored: bytes = b"",
        miner: SwapMiner | None = None,
        ages: CutOffMiner | None = None,
        siblings: SiblingMiner | None = None,
    ) -> HistoryFacts:
        """The facts at a commit of the head's first-parent line; `mailmap` and `ignored` are the commit's own
        .mailmap and .git-blame-ignore-revs; without a `miner` changes of algorithm are not looked up, nor without
        `ages` how old cut-offs are, or without `siblings` which configurations are edited alike. Raises ValueError for
        a commit that is not on the line."""
        if self._reason:
            return HistoryFacts(reason=self._reason)
        cut = self._timeline.line.get(commit)
        if cut is None:
            raise ValueError("not a commit of the head's first-parent line")
        if self._models[0] != places.models:
            self._models = (places.models, {})
        shared = self._shared(mailmap, ignored)
        standing, now = shared.standing(cut, places), int(as_of.timestamp())
        facts = _Moment(shared, standing, self._models[1], now).facts()
        if ages is not None:
            facts = msgspec.structs.replace(facts, cut_offs=ages.at(shared.lens, standing))
        if siblings is not None:
            facts = msgspec.structs.replace(facts, sibling_edits=siblings.at(shared.lens, standing, now))
        if miner is None:
            return facts
        mined = miner.at(shared.lens, standing, now)
        return msgspec.structs.replace(facts, swaps=mined.swaps, swap_changes=mined.changes, swap_unread=mined.unread)

    def _shared(self, mailmap: bytes, ignored: bytes) -> Shared:
        """What the weeks under these two files share; the last few are kept, since weeks are asked in order."""
        key = (mailmap, ignored)
        shared = self._lenses.pop(key, None) or Shared(Lens(self._timeline, mailmap, ignored), MAX_CHANGE_SET)
        self._lenses[key] = shared
        if len(self._lenses) > MAX_LENSES:
            del self._lenses[next(iter(self._lenses))]
        return shared


class _Moment:
    """One commit at one moment under one lens."""

    def __init__(self, shared: Shared, standing: Standing, models: dict[int, int], now: int) -> None:
        self._shared = shared
        self._lens = lens = shared.lens
        self._timeline = lens.timeline
        self._standing = standing
        self._models = models
        self._cut = cut = standing.cut
        self._now = now
        self._latest = now + DAY
        self._year = lens.window(cut, now - YEAR_DAYS * DAY, self._latest)
        self._counting = lens.counting(cut, now - YEAR_DAYS * DAY, self._latest)

    def facts(self) -> HistoryFacts:
        """All that the history says of the component."""
        standing, places, shared = self._standing, self._standing.places, self._shared
        churn = self._churn()
        last = standing.last(self._latest)
        persons = self._lens.persons(self._cut)
        signature = self._timeline.signature
        authors = len({persons[signature[place]] for place in self._year})
        known = standing.knowledge(shared.authorship) if authors >= MIN_AUTHORS else Knowledge()
        hot = self._hot(churn)
        active = frozenset(shared.active.counts(frozenset(self._year)))
        new = newcomers(self._lens, self._cut, self._now, self._latest, active)
        quarter = [place for place in self._year if (self._timeline.times[place] or 0) > self._now - QUARTER_DAYS * DAY]
        research, production = self._people(persons)
        strange = [count for person, count in production.items() if person not in research]
        cochange, model_commits = self._cochange(places.models)
        degree, pairs, population = shared.coupling((standing, self._counting), self._coupling)
        readme_age, entry_points = _readme(last, places, self._now)
        solo = frozenset(known.solo)
        care = care_of(self._timeline, self._year, frozenset([number for _, number in standing.ml]))
        return HistoryFacts(
            commits=self._cut + 1,
            authors_12m=authors,
            newcomers_24m=new.count,
            truck_factor=known.truck_factor,
            language_factors=standing.factors(shared.authorship) if authors >= MIN_AUTHORS else None,
            solo_files=known.solo,
            authored_files=known.authored,
            hot_files=hot,
            hot_solo_files=tuple(path for path in hot if path in solo),
            ramp_days=new.ramp_days,
            ramp_population=new.ramp_population,
            breadth=new.breadth,
            churn_12m=churn,
            service_commits=sum([self._timeline.work(place).service for place in quarter]),
            commits_90d=len(quarter),
            deleting_commits=sum([self._timeline.work(place).removing for place in self._year]),
            commits_12m=len(self._year),
            wall_overlap=overlap(research, frozenset(production)),
            research_authors=len(research),
            production_authors=len(production),
            model_cochange=cochange,
            model_commits=model_commits,
            coupling_degree=degree,
            coupled=pairs,
            coupling_population=population,
            last_change=standing.dated(last, shared.moment),
            readme_age_days=readme_age,
            entry_points_changed=entry_points,
            untraced_commits=care.untraced,
            config_commits=care.config_commits,
            config_untraced=care.config_untraced,
            config_repairs=care.config_repairs,
            addition_files=care.addition_files,
            additions=care.additions,
            production_commits=sum(production.values()),
            strange_commits=sum(strange),
        )

    def _churn(self) -> dict[str, int]:
        """path -> revisions in 365 days, where there are any."""
        counts = self._shared.revisions.counts(self._counting)
        return {path: counts[number] for path, number in self._standing.numbers.items() if number in counts}

    def _hot(self, churn: Mapping[str, int]) -> tuple[str, ...]:
        places = self._standing.places
        revisions = {path: churn.get(path, 0) for path in places.ml}
        return self._shared.hot((revisions, places.lines), lambda: hot_files(revisions, places.lines))

    def _people(self, persons: list[int]) -> tuple[frozenset[int], dict[int, int]]:
        """(who changed research in two years, who changed production and in how many commits)."""
        window = self._lens.counting(self._cut, self._now - WALL_DAYS * DAY, self._latest)
        shared, standing = self._shared, self._standing
        return (
            frozenset(shared.research.changes(standing.research, persons, window)),
            shared.production.changes(standing.production, persons, window),
        )

    def _cochange(self, models: tuple[str, ...]) -> tuple[float | None, int]:
        """(share of commits of at most 30 files to code of two model folders or more, commits to code of any)."""
        if len(models) < MIN_MODELS:
            return None, 0
        counts, holders = self._models, frozenset(models)
        for place in self._year:
            if place not in counts:
                held = {_model_of(folder, holders) for folder in self._timeline.code_folders(place)}
                counts[place] = len(held - {None})
        small = [counts[place] for place in self._year if len(self._timeline.touched[place]) <= MAX_CHANGE_SET]
        touching = [count for count in small if count]
        return (sum(count > 1 for count in touching) / len(touching) if touching else None), len(touching)

    def _coupling(self) -> tuple[float | None, tuple[tuple[str, str, float], ...], int]:
        touched = self._timeline.touched
        start = self._now - YEAR_DAYS * DAY
        counts = self._shared.narrow.counts(self._counting)
        often = [(path, number) for path, number in self._standing.ml if counts.get(number, 0) >= MIN_REVISIONS]
        known: dict[int, list[int]] = {}

        def revisions(number: int) -> list[int]:
            if number not in known:
                state = self._lens.state(number, self._cut)
                low, high = between(state, start, self._latest)
                known[number] = [place for place in state.places[low:high] if len(touched[place]) <= MAX_CHANGE_SET]
            return known[number]

        return coupled(often, revisions, touched.__getitem__, self._standing.names)


def _model_of(folder: str, models: frozenset[str]) -> str | None:
    """The deepest model folder that holds this folder. A model at the root has the root's own files only: what lies
    in other folders there is shared."""
    while folder not in models:
        folder = folder.rpartition("/")[0]
        if not folder:
            return None
    return folder


def _readme(last: Mapping[str, int], places: HistoryPlaces, now: int) -> tuple[float | None, float | None]:
    """(days since the README changed, share of entry points changed after it)."""
    changed = last.get(places.readme)
    if not places.readme or changed is None:
        return None, None
    known = [last[path] for path in places.entry_points if path in last]
    share = sum(time > changed for time in known) / len(known) if known else None
    return max(0.0, (now - changed) / DAY), share
