"""The five litmus answers (catalogue, section 9)."""

from typing import Any

import msgspec
import pytest

from scoring.catalog.litmus import LITMUS
from scoring.debts import all_signals
from scoring.engine import assess
from scoring.facts import AlgorithmSwap, HistoryFacts
from scoring.findings import Outcome, SignalResult
from scoring.measuring import measure
from scoring.scores.answers import LitmusAnswer
from scoring.scores.litmus import OF_SIGNALS, answer_litmus
from scoring.scores.segments import split
from scoring.testing import AS_OF, COMMIT, component_from, facts_from

TRAIN = """import numpy as np
from sklearn.svm import SVC

X = np.random.rand(9, 2)
SVC(random_state=1).fit(X, X[:, 0] > 0.5)
"""
SEEDED = TRAIN.replace("X =", "np.random.seed(1)\nX =")


def answers(files: dict[str, str], history: HistoryFacts | None = None) -> dict[str, LitmusAnswer]:
    assessment = assess(component_from(files, history=history), COMMIT)
    return {answer.slug.removeprefix("litmus-"): answer for answer in assessment.litmus}


def outcomes(answer: LitmusAnswer) -> dict[str, str]:
    return {row.name: row.outcome for row in answer.components if row.outcome != "unknown"}


def test_component_without_ml_code_has_no_answers() -> None:
    found = answers({"app.py": "import os\n\n\ndef f():\n    return os.getcwd()\n"})
    assert len(found) == 5
    assert {(answer.state, answer.index.worst, answer.headline) for answer in found.values()} == {
        ("not_applicable", None, "No ML code found.")
    }


def test_unread_python_leaves_the_answers_open() -> None:
    found = answers({"train.py": "def broken(:\n"})
    assert {(answer.state, answer.index.best, answer.index.worst) for answer in found.values()} == {("unknown", 0, 100)}


def test_closure_without_lineage_is_unknown_and_never_zero() -> None:
    answer = answers({"train.py": TRAIN})["transitive-closure"]
    assert (answer.state, answer.index.best, answer.index.value, answer.index.worst) == ("unknown", 0, None, 100)
    assert answer.headline.startswith("Not known yet")


def test_seeds_move_change_precision() -> None:
    loose, seeded = (answers({"train.py": text})["change-precision"] for text in (TRAIN, SEEDED))
    assert outcomes(loose) == {"seeds": "found"}
    assert outcomes(seeded) == {"seeds": "clear"}
    assert seeded.index.worst <= loose.index.worst
    assert loose.headline.startswith("0 of 1 entry point seeds every random generator in use.")


def test_leak_is_no_part_of_an_answer_while_it_is_on_trial() -> None:
    leak = next(signal for signal in all_signals() if signal.id == "dat.7")
    assert leak.on_trial
    assert "held-out hygiene" not in outcomes(answers(dict(leak.bad))["change-precision"])


def test_side_effects_of_one_author_do_not_apply_in_part() -> None:
    answer = answers({"train.py": TRAIN}, HistoryFacts(commits=3, authors_12m=1))["cross-degradation"]
    assert answer.state in ("unknown", "structural_only")
    assert answer.index.worst == 100


def test_newcomer_rows_of_a_small_team_do_not_apply() -> None:
    history = HistoryFacts(commits=30, authors_12m=2, newcomers_24m=1)
    answer = answers({"train.py": TRAIN, "README.md": "# Model\n"}, history)["newcomer-speed"]
    found = outcomes(answer)
    assert [found[name] for name in ("ramp", "breadth", "truck factor", "solo share", "hot and solo")] == [
        "not_applicable"
    ] * 5


def test_newcomer_rows_of_a_large_team_are_measured_as_one_group() -> None:
    history = HistoryFacts(
        commits=900,
        authors_12m=8,
        newcomers_24m=4,
        ramp_days=96.0,
        ramp_population=4,
        breadth=0.2,
        truck_factor=1,
        solo_files=("a.py", "b.py"),
        authored_files=4,
        hot_files=("a.py",),
        hot_solo_files=("a.py",),
    )
    answer = answers({"train.py": TRAIN}, history)["newcomer-speed"]
    values = {row.name: row.value for row in answer.components}
    assert [values[name] for name in ("ramp", "truck factor", "solo share", "hot and solo")] == [96, 1, 0.5, 1]
    assert answer.headline.startswith(
        "New people reach their 10th change after 96 days (median of 4); 100 % of the hot"
    )


