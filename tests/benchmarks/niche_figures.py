"""What scores of labelled repositories tell: AUC with its interval, beside another tool, by halves and by debt.

`bench_niche` prints them, and says what is measured and why.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from statistics import fmean
from typing import NamedTuple

CONFIDENCE = 0.95


class Label(NamedTuple):
    """One row of NICHE."""

    repository: str
    engineered: bool
    commits: int


class Scored(NamedTuple):
    """A labelled repository with its scores; more is better."""

    label: Label
    debts: float
    """By all debts that apply."""
    seen: float
    """By those of which something was seen."""
    rubric: float
    artefacts: int = 0
    """Tests of the rubric that are implemented, seen running or not."""
    worst: Mapping[str, float] = {}
    """Debt -> its worst index, of those of which something was seen; the design defects as one."""


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative; equals count half."""
    wins = sum((one > other) + 0.5 * (one == other) for one in positive for other in negative)
    return wins / (len(positive) * len(negative))


def interval(
    positive: int, negative: int, measure: Callable[[list[int], list[int]], float], seed: int, rounds: int
) -> tuple[float, float]:
    """The percentile bootstrap of a measure over positions drawn from either class, each class by itself."""
    drawn = random.Random(seed)
    values = sorted(
        measure(drawn.choices(range(positive), k=positive), drawn.choices(range(negative), k=negative))
        for _ in range(rounds)
    )
    tail = (1 - CONFIDENCE) / 2
    return values[int(tail * rounds)], values[min(rounds - 1, int((1 - tail) * rounds))]


def compared(scored: Sequence[Scored], score: Callable[[Scored], float], seed: int, rounds: int) -> str:
    """AUC of one score with its interval, as words."""
    yes = [score(one) for one in scored if one.label.engineered]
    no = [score(one) for one in scored if not one.label.engineered]
    if not yes or not no:
        return f"no AUC: {len(yes)} engineered, {len(no)} not"

    def measure(first: list[int], second: list[int]) -> float:
        return auc([yes[i] for i in first], [no[i] for i in second])

    low, high = interval(len(yes), len(no), measure, seed, rounds)
    return f"AUC {auc(yes, no):.3f} ({low:.3f} to {high:.3f}), {len(yes)} engineered, {len(no)} not"


def paired(
    scored: Sequence[Scored], score: Callable[[Scored], float], peer: dict[str, float], seed: int, rounds: int
) -> str:
    """How far this score's AUC lies above the other tool's on the same repositories, as words."""
    both = [one for one in scored if one.label.repository in peer]
    yes = [(score(one), peer[one.label.repository]) for one in both if one.label.engineered]
    no = [(score(one), peer[one.label.repository]) for one in both if not one.label.engineered]
    if not yes or not no:
        return f"no AUC beside the other tool's: {len(yes)} engineered, {len(no)} not"

    def lead(first: list[int], second: list[int]) -> float:
        own, other = (auc([yes[i][n] for i in first], [no[i][n] for i in second]) for n in (0, 1))
        return own - other

    low, high = interval(len(yes), len(no), lead, seed, rounds)
    other = auc([pair[1] for pair in yes], [pair[1] for pair in no])
    ahead = lead([*range(len(yes))], [*range(len(no))])
    return f"the other tool AUC {other:.3f}, lead {ahead:+.3f} ({low:+.3f} to {high:+.3f})"


# ---------------------------------------------------------------- which debts tell them apart


def _auc_of(scored: Sequence[Scored], score: Callable[[Scored], float | None]) -> float | None:
    """AUC of a score over those that have one; None where a class is empty."""
    known = [(one.label.engineered, value) for one in scored if (value := score(one)) is not None]
    yes, no = [value for kind, value in known if kind], [value for kind, value in known if not kind]
    return auc(yes, no) if yes and no else None


def _mean_without(one: Scored, slug: str) -> float | None:
    rest = [value for name, value in one.worst.items() if name != slug]
    return -fmean(rest) if rest else None


def _one_debt(one: Scored, slug: str) -> float | None:
    return -one.worst[slug] if slug in one.worst else None


def by_debt(scored: Sequence[Scored]) -> list[tuple[str, float, float]]:
    """(debt, its own AUC, AUC of the mean - AUC of the mean without it), what pulls the most first. A debt that is the
    same for all, or applies to one class alone, tells nothing and is left out."""
    whole = _auc_of(scored, lambda one: _mean_without(one, ""))
    rows = []
    for slug in sorted({slug for one in scored for slug in one.worst}):
        alone = _auc_of(scored, partial(_one_debt, slug=slug))
        without = _auc_of(scored, partial(_mean_without, slug=slug))
        values = {one.worst[slug] for one in scored if slug in one.worst}
        if len(values) > 1 and alone is not None and whole is not None and without is not None:
            rows.append((slug, alone, whole - without))
    return sorted(rows, key=lambda row: (row[2], row[0]))


def halves(scored: Sequence[Scored]) -> tuple[list[Scored], list[Scored]]:
    """Two halves by a digest of the name alone."""
    odd = [blake2b(one.label.repository.encode(), digest_size=1).digest()[0] % 2 == 1 for one in scored]
    return [one for one, side in zip(scored, odd, strict=True) if side], [
        one for one, side in zip(scored, odd, strict=True) if not side
    ]


def without_one(scored: Sequence[Scored], score: Callable[[Scored], float]) -> tuple[float, float] | None:
    """The least and the greatest AUC of a score when any one repository is left out."""
    rest = [[*scored[:place], *scored[place + 1 :]] for place in range(len(scored))]
    found = [value for part in rest if (value := _auc_of(part, score)) is not None]
    return (min(found), max(found)) if found else None


def say_steady(scored: Sequence[Scored], peer: dict[str, float], seed: int, rounds: int) -> None:
    """Print the AUC of both means, beside the other tool's where there is one, and how steady each is."""
    means: tuple[tuple[str, Callable[[Scored], float]], ...] = (
        ("debts, all", lambda one: one.debts),
        ("debts, seen", lambda one: one.seen),
    )
    for name, score in means:
        print(f"{name}: {compared(scored, score, seed, rounds)}")
        if peer:
            print(f"  paired: {paired(scored, score, peer, seed, rounds)}")
        for half, part in zip(("first", "second"), halves(scored), strict=True):
            print(f"  {half} half: {compared(part, score, seed, rounds)}")
        steady = without_one(scored, score)
        if steady is not None:
            print(f"  any one left out: AUC {steady[0]:.3f} to {steady[1]:.3f}")


def say_by_debt(scored: Sequence[Scored]) -> None:
    """Print what the debts tell one by one."""
    print("debt by itself: its AUC, and what the AUC of the mean of those seen would lose without it")
    for slug, alone, lift in by_debt(scored):
        print(f"  {slug:36} {alone:.3f} {lift:+.3f}")
