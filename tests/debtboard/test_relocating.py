"""A component read from another branch, or from where its folder was moved: all of it is measured anew, and said so."""

import os
import subprocess

import pytest

from debtboard.charts import trend_marks
from debtboard.domain import fetching, relocating, retiring, scanning
from debtboard.domain.measuring import inputs_of
from debtboard.domain.queries import series
from debtboard.domain.refusals import Refused
from debtboard.models import AuditEvent, Finding, Repository, Scan, Snapshot

pytestmark = pytest.mark.django_db

MONO = [("2026-10-05T10:00:00Z", {"a/train.py": "import os\n", "b/train.py": "import sys\n"})]
MOVED = [("2026-11-17T10:00:00Z", {"a/train.py": None, "apps/a/train.py": "import os\n"})]


def git(place: str, *arguments: str) -> None:
    said = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        said |= {f"GIT_{who}_NAME": "Ada", f"GIT_{who}_EMAIL": "ada@example.org"}
        said[f"GIT_{who}_DATE"] = "2026-11-11T10:00:00Z"
    subprocess.run(["git", "-C", place, *arguments], env=said, check=True, capture_output=True, timeout=60)


def branch_without(component, path: str) -> str:
    """A branch beside main whose newest commit lacks the file; the work tree is on main afterwards."""
    place = component.repository.address
    git(place, "checkout", "-q", "-b", "release")
    git(place, "rm", "-q", path)
    git(place, "commit", "-q", "-m", "without")
    git(place, "checkout", "-q", "main")
    return "release"


@pytest.fixture
def release(component) -> str:
    return branch_without(component, "serve.py")


def refusal(component, branch: str, path: str, by) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        relocating.relocate(component, branch, path, by)
    assert not AuditEvent.objects.exclude(action="scan.asked").exists()
    return caught.value.field, str(caught.value)


def place_of(component) -> tuple[str, str]:
    component.refresh_from_db()
    return component.repository.branch, component.path


# ---------------------------------------------------------------- the branch


@pytest.mark.parametrize(
    ("branch", "said"),
    [
        ("-x", "The branch is not a name that git allows: give it without refs/heads/."),
        ("a b", "The branch is not a name that git allows: give it without refs/heads/."),
        ("mian", "There is no branch 'mian' there: check its spelling, or name another, such as 'main'."),
    ],
)
def test_branch_that_is_not_there_is_refused(component, alice, branch, said):
    assert refusal(component, branch, "", alice) == ("branch", said)
    assert place_of(component) == ("", "")


def test_branch_as_it_is_changes_nothing(component, alice):
    assert refusal(component, " ", "", alice) == ("", "It is read from there already: nothing is changed.")


def test_branch_of_a_repository_that_another_team_shares_stays(make_component, alice, other_team):
    mine = make_component("mono", MONO, path="a")
    make_component("mono", (), team=other_team, path="b")
    said = "Other components of this repository are another team's: ask an admin."
    assert refusal(mine, "main", "a", alice) == ("branch", said)


def test_retired_component_of_another_team_stands_in_nobodys_way(make_component, alice, charlie, other_team):
    mine = make_component("mono", MONO, path="a")
    theirs = make_component("mono", (), team=other_team, path="b")
    retiring.retire(theirs, charlie)
    relocating.relocate(mine, "main", "a", alice)
    assert place_of(mine) == ("main", "a")
    assert not theirs.scans.exists()


def test_folder_that_the_operator_allows_no_more_is_refused(component, alice, settings):
    settings.LOCAL_FOLDERS = []
    field, said = refusal(component, "main", "", alice)
    assert (field, said.startswith("Folders of this host are read only where")) == ("address", True)


def test_host_that_is_not_public_is_refused(component, alice):
    Repository.objects.update(kind="remote", address="https://127.0.0.1/a/b")
    component.refresh_from_db()
    said = "The host is not public: ask the operator to allow its network (DEBTBOARD_EGRESS_ALLOW)."
    assert refusal(component, "main", "", alice) == ("address", said)


def test_retired_component_stays_where_it_is(component, alice, release):
    retiring.retire(component, alice)
    with pytest.raises(Refused, match="The component is retired: take it back first"):
        relocating.relocate(component, release, "", alice)
    assert place_of(component) == ("", "")


def test_branch_is_in_the_inputs_and_every_component_of_it_is_scanned(make_component, alice):
    mine, other = make_component("mono", MONO, path="a"), make_component("mono", (), path="b")
    for component in (mine, other):
        Scan.objects.create(component=component, repository=component.repository, due_at="2026-11-16T09:00:00Z")
    Scan.objects.update(status="done")
    before = inputs_of(mine).digest
    relocating.relocate(mine, "main", "a", alice)
    assert inputs_of(mine).digest != before
    queued = Scan.objects.filter(status="queued").order_by("component")
    assert [(scan.component_id, scan.requested_by) for scan in queued] == [(mine.pk, alice), (other.pk, alice)]
    event = AuditEvent.objects.get(action="repository.branch-changed")
    assert (event.actor, event.detail) == (alice, {"was": "", "branch": "main"})


