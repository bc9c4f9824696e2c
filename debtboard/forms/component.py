"""The forms of one component's settings; what is wrong is said beside the field it is about."""

from typing import Any

from django import forms

from debtboard.domain import approving, deciding, keeping, matching, retiring
from debtboard.domain.refusals import Refused
from debtboard.models import Component, Person, Repository

AT_ONCE = (
    "you are the only one here who can approve it, so it counts at once, and the component’s page says who approved."
)


def lines_of(text: str) -> tuple[str, ...]:
    """Its lines without blanks around them, empty ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class AskForm(forms.Form):
    """What a component is to leave out, or be scored as. `save` says whether it could be asked."""

    excludes = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Leave out",
        help_text="One pattern a line, like third_party/**.",
    )
    profile = forms.ChoiceField(
        required=False,
        choices=[("", "as it is"), ("prototype", "prototype"), ("library", "library")],
        label="Score as",
    )

    def __init__(self, component: Component, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._component, self._person = component, person
        self.matched: dict[str, int] | None = None
        """pattern -> files of the newest snapshot, once they were counted."""
        self.approved = False
        """Whether the person approved it for themselves."""
        if deciding.deciders().alone(person):
            self.fields["excludes"].help_text += f" {AT_ONCE.capitalize()}"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["excludes"] = lines_of(said.get("excludes") or "")
        if not self.errors and not said["excludes"] and not said.get("profile"):
            raise forms.ValidationError("Give a pattern, or choose a profile.")
        try:
            approving.check_excludes(said["excludes"])
        except Refused as refused:
            self.add_error("excludes", str(refused))
            return said
        self.matched = matching.files_matched(self._component, said["excludes"])
        for pattern, files in (self.matched or {}).items():
            if not files:
                self.add_error("excludes", f"{pattern} matches no file of the newest snapshot: check its spelling.")
        return said

    def save(self) -> bool:
        said = self.cleaned_data
        try:
            asked = approving.ask(self._component, self._person, said["excludes"], said["profile"])
        except Refused as refused:
            self.add_error(refused.field or None, str(refused))
            return False
        if not asked.new:
            self.add_error(None, "All of it waits or counts already: nothing is asked.")
        self.approved = asked.approved
        return asked.new > 0


class KeepForm(forms.Form):
    """What a component is called and how often it is scanned. `save` says whether both could be kept."""

    name = forms.CharField(max_length=keeping.MAX_NAME, label="Name", help_text="Its address and its past stay.")
    schedule = forms.ChoiceField(choices=Repository.Schedule.choices, label="Scanned")

    def __init__(self, component: Component, person: Person, *args: Any, **kwargs: Any) -> None:
        said = {"name": component.name, "schedule": component.repository.schedule}
        super().__init__(*args, initial=said, prefix="keep", **kwargs)
        self._component, self._person = component, person
        self.fields["schedule"].disabled = not keeping.may_schedule(component, person)
        self.fields["schedule"].help_text = (
            "Other components of this repository are another team's: an admin changes it."
            if self.fields["schedule"].disabled
            else "All components of this repository."
        )

    def save(self) -> bool:
        said = self.cleaned_data
        try:
            keeping.keep(self._component, said["name"], said["schedule"], self._person)
        except Refused as refused:
            self.add_error(refused.field or None, str(refused))
            return False
        return True


class RetireForm(forms.Form):
    """Ending a component. `save` says whether it could be ended."""

    reason = forms.CharField(
        required=False, max_length=retiring.MAX_REASON, label="Why", help_text="It stands on its page with your name."
    )

    def __init__(self, component: Component, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="retire", **kwargs)
        self._component, self._person = component, person

    def save(self) -> bool:
        try:
            retiring.retire(self._component, self._person, self.cleaned_data["reason"])
        except Refused as refused:
            self.add_error(refused.field or None, str(refused))
            return False
        return True