def test_history_that_could_not_be_read_is_unknown() -> None:
    answer = answers({"train.py": TRAIN}, HistoryFacts(reason="the clone is shallow"))["newcomer-speed"]
    reasons = {row.name: (row.outcome, row.reason) for row in answer.components}
    assert reasons["ramp"] == ("unknown", "the clone is shallow")
    assert reasons["truck factor"] == ("unknown", "the clone is shallow")


MADE = "import rows\nfrom sklearn.svm import SVC\n\n\ndef {0}(x, y):\n    return SVC().fit(rows.of(x), y)\n"
REGISTRY = (
    "import torch\nfrom hub import register_model\n\n\n@register_model\nclass One(torch.nn.Module):\n    pass\n\n\n"
    "@register_model\nclass Two(torch.nn.Module):\n    pass\n"
)


def test_adapter_makes_the_plug_narrower_once_it_is_scored() -> None:
    files = {"rows.py": "def of(x):\n    return x\n", "c.py": "import numpy\n"}
    files |= {"a.py": MADE.format("a"), "b.py": MADE.format("b")}
    widths = []
    for more, lifecycle in (("import torch\n", "stable"), (REGISTRY, "experimental"), (REGISTRY, "stable")):
        view = facts_from({**files, "entries.py": more})
        results = {result.id: result for result in measure(view).results}
        results["glu.1"] = msgspec.structs.replace(results["glu.1"], lifecycle="stable")
        results["glu.3"] = msgspec.structs.replace(results["glu.3"], lifecycle=lifecycle)
        widths += [row.value for row in answer_litmus(view, results, {})[0].components if row.name == "plug width"]
    assert widths == [0.5, 0.5, 0.3]


def swapped(*files: int, config_only: int = 0) -> HistoryFacts:
    """A history with changes of algorithm of so many files; the first `config_only` of them are configuration."""
    swaps = tuple(
        AlgorithmSwap(
            commits=(f"{number:040x}",),
            at=AS_OF,
            before=("SVC",),
            after=("xgboost",),
            files=tuple(f"part{place % 2}/file{place}.py" for place in range(count)),
            path="train.py",
            config_only=number < config_only,
        )
        for number, count in enumerate(files)
    )
    return HistoryFacts(swaps=swaps, swap_changes=9)


def new_algorithm(history: HistoryFacts | None) -> LitmusAnswer:
    return answers({"train.py": TRAIN, "serve.py": "from sklearn.svm import SVC\n"}, history)["new-algorithm"]


def rows_of_swaps(answer: LitmusAnswer) -> list[tuple[str, float | None]]:
    return [(row.outcome, row.value) for row in answer.components[:2]]


def test_changes_of_algorithm_that_nobody_looked_up_are_unknown() -> None:
    answer = new_algorithm(None)
    assert rows_of_swaps(answer) == [("unknown", None), ("unknown", None)]
    assert "algorithm change" not in answer.headline


def test_changes_of_algorithm_are_told_in_natural_units() -> None:
    answer = new_algorithm(swapped(1, 14, 20, config_only=1))
    assert (answer.state, rows_of_swaps(answer)) == ("measured", [("found", 14.0), ("found", 0.333333)])
    assert answer.headline.startswith(
        "The last 3 algorithm changes touched a median of 14 files in 2 directories; 1 of 3 was configuration only"
    )


def test_one_change_of_algorithm_has_no_median() -> None:
    assert new_algorithm(swapped(1)).headline.startswith("The last algorithm change touched 1 file in 1 directory")


def test_without_a_change_of_algorithm_its_footprint_is_estimated() -> None:
    answer = new_algorithm(swapped())
    assert (answer.state, rows_of_swaps(answer)) == ("estimate", [("clear", 2.0), ("not_applicable", None)])
    term = next(term for term in answer.terms if term.name == "swap footprint")
    assert (term.weight, term.bad, round(term.good, 9), round(term.unseen, 9)) == (0.45, 0.0, 0.18, 0.27)
    assert answer.headline.startswith(
        "No algorithm change in 24 months; as an estimate, 2 files name the algorithms in use"
    )


def test_changes_that_were_not_read_narrow_nothing() -> None:
    whole = swapped(1, 2, 3)
    partly = msgspec.structs.replace(whole, swap_unread=3)
    seen, unseen = (
        next(term for term in new_algorithm(history).terms if term.name == "swap footprint")
        for history in (whole, partly)
    )
    assert (seen.unseen, round(unseen.unseen, 9)) == (0.0, 0.15)


