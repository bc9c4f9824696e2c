"""The forms of registering; what is wrong is said beside the field it is about."""

from typing import Any

from django import forms

from debtboard.domain import access
from debtboard.domain.importing import COLUMNS, RefusedLines, register_csv
from debtboard.domain.registering import Refused, Registration, register
from debtboard.models import Component, Person, Repository, Team

MAX_CSV_BYTES = 500_000


class RegisterForm(forms.Form):
    """One repository and the team it is for. `save` gives the component, or None with the refusal on the form."""

    address = forms.CharField(
        max_length=1000,
        label="Address",
        help_text="https://…, git@host:owner/name, or a folder of this host where the operator allows it.",
    )
    token = forms.CharField(
        required=False,
        label="Token or deploy key",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Only for private repositories, with the right to read alone. It is encrypted and never shown again.",
    )
    team = forms.ModelChoiceField(queryset=Team.objects.none(), label="Team", empty_label=None)
    name = forms.CharField(required=False, max_length=200, label="Name", help_text="Empty: the repository's.")
    path = forms.CharField(
        required=False, max_length=500, label="Folder in it", help_text="Empty: all of it. A monorepo has several."
    )
    branch = forms.CharField(required=False, max_length=250, label="Branch", help_text="Empty: the default one.")
    profile = forms.ChoiceField(choices=Component.Profile.choices, label="Profile")
    excludes = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Left out",
        help_text="One pattern a line, like third_party/**. What is left out is shown on the page.",
    )
    schedule = forms.ChoiceField(
        choices=Repository.Schedule.choices, initial=Repository.Schedule.DAILY, label="Scanned"
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.fields["team"].queryset = access.registrable_teams(person)

    def save(self) -> Component | None:
        said = dict(self.cleaned_data)
        said["excludes"] = tuple(line.strip() for line in said["excludes"].splitlines() if line.strip())
        try:
            return register(Registration(**said), by=self._person)
        except Refused as refused:
            self.add_error(refused.field or None, str(refused))
            return None


class ImportForm(forms.Form):
    """Many at once. `save` gives the components, or None with `problems`: (line, sentence)."""

    file = forms.FileField(
        required=False, label="A CSV file", help_text=f"Its first line names columns, of {', '.join(COLUMNS)}."
    )
    text = forms.CharField(
        required=False, label="or its lines", widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})
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
