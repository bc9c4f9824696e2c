"""What a pattern would leave out of the newest snapshot."""

import pytest

from debtboard.domain import approving, keeping
from debtboard.domain.matching import files_matched
from debtboard.domain.refusals import Refused
from debtboard.forms.component import AskForm
from debtboard.models import Snapshot

pytestmark = pytest.mark.django_db


def test_component_that_was_never_read_has_no_counts(component):
    assert files_matched(component, ("train.py",)) is None


def test_files_are_counted_at_the_newest_snapshot(scanned):
    assert files_matched(scanned, ("train.py", "none/**")) == {"train.py": 1, "none/**": 0}


def test_pattern_that_matches_nothing_is_told(scanned, alice):
    form = AskForm(scanned, keeping.keeper(scanned, alice), {"excludes": "none/**"})
    assert not form.is_valid()
    assert form.errors["excludes"] == ["none/** matches no file of the newest snapshot: check its spelling."]


def test_absolute_pattern_is_refused(component, alice):
    with pytest.raises(Refused, match="is absolute"):
        approving.ask(component, alice, ("/train.py",))


def test_files_left_out_are_kept_with_the_snapshot(scanned, alice, charlie, run_scan):
    approving.ask(scanned, alice, ("train.py",))
    approving.decide(scanned.approvals.get(), charlie, approve=True)
    run_scan(scanned)
    scanned.refresh_from_db()
    assert scanned.current.files_left_out == 1
    assert set(Snapshot.objects.exclude(pk=scanned.current_id).values_list("files_left_out", flat=True)) == {0}
