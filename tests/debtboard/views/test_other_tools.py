"""SARIF of other tools is handed over in the settings, kept whole or not at all, and shown apart."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from debtboard.models import AuditEvent, Snapshot, ToolResult, ToolUpload
from scoring.readers.sarif import MAX_BYTES
from tests.debtboard.views.test_states import text_of
from tests.scoring.readers.tool_logs import log, result

FIRST = log(result("train.py", line=6), result("train.py", "ZZZ1", 2), result("gone.py"))


def hand_over(client, component, document):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    address = f"/settings/components/{component.public_id}/tools/"
    return client.post(address, {"tools-file": SimpleUploadedFile("x.sarif", data)}, follow=True)


@pytest.fixture
def as_lead(client, scanned, alice):
    client.force_login(alice)
    return client


def kept():
    return list(ToolResult.objects.order_by("upload__key", "pk").values_list("upload__key", "rule", "path", "line"))


def test_stranger_and_member_hand_nothing_over(client, scanned, bob, charlie):
    for person, status in ((charlie, 404), (bob, 403)):
        client.force_login(person)
        assert hand_over(client, scanned, FIRST).status_code == status
        assert client.post(f"/settings/components/{scanned.public_id}/tools/forget/").status_code == status
    assert kept() == []


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "The file is empty: run the tool again."),
        (b"nope", "It is no JSON that can be read: line 1"),
        ({"version": "2.0.0"}, "Its version is &#x27;2.0.0&#x27;: SARIF 2.1.0 is read."),
        (log(result("a.py"), {"ruleId": 1, "message": {}}), "$.runs[0].results[1].ruleId"),
        (log(result("gone.py"), result(None)), "None of the 2 results of ruff can be taken: 1 no file of this commit"),
        (b" " * (MAX_BYTES + 70_000), "The file is larger than 20 MB"),
    ],
)
def test_what_can_not_be_taken_is_refused_and_the_former_stays(as_lead, scanned, document, said):
    hand_over(as_lead, scanned, FIRST)
    before = kept()
    answer = hand_over(as_lead, scanned, document)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert (kept(), len(before)) == (before, 2)


def test_second_tool_that_is_outside_keeps_the_first_out_too(as_lead, scanned):
    both = {**FIRST, "runs": FIRST["runs"] + log(result("gone.py"), tool="other")["runs"]}
    assert hand_over(as_lead, scanned, both).status_code == 422
    assert (ToolUpload.objects.count(), ToolResult.objects.count()) == (0, 0)


def test_component_that_was_never_scanned_takes_nothing(client, component, alice):
    client.force_login(alice)
    assert "scan it first" in hand_over(client, component, FIRST).content.decode()


def test_new_file_replaces_what_the_same_tool_said(as_lead, scanned):
    said = text_of(hand_over(as_lead, scanned, FIRST))
    assert "ruff: 2 results taken; left out: 1 no file of this commit. Shown apart, never scored." in said
    hand_over(as_lead, scanned, log(result("serve.py", "B1"), tool="bandit"))
    hand_over(as_lead, scanned, log(result("serve.py", "F401"), tool="RUFF"))
    assert kept() == [("bandit", "B1", "serve.py", 1), ("ruff", "F401", "serve.py", 1)]
    hand_over(as_lead, scanned, log())
    assert kept() == [("bandit", "B1", "serve.py", 1)]
    assert list(ToolUpload.objects.values_list("key", "taken")) == [("bandit", 1), ("ruff", 0)]
    assert AuditEvent.objects.filter(action="component.tool-uploaded").count() == 4


def test_results_stand_apart_with_their_places_and_move_nothing(as_lead, scanned):
    address = f"/components/{scanned.public_id}/"
    before, snapshots = text_of(as_lead.get(address)), Snapshot.objects.count()
    hand_over(as_lead, scanned, FIRST)
    after = text_of(as_lead.get(address))
    assert ("From other tools" in before, "From other tools 2 results, never scored" in after) == (False, True)
    assert Snapshot.objects.count() == snapshots
    listed = text_of(as_lead.get(f"{address}other-tools/?debt=defect-long-method"))
    assert ("train.py:6" in listed, "ZZZ1" in listed) == (True, False)
    assert "ZZZ1" in text_of(as_lead.get(f"{address}other-tools/?debt=other&tool=ruff"))
    of_debt = text_of(as_lead.get(f"{address}debts/defect-long-method/"))
    assert ("train.py:6" in of_debt, "ruff C901" in of_debt) == (True, True)
    page = text_of(as_lead.get(f"{address}other-tools/{ToolResult.objects.get(line=6).pk}/"))
    assert ("read_csv" in page, "Scored never" in page) == (True, True)


def test_stranger_sees_no_result(client, scanned, alice, charlie):
    client.force_login(alice)
    hand_over(client, scanned, FIRST)
    pk = ToolResult.objects.first().pk
    client.force_login(charlie)
    for address in ("other-tools/", f"other-tools/{pk}/"):
        assert client.get(f"/components/{scanned.public_id}/{address}").status_code == 404


def test_result_of_another_component_is_not_found_here(as_lead, scanned, make_component):
    hand_over(as_lead, scanned, FIRST)
    other = make_component("other")
    pk = ToolResult.objects.first().pk
    assert as_lead.get(f"/components/{other.public_id}/other-tools/{pk}/").status_code == 404


def test_old_upload_is_stale_with_its_date(as_lead, scanned):
    hand_over(as_lead, scanned, FIRST)
    ToolUpload.objects.update(ran_at=timezone.now() - timedelta(days=29))
    for address in ("", "other-tools/", "debts/defect-long-method/"):
        assert ", stale" in text_of(as_lead.get(f"/components/{scanned.public_id}/{address}"))
    assert ", stale" in text_of(as_lead.get(f"/settings/components/{scanned.public_id}/"))


def test_what_a_tool_said_is_taken_away(as_lead, scanned):
    hand_over(as_lead, scanned, FIRST)
    address = f"/settings/components/{scanned.public_id}/tools/forget/"
    assert "It is shown no more." in text_of(as_lead.post(address, {"tool": "ruff"}, follow=True))
    for gone in ("ruff", "ru\0ff"):
        assert "Nothing of that tool is kept." in text_of(as_lead.post(address, {"tool": gone}, follow=True))
    assert kept() == []


def test_what_has_no_debt_stands_after_all_that_has_one_on_every_page(as_lead, scanned):
    unknown = [result("train.py", "ZZZ1", line) for line in range(1, 31)]
    known = [result("train.py", "F401", line) for line in range(31, 71)]
    hand_over(as_lead, scanned, log(*unknown, *known))
    address = f"/components/{scanned.public_id}/other-tools/"
    first, second = (text_of(as_lead.get(f"{address}?page={page}")).partition("What was found")[2] for page in (1, 2))
    assert (first.count("ruff F401"), first.count("ruff ZZZ1")) == (40, 10)
    assert (second.count("ruff F401"), second.count("ruff ZZZ1")) == (0, 20)
    assert first.index("ruff ZZZ1") > first.rindex("ruff F401")


def test_list_is_paged_and_odd_choices_are_no_error(as_lead, scanned):
    hand_over(as_lead, scanned, log(*(result("train.py", "F401", line) for line in range(1, 61))))
    address = f"/components/{scanned.public_id}/other-tools/"
    assert "page 2 of 2" in text_of(as_lead.get(f"{address}?page=2"))
    for odd in ("page=x", "tool=%00", "debt=<b>", "tool=none"):
        assert as_lead.get(f"{address}?{odd}").status_code == 200
