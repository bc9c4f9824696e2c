"""The records that pages, charts and the API share: one bar, one rubric, one point of a trend."""

from dataclasses import dataclass
from datetime import date

ENOUGH = 0.35
"""Coverage from which a value is shown (catalogue 2.3)."""

EARLIER = ", earlier settings"
"""After the ruler of a week that was scored under another profile, excludes or branch than the newest week."""


HASH = ", hash "
"""Between the version of a ruler and the first eight letters of its hash: it is one ruler only where both are one."""


def version_of(ruler: str) -> str:
    """The version alone, without hash and settings."""
    return ruler.partition(HASH)[0]


def begins(before: str, after: str) -> str:
    """What begins where a line goes from one ruler to another; its hash is said where the version is the same."""
    if before == after + EARLIER:
        return "new settings begin"
    return f"ruler {after if version_of(before) == version_of(after) else version_of(after)} begins"


def news(before: str, after: str) -> str:
    """Why two weeks of one component do not compare, in the few words that a table has room for."""
    if before == after + EARLIER:
        return "its settings are new"
    same = version_of(before) == version_of(after)
    return "its ruler is new" if same else f"ruler {version_of(after)} is new"


@dataclass(frozen=True, slots=True)
class Bar:
    """Three segments (shares, together 1) and three numbers (0 good to 100 bad). All None: does not apply."""

    bad: float | None = None
    good: float | None = None
    unseen: float | None = None
    best: float | None = None
    value: float | None = None
    worst: float | None = None
    coverage: float = 0.0
    state: str = "unknown"

    @property
    def applies(self) -> bool:
        return self.state != "not_applicable"

    @property
    def drawn(self) -> bool:
        return self.bad is not None

    @classmethod
    def whole_hatch(cls) -> "Bar":
        """Nothing was seen yet."""
        return cls(bad=0.0, good=0.0, unseen=1.0, best=0.0, worst=100.0)

    @classmethod
    def of_numbers(cls, best: float | None, value: float | None, worst: float | None) -> "Bar":
        """From the three numbers that a trend keeps."""
        if best is None or worst is None:
            return cls(state="not_applicable")
        bad, good = best / 100, 1 - worst / 100
        state = "unknown" if value is None else "measured"
        return cls(bad, good, max(0.0, 1 - bad - good), best, value, worst, bad + good, state)


@dataclass(frozen=True, slots=True)
class Points:
    """A rubric score or section sum, 0 to 7: worst <= value <= best."""

    worst: float | None = None
    value: float | None = None
    best: float | None = None

    @property
    def known(self) -> bool:
        """Whether anything was scored at all."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Point:
    """One week of one line. All three None is a week without a complete scan: the line breaks there."""

    week: date
    best: float | None = None
    value: float | None = None
    worst: float | None = None
    backfilled: bool = False
    ruler: str = ""
    commit: str = ""
    """What was scored; of a team, the commits of all its components."""
    committed: date | None = None
    """The day of the newest of them."""

    @property
    def gap(self) -> bool:
        return self.worst is None


@dataclass(frozen=True, slots=True)
class Line:
    """A measure through time, oldest week first, one point per week."""

    slug: str
    name: str
    points: tuple[Point, ...]
    scale: float = 100.0

    def __hash__(self) -> int:
        """By its ends: what is kept of a line is looked up often, and a hundred points are not hashed each time."""
        return hash((self.slug, self.scale, len(self.points), self.points[:1], self.points[-1:]))

    @property
    def last(self) -> Point | None:
        return next((point for point in reversed(self.points) if not point.gap), None)
