"""Where a component is read from is changed on its settings page; what can't be is said beside its field."""

import pytest

from debtboard.models import Finding, Membership, Role
from tests.debtboard.views.test_states import text_of

MONO = [("2026-10-05T10:00:00Z", {"a/train.py": "import os\n", "b/train.py": "import sys\n"})]


def save(client, component, branch: str, **more: str):
    said = {"source-branch": branch} | {f"source-{name}": value for name, value in more.items()}
    return client.post(f"/settings/components/{component.public_id}/source/", said, follow=True)


def branch_of(component) -> str:
    component.refresh_from_db()
    return component.repository.branch


@pytest.mark.parametrize(("name", "status"), [("charlie", 404), ("bob", 403)])
def test_stranger_and_member_change_nothing(client, component, request, name, status):
    client.force_login(request.getfixturevalue(name))
    assert (save(client, component, "main").status_code, branch_of(component)) == (status, "")
    assert client.get(f"/settings/components/{component.public_id}/source/").status_code == 405


def test_branch_that_is_not_there_is_said_beside_its_field(client, component, alice):
    client.force_login(alice)
    answer = save(client, component, "mian")
    assert (answer.status_code, branch_of(component)) == (422, "")
    text = answer.content.decode()
    assert "check its spelling, or name another, such as &#x27;main&#x27;." in text
    assert ('id="id_source-branch_error"' in text, 'href="#source"' in text) == (True, True)


def test_refusal_that_belongs_to_no_field_stands_above_them(client, component, alice, settings):
    settings.LOCAL_FOLDERS = []
    client.force_login(alice)
    answer = save(client, component, "main")
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)
    assert "Folders of this host are read only where its operator names them" in text_of(answer)


def test_branch_of_a_shared_repository_can_not_be_typed(client, make_component, alice, other_team):
    mine = make_component("mono", MONO, path="a")
    make_component("mono", (), team=other_team, path="b")
    client.force_login(alice)
    page = client.get(f"/settings/components/{mine.public_id}/")
    assert page.context["forms"]["source"].fields["branch"].disabled is True
    assert "It is read from there already: nothing is changed." in text_of(save(client, mine, "main", path="a"))
    assert branch_of(mine) == ""


def test_component_of_the_whole_repository_has_no_folder_to_change(client, component, alice):
    client.force_login(alice)
    assert 'name="source-path"' not in client.get(f"/settings/components/{component.public_id}/").content.decode()
    save(client, component, "main", path="src")
    assert (branch_of(component), component.path) == ("main", "")


def test_branch_is_said_on_the_page_and_its_change_is_confirmed(client, scanned, alice):
    client.force_login(alice)
    text = text_of(save(client, scanned, "main"))
    assert "churn is read from branch main; all weeks are scanned anew." in text
    page = text_of(client.get(f"/components/{scanned.public_id}/"))
    assert ("branch main, production" in page, "read along branch main" in page) == (True, True)


def test_finding_left_on_the_other_branch_says_so(client, scanned, alice):
    finding = Finding.objects.filter(component=scanned, present=True).first()
    Finding.objects.filter(pk=finding.pk).update(present=False)
    client.force_login(alice)
    text = text_of(client.get(f"/findings/{finding.public_id}/"))
    assert "Not read any more, and not fixed." in text


def test_viewer_is_offered_nothing(client, component, bob):
    Membership.objects.filter(person=bob).update(role=Role.VIEWER)
    client.force_login(bob)
    text = text_of(client.get(f"/settings/components/{component.public_id}/"))
    assert "Where it is read" not in text
