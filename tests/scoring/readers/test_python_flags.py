"""Which feature flags a module asks for: by a text or a name bound to one, of a library or of anything else."""

import time

import pytest

from scoring.facts import FlagRead
from scoring.knowledge.flags import METHODS
from scoring.readers.python import READER


def reads(text: str) -> list[tuple[str, int, str]]:
    facts = READER.read(text.encode())
    return [(read.key, read.line, read.library) for read in facts.flags]


@pytest.mark.parametrize(
    "text",
    [
        "import ldclient\n\nON = ldclient.get().variation(key, who, False)\n",
        "import ldclient\n\nON = ldclient.get().variation(f'{a}-b', who, False)\n",
        "import ldclient\n\nON = ldclient.get().variation(3, who, False)\n",
        "import ldclient\n\nON = ldclient.get().variation()\n",
        "KEY = 'a'\nKEY = 'b'\n\nON = flags.variation(KEY, None, False)\n",
        "def is_enabled(name):\n    return name\n",
        "ON = flags.has('a')\n",
        f"ON = flags.is_enabled({'k' * 201!r})\n",
    ],
)
def test_call_that_names_no_flag_is_none(text: str) -> None:
    assert reads(text) == []


@pytest.mark.parametrize("library", sorted(METHODS))
def test_each_method_of_each_library_is_a_read_at_the_place_of_its_key(library: str) -> None:
    for method, at in METHODS[library].items():
        arguments = ", ".join(["who"] * at + ["'new-ranker'", "False"])
        text = f"import {library}\n\nON = client.{method}({arguments})\n"
        assert reads(text) == [("new-ranker", 3, library)]


def test_keyword_and_name_bound_at_the_top_are_followed() -> None:
    text = (
        "from openfeature import api\n\nNEW = 'new'\nclient = api.get_client()\n\n\ndef rank():\n"
        "    return client.get_boolean_value(flag_key='a', default_value=False) or client.get_string_value(NEW, '')\n"
    )
    assert reads(text) == [("a", 8, "openfeature"), ("new", 8, "openfeature")]


def test_module_that_imports_no_library_may_ask_for_flags_too() -> None:
    text = "def rank(gate, request):\n    if gate.is_on('size') and flag_is_active(request, 'new'):\n        pass\n"
    facts = READER.read(text.encode())
    assert facts.flags == (FlagRead("new", 2, 2, "", "rank"), FlagRead("size", 2, 2, "", "rank"))


def test_many_imports_and_calls_are_read_in_time_linear_in_their_number() -> None:
    source = b"import a\n" * 15_000 + b"x.is_enabled('a')\n" * 8_000
    started = time.process_time()
    assert len(READER.read(source).flags) == 8_000
    assert time.process_time() - started < 3.0
