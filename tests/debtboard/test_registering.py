"""What is registered, and by whom: refusals, credentials, what a stranger learns."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from debtboard.domain import credentials, fetching, importing, registering
from debtboard.domain.importing import RefusedLines, register_csv
from debtboard.domain.registering import FIRST_MONDAY, Refused, Registration
from debtboard.forms import RegisterForm
from debtboard.models import AuditEvent, Component, ComponentTeam, Repository, Scan
from scoring.sources.addresses import Policy

pytestmark = pytest.mark.django_db


def refusal(wanted: Registration, by) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        registering.register(wanted, by)
    assert not Component.objects.filter(name=wanted.name or "-").exists()
    return caught.value.field, str(caught.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "The address is empty or too long: give an https URL of a git repository."),
        ("file:///etc", "That kind of address is not allowed here: give one that begins with https://."),
        ("ext::sh -c id", "The address holds blanks or characters that a URL must encode: copy it again."),
        ("-oProxyCommand=x", "The address looks like an option: give an https URL of a git repository."),
        (
            "https://ada:secret@example.org/a/b",
            "The address holds a name or a password: leave it out and give the token in its own field.",
        ),
        (
            "/etc",
            "Folders of this host are read only where its operator names them:"
            " set DEBTBOARD_LOCAL_FOLDERS to this one or its parent and start Debtboard again, or give a URL.",
        ),
        (
            "https://127.0.0.1/a/b",
            "The host is not public: ask the operator to allow its network (DEBTBOARD_EGRESS_ALLOW).",
        ),
    ],
)
def test_bad_address_is_refused_in_words(alice, team, address, said):
    assert refusal(Registration(address=address, team=team), alice) == ("address", said)


def test_member_may_not_register(bob, team, repository_of):
    field, said = refusal(Registration(address=str(repository_of()), team=team), bob)
    assert (field, said) == ("team", "Only a lead or an admin of the team may register for it: ask one.")


def test_lead_of_another_team_may_not_register(charlie, team, repository_of):
    assert refusal(Registration(address=str(repository_of()), team=team), charlie)[0] == "team"


def test_folder_without_repository_is_refused(alice, team, tmp_path):
    assert refusal(Registration(address=str(tmp_path), team=team), alice)[0] == "address"


def test_empty_repository_is_refused(alice, team, repository_of):
    field, said = refusal(Registration(address=str(repository_of("bare", ())), team=team), alice)
    assert (field, said) == ("address", "The repository has no commits yet: push one, then scan again.")


@pytest.mark.parametrize("path", ["../x", "a/../../b", "a\nb"])
def test_path_out_of_the_repository_is_refused(alice, team, repository_of, path):
    assert refusal(Registration(address=str(repository_of()), team=team, path=path), alice)[0] == "path"


def test_folder_that_is_not_there_is_refused(alice, team, repository_of):
    wanted = Registration(address=str(repository_of()), team=team, path="services")
    assert refusal(wanted, alice) == ("path", "services is no folder of the newest commit: check its spelling.")


@pytest.mark.parametrize("branch", ["mian", "v1.0", "HEAD", "heads/main"])
def test_branch_that_is_not_there_is_refused_at_its_field(alice, team, repository_of, branch):
    wanted = Registration(address=str(repository_of()), team=team, branch=branch)
    said = f"There is no branch {branch!r} there: check its spelling, or name another, such as 'main'."
    assert refusal(wanted, alice) == ("branch", said)


def test_wrong_branch_is_said_beside_branch_on_the_form(alice, team, repository_of):
    form = RegisterForm(alice, CHOICES | {"address": str(repository_of()), "team": team.pk, "branch": "mian"})
    assert form.is_valid()
    assert (form.save(), list(form.errors)) == (None, ["branch"])


def test_branch_of_an_empty_repository_is_told_at_the_address(alice, team, repository_of):
    wanted = Registration(address=str(repository_of("bare", ())), team=team, branch="main")
    assert refusal(wanted, alice) == ("address", "The repository has no commits yet: push one, then scan again.")


def test_default_branch_that_is_gone_asks_for_a_branch(alice, team, repository_of):
    place = repository_of()
    (place / ".git/HEAD").write_text("ref: refs/heads/trunk\n")
    field, said = refusal(Registration(address=str(place), team=team), alice)
    assert (field, said) == ("branch", "The default branch 'trunk' does not exist: name one, such as 'main'.")
    assert registering.register(Registration(address=str(place), team=team, branch="main"), alice).pk


def test_second_component_of_a_repository_follows_its_branch(alice, team, repository_of):
    place = str(repository_of("mono", [("2026-10-05T10:00:00Z", {"a/x.py": "1\n", "b/x.py": "1\n"})]))
    registering.register(Registration(address=place, team=team, path="a", branch="main"), alice)
    field, said = refusal(Registration(address=place, team=team, path="b", branch="other"), alice)
    assert (field, said) == (
        "branch",
        "Its other components are read from another branch: leave this empty to follow them.",
    )
    assert registering.register(Registration(address=place, team=team, path="b"), alice).repository.branch == "main"


def test_second_time_is_refused(alice, team, repository_of):
    wanted = Registration(address=str(repository_of()), team=team)
    registering.register(wanted, alice)
    assert refusal(wanted, alice) == ("address", "It is registered already, as churn: open it on the portfolio.")


def test_second_team_learns_nothing_of_the_first(alice, charlie, team, other_team, repository_of):
    registering.register(Registration(address=str(repository_of()), team=team), alice)
    said = refusal(Registration(address=str(repository_of("churn", ())), team=other_team), charlie)[1]
    assert said == "It is registered already, for a team that you are not in: ask an admin to share it."


def test_registered_component_is_queued_with_its_past(alice, team, repository_of):
    component = registering.register(Registration(address=str(repository_of()), team=team), alice)
    scan = Scan.objects.get(component=component)
    assert (scan.status, scan.trigger, scan.weeks, scan.requested_by) == ("queued", "registered", 104, alice)
    assert ComponentTeam.objects.values_list("team", "since", "until").get() == (team.pk, FIRST_MONDAY, None)
    assert AuditEvent.objects.filter(action="component.registered").values_list("actor", flat=True).get() == alice.pk


def test_token_is_kept_encrypted_and_opened_again(alice, team, repository_of):
    wanted = Registration(address=str(repository_of()), team=team, token="ghp_very-secret")
    registering.register(wanted, alice)
    repository = Repository.objects.get()
    assert b"very-secret" not in bytes(repository.credential)
    assert credentials.opened(repository.credential) == "ghp_very-secret"
    assert "very-secret" not in repr(wanted) + repr(fetching.credential_of(repository))
    assert "very-secret" not in str(list(AuditEvent.objects.values()))


def test_token_without_a_key_is_refused(alice, team, repository_of, settings):
    settings.CREDENTIAL_KEYS = []
    said = refusal(Registration(address=str(repository_of()), team=team, token="x"), alice)
    assert said == ("token", "No credential can be kept: the operator must set DEBTBOARD_CREDENTIAL_KEYS first.")


def test_old_key_still_opens_and_first_encrypts(settings):
    old, new = settings.CREDENTIAL_KEYS[0], "MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    stored = credentials.sealed("secret")
    settings.CREDENTIAL_KEYS = [new, old]
    moved = credentials.rekeyed(stored)
    settings.CREDENTIAL_KEYS = [new]
    assert credentials.opened(moved) == "secret"
    with pytest.raises(credentials.Undecipherable):
        credentials.opened(stored)


def test_form_says_the_refusal_beside_its_field(alice, team, repository_of):
    form = RegisterForm(alice, {"address": str(repository_of()), "team": team.pk, "path": "x", **CHOICES})
    assert form.is_valid(), form.errors
    assert form.save() is None
    assert form.errors == {"path": ["x is no folder of the newest commit: check its spelling."]}


def test_form_offers_only_teams_one_leads(bob, charlie, other_team):
    assert list(RegisterForm(bob).fields["team"].queryset) == []
    assert list(RegisterForm(charlie).fields["team"].queryset) == [other_team]


def test_form_never_shows_the_token_again(alice, team):
    form = RegisterForm(alice, {"address": "-", "team": team.pk, "token": "very-secret", **CHOICES})
    assert "very-secret" not in form.as_p()


CHOICES = {"profile": "production", "schedule": "daily"}


# ---------------------------------------------------------------- another team's repository


@pytest.fixture
def silent(monkeypatch) -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=32) as server:
        port = server.getsockname()[1]
        policy = Policy(networks=(ip_network("127.0.0.0/8"),), ports=frozenset({port}))
        monkeypatch.setattr(fetching, "policy", lambda: policy)
        yield f"https://127.0.0.1:{port}"


@pytest.fixture
def private(silent, alice, team) -> Repository:
    """Growth's, with its credential kept and one component."""
    repository = Repository.objects.create(
        organisation=team.organisation,
        name="private",
        address=f"{silent}/growth/private",
        credential=credentials.sealed("ghp_very-secret"),
    )
    whole = Component.objects.create(repository=repository, path="", name="private")
    ComponentTeam.objects.create(component=whole, team=team, since=FIRST_MONDAY)
    return repository


