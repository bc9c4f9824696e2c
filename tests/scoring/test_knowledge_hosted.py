"""Every entry of hosted.toml does on a snippet what the table says of it.

Longer than 300 lines: one table, tried entry by entry.
"""

import re
import tomllib
from importlib.resources import files

import pytest

from scoring import knowledge
from scoring.facts import HostedUse
from scoring.knowledge import HOSTED, of_hosted
from scoring.knowledge.hosted import (
    EVALUATION_PLACES,
    LIMITS,
    PROMPT_KEY,
    RECORDED,
    VALIDATING,
    moving_name,
)
from scoring.readers.python import read
from scoring.testing import check_clear, check_found

TABLE = tomllib.loads(files(knowledge).joinpath("hosted.toml").read_text("utf-8"))
COMPLETIONS, PROMPTS, PARSING, ACTING = (TABLE[key] for key in ("completions", "prompts", "parsing", "acting"))
INDEXES, CALLS = TABLE["indexes"]["kept"], TABLE["indexes"]["calls"]

MOVING = [
    "gpt-4o", "gpt-3.5-turbo", "gpt-4-turbo-preview", "openai/gpt-4.1-mini", "chatgpt-4o-latest", "o1", "o3-mini",
    "claude-3-5-sonnet-latest", "anthropic/claude-sonnet-4-5", "gemini-1.5-pro", "models/gemini-2.0-flash",
    "text-bison", "textembedding-gecko@latest", "mistral-large-latest", "mistral-embed", "codestral-latest",
    "command-r-plus", "deepseek-chat", "grok-2-latest", "sonar-pro",
]  # fmt: skip
DATED = [
    "gpt-4o-2024-08-06", "gpt-4-0613", "gpt-3.5-turbo-0125", "gpt-4-1106-preview", "o1-2024-12-17", "claude-2.1",
    "claude-3-5-sonnet-20241022", "anthropic.claude-3-sonnet-20240229-v1:0", "claude-3-5-sonnet@20240620",
    "claude-opus-4-6", "gemini-1.5-pro-002", "gemini-2.5-flash-preview-04-17", "gemini-embedding-001", "text-bison@001",
    "chat-bison-001", "mistral-large-2407", "command-r-08-2024", "command-a-03-2025",
]  # fmt: skip
OTHERS = [
    "gpt2",
    "gpt4all",
    "gpt-j",
    "command",
    "claude",
    "bert-base-uncased",
    "text-embedding-ada-002",
    "sonata",
    "o12",
]
LONG = "Answer in plain words. " * 20


def uses(source: str, *imported: str) -> tuple[HostedUse, ...]:
    head = "".join(f"import {name}\n" for name in dict.fromkeys(("json", "openai", *imported)))
    return read((head + source).encode()).hosted


def kinds(source: str, *imported: str) -> list[str]:
    return [use.kind for use in uses(source, *imported) if use.kind != "default"]


def module_of(name: str) -> str:
    """What to import for a dotted name: all before its first class or its function."""
    parts = name.partition("(")[0].split(".")
    taken = next((n for n, part in enumerate(parts) if part[:1].isupper()), len(parts) - 1)
    return ".".join(parts[:taken])


# ---------------------------------------------------------------- models


@pytest.mark.parametrize("name", sorted(HOSTED))
def test_library_is_looked_at(name: str) -> None:
    assert of_hosted(f"{name}.anything().more")
    assert [use.subject for use in read(f"import {name}\nmodel = 'gpt-4o'\n".encode()).hosted] == ["gpt-4o"]


@pytest.mark.parametrize("name", [*DATED, *OTHERS])
def test_name_of_one_model_or_of_none_moves_nowhere(name: str) -> None:
    assert moving_name(name) == ""


@pytest.mark.parametrize("name", MOVING)
def test_name_that_may_mean_another_model_moves(name: str) -> None:
    assert moving_name(name) == re.split("[/]", name)[-1]


