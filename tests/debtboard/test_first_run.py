"""Which folders of this host `up` lets be read, and what it registers by itself."""

import pytest

from debtboard.domain import fetching
from debtboard.embedded import first_run
from debtboard.models import AuditEvent, Component

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_named(settings):
    settings.LOCAL_FOLDERS = []


def test_home_and_neighbours_are_not_allowed(repository_of, monkeypatch):
    place = repository_of("here")
    monkeypatch.setenv("HOME", str(place.parent))
    assert first_run.allow_folders(place) == str(place)
    with pytest.raises(fetching.Refused) as caught:
        fetching.vetted(str(repository_of("neighbour")))
    assert "set DEBTBOARD_LOCAL_FOLDERS to this one or its parent" in str(caught.value)


def test_outside_a_repository_nothing_is_allowed(tmp_path):
    assert first_run.allow_folders(tmp_path) == ""


@pytest.mark.parametrize("place", ["/", "/srv/a,b"])
def test_folder_that_can_not_be_listed_is_left_out(place, settings, tmp_path):
    settings.LOCAL_FOLDERS = [place, tmp_path]
    assert first_run.allow_folders(tmp_path) == str(tmp_path)


def test_folder_that_a_person_registered_is_not_allowed_by_it(component, tmp_path):
    assert first_run.allow_folders(tmp_path) == ""


def test_repository_it_registered_itself_stays_allowed_elsewhere(repository_of, tmp_path, settings):
    place = repository_of("here")
    first_run.allow_folders(place)
    said = first_run.register_itself(place, first_run.admin())
    assert said == f"here at {place} is registered and scanned first."
    assert Component.objects.get().repository.address == str(place)
    settings.LOCAL_FOLDERS = []
    assert first_run.allow_folders(tmp_path) == str(place)
    assert first_run.register_itself(place, first_run.admin()) == ""


def test_named_folders_come_with_the_one_it_stands_in(repository_of, tmp_path, settings):
    settings.LOCAL_FOLDERS = [tmp_path / "named"]
    place = repository_of("here")
    assert first_run.allow_folders(place / "src") == f"{tmp_path}/named,{place}"


def test_repository_that_is_gone_does_not_stop_the_next_start(alice, tmp_path):
    gone = str(tmp_path / "gone")
    AuditEvent.objects.create(action=first_run.ITSELF, actor=alice, detail={"address": gone})
    assert gone not in first_run.allow_folders(tmp_path).split(",")
