"""The components of teams, with what the pages of several components need of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.urls import reverse

from debtboard.domain.preparing import Prepared, among
from debtboard.domain.queries.series import ruler_name
from debtboard.models import ComponentTeam


@dataclass(frozen=True, slots=True)
class Member:
    """A component with what the pages need of it, read in one query."""

    id: int
    public_id: str
    name: str
    path: str
    profile: str
    team_id: int
    snapshot_id: int | None
    week: date | None
    as_of: datetime | None
    ml_code: bool
    ruler: str
    findings: int
    files: int
    files_read: int
    stale_since: datetime | None
    stale_reason: str
    points_written: int
    files_left_out: int = 0

    @property
    def unread_since(self) -> datetime | None:
        """Of a stale one, when it was last read to the end; the first failure where it never was."""
        return self.stale_since and (self.as_of or self.stale_since)

    @property
    def url(self) -> str:
        return _address(self.public_id)


@lru_cache(maxsize=4096)
def _address(public_id: str) -> str:
    return reverse("component", args=[public_id])


_MEMBERS = Prepared(
    lambda teams: (
        ComponentTeam.objects.filter(among("team_id", "teams", teams), until=None, component__retired_at=None)
        .order_by("component__name", "component_id")
        .values_list(
            "component_id",
            "component__public_id",
            "component__name",
            "component__path",
            "component__profile",
            "team_id",
            "component__current_id",
            "component__current__week",
            "component__current__as_of",
            "component__current__ml_code",
            ruler_name("component__current__ruler"),
            "component__current__findings_open",
            "component__current__files",
            "component__current__files_read",
            "component__stale_since",
            "component__stale_reason",
            "component__points_written",
            "component__current__files_left_out",
        )
    )
)


def members(team_ids: Collection[int]) -> list[Member]:
    """The present components of the teams, by name."""
    ids = tuple(team_ids)
    return [_member(*row) for row in _MEMBERS.ask(len(ids), teams=ids)] if ids else []


def _member(*row: object) -> Member:
    values = list(row)
    for index, empty in ((9, False), (10, ""), (11, 0), (12, 0), (13, 0), (17, 0)):
        values[index] = empty if values[index] is None else values[index]
    return Member(*values)  # type: ignore[arg-type] -- the order of values_list above