@pytest.mark.parametrize("family", TABLE["models"]["families"])
def test_family_has_an_example(family: str) -> None:
    assert any(re.fullmatch(family, moving_name(name)) for name in MOVING)


@pytest.mark.parametrize("form", TABLE["models"]["dated"])
def test_form_of_a_date_has_an_example(form: str) -> None:
    assert any(re.search(form, name) for name in DATED)


@pytest.mark.parametrize("name", TABLE["models"]["first"])
def test_first_argument_names_the_model(name: str) -> None:
    name = name.replace("*", "x")
    assert kinds(f"{name}('gpt-4o')\n", module_of(name)) == ["model"]


@pytest.mark.parametrize(("owner", "keys"), TABLE["models"]["defaults"].items())
def test_class_without_a_model_takes_the_librarys(owner: str, keys: list[str]) -> None:
    made = f"from langchain_openai import {owner}\n"
    assert [use.kind for use in uses(f"{made}{owner}(timeout=3)\n")] == ["default"]
    assert [uses(f"{made}{owner}({key}=x)\n") for key in keys] == [()] * len(keys)


# ---------------------------------------------------------------- completions


@pytest.mark.parametrize("name", COMPLETIONS["functions"])
def test_function_completes(name: str) -> None:
    assert kinds(f"json.loads({name}('a'))\n", module_of(name)) == ["parsed"]


@pytest.mark.parametrize("ending", COMPLETIONS["endings"])
def test_ending_completes_on_any_object(ending: str) -> None:
    assert kinds(f"json.loads(thing.{ending}('a'))\n") == ["parsed"]


@pytest.mark.parametrize("owner", COMPLETIONS["classes"])
def test_object_of_a_class_completes(owner: str) -> None:
    head = f"from langchain.somewhere import {owner}\nmade = {owner}(model=m)\n"
    made = kinds(head)
    assert kinds(f"{head}json.loads(made.invoke('a'))\n") == [*made, "parsed"]
    assert kinds(f"{head}json.loads(made('a'))\n") == [*made, "parsed"]


@pytest.mark.parametrize("method", COMPLETIONS["methods"])
def test_method_completes_on_an_object_called_a_model(method: str) -> None:
    assert kinds(f"json.loads(self.llm.{method}('a'))\n") == ["parsed"]
    assert kinds(f"json.loads(thing.{method}('a'))\n") == []


@pytest.mark.parametrize("method", COMPLETIONS["invoked"])
def test_method_completes_on_anything_called_a_model(method: str) -> None:
    assert kinds(f"json.loads(self.summary_model.{method}('a'))\n") == ["parsed"]


@pytest.mark.parametrize("key", COMPLETIONS["schema"])
def test_keyword_gives_a_schema(key: str) -> None:
    assert kinds(f"json.loads(client.responses.create(input='a', {key}=x))\n") == []
    assert kinds(f"json.loads(client.responses.create(input='a', {key}=None))\n") == ["parsed"]


@pytest.mark.parametrize("method", COMPLETIONS["structured"])
def test_method_gives_a_schema(method: str) -> None:
    assert kinds(f"json.loads(client.{method}.responses.create(input='a'))\n") == []
    assert kinds(f"llm = made.{method}(Item)\njson.loads(openai.{method}(x).responses.create(input='a'))\n") == []


@pytest.mark.parametrize("part", COMPLETIONS["aside"])
def test_part_of_an_answer_is_no_text_of_it(part: str) -> None:
    assert kinds(f"r = llm.invoke('a')\njson.loads(r.{part})\njson.loads(r['{part}'])\n") == []


# ---------------------------------------------------------------- prompts and chains


