"""Actions made of a completion's text (llm.6)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

HEAD = "import ast\nimport subprocess\n\nfrom openai import OpenAI\n\n\ndef ask(text: str) -> str:\n"
HEAD += "    return OpenAI().responses.create(input=text).output_text\n\n\n"


@pytest.mark.parametrize(
    "source",
    [
        "def act(wish):\n    return ast.literal_eval(ask(wish))\n",
        "def act(wish):\n    text = ask(wish)\n    if is_allowed(text):\n        subprocess.run(text)\n",
        "def act(wish):\n    text = ask(wish)\n    if input('Run it?') == 'y':\n        subprocess.run(text)\n",
        "def act(wish):\n    print(ask(wish))\n    subprocess.run(['ls'])\n",
        "def act(wish):\n    subprocess.run(wish)\n",
    ],
)
def test_bounded_or_no_action_is_clear(source: str) -> None:
    check_clear("llm.6", {"act.py": HEAD + source})


def test_action_without_limit_is_found_where_it_is_done() -> None:
    check_found(
        "llm.6", {"act.py": HEAD + "def act(wish):\n    subprocess.run(ask(wish), shell=True)\n"}, at=["act.py:12"]
    )


def test_tool_that_runs_what_a_model_writes_is_found() -> None:
    source = "from langchain_experimental.tools import PythonREPLTool\n\ntools = [PythonREPLTool()]\n"
    check_found("llm.6", {"agent.py": source}, at=["agent.py:3"])


def test_action_of_a_test_counts_for_nothing() -> None:
    check_clear("llm.6", {"ask.py": HEAD, "tests/test_act.py": HEAD + "subprocess.run(ask('a'))\n"})


def test_without_a_hosted_model_nothing_is_judged() -> None:
    check_unknown("llm.6", {"act.py": "import subprocess\nimport sklearn\n\nsubprocess.run(['ls'])\n"})
