"""Who may approve what a component asks for (catalogue 2.5, rule 3).

Somebody of another team: a lead or an admin there, and none of the component's own team. Where there is nobody of
that kind, as on a board with a single team, the organisation's admin. Nobody approves a wish of their own otherwise.
Whom a component is to be handed to is for the leads and admins of that team to say, or for the organisation's admin.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from debtboard.models import Approval, Membership, Person, Role

ALONE = "Nobody of another team is here to decide."
"""The reason of what a person approved for themselves."""
KEEPERS = (Role.LEAD, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Deciders:
    """All memberships at once, so that a list of wishes costs one query."""

    teams_of: Mapping[int, frozenset[int]]
    kept: Mapping[int, frozenset[int]]
    """person -> the teams that they are lead or admin of; only those who are of any."""

    def decides(self, person: Person, wish: Approval, team: int | None) -> bool:
        """Whether the person may decide on this wish of the team's component."""
        if wish.kind == Approval.Kind.TEAM:
            return person.is_superuser or wish.team_id in self.kept.get(person.pk, frozenset())
        return self.may(person, team, wish.asked_by_id)

    def may(self, person: Person, team: int | None, asked_by: int | None) -> bool:
        """Whether the person may decide on an exclude or a profile of the team's component."""
        if person.pk in self._outsiders(team, asked_by):
            return True
        if not person.is_superuser:
            return False
        elsewhere = team not in self.teams_of.get(person.pk, frozenset()) and person.pk != asked_by
        return elsewhere or not self._outsiders(team, asked_by)

    def alone(self, person: Person) -> bool:
        """Whether nobody but this admin could decide on anything."""
        return person.is_superuser and not self.kept.keys() - {person.pk}

    def _outsiders(self, team: int | None, asked_by: int | None) -> set[int]:
        return {pk for pk in self.kept if team not in self.teams_of[pk] and pk != asked_by}


def deciders() -> Deciders:
    """As the memberships of active people stand now; one query."""
    teams: dict[int, set[int]] = defaultdict(set)
    kept: dict[int, set[int]] = defaultdict(set)
    rows = Membership.objects.filter(person__is_active=True).values_list("person_id", "team_id", "role")
    for person, team, role in rows:
        teams[person].add(team)
        if role in KEEPERS:
            kept[person].add(team)
    return Deciders(*({pk: frozenset(found) for pk, found in mine.items()} for mine in (teams, kept)))