@pytest.mark.parametrize("owner", PROMPTS["classes"])
def test_class_makes_a_prompt(owner: str) -> None:
    head = f"from langchain_core.somewhere import {owner}\n"
    assert kinds(f"{head}{owner}('{LONG}')\n") == ["prompt"]
    assert [kinds(f"{head}{owner}.{method}('{LONG}')\n") for method in PROMPTS["methods"]] == [["prompt"]] * 3


@pytest.mark.parametrize(
    "name",
    ["prompt", "SYSTEM_PROMPT", "prompt_template", "instructions", "system", "system_message", "prompt_v2", "persona"],
)
def test_name_holds_a_prompt(name: str) -> None:
    assert PROMPT_KEY.search(name)


@pytest.mark.parametrize(
    "name",
    [
        "prompted",
        "promptly",
        "systems",
        "ecosystem",
        "filesystem",
        "instructional",
        "impersonal",
        "prompt_example",
        "INSTRUCTIONS_FOR_REVIEW",
        "prompt_file",
    ],
)
def test_name_holds_no_prompt(name: str) -> None:
    assert not PROMPT_KEY.search(name)


@pytest.mark.parametrize("role", PROMPTS["answers"])
def test_answer_given_back_is_no_chain(role: str) -> None:
    source = "m = [{{'role': '{}', 'content': llm.invoke('a')}}]\nllm.invoke(m)\n"
    assert kinds(source.format(role)) == []
    assert kinds(source.format("user")) == ["chained"]


@pytest.mark.parametrize("owner", PROMPTS["answer_classes"])
def test_answer_given_back_as_an_object_is_no_chain(owner: str) -> None:
    head = f"from langchain_core.messages import {owner}, HumanMessage\n"
    assert kinds(f"{head}m = [{owner}(llm.invoke('a'))]\nllm.invoke(m)\n") == []
    assert kinds(f"{head}m = [HumanMessage(llm.invoke('a'))]\nllm.invoke(m)\n") == ["chained"]


@pytest.mark.parametrize("owner", TABLE["chains"]["classes"])
def test_class_chains_calls(owner: str) -> None:
    assert kinds(f"from langchain.chains import {owner}\n{owner}(x)\n") == ["chained"]
    assert kinds(f"from langchain.chains import {owner}\n{owner}.from_llm(x)\n") == ["chained"]


# ---------------------------------------------------------------- indexes


@pytest.mark.parametrize(("owner", "keys"), INDEXES.items())
@pytest.mark.parametrize("method", CALLS["building"])
def test_class_keeps_an_index(owner: str, keys: list[str], method: str) -> None:
    head = f"from langchain_community.vectorstores import {owner}\n"
    kept = [kinds(f"{head}{owner}.{method}(d, m, {key}=x)\n") for key in keys or ["other"]]
    assert kept == [["index"]] * len(kept)
    assert kinds(f"{head}{owner}.{method}(d, m)\n") == ([] if keys else ["index"])


@pytest.mark.parametrize("name", CALLS["functions"])
def test_function_keeps_an_index(name: str) -> None:
    name = name.replace("*", "get")
    assert kinds(f"{name}(a)\n", module_of(name)) == ["index"]


@pytest.mark.parametrize("method", CALLS["writing"])
def test_method_writes_an_index(method: str) -> None:
    head = "from langchain_community.vectorstores import FAISS\n"
    assert kinds(f"{head}FAISS.from_documents(d, m).{method}('a')\n") == ["index"]


@pytest.mark.parametrize("place", CALLS["memory"])
def test_index_in_memory_is_not_kept(place: str) -> None:
    head = "from langchain_community.vectorstores import Qdrant\n"
    assert kinds(f"{head}Qdrant.from_documents(d, m, url='{place}')\n") == []


