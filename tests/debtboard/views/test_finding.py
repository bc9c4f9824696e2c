"""A finding of a real scan: its lines, masked; its last change; nothing for strangers."""

import json
import re

import pytest

from debtboard.models import Finding, Snapshot
from tests.conftest import HISTORY

SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def found(make_component, run_scan):
    """A finding in train.py, with a secret, a control character and markup in the lines around it."""
    commits = (
        *HISTORY,
        (
            "2026-11-12T10:00:00Z",
            {"serve.py": f"key = '{SECRET}'\ntitle = '{EVIL}\u202e'\nmodel = load('/home/ada/model.pkl')\n"},
        ),
    )
    component = make_component(commits=commits)
    run_scan(component, weeks=4)
    return Finding.objects.filter(component=component).order_by("id").first()


def show(client, person, finding) -> str:
    client.force_login(person)
    return client.get(f"/findings/{finding.public_id}/").content.decode()


def move(finding, path: str, line: int) -> None:
    Finding.objects.filter(pk=finding.pk).update(path=path, line=line, end_line=line)


def test_excerpt_shows_the_line_and_some_around_it(client, bob, found):
    move(found, "train.py", 6)
    html = show(client, bob, found)
    hit = re.search(r'<li class="db-hit"><span>6</span><b>(.*?)</b>', html)
    assert hit[1] == "frame = pd.read_csv(&quot;/home/ada/churn.csv&quot;)"
    assert len(re.findall(r"<li><span>\d+</span><b>", html)) == 7


def test_excerpt_masks_secrets_and_is_text(client, bob, found):
    move(found, "serve.py", 1)
    html = show(client, bob, found)
    assert SECRET not in html
    assert "key = &#x27;••••••••&#x27;" in html
    assert EVIL not in html
    assert "⟨U+202E⟩" in html


@pytest.mark.parametrize(("path", "line"), [("gone.py", 1), ("train.py", 9999), ("eda.ipynb", 3), ("../etc/passwd", 1)])
def test_excerpt_that_cannot_be_shown_says_why(client, bob, found, path, line):
    move(found, path, line)
    assert "The excerpt can’t be shown." in show(client, bob, found)


NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "cells": [
            {"cell_type": "markdown", "source": ["# Look\n", "at it"]},
            {"cell_type": "code", "source": ["import pandas\n", f"key = '{SECRET}'\n", "print(key)"], "outputs": []},
        ],
    }
)


@pytest.fixture
def in_notebook(make_component, run_scan):
    """A finding to be put into a notebook, and one that is none."""
    files = {"eda.ipynb": NOTEBOOK, "broken.ipynb": "{", "serve.py": "model = load('/home/ada/model.pkl')\n"}
    component = make_component(commits=(*HISTORY, ("2026-11-12T10:00:00Z", files)))
    run_scan(component, weeks=1)
    return Finding.objects.filter(component=component).order_by("id").first()


def in_cell(finding, path: str, cell: int, line: int) -> None:
    Finding.objects.filter(pk=finding.pk).update(path=path, line=line, end_line=line, evidence={"cell": cell})


@pytest.mark.parametrize(
    ("path", "cell", "line", "reason"),
    [
        ("broken.ipynb", 1, 1, "can&#x27;t be opened as one: not a notebook: it is no JSON."),
        ("eda.ipynb", 3, 1, "beyond the end"),
        ("eda.ipynb", 0, 1, "beyond the end"),
        ("eda.ipynb", 2, 9, "beyond the end"),
    ],
)
def test_excerpt_of_a_cell_that_is_not_there_says_why(client, bob, in_notebook, path, cell, line, reason):
    in_cell(in_notebook, path, cell, line)
    assert reason in show(client, bob, in_notebook)


def test_excerpt_shows_the_cell_of_a_notebook_masked(client, bob, in_notebook):
    in_cell(in_notebook, "eda.ipynb", 2, 2)
    html = show(client, bob, in_notebook)
    assert SECRET not in html
    assert re.findall(r"<b>(.*?)</b></li>", html) == ["import pandas", "key = &#x27;••••••••&#x27;", "print(key)"]
    assert re.search(r'<li class="db-hit"><span>(\d+)</span>', html)[1] == "2"
    assert "eda.ipynb, cell 2, line 2" in html
    assert "Cell 2 of the notebook" in html
    assert "When did this line last change?" not in html


def test_message_is_masked_in_every_place(client, bob, found):
    Finding.objects.filter(component=found.component).update(message=f"The key '{SECRET}' is fixed.")
    assert SECRET not in show(client, bob, found)
    for page in ("", "findings/", "findings/?order=file"):
        html = client.get(f"/components/{found.component.public_id}/{page}").content.decode()
        assert (SECRET in html, "The key &#x27;••••••••&#x27; is fixed." in html) == (False, True)


def test_excerpt_of_a_repository_that_is_gone_says_why(client, bob, found):
    repository = found.component.repository
    repository.address = "/nowhere/at/all"
    repository.save()
    assert "The repository could not be opened" in show(client, bob, found)


def test_excerpt_is_not_shown_to_a_stranger(client, charlie, found):
    client.force_login(charlie)
    assert client.get(f"/findings/{found.public_id}/").status_code == 404
    assert client.get(f"/findings/{found.public_id}/blame/").status_code == 404


def test_blame_names_the_commit_and_no_person(client, bob, found):
    move(found, "train.py", 6)
    client.force_login(bob)
    html = client.get(f"/findings/{found.public_id}/blame/").content.decode()
    assert "<b>5 Oct</b>" in html
    assert "Ada" not in html
    move(found, "train.py", 9999)
    assert "cannot be blamed" in client.get(f"/findings/{found.public_id}/blame/").content.decode()


def test_finding_says_its_age_from_the_snapshots(client, bob, found):
    html = show(client, bob, found)
    assert "First seen" in html
    assert "read from history" in html


def test_evidence_is_masked_as_lines_are(client, bob, found):
    Finding.objects.filter(pk=found.pk).update(
        evidence={"address": "https://s0met0ken@git.example.org/x", "key": SECRET}
    )
    html = show(client, bob, found)
    assert "s0met0ken" not in html
    assert SECRET not in html
    assert "https://••••••••@git.example.org/x" in html


def test_finding_of_the_first_week_that_was_read_may_be_older(client, bob, found):
    snapshots = Snapshot.objects.filter(component=found.component).order_by("as_of")
    first, second = snapshots[0], snapshots[1]
    Finding.objects.filter(pk=found.pk).update(first_snapshot=first, first_seen_at=first.as_of)
    html = show(client, bob, found)
    assert ", the first week scanned: it may be older</dd>" in html
    listed = client.get(f"/components/{found.component.public_id}/findings/").content.decode()
    assert "since the first week" in listed
    assert "<dt>Seen for</dt><dd>at least " in html
    Finding.objects.filter(pk=found.pk).update(first_snapshot=second, first_seen_at=second.as_of)
    html = show(client, bob, found)
    assert "the first week scanned" not in html
    assert "at least " not in html.partition("<dt>Seen for</dt>")[2].partition("</dl>")[0]
