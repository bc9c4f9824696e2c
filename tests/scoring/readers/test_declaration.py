"""debtboard.toml: every wrong thing is a problem with its line, and never an abort."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import DeclarationFacts
from scoring.readers.base import Unreadable
from scoring.readers.declaration import read

WHOLE = """\
[scan]
exclude = ["third_party/**"]
[component."services/churn"]
team = "growth"
profile = "production"
[models.churn]
entry_point = "train.py"
owner = "growth"
outputs = ["model.pkl"]
retrain = "weekly"
[consumers."s3://bucket/predictions/churn"]
declared = ["growth/email", "bi/dashboard-12"]
[datasets.aliases]
"cfg:data.path" = "s3://bucket/raw/users"
[experiments.use_new_ranker]
until = 2027-01-31
[attest."infra-7"]
credit = 0.5
by = "Ann"
evidence = "https://wiki/rollback"
on = 2026-11-01
"""


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("[scan]\nexclude = [", 2, "debtboard.toml is not valid TOML; nothing in it counts."),
        ("[scan]\nexcludes = []", 2, "Unknown key scan.excludes; did you mean exclude?"),
        ("\n[modls.a]\n", 2, "Unknown key modls; did you mean models?"),
        ("[scan]\nexclude = 'a'", 2, "scan.exclude must be a list of texts."),
        ("scan = 1", 1, "scan must be a table."),
        ("models = 1", 1, "models must be a table."),
        ("[models]\nchurn = 'train.py'", 2, "models.churn must be a table."),
        ("[models.a]\nentry_point = 3", 2, "models.a.entry_point must be text of 1 to 500 characters."),
        ('[component."a"]\nprofile = "prod"', 2, "component.a.profile must be one of production, prototype, library."),
        ("[experiments.a]\nuntil = 'soon'", 2, "experiments.a.until must be a date, as 2027-01-31."),
        ("[experiments.a]", 1, "experiments.a.until must be a date, as 2027-01-31."),
        ("[datasets]\naliases = 1", 2, "datasets.aliases must be a table."),
    ],
)
def test_declaration_problem(text: str, line: int, sentence: str) -> None:
    assert read(text.encode()).problems == ((line, sentence),)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("credit = 0.5", "credit = 0.7"), "attest.infra-7.credit must be 0.5 or 1."),
        (("credit = 0.5", "credit = true"), "attest.infra-7.credit must be 0.5 or 1."),
        (('by = "Ann"\n', ""), "attest.infra-7 needs by."),
        (('evidence = "https://wiki/rollback"\n', ""), "attest.infra-7 needs evidence."),
        (("on = 2026-11-01", "on = 'today'"), "attest.infra-7.on must be a date, as 2027-01-31."),
        (("infra-7", "infra-8"), "attest.infra-8 is no rubric test (data-1 to monitor-7) or question (A1 to A20)."),
    ],
)
def test_attestation_that_does_not_count(change: tuple[str, str], sentence: str) -> None:
    facts = read(WHOLE.replace(*change).encode())
    assert facts.attestations == ()
    assert [problem for _, problem in facts.problems] == [sentence]


def test_declaration_of_nothing() -> None:
    assert read(b"") == DeclarationFacts()


def test_declaration_keeps_the_rest_beside_a_problem() -> None:
    facts = read(b'[scan]\nx = 1\nexclude = ["a"]\n')
    assert (facts.exclude, len(facts.problems)) == (("a",), 1)


def test_declaration_whole() -> None:
    assert read(WHOLE.encode()) == DeclarationFacts(
        exclude=("third_party/**",),
        components=(("services/churn", "growth", "production"),),
        models=(("churn", "train.py", "growth", 6),),
        consumers=(("s3://bucket/predictions/churn", ("growth/email", "bi/dashboard-12"), 11),),
        aliases=(("cfg:data.path", "s3://bucket/raw/users"),),
        experiments=(("use_new_ranker", "2027-01-31", 15),),
        attestations=(("infra-7", 0.5, "Ann", "https://wiki/rollback", "2026-11-01", 17),),
    )


@given(
    data=st.one_of(
        st.binary(max_size=200), st.text(alphabet="[]=\"'.\n scanmodelattest1-", max_size=120).map(str.encode)
    )
)
def test_declaration_any_bytes_raise_only_unreadable(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read(data)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (
            '[scan]\nexclude = ["a\\u0000b"]',
            2,
            "scan.exclude holds a\\x00b, which has control characters.",
        ),
        ('[models.a]\nowner = "x\\u0000"', 2, "models.a.owner must be text without control characters."),
        ('["mo\\u0000"]\n', 1, "Unknown key mo\\x00; known here: scan, component, models, consumers, datasets,"),
        ('[models."a\\u001b"]\n', 1, "models.a\\x1b must be a name without control characters."),
        (
            '[datasets.aliases]\n"a\\u0000" = "b"',
            1,
            "datasets.aliases.a\\x00 must be a name without control characters.",
        ),
    ],
)
def test_control_characters_are_a_problem_and_never_a_fact(text: str, line: int, sentence: str) -> None:
    facts = read(text.encode())
    assert [(at, said[: len(sentence)]) for at, said in facts.problems] == [(line, sentence)]
    assert facts == DeclarationFacts(problems=facts.problems, models=facts.models)


def test_pattern_that_is_too_long_is_a_problem_at_its_line() -> None:
    facts = read(f'[scan]\nexclude = [\n  "a/**",\n  "{"x" * 201}",\n]'.encode())
    said = f"scan.exclude holds {'x' * 80}..., a pattern of more than 200 characters."
    assert (facts.exclude, facts.problems) == (("a/**",), ((4, said),))


def test_text_of_several_lines_is_taken() -> None:
    assert read(b'[models.a]\nowner = """the\n\tgrowth team"""').problems == ()