def test_branch_not_named_leaves_the_digest_as_it_was(component):
    assert inputs_of(component).digest == "abcfd08f5b6f5ffa"


def test_other_branch_redoes_the_past_and_marks_it_until_then(scanned, alice, release, monkeypatch):
    assert set(Snapshot.objects.values_list("branch", flat=True)) == {""}
    relocating.relocate(scanned, release, "", alice)
    scan = Scan.objects.get(status="queued")
    Scan.objects.filter(pk=scan.pk).update(due_at="2026-11-17T09:00:00Z")
    monkeypatch.setattr(scanning, "PAST_SECONDS", -1.0)
    scanning.run(scan.pk)
    weeks = sorted(scanned.snapshots.filter(week_latest=True).values_list("week", flat=True))
    read = series.read_series([scanned.pk], ["rubric"], weeks[0])
    line = read.line(scanned.pk, "rubric", series.weeks_up_to(weeks[-1], len(weeks)))
    assert trend_marks.ruler_starts(line.points) == [("new settings begin", weeks[-1])]
    monkeypatch.setattr(scanning, "PAST_SECONDS", 480.0)
    scanning.run(scan.pk)
    points = scanned.snapshots.filter(week_latest=True)
    assert set(points.values_list("branch", "inputs")) == {("release", inputs_of(scanned).digest)}


def test_finding_of_the_branch_before_is_not_called_fixed(scanned, alice, run_scan):
    mine = Finding.objects.filter(component=scanned, path="train.py", present=True)
    known = set(mine.values_list("pk", flat=True))
    assert known
    relocating.relocate(scanned, branch_without(scanned, "train.py"), "", alice)
    Scan.objects.filter(status="queued").delete()
    run_scan(scanned, "2026-11-17T09:00:00Z")
    assert scanned.current.branch == "release"
    rows = Finding.objects.filter(pk__in=known).values_list("present", "fixed_at", "state")
    assert set(rows) == {(False, None, "open")}
    relocating.relocate(scanned, "", "", alice)
    Scan.objects.filter(status="queued").delete()
    run_scan(scanned, "2026-11-18T09:00:00Z")
    assert set(mine.values_list("pk", flat=True)) == known


# ---------------------------------------------------------------- the folder


@pytest.fixture
def mono(make_component, run_scan):
    component = make_component("mono", MONO, path="a")
    run_scan(component)
    return component


def test_path_out_of_the_repository_is_refused(mono, alice):
    said = "The path is none of a repository: name a folder in it, like services/churn."
    assert refusal(mono, "", "../b", alice) == ("path", said)


def test_smaller_folder_is_refused_while_the_old_one_is_there(mono, alice):
    field, said = refusal(mono, "", "b", alice)
    assert (field, said.startswith("a is still a folder of the newest commit: register the other one")) == (
        "path",
        True,
    )


def test_part_of_the_whole_is_refused(component, alice):
    said = "All of the repository is read: register a folder of it as a component of its own."
    assert refusal(component, "", "src", alice) == ("path", said)


def test_folder_that_is_not_there_is_refused(mono, alice, repository_of):
    repository_of("mono", MOVED)
    said = "apps/b is no folder of the newest commit that was read: check its spelling, or scan first."
    assert refusal(mono, "", "apps/b", alice) == ("path", said)


def test_folder_of_another_component_is_refused(mono, alice, make_component, repository_of):
    make_component("mono", MOVED, path="apps/a")
    said = "That folder is a component already: retire that one, or leave this one where it is."
    assert refusal(mono, "", "apps/a", alice) == ("path", said)


def test_folder_of_a_repository_that_can_not_be_read_is_refused(mono, alice, monkeypatch):
    Repository.objects.update(kind="remote", address="https://git.example.org/a")
    mono.refresh_from_db()
    said = "The repository can't be read now: scan it first, then change its folder."
    assert refusal(mono, "", "apps/a", alice) == ("path", said)
    assert not fetching.mirror_folder(mono.repository).exists()


def test_component_follows_its_folder_with_its_findings(mono, alice, repository_of, run_scan):
    repository_of("mono", MOVED)
    failed = run_scan(mono, "2026-11-18T09:00:00Z")
    assert failed.reason == "a is no folder of the newest commit: change the component's path, or retire it."
    known = set(Finding.objects.filter(component=mono).values_list("pk", "fingerprint", "present"))
    assert known
    relocating.relocate(mono, "", "/apps/a/", alice)
    assert place_of(mono) == ("", "apps/a")
    assert Scan.objects.get(status="queued").requested_by == alice
    Scan.objects.filter(status="queued").delete()
    scan = run_scan(mono, "2026-11-19T09:00:00Z")
    assert (scan.status, mono.stale_since) == ("done", None)
    assert set(Finding.objects.filter(component=mono).values_list("pk", "fingerprint", "present")) == known
    event = AuditEvent.objects.get(action="component.relocated")
    assert (event.actor, event.detail) == (alice, {"was": "a", "path": "apps/a"})
