"""Configuration files: what is refused or cut first, then what is read."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import ConfigFacts, Setting
from scoring.readers.base import Unreadable
from scoring.readers.config import MAX_CONFIG_BYTES, MAX_KEYS, READERS

READ = {reader.name.partition(".")[2]: reader.read for reader in READERS}


def settings(form: str, data: str) -> list[tuple[str, str, str, int]]:
    facts = READ[form](data.encode())
    assert isinstance(facts, ConfigFacts)
    return [(one.key, one.value, one.kind, one.line) for one in facts.settings]


@pytest.mark.parametrize(
    ("form", "data", "reason"),
    [
        ("yaml", b"a: [", "not valid YAML"),
        ("yaml", b"a: 1\n\tb: 2", "not valid YAML"),
        ("yaml", b"\x00\x01", "not text"),
        ("yaml", b"&a [*a]", "recursive YAML alias"),
        ("yaml", b"[" * 100_000, "nested too deeply"),
        ("yaml", b"- " * 100_000, "nested too deeply"),
        ("toml", b"a = ", "not valid TOML"),
        ("toml", b"a = " + b"[" * 100_000, "nested too deeply"),
        ("json", b"{", "not valid JSON"),
        ("json", b'{"a": NaN}', "NaN in JSON"),
        ("json", b"[" * 100_000, "nested too deeply"),
    ],
)
def test_config_refused_for(form: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        READ[form](data)
    assert refused.value.reason == reason


@pytest.mark.parametrize("operator", ["<<: [{0}]", "[{0}]"])
def test_yaml_bomb_costs_little(operator: str) -> None:
    lines = ["a: &a {x: 1, y: 2, z: 3}" if "<<" in operator else "a: &a [x, x, x]"]
    for index in range(9):
        inner = operator.format(", ".join([f"*{chr(97 + index)}"] * 9))
        name = chr(98 + index)
        lines.append(f"{name}: &{name} {{{inner}}}" if "<<" in operator else f"{name}: &{name} {inner}")
    started = time.process_time()
    facts = READ["yaml"]("\n".join(lines).encode())
    assert time.process_time() - started < 2
    assert isinstance(facts, ConfigFacts)
    assert len(facts.settings) <= MAX_KEYS


def test_yaml_many_keys_is_truncated() -> None:
    facts = READ["yaml"](b"".join(b"k%d: 1\n" % index for index in range(MAX_KEYS + 1)))
    assert isinstance(facts, ConfigFacts)
    assert (len(facts.settings), facts.truncated) == (MAX_KEYS, True)


def test_config_large_file_is_data() -> None:
    facts = READ["yaml"](b"a: 1\n" * MAX_CONFIG_BYTES)
    assert facts == ConfigFacts(format="yaml", lines=5 * MAX_CONFIG_BYTES // 5 + 1, truncated=True)


def test_json_root_list_is_data() -> None:
    assert READ["json"](b'[{"a": 1}]') == ConfigFacts(format="json", lines=1)


def test_yaml_conda_environment_configures_nothing() -> None:
    assert settings("yaml", "name: x\nchannels: [a]\ndependencies:\n  - numpy=1.2\n") == []


def test_yaml_keys_values_and_lines() -> None:
    text = "# top\nmodel:\n  lr: 1e-3\n  layers: [1, 2]\n  on: true\n  path: ${oc.env:HOME}/x\n"
    text += "hooks:\n  - id: a\n  - id: b\n"
    assert settings("yaml", text) == [
        ("model.lr", "1e-3", "number", 3),
        ("model.layers", "[1, 2]", "list", 4),
        ("model.on", "true", "boolean", 5),
        ("model.path", "${oc.env:HOME}/x", "reference", 6),
        ("hooks.0.id", "a", "string", 8),
        ("hooks.1.id", "b", "string", 9),
    ]


def test_yaml_merge_key_own_value_wins() -> None:
    text = "base: &b {a: 1, b: 2}\nx:\n  <<: *b\n  b: 3\n"
    assert [(key, value) for key, value, _, _ in settings("yaml", text)] == [
        ("base.a", "1"),
        ("base.b", "2"),
        ("x.a", "1"),
        ("x.b", "3"),
    ]


@pytest.mark.parametrize("text", ["a: !vault secret\n", "a: !!python/object:os.system x\n"])
def test_yaml_custom_tag_is_opaque(text: str) -> None:
    assert [kind for _, _, kind, _ in settings("yaml", text)] == ["reference"]


def test_yaml_bad_timestamp_is_text() -> None:
    assert settings("yaml", "day: 2001-99-99\n") == [("day", "2001-99-99", "string", 1)]


def test_yaml_documents_are_counted() -> None:
    facts = READ["yaml"](b"a: 1\n---\nb: 2\n")
    assert facts == ConfigFacts(
        format="yaml",
        settings=(Setting("a", "1", "number", 1), Setting("b", "2", "number", 3)),
        documents=2,
        lines=3,
    )


def test_yaml_template_is_read_by_its_lines() -> None:
    facts = READ["yaml"](b"{% if x %}\nmodel:\n  lr: {{ lr }}\n  depth: 4\n{% endif %}\n")
    assert isinstance(facts, ConfigFacts)
    assert facts.template
    assert [(one.key, one.value, one.kind, one.line) for one in facts.settings] == [
        ("model.lr", "{{ lr }}", "reference", 3),
        ("model.depth", "4", "number", 4),
    ]


def test_toml_keys_values_and_lines() -> None:
    text = '# c\n[tool.a]\nx = 1 # c\ny = [\n  "p",\n  "q",\n]\n[[tool.b]]\nz = "s"\n[[tool.b]]\nz = """\nw = 1"""\n'
    assert settings("toml", text) == [
        ("tool.a.x", "1", "number", 3),
        ("tool.a.y", "[p, q]", "list", 4),
        ("tool.b.0.z", "s", "string", 9),
        ("tool.b.1.z", "w = 1", "string", 11),
    ]


def test_json_keys_values_and_lines() -> None:
    text = '{\n  "a": {"b": 0.50,\n  "c": null},\n  "d": [1, 2],\n  "e": "a"\n}\n'
    assert settings("json", text) == [
        ("a.b", "0.50", "number", 2),
        ("a.c", "null", "null", 3),
        ("d", "[1, 2]", "list", 4),
        ("e", "a", "string", 5),
    ]


def test_json_with_comments_is_read() -> None:
    assert settings("json", '{\n // c\n "a": "//b", /* c */\n}') == [("a", "//b", "string", 3)]


def test_ini_sections_and_continuations() -> None:
    text = "[flake8]\nmax-line-length = 120\nignore =\n    E1\n    # c\n    E2\n[x]\nflag: true\n"
    assert settings("ini", text) == [
        ("flake8.max-line-length", "120", "number", 2),
        ("flake8.ignore", "E1 E2", "list", 3),
        ("x.flag", "true", "boolean", 8),
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pad_token", "<pad>"),
        ("tokenizer", "<pad>"),
        ("key", "<pad>"),
        ("HF_TOKEN", "(hidden)"),
        ("db.password", "(hidden)"),
        ("AWS_SECRET_ACCESS_KEY", "(hidden)"),
        ("apiKey", "(hidden)"),
    ],
)
def test_config_value_of_a_secret_is_not_kept(key: str, value: str) -> None:
    assert settings("env", f"{key}=<pad>\n") == [(key, value, "string", 1)]


def test_env_sample_names_and_values() -> None:
    text = "# c\nexport A=1\nB='x y'\nnot a line\nC=\n"
    assert settings("env", text) == [
        ("A", "1", "number", 2),
        ("B", "x y", "string", 3),
        ("C", "", "string", 5),
    ]


@pytest.mark.parametrize("form", sorted(READ))
def test_config_newlines_do_not_matter(form: str) -> None:
    text = {"yaml": "a: 1\nb:\n  c: 2\n", "json": '{"a": 1,\n"b": 2}\n'}.get(form, "a = 1\nb = 2\n")
    assert READ[form](text.encode()) == READ[form](text.replace("\n", "\r\n").encode())


@pytest.mark.parametrize("form", sorted(READ))
@given(
    data=st.one_of(
        st.binary(max_size=300), st.text(alphabet="a:-[]{}&*<!|>'\"\n \t=#%,0.", max_size=120).map(str.encode)
    )
)
def test_config_any_bytes_raise_only_unreadable(form: str, data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        READ[form](data)
