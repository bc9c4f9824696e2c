"""The forms of registering and of people; what is wrong is said beside the field it is about."""

from typing import Any

from django import forms

from debtboard.domain import access, deciding, founding, people
from debtboard.domain.importing import COLUMNS, RefusedLines, register_csv
from debtboard.domain.refusals import Refused
from debtboard.domain.registering import Registration, register
from debtboard.forms.component import AT_ONCE, lines_of
from debtboard.models import Component, Person, Repository, Role, Team

MAX_CSV_BYTES = 500_000
CSV_EXAMPLE = """address,team,path,profile
https://git.example.org/fraud/scoring,Payments risk,services/fraud,production"""


class RegisterForm(forms.Form):
    """One repository and the team it is for. `save` gives the component, or None with the refusal on the form."""

    one_of = ("team", "new_team")
    """Fields of which one is needed, so that none of them is called optional."""

    address = forms.CharField(
        max_length=1000,
        label="Address",
        error_messages={"required": "Give the address of a git repository."},
        help_text="https://…, git@host:owner/name, or a folder of this host where the operator allows it.",
    )
    token = forms.CharField(
        required=False,
        label="Token or deploy key",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Only for private repositories, with the right to read alone. It is encrypted and never shown again.",
    )
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        label="Team",
        empty_label="a new one, named below",
        help_text="One of these, or a new one.",
    )
    new_team = forms.CharField(
        required=False,
        max_length=founding.MAX_NAME,
        label="New team",
        help_text="Leave it empty where a team is chosen above. You become its lead.",
    )
    name = forms.CharField(required=False, max_length=200, label="Name", help_text="Empty: the name of the repository.")
    path = forms.CharField(
        required=False,
        max_length=500,
        label="Folder in the repository",
        help_text="Empty: all of it. Register each component of a monorepo by its folder.",
    )
    branch = forms.CharField(required=False, max_length=250, label="Branch", help_text="Empty: the default branch.")
    profile = forms.ChoiceField(
        choices=Component.Profile.choices,
        label="Profile",
        help_text="Another one than production counts once somebody of another team has approved it.",
    )
    excludes = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Leave out",
        help_text="One pattern a line, like third_party/**. Unseen until somebody of another team approves.",
    )
    schedule = forms.ChoiceField(
        choices=Repository.Schedule.choices, initial=Repository.Schedule.DAILY, label="Scanned"
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.fields["team"].queryset = access.registrable_teams(person)
        if deciding.deciders().alone(person):
            self.fields["profile"].help_text = f"Another one than production: {AT_ONCE}"
            self.fields["excludes"].help_text = f"One pattern a line, like third_party/**. {AT_ONCE.capitalize()}"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        team, new = said.get("team"), (said.pop("new_team", None) or "").strip()
        if "team" in self.errors or "new_team" in self.errors:
            return said
        if team is not None and new:
            self.add_error("new_team", "A team is chosen above as well: keep one of the two.")
        elif team is None and not new:
            self.add_error("team", "Choose a team, or name a new one below.")
        elif new:
            try:
                said["team"] = founding.planned(new, self._person)
            except Refused as refused:
                self.add_error("new_team", str(refused))
        return said

    def save(self) -> Component | None:
        said = dict(self.cleaned_data)
        said["excludes"] = lines_of(said["excludes"])
        try:
            return register(Registration(**said), by=self._person)
        except Refused as refused:
            self.add_error(refused.field or None, str(refused))
            return None


class TeamForm(forms.Form):
    """A new team. `save` gives it, or None with the refusal on the form."""

    new_team = forms.CharField(max_length=founding.MAX_NAME, label="Name", help_text="You become its lead.")

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def save(self) -> Team | None:
        try:
            return founding.found(founding.planned(self.cleaned_data["new_team"], self._person), self._person)
        except Refused as refused:
            self.add_error(refused.field or None, str(refused))
            return None


class PersonForm(forms.Form):
    """Somebody into a team. `save` gives the person and their way in ("" where they have one), or None."""

    name = forms.CharField(
        max_length=people.MAX_NAME,
        label="Username or e-mail",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="Of somebody new, or of somebody who is here already. They sign in by it.",
    )
    team = forms.ModelChoiceField(queryset=Team.objects.none(), label="Team", empty_label="choose one")
    role = forms.ChoiceField(
        choices=Role.choices,
        initial=Role.MEMBER,
        label="Role",
        help_text="A viewer reads, a member triages and scans, a lead registers, an admin says who is in the team.",
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.fields["team"].queryset = access.administered_teams(person)

    def save(self) -> tuple[Person, str] | None:
        said = self.cleaned_data
        try:
            return people.add(said["name"], said["team"], said["role"], self._person)
        except Refused as refused:
            self.add_error(refused.field or None, str(refused))
            return None


class ImportForm(forms.Form):
    """Many at once. `save` gives the components, or None with `problems`: (line, sentence)."""

    one_of = ("file", "text")

    file = forms.FileField(
        required=False,
        label="A CSV file",
        help_text=(
            f"Its first line names the columns: address and team are needed; {', '.join(COLUMNS[2:])} may be there. "
            "A team that is not here yet is made, and you lead it."
        ),
    )
    text = forms.CharField(
        required=False,
        label="Or its lines",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "placeholder": CSV_EXAMPLE}),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.problems: list[tuple[int, str]] = []

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if file is not None:
            if file.size > MAX_CSV_BYTES:
                raise forms.ValidationError("The file is larger than 500 kB: split the list.")
            try:
                said["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError("The file is not UTF-8 text: save it as CSV in UTF-8.") from None
        if not (said.get("text") or "").strip():
            raise forms.ValidationError("Give a file, or lines of CSV.")
        return said

    def save(self) -> list[Component] | None:
        try:
            return register_csv(self.cleaned_data["text"], by=self._person)
        except RefusedLines as refused:
            self.problems = refused.problems
            return None
