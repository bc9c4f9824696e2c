"""A list of components, registered whole or not at all."""

import pytest

from debtboard.domain.importing import RefusedLines, register_csv
from debtboard.forms import ImportForm
from debtboard.models import Component, Scan

pytestmark = pytest.mark.django_db


def test_list_with_one_bad_line_registers_nothing(alice, other_team, repository_of):
    text = f"address,team\n{repository_of()},growth\nfile:///etc,growth\n,\n{repository_of('two')},risk\n"
    with pytest.raises(RefusedLines) as caught:
        register_csv(text, alice)
    assert caught.value.problems == [
        (3, "That kind of address is not allowed here: give one that begins with https://."),
        (5, "There is a team 'risk' already: choose it if you lead it, or give another name."),
    ]
    assert Component.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("", 1, "is missing"),
        ("address\n", 1, "'team' is missing"),
        ("address,team,colour\n", 1, "no column is called 'colour'"),
        ("address,team\n", 1, "The list is empty"),
        ("address,team\na,b,c\n", 2, "more cells"),
        ('address,team\n"a,b\n', 2, "no CSV"),
    ],
)
def test_list_that_is_no_list_is_refused(alice, text, line, part):
    with pytest.raises(RefusedLines) as caught:
        register_csv(text, alice)
    assert [(number, part in sentence) for number, sentence in caught.value.problems] == [(line, True)]


def test_same_component_twice_in_a_list_is_refused(alice, repository_of):
    place = repository_of()
    with pytest.raises(RefusedLines) as caught:
        register_csv(f"address,team\n{place},growth\n{place},growth\n", alice)
    assert caught.value.problems == [(3, "The same repository and path stand on line 2: keep one of them.")]


def test_list_registers_all_with_two_paths_of_one_repository(alice, repository_of):
    place = repository_of("mono", [("2026-10-05T10:00:00Z", {"a/x.py": "1\n", "b/x.py": "1\n"})])
    text = f"\ufeffaddress,team,path,profile,excludes\n{place},growth,a,library,x/**; y/**\n{place},Growth,b,,\n"
    first, second = register_csv(text, alice)
    assert first.repository_id == second.repository_id
    assert (first.path, first.profile, first.excludes) == ("a", "production", [])
    asked = first.approvals.values_list("kind", "what", "state")
    assert list(asked) == [("exclude", "x/**", "asked"), ("exclude", "y/**", "asked"), ("profile", "library", "asked")]
    assert Scan.objects.count() == 2


def test_import_form_gives_the_problems(alice):
    form = ImportForm(alice, {"text": "address,team\n-x,growth\n"})
    assert form.is_valid()
    assert form.save() is None
    assert form.problems == [(2, "The address looks like an option: give an https URL of a git repository.")]
