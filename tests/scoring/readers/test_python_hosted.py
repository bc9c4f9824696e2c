"""What a module does with hosted language models, as the reader tells it."""

import pytest

from scoring.readers.python import read

CLIENT = "import json\nimport re\nimport subprocess\n\nfrom openai import OpenAI\n\nclient = OpenAI()\n\n\n"
LONG = "Answer in plain words, and name the page that you take it from. " * 5


def told(source: str, head: str = CLIENT) -> list[tuple[str, int, str]]:
    """(kind, line, subject), the lines of the head left out."""
    above = head.count("\n")
    return [(use.kind, use.line - above, use.subject) for use in read((head + source).encode()).hosted]


# ---------------------------------------------------------------- which modules


@pytest.mark.parametrize(
    "head",
    ["", "import pandas\n", "from google.cloud import storage\n", "from .openai import OpenAI\n", "import faissx\n"],
)
def test_module_without_such_a_library_is_not_looked_at(head: str) -> None:
    assert told(f"model = 'gpt-4o'\nprompt = '{LONG}'\n", head) == []


@pytest.mark.parametrize(
    "head", ["import openai\n", "from google import genai\n", "import google.generativeai as g\n", "import dspy\n"]
)
def test_module_with_such_a_library_is_looked_at(head: str) -> None:
    assert told("model = 'gpt-4o'\n", head) == [("model", 1, "gpt-4o")]


# ---------------------------------------------------------------- models


@pytest.mark.parametrize(
    "source",
    [
        "PRICES = {'gpt-4o': 2.5}\n",
        "if model == 'gpt-4o':\n    pass\n",
        "models = ['gpt-4o', 'gpt-4']\n",
        "model = 'gpt2'\n",
        "model = 'gpt-4o-2024-08-06'\n",
        "def count_tokens(text, model='gpt-4'):\n    return 0\n",
        '"""gpt-4o"""\n',
        "note = 'gpt-4o'\n",
        "model = 'ft:gpt-4o-mini-2024-07-18:team::a'\n",
    ],
)
def test_text_that_names_no_moving_model_to_call_is_silent(source: str) -> None:
    assert told(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "client.chat.completions.create(model='gpt-4o', messages=[])\n",
        "MODEL_NAME = 'openai/gpt-4o'\n",
        "def ask(text, model='gpt-4o'):\n    return text\n",
        "settings = {'model': 'gpt-4o'}\n",
        "llm = os.getenv('MODEL', 'gpt-4o')\n",
        "model = given or 'gpt-4o'\n",
        "parser.add_argument('--model', default='gpt-4o')\n",
    ],
)
def test_model_named_without_version_is_told(source: str) -> None:
    assert told(source) == [("model", 1, "gpt-4o")]


def test_model_named_often_is_told_once_with_its_count() -> None:
    facts = read(b"import openai\nmodel = 'gpt-4o'\nother_model = 'openai/gpt-4o'\n")
    assert [(use.line, use.size) for use in facts.hosted] == [(2, 2)]


@pytest.mark.parametrize(
    ("call", "kinds"), [("ChatOpenAI()", ["default"]), ("ChatOpenAI(**given)", []), ("ChatOpenAI(model=m)", [])]
)
def test_object_made_without_a_model_is_told(call: str, kinds: list[str]) -> None:
    assert [kind for kind, _, _ in told(f"llm = {call}\n", "from langchain_openai import ChatOpenAI\n")] == kinds


# ---------------------------------------------------------------- prompts


@pytest.mark.parametrize(
    "source",
    [f"note = '{LONG}'\n", "prompt = 'Sum this up.'\n", f'def f():\n    """{LONG}"""\n', "prompt = load('a')\n"],
)
def test_text_that_is_no_long_prompt_is_silent(source: str) -> None:
    assert told(source) == []


@pytest.mark.parametrize(
    ("source", "subject"),
    [
        (f"system_prompt = '{LONG}'\n", "system_prompt"),
        (f"ask(prompt=f'{LONG} {{x}}')\n", "prompt"),
        (f"m = [{{'role': 'user', 'content': '{LONG}' + text}}]\n", "content"),
        (f"PROMPT = textwrap.dedent('{LONG}').strip()\n", "PROMPT"),
    ],
)
def test_long_prompt_is_told(source: str, subject: str) -> None:
    assert told(source) == [("prompt", 1, subject)]


def test_prompt_of_a_template_class_is_told() -> None:
    head = "from langchain_core.prompts import ChatPromptTemplate\n"
    source = f"p = ChatPromptTemplate.from_messages([('system', '{LONG}')])\n"
    assert told(source, head) == [("prompt", 1, "ChatPromptTemplate")]


# ---------------------------------------------------------------- indexes

STORE = "import faiss\nfrom langchain_community.vectorstores import FAISS, Chroma\n"


