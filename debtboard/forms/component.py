"""The forms of one component's settings; what is wrong is said beside the field it is about."""

from typing import Any

from django import forms

from debtboard.domain import (
    approving,
    entrusting,
    flagging,
    founding,
    keeping,
    matching,
    moving,
    relocating,
    retiring,
    uploading,
)
from debtboard.domain.keeping import Keeper
from debtboard.domain.queries.wording import branch_said, count, visible
from debtboard.domain.refusals import Refused
from debtboard.models import Component, Repository
from scoring.readers.flag_exports import MAX_BYTES as MOST_FLAG_BYTES
from scoring.readers.flag_exports import MAX_FLAGS
from scoring.readers.sarif import MAX_BYTES, MAX_RESULTS, VERSION

AT_ONCE = (
    "you are the only one here who can approve it, so it counts at once, and the component’s page says who approved."
)
APPROVED_ALONE = "approved by you alone, since nobody of another team is here to decide; the component’s page says so."
ONE_FOR_ALL = "For all components of this repository."
SHARED = "Other components of this repository are another team's: an admin changes it."


def lines_of(text: str) -> tuple[str, ...]:
    """Its lines without blanks around them, empty ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class Section(forms.Form):
    """What a part of the page changes. `save` says whether it could be changed, and `done` then what was."""

    prefix = ""
    done = ""
    one_of: tuple[str, ...] = ()
    """Fields of which one is needed, so that none of them is called optional."""

    def __init__(self, component: Component, keeper: Keeper, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._component, self._keeper = component, keeper

    @property
    def _name(self) -> str:
        return visible(self._component.name)

    @classmethod
    def offered(cls, component: Component, keeper: Keeper) -> bool:
        """Whether this person is shown it at all."""
        return keeper.keeps

    def _of_all(self, name: str) -> None:
        """A field of the repository, which all of its components share: only who keeps them all may change it."""
        field = self.fields[name]
        field.disabled = not self._keeper.keeps_all
        field.help_text = SHARED if field.disabled else f"{field.help_text} {ONE_FOR_ALL}".strip()

    def save(self) -> bool:
        try:
            self.done = self.change(**self.cleaned_data)
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, str(refused))
            return False
        return True

    def change(self, **said: Any) -> str:
        """Make the change, of cleaned values; what to tell of it. Raises Refused."""
        raise NotImplementedError


class AskForm(Section):
    """What a component is to leave out, or be scored as."""

    one_of = ("excludes", "profile")

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

    def __init__(self, component: Component, keeper: Keeper, *args: Any, **kwargs: Any) -> None:
        super().__init__(component, keeper, *args, **kwargs)
        self.matched: dict[str, int] | None = None
        """pattern -> files of the newest snapshot, once they were counted."""
        if keeper.able.alone(keeper.person):
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

    def change(self, **said: Any) -> str:
        asked = approving.ask(self._component, self._keeper.person, said["excludes"], said["profile"])
        if not asked.new:
            raise Refused("All of it waits or counts already: nothing is asked.")
        said_so = f"It is {APPROVED_ALONE}" if asked.approved else "It is asked for, and waits for approval."
        return f"{said_so} What changes the figures is scanned anew."


class KeepForm(Section):
    """What a component is called and how often it is scanned."""

    prefix = "keep"
    name = forms.CharField(
        max_length=keeping.MAX_NAME,
        label="Name",
        error_messages={"required": keeping.BAD_NAME},
        help_text="Its address and its past stay.",
    )
    schedule = forms.ChoiceField(choices=Repository.Schedule.choices, label="Scanned")

    def __init__(self, component: Component, keeper: Keeper, *args: Any) -> None:
        said = {"name": component.name, "schedule": component.repository.schedule}
        super().__init__(component, keeper, *args, initial=said)
        self._of_all("schedule")

    def change(self, **said: Any) -> str:
        keeping.keep(self._component, said["name"], said["schedule"], self._keeper.person)
        return f"{self._name} is kept as you said."


class SourceForm(Section):
    """The branch and the folder that a component is read from."""

    prefix = "source"
    branch = forms.CharField(required=False, max_length=250, label="Branch", help_text="Empty: the default branch.")
    path = forms.CharField(
        required=False,
        max_length=500,
        label="Folder",
        help_text="It follows a folder that was moved. Another part of the repository is a component of its own.",
    )

    def __init__(self, component: Component, keeper: Keeper, *args: Any) -> None:
        said = {"branch": component.repository.branch, "path": component.path}
        super().__init__(component, keeper, *args, initial=said)
        self._of_all("branch")
        if not component.path:
            del self.fields["path"]

    def change(self, **said: Any) -> str:
        component = self._component
        relocating.relocate(component, said["branch"], said.get("path", ""), self._keeper.person)
        branch = visible(branch_said(component.repository.branch))
        place = f"{visible(component.path)} of {branch}" if component.path else branch
        return f"{self._name} is read from {place}; all weeks are scanned anew."


class TokenForm(Section):
    """What the repository's server asks for: given or replaced, never shown."""

    prefix = "token"
    token = forms.CharField(
        error_messages={"required": entrusting.NONE_GIVEN},
        max_length=20_000,
        strip=False,
        label="Token or deploy key",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="With the right to read alone. Once the server takes it, it is encrypted and never shown again.",
    )

    @classmethod
    def offered(cls, component: Component, keeper: Keeper) -> bool:
        return keeper.keeps_all and component.repository.kind == Repository.Kind.REMOTE

    def change(self, **said: Any) -> str:
        entrusting.give(self._component, said["token"], self._keeper.person)
        return f"The {self._component.repository.credential_hint} is kept, encrypted, and a scan is queued."


