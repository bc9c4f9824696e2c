"""What the forms say of their fields before anything is wrong."""

import re

import pytest

from tests.debtboard.views.test_states import text_of


def optional(page: str) -> list[str]:
    """The labels of the fields that are called optional."""
    return re.findall(r'<label for="[^"]+">([^<]+?) <span class="db-dim">optional</span>', page)


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        (
            "/settings/repositories/new/",
            ["Token or deploy key", "Name", "Folder in the repository", "Branch", "Leave out"],
        ),
        ("/settings/repositories/import/", []),
        ("/settings/components/{component}/", ["Branch", "Folder", "Why"]),
        ("/accounts/password/", []),
    ],
)
def test_field_that_may_stay_empty_is_called_optional(as_alice, board, address, labels):
    page = as_alice.get(address.format(component=board.components[0].public_id)).content.decode()
    assert optional(page) == labels


def test_missing_address_is_asked_for_by_its_name(as_alice):
    text = text_of(as_alice.post("/settings/repositories/new/", {"profile": "production", "schedule": "daily"}))
    assert "Give the address of a git repository." in text
    assert "Choose a team, or name a new one below." in text


def test_sign_in_says_who_gives_an_account(client):
    assert "An admin of this board gives a link" in text_of(client.get("/accounts/login/"))
