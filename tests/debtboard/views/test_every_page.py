"""What holds for every page: odd parameters, no inline code, its size; and the pages of errors."""

import gzip
import re

import pytest

from tests.debtboard.views.test_states import text_of

EVERY = ("/", "/teams/team-0/", "/components/{}/", "/components/{}/findings/", "/scans/", "/settings/", "/catalogue/")


@pytest.mark.parametrize(
    "query",
    [
        "page=x",
        "page=999999999999",
        "page=-1",
        "order=<b>",
        "debt=%00",
        "signal='",
        "line=<script>",
        "weeks=9e9",
        "debts=all",
    ],
)
@pytest.mark.parametrize("address", ["/", "/teams/team-0/", "/components/{}/", "/components/{}/findings/", "/scans/"])
def test_odd_parameter_is_no_error(as_alice, board, address, query):
    answer = as_alice.get(f"{address.format(board.components[0].public_id)}?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("address", EVERY)
def test_page_carries_no_inline_style_or_script(as_alice, board, address):
    html = as_alice.get(address.format(board.components[0].public_id)).content.decode()
    assert re.findall(r"""\sstyle\s*=|<script(?![^>]* src=)|\son[a-z]+\s*=\s*["']|javascript:""", html) == []


def test_error_pages_say_what_to_do(client, board):
    assert "There is no such page" in text_of(client.get("/nowhere/"))
    from django.template.loader import render_to_string

    assert "Something failed" in render_to_string("500.html")


@pytest.mark.parametrize("address", ["/", "/teams/team-0/", "/components/{}/"])
def test_page_of_two_years_is_under_20_kb_compressed(client, make_board, address):
    made = make_board(weeks=104)
    client.force_login(made.alice)
    answer = client.get(address.format(made.components[0].public_id))
    assert len(gzip.compress(answer.content)) <= 20_000