def result(id: str, value: float | None, **declared: Any) -> SignalResult:
    """A signal's answer; None as its value is unknown."""
    found = SignalResult(
        id=id,
        debt="",
        source="PY",
        outcome=Outcome.UNKNOWN if value is None else Outcome.FOUND,
        value=value,
        unit="",
        anchors=(0.0, 1.0),
        badness=value,
        severity=1,
        precision="M",
        lifecycle="stable",
        population=20,
        kind="level",
        unread=0.0,
        reason="",
        findings=0,
    )
    return msgspec.structs.replace(found, **declared)


def own(name: str, *results: SignalResult) -> SignalResult:
    """What the component of the first question makes of the results of its signals."""
    component = next(part for part in LITMUS[0].components if part.name == name)
    return OF_SIGNALS["Q1", name](component, list(results))


SEEN = (result("glu.3", 0.0), result("glu.3", 1.0))
NOT_THERE = {"outcome": Outcome.NOT_APPLICABLE, "badness": None}


def test_plug_width_is_less_where_an_adapter_stands() -> None:
    width = result("glu.1", 0.5)
    adapted, bare = own("plug width", width, result("glu.3", 1.0)), own("plug width", width, result("glu.3", 0.0))
    assert [(found.value, found.badness) for found in (adapted, bare)] == [
        (0.3, pytest.approx(0.15 / 0.45)),
        (0.5, pytest.approx(0.35 / 0.45)),
    ]


UNSEEN = [result("glu.3", None), *(result("glu.3", at, lifecycle="experimental") for at in (0.0, 1.0))]


@pytest.mark.parametrize("adapter", UNSEEN)
@pytest.mark.parametrize("width", [0.0, 0.1, 0.3, 0.5, 0.7, 1.0])
def test_adapter_that_was_not_seen_leaves_the_plug_width_within_both_answers(
    width: float, adapter: SignalResult
) -> None:
    found, *known = (own("plug width", result("glu.1", width), other) for other in (adapter, *SEEN))
    term, *ends = (split(answer, 1.0) for answer in (found, *known))
    assert found.value == width
    assert term.bad == pytest.approx(min(end.bad for end in ends))
    assert term.good == pytest.approx(min(end.good for end in ends))


def test_adapter_that_was_not_seen_is_not_clear_where_the_width_is_bad() -> None:
    found = own("plug width", result("glu.1", 0.3), result("glu.3", None))
    assert (found.outcome, found.badness) == (Outcome.FOUND, 0.0)


def test_plug_width_without_models_in_many_places_is_known() -> None:
    found = own("plug width", result("glu.1", 0.3), result("glu.3", None, **NOT_THERE))
    assert (found.value, found.badness, found.unread) == (0.3, pytest.approx(1 / 3), 0.0)


def test_plug_width_of_a_component_is_scored() -> None:
    files = {"rows.py": "def of(x):\n    return x\n", "a.py": MADE.format("a"), "b.py": MADE.format("b")}
    answer = answers(files, None)["new-algorithm"]
    assert [row.value for row in answer.components if row.name == "plug width"] == [1.0]
    assert [term.bad > 0 for term in answer.terms if term.name == "plug width"] == [True]


def test_plug_width_is_unseen_by_what_went_unread() -> None:
    answer = answers({"a.py": MADE.format("a"), "b.py": "def (:\n"}, None)["new-algorithm"]
    width = next(term for term in answer.terms if term.name == "plug width")
    assert (width.bad, width.unseen) == (0.0, pytest.approx(0.5 * width.weight))


def test_plug_width_that_is_not_known_stays_unknown() -> None:
    found = own("plug width", result("glu.1", None), result("glu.3", 1.0))
    assert (found.outcome, found.value) == (Outcome.UNKNOWN, None)


def test_manual_steps_are_the_most_that_any_signal_counts() -> None:
    found = own("one-command pipeline", result("jun.7", 2.0), result("prc.1", 5.0))
    assert (found.value, found.badness, found.unread) == (5.0, pytest.approx(4 / 7), 0.0)


def test_manual_steps_of_one_signal_are_no_proof_for_the_other() -> None:
    found = own("one-command pipeline", result("jun.7", 2.0), result("prc.1", 5.0, lifecycle="experimental"))
    assert (found.value, found.unread) == (2.0, 1.0)


def test_manual_steps_without_a_scored_signal_are_unknown() -> None:
    shown = [result(id, 3.0, lifecycle="experimental") for id in ("jun.7", "prc.1")]
    assert own("one-command pipeline", *shown).outcome is Outcome.UNKNOWN


def test_manual_steps_that_apply_to_nothing_do_not_apply() -> None:
    absent = [result(id, None, **NOT_THERE) for id in ("jun.7", "prc.1")]
    assert own("one-command pipeline", *absent).outcome is Outcome.NOT_APPLICABLE