@pytest.mark.parametrize(
    "source",
    [
        "store = Chroma.from_documents(docs, model)\n",
        "store = FAISS.from_texts(texts, model)\n",
        "log_params(embedding_model=m, date=d)\nfaiss.write_index(i, 'a')\n",
        "json.dump({'model': m, 'built_at': d}, f)\nfaiss.write_index(i, 'a')\n",
        "class Store:\n    def save(self):\n        faiss.write_index(self.i, 'a')\n",
    ],
)
def test_index_in_memory_or_with_a_record_is_silent(source: str) -> None:
    assert told(source, STORE) == []


@pytest.mark.parametrize(
    ("source", "subject"),
    [
        ("Chroma.from_documents(docs, model, persist_directory='a')\n", "Chroma.from_documents"),
        ("store = FAISS.from_texts(texts, model); store.save_local('a')\n", "FAISS.save_local"),
        ("faiss.write_index(i, 'a')\n", "faiss.write_index"),
        ("class Store: v = embed(t); f = lambda s: faiss.write_index(s.i, 'a')\n", "faiss.write_index"),
        ("s = Chroma.from_texts(t, m, persist_directory='a'); s.persist()\n", "Chroma.from_texts"),
    ],
)
def test_kept_index_without_a_record_is_told(source: str, subject: str) -> None:
    assert told(source, STORE) == [("index", 1, subject)]


# ---------------------------------------------------------------- texts

ASK = "def ask(text):\n    return client.responses.create(input=text).output_text\n"


@pytest.mark.parametrize(
    "source",
    [
        "json.loads(open('a').read())\n",
        "r = client.responses.create(input='a')\nprint(json.loads(str(r.usage)))\n",
        "r = client.responses.create(input='a', text_format=Item)\njson.loads(r.output_text)\n",
        "r = client.chat.completions.create(messages=m)\njson.loads(r.choices[0].message.tool_calls[0].arguments)\n",
        "m.append({'role': 'assistant', 'content': client.responses.create(input=m).output_text})\n"
        "client.responses.create(input=m)\n",
        "r = client.responses.create(input='a').output_text\nsubprocess.run(['ls'])\nprint(r)\n",
        "r = client.responses.create(input='a')\nr = 'b'\neval(r)\n",
        "from itertools import chain\neval(chain(a, b))\n",
    ],
)
def test_other_uses_of_a_text_are_silent(source: str) -> None:
    assert told(source) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("r = client.responses.create(input='a')\njson.loads(r.output_text)\n", ("parsed", 2, "json.loads")),
        ("r = client.responses.create(input='a').output_text\nre.search('b', r.strip())\n", ("parsed", 2, "re.search")),
        (ASK + "a, b = ask('x').split(',')\n", ("parsed", 3, "split")),
        (ASK + "eval(ask('x'))\n", ("acted", 3, "eval")),
        (ASK + "subprocess.run(ask('x'), shell=True)\n", ("acted", 3, "subprocess.run")),
        (ASK + "c = ask('x')\ncursor.execute(f'select {c}')\n", ("acted", 4, "execute")),
        (ASK + "c = ask('x')\nd = ask(f'shorter: {c}')\n", ("chained", 4, "ask")),
        (ASK + "p = [re.findall('a', t)[0].strip() for t in ask('x')]\nd = ask(f'{p}')\n", ("chained", 4, "ask")),
        (ASK + "def two(t):\n    return ask('a' + t)\neval(two('x'))\n", ("acted", 5, "eval")),
    ],
)
def test_what_becomes_of_a_text_is_told(source: str, found: tuple[str, int, str]) -> None:
    assert told(source) == [found]


def test_form_is_told_rather_than_what_only_cuts() -> None:
    source = "r = client.responses.create(input='a').output_text\nr = r.split('```')[1]\njson.loads(r)\n"
    assert told(source) == [("parsed", 3, "json.loads")]


def test_schema_and_limit_of_the_function_are_told() -> None:
    source = (
        ASK
        + "def a():\n    return Item(**json.loads(ask('x')))\n"
        + "import yaml\ndef c():\n    eval(yaml.safe_load(ask('x')))\n    self.output_parser.parse(x)\n"
        + "def b():\n    if confirm(c := ask('x')):\n        eval(c)\n"
    )
    assert [(use.kind, use.bounded) for use in read((CLIENT + source).encode()).hosted] == [
        ("parsed", True),
        ("acted", False),
        ("parsed", True),
        ("acted", True),
    ]


def test_texts_of_many_calls_are_followed_to_the_first_of_them() -> None:
    source = ASK + "v0 = ask('x')\n" + "".join(f"v{n + 1} = v{n} + ask('x')\n" for n in range(20)) + "eval(v20)\n"
    assert [(use.kind, use.at) for use in read((CLIENT + source).encode()).hosted] == [("acted", 12)]


def test_deep_and_long_expressions_are_bounded() -> None:
    deep = "a = " + "+".join(["ask('x')"] * 900) + "\n"
    many = "".join(f"t = t + ask('{n}')\n" for n in range(300))
    assert [kind for kind, _, _ in told(ASK + deep + many + "eval(t)\n")] == ["acted"]
