"""An export of feature flags is handed over in the settings, kept whole or not at all, and scanned with."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from debtboard.domain import reports
from debtboard.domain.measuring import inputs_of
from debtboard.models import AuditEvent, Finding, FlagUpload, Scan, Snapshot
from scoring.readers.flag_exports import MAX_BYTES
from tests.debtboard.views.test_states import text_of

CONFIGURATION = {"on": False, "offVariation": 0, "lastModified": 1_735_689_600_000}
EXPORT = {"items": [{"key": "new", "variations": [{"value": True}], "environments": {"live": CONFIGURATION}}]}
SERVE = (
    "import ldclient\nfrom sklearn.svm import SVC\n\nMODEL = SVC(random_state=1)\n\n\n"
    "def rank(rows, who):\n    if ldclient.get().variation('new', who, False):\n        return MODEL.predict(rows)\n"
    "    return rows\n"
)


def hand_over(client, component, document):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    address = f"/settings/components/{component.public_id}/flags/"
    return client.post(address, {"flags-file": SimpleUploadedFile("flags.json", data)}, follow=True)


def take_away(client, component):
    return client.post(f"/settings/components/{component.public_id}/flags/forget/", follow=True)


@pytest.fixture
def as_lead(client, alice):
    client.force_login(alice)
    return client


def test_stranger_and_member_hand_nothing_over_and_take_nothing_away(client, component, bob, charlie):
    for person, status in ((charlie, 404), (bob, 403)):
        client.force_login(person)
        assert hand_over(client, component, EXPORT).status_code == status
        assert take_away(client, component).status_code == status
    assert FlagUpload.objects.count() == 0


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "The file is empty: export the flags again."),
        (b'{"flags": {\n', "It is no JSON that can be read: it ends too early, in line 2."),
        ({"a": 1}, "It is JSON, and no export of flags that is known: the top holds a."),
        ({"items": [{"key": "a"}, {"key": 1}]}, "It is no export of LaunchDarkly: Expected `str`, got `int` - at `$.i"),
        (b" " * (MAX_BYTES + 70_000), "The file is larger than 20 MB"),
    ],
)
def test_what_can_not_be_taken_is_refused_and_the_former_stays(as_lead, scanned, document, said):
    hand_over(as_lead, scanned, EXPORT)
    before, inputs = FlagUpload.objects.get().document, inputs_of(scanned).digest
    answer = hand_over(as_lead, scanned, document)
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert (FlagUpload.objects.get().document, inputs_of(scanned).digest) == (before, inputs)


def test_export_replaces_the_one_before_and_is_scanned_with(as_lead, scanned):
    plain = inputs_of(scanned).digest
    said = text_of(hand_over(as_lead, scanned, EXPORT))
    assert ("1 flag of LaunchDarkly taken; all weeks are scanned anew." in said, "by alice" in said) == (True, True)
    assert Scan.objects.filter(component=scanned, status=Scan.Status.QUEUED).count() == 1
    first = inputs_of(scanned).digest
    hand_over(as_lead, scanned, {"flags": {"a": {"state": "DISABLED"}, "b": {"state": "ENABLED"}}})
    assert list(FlagUpload.objects.values_list("system", "flags")) == [("flagd", 2)]
    assert len({plain, first, inputs_of(scanned).digest}) == 3
    assert "It counts no more" in text_of(take_away(as_lead, scanned))
    assert (inputs_of(scanned).digest, FlagUpload.objects.count()) == (plain, 0)
    assert "No export of feature flags is kept." in text_of(take_away(as_lead, scanned))
    shown = text_of(as_lead.get(f"/settings/components/{scanned.public_id}/"))
    assert "2 feature flags of flagd handed over" in shown
    assert AuditEvent.objects.filter(action="component.flags-forgotten").count() == 1


def test_stale_flag_is_a_finding_at_its_place_and_unknown_without_an_export(as_lead, make_component, run_scan):
    commits = [("2026-11-12T09:00:00Z", {"serve.py": SERVE})]
    component = make_component("ranking", commits)
    run_scan(component)
    assert outcome(component) == ("unknown", "no export of feature flags was handed over")
    assert Finding.objects.filter(signal="dec.2").count() == 0
    hand_over(as_lead, component, EXPORT)
    Scan.objects.filter(component=component, status=Scan.Status.QUEUED).delete()
    run_scan(component, "2026-11-16T10:00:00Z")
    assert outcome(component) == ("found", "")
    found = Finding.objects.get(signal="dec.2")
    assert (found.path, found.line) == ("serve.py", 8)
    page = text_of(as_lead.get(f"/findings/{found.public_id}/"))
    assert "The flag new gives everyone true since 2025-01-01" in page.replace("`", "")


def outcome(component) -> tuple[str, str]:
    report = reports.read(Snapshot.objects.get(pk=component.current_id))
    (row,) = [row for row in report["signals"] if row["id"] == "dec.2"]
    return row["outcome"], row["reason"]