def test_slow_servers_before_it_gain_no_component_of_another_team(silent, private, charlie, monkeypatch):
    monkeypatch.setattr(importing, "PROBE_SECONDS", 1.0)
    slow = "".join(f"{silent}/slow/{number},risk,\n" for number in range(importing.PROBES_AT_ONCE))
    with pytest.raises(RefusedLines) as caught:
        register_csv(f"address,team,path\n{slow}{private.address},risk,src\n", charlie)
    said = "It was not reached within 1 seconds: give fewer lines at once."
    assert caught.value.problems == [(number, said) for number in range(2, importing.PROBES_AT_ONCE + 3)]
    assert (Component.objects.count(), Scan.objects.count()) == (1, 0)


def test_kept_credential_is_lent_to_its_keepers_alone(private, alice, charlie, team, other_team):
    asked = Registration(address=private.address, team=other_team, path="src")
    found = registering.check(asked, charlie)
    assert registering.credential_for(found, charlie) is None
    own = registering.check(Registration(address=private.address, team=team, path="src"), alice)
    assert registering.credential_for(own, alice) is not None
    with pytest.raises(Refused) as caught:
        registering.keep(registering.Probed(found, by_kept_credential=True), charlie)
    assert str(caught.value) == "It is registered already, for a team that you are not in: ask an admin to share it."
    assert registering.keep(registering.Probed(own, by_kept_credential=True), alice).repository == private


def test_wrong_branch_is_answered_with_the_default_one(alice, team, repository_of):
    place = repository_of()
    head = (place / ".git/refs/heads/main").read_text()
    (place / ".git/refs/heads/aaa").write_text(head)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", place, *who, "commit", "-q", "--allow-empty", "-m", "more"], check=True)
    said = refusal(Registration(address=str(place), team=team, branch="mian"), alice)[1]
    assert said.endswith("such as 'main'.")


@pytest.mark.parametrize("name", ["repo", "other"])
def test_folder_that_says_only_repository_takes_the_name_above(alice, team, repository_of, tmp_path, settings, name):
    place = tmp_path / "churn" / name
    place.parent.mkdir()
    shutil.copytree(repository_of(), place)
    settings.LOCAL_FOLDERS = [tmp_path]
    made = registering.register(Registration(address=str(place), team=team), alice)
    assert made.name == {"repo": "churn"}.get(name, name)
