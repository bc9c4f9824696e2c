"""The rows of ours on hosted language models, over a component: llm.1 to llm.5 (llm.6 stands with its debt)."""

import json

import pytest

from scoring.debts import all_signals
from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

ROWS = [signal.id for signal in all_signals() if signal.id.startswith("llm.")]
ASK = "import json\n\nfrom openai import OpenAI\n\n\ndef ask(text: str) -> str:\n"
ASK += "    return OpenAI().responses.create(model='gpt-4o', input=text).output_text\n"
PROMPT = "import openai\n\nPROMPT = '" + "Answer in plain words. " * 20 + "'\n"


def test_rows_are_shown_and_weigh_nothing() -> None:
    assert sorted(ROWS) == ["llm.1", "llm.2", "llm.3", "llm.4", "llm.5", "llm.6"]
    assert [signal.weight for signal in all_signals() if signal.id in ROWS] == [0.0] * 6


@pytest.mark.parametrize("signal", ROWS)
def test_without_a_hosted_model_nothing_is_judged(signal: str) -> None:
    check_unknown(signal, {"fit.py": "from sklearn.svm import SVC\n\nmodel = 'gpt-4o'\n"})


@pytest.mark.parametrize("signal", ROWS)
def test_module_that_only_asks_is_clear(signal: str) -> None:
    check_clear(signal, {"ask.py": ASK.replace("gpt-4o", "gpt-4o-2024-08-06")})


def test_copies_of_a_file_count_once() -> None:
    check_found("llm.1", {"a/ask.py": ASK, "b/ask.py": ASK}, at=["a/ask.py:7"])


@pytest.mark.parametrize(("path", "learns"), [("agent.py", True), ("tests/test_agent.py", False)])
def test_world_for_agents_makes_a_component_of_ml_code(path: str, learns: bool) -> None:
    act = "import gym\nimport numpy as np\n\n\ndef act(state, weights):\n    return np.argmax(weights @ state)\n"
    assert facts_from({path: act, "sort.py": "import numpy\n"}).ml_code is learns


def test_hosted_library_alone_makes_a_component_of_ml_code() -> None:
    view = facts_from({"ask.py": "from google import genai\n\nmodel = 'gemini-1.5-pro'\n"})
    assert view.ml_code
    assert [finding.line for finding in result_of("llm.1", view)[1]] == [3]


def test_finding_in_a_notebook_names_its_cell() -> None:
    cells = [
        {"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": 1}
        for text in ("import openai", "1\nmodel = 'gpt-4o'")
    ]
    notebook = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    found = result_of("llm.1", facts_from({"ask.ipynb": notebook}))[1]
    assert [(finding.line, finding.evidence["cell"]) for finding in found] == [(2, 2)]


@pytest.mark.parametrize("path", ["prompts.py", "src/prompts/invoice.py", "prompt_templates.py", "evals/run.py"])
def test_module_of_prompts_is_their_one_place(path: str) -> None:
    check_clear("llm.2", {path: PROMPT})


def test_prompt_among_other_code_is_found() -> None:
    check_found("llm.2", {"answer.py": PROMPT}, at=["answer.py:3"])


@pytest.mark.parametrize(
    "beside",
    [{"evals/cases.jsonl": "{}\n"}, {"tests/test_answers.py": "import deepeval\n\n\ndef test_a():\n    pass\n"}],
)
def test_answers_tried_on_cases_are_clear(beside: dict[str, str]) -> None:
    check_clear("llm.4", {"ask.py": ASK + "\n\nprint(json.loads(ask('a')))\n", **beside})


def test_answers_validated_in_their_function_are_clear() -> None:
    check_clear("llm.4", {"ask.py": ASK + "\n\ndef a() -> Item:\n    return Item(**json.loads(ask('a')))\n"})


def test_answers_taken_apart_are_found() -> None:
    check_found("llm.4", {"ask.py": ASK + "\n\nprint(json.loads(ask('a')))\n"}, at=["ask.py:10"])


def test_record_of_two_parts_leaves_the_third_open() -> None:
    source = "import faiss\n\njson.dump({'source': s, 'date': d}, f)\nfaiss.write_index(i, 'a')\n"
    found = result_of("llm.3", facts_from({"model.py": "import openai\n", "build.py": source}))[1]
    assert [finding.message.split(": ")[0] for finding in found] == [
        "faiss.write_index keeps an index, and its module records no model for it"
    ]