@pytest.mark.parametrize("owner", CALLS["recorders"])
def test_recorder_keeps_what_an_index_was_made_of(owner: str) -> None:
    assert kinds(f"from langchain.indexes import {owner}\n{owner}(x)\nfaiss.write_index(i, 'a')\n", "faiss") == []


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ("model", ["embedding_model", "encoder", "model_name"]),
        ("source", ["source", "corpus", "dataset", "origin", "documents", "commit", "path", "url"]),
        ("date", ["date", "created", "built_on", "timestamp", "version", "digest", "hash", "indexed_at"]),
    ],
)
def test_key_of_a_record_tells_its_part(part: str, keys: list[str]) -> None:
    assert [key for key in keys if not RECORDED[part].search(key)] == []


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize("name", PARSING["functions"])
def test_function_takes_a_text_apart(name: str) -> None:
    assert kinds(f"{name}(llm.invoke('a'))\n", module_of(name)) == ["parsed"]


@pytest.mark.parametrize("method", PARSING["methods"])
def test_method_takes_a_text_apart(method: str) -> None:
    assert kinds(f"llm.invoke('a').{method}(',')\n") == ["parsed"]


@pytest.mark.parametrize("name", PARSING["passing"])
def test_function_hands_a_text_on(name: str) -> None:
    assert kinds(f"eval({name}(llm.invoke('a')))\n", *([module_of(name)] if "." in name else [])) == ["acted"]


@pytest.mark.parametrize("method", PARSING["text_methods"])
def test_method_hands_a_text_on(method: str) -> None:
    assert kinds(f"eval(llm.invoke('a').{method}('b'))\n") == ["acted"]


@pytest.mark.parametrize(
    "name", ["model_validate_json", "parse_obj", "TypeAdapter", "validate", "PydanticOutputParser", "from_dict"]
)
def test_call_holds_data_against_a_schema(name: str) -> None:
    assert VALIDATING.search(name)


@pytest.mark.parametrize("name", PARSING["evaluation"])
def test_library_tries_answers_on_cases(name: str) -> None:
    code = {"answer.py": "import json\nimport openai\n\njson.loads(llm.invoke('a'))\n"}
    check_found("llm.4", code)
    check_clear("llm.4", {**code, "try_it.py": f"import {name}\n"})


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("evals/cases.jsonl", True),
        ("src/evaluation/run.py", True),
        ("promptfooconfig.yaml", True),
        ("golden_answers.json", True),
        ("eval_answers.py", True),
        ("evals/deep/er/run.v2.py", True),
        ("assets/eval.png", False),
        ("evals/README.md", False),
        ("src/medieval/a.py", False),
        ("retrieval/a.py", False),
        ("evaluator.py", False),
    ],
)
def test_place_is_of_an_evaluation(path: str, told: bool) -> None:
    assert (EVALUATION_PLACES.search(path) is not None) is told


# ---------------------------------------------------------------- actions


@pytest.mark.parametrize("name", ACTING["functions"])
def test_function_acts(name: str) -> None:
    assert kinds(f"{name}(llm.invoke('a'))\n", module_of(name)) == ["acted"]


@pytest.mark.parametrize("name", ACTING["builtins"])
def test_builtin_acts(name: str) -> None:
    assert kinds(f"{name}(llm.invoke('a'))\n") == ["acted"]


@pytest.mark.parametrize("name", ACTING["methods"])
def test_method_acts(name: str) -> None:
    assert kinds(f"thing.{name}(llm.invoke('a'))\n") == ["acted"]


@pytest.mark.parametrize("owner", ACTING["classes"])
def test_class_lets_a_model_act(owner: str) -> None:
    assert kinds(f"from langchain_experimental.somewhere import {owner}\n{owner}(x)\n") == ["acted"]


@pytest.mark.parametrize(
    "word",
    [
        "ALLOWED",
        "is_allowed",
        "confirm",
        "approve",
        "run_in_sandbox",
        "rate_limit",
        "quota",
        "dry_run",
        "validate",
        "sanitize",
        "is_safe",
        "input",
        "literal_eval",
    ],
)
def test_word_tells_a_limit(word: str) -> None:
    assert LIMITS.search(word)