class MoveForm(Section):
    """The team that a component is handed to."""

    prefix = "team"
    team = forms.CharField(
        max_length=founding.MAX_NAME,
        label="Team",
        error_messages={"required": "Give the name of a team."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "teams-known"}),
        help_text="The name of a team. Unless you lead it too, a lead there has to take it, and may look at it before.",
    )

    def change(self, **said: Any) -> str:
        taken = moving.move(self._component, said["team"], self._keeper.person)
        if taken is None:
            return f"It is asked for, and waits until somebody of {visible(said['team'])} takes it."
        return f"{self._name} belongs to {visible(taken.name)} from this week on."


class ToolsForm(Section):
    """What another tool found, as SARIF."""

    prefix = "tools"
    file = forms.FileField(
        label="A SARIF file",
        error_messages={"required": "Choose a file.", "empty": "The file is empty: run the tool again."},
        help_text=f"SARIF {VERSION}, at most {MAX_BYTES // 1_000_000} MB and {MAX_RESULTS:,} results, as ruff, pylint,"
        " bandit and semgrep write it. A new file of a tool replaces the one before.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(uploading.TOO_LARGE)
        return file

    def change(self, **said: Any) -> str:
        found = uploading.upload(self._component, said["file"].read(), self._keeper.person)
        taken = (
            f"{visible(use.tool)}: {count(use.taken, 'result')} taken{f'; left out: {reasons}' if reasons else ''}"
            for use, reasons in ((use, uploading.reasons(use)) for use in found.tools)
        )
        return f"{'. '.join(taken)}. Shown apart, never scored."


class FlagsForm(Section):
    """The feature flags that the code asks for, as their system exports them."""

    prefix = "flags"
    file = forms.FileField(
        label="An export of feature flags",
        error_messages={"required": "Choose a file.", "empty": "The file is empty: export the flags again."},
        help_text=f"JSON, at most {MOST_FLAG_BYTES // 1_000_000} MB and {MAX_FLAGS:,} flags: LaunchDarkly’s list of "
        "flags, Unleash’s export, Flagsmith’s features or flagd’s definitions. Keys, common values and dates are kept,"
        " no rule and no person. It replaces the one before, and counts for 56 days.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_FLAG_BYTES:
            raise forms.ValidationError(flagging.TOO_LARGE)
        return file

    def change(self, **said: Any) -> str:
        export = flagging.take(self._component, said["file"].read(), self._keeper.person)
        return f"{count(len(export.flags), 'flag')} of {export.system} taken; all weeks are scanned anew."


class RetireForm(Section):
    """Ending a component."""

    prefix = "retire"
    reason = forms.CharField(
        required=False, max_length=retiring.MAX_REASON, label="Why", help_text="It stands on its page with your name."
    )

    def change(self, **said: Any) -> str:
        retiring.retire(self._component, self._keeper.person, said["reason"])
        return f"{self._name} is retired."
