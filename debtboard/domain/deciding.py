"""Who may approve what a component asks for (catalogue 2.5, rule 3).

Somebody of another team: a lead or an admin there, and none of the component's own team. Where there is nobody of
that kind, as on a board with a single team, the organisation's admin. Nobody approves a wish of their own otherwise.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from debtboard.models import Membership, Person, Role

ALONE = "Nobody of another team is here to decide."
"""The reason of what a person approved for themselves."""
KEEPERS = (Role.LEAD, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Deciders:
    """All memberships at once, so that a list of wishes costs one query."""

    teams_of: Mapping[int, frozenset[int]]
    keepers: frozenset[int]
    """Those who are lead or admin of any team."""

    def may(self, person: Person, team: int | None, asked_by: int | None) -> bool:
        """Whether the person may decide on a wish of the team's component."""
        if person.pk in self._outsiders(team, asked_by):
            return True
        if not person.is_superuser:
            return False
        elsewhere = team not in self.teams_of.get(person.pk, frozenset()) and person.pk != asked_by
        return elsewhere or not self._outsiders(team, asked_by)

    def alone(self, person: Person) -> bool:
        """Whether nobody but this admin could decide on anything."""
        return person.is_superuser and not self.keepers - {person.pk}

    def _outsiders(self, team: int | None, asked_by: int | None) -> set[int]:
        return {pk for pk in self.keepers if team not in self.teams_of[pk] and pk != asked_by}


def deciders() -> Deciders:
    """As the memberships of active people stand now; one query."""
    teams: dict[int, set[int]] = defaultdict(set)
    keepers = set()
    rows = Membership.objects.filter(person__is_active=True).values_list("person_id", "team_id", "role")
    for person, team, role in rows:
        teams[person].add(team)
        if role in KEEPERS:
            keepers.add(person)
    return Deciders({pk: frozenset(found) for pk, found in teams.items()}, frozenset(keepers))
