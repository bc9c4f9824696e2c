"""The report for a terminal: what leads, the worst of each signal under its debt, and few lines on what is unknown."""

import random
import re
from types import ModuleType

import msgspec
import pytest

from scoring.debts import all_debts
from scoring.engine import assess
from scoring.findings import ON_TRIAL, OWN, SEVERITIES, Outcome
from scoring.reports import markdown, text
from scoring.reports.ledger import WIDTH, told
from scoring.reports.words import EFFORTS, first_to_do, on_trial
from scoring.scores.answers import UNKNOWN, Assessment
from scoring.scores.tasks import FIRST, tasks
from scoring.testing import component_from

TRAIN = (
    "import pandas as pd\nimport requests\nfrom sklearn.model_selection import train_test_split\n"
    "from sklearn.svm import SVC\n\n\ndef train(a, b, c, d, e, f, g):\n    # TODO: sort by day\n"
    "    rows = pd.read_csv('rows.csv')\n    parts = train_test_split(rows)\n"
    "    return SVC().fit(parts[0], parts[1])\n\n\n"
    "train(1, 2, 3, 4, 5, 6, 7)\n"
)
FILES = {"train.py": TRAIN, "README.md": "# Churn\n", "requirements.txt": "scikit-learn\npandas\nrequests\n"}


def answer(files: dict[str, str] | None = None, profile: str = "production") -> Assessment:
    component = msgspec.structs.replace(component_from(files or FILES), profile=profile)
    return assess(component, "0" * 40)


def lines_of(assessment: Assessment) -> list[str]:
    return text.render(assessment).decode().splitlines()


def block_of(assessment: Assessment, begins: str) -> list[str]:
    """The lines from the one that begins so to the next blank line."""
    lines = lines_of(assessment)
    begin = next(number for number, line in enumerate(lines) if line.startswith(begins))
    return lines[begin : next((n for n in range(begin, len(lines)) if not lines[n]), len(lines))]


def lengthy(name: str, statements: int) -> str:
    body = "".join(f"    rows = step_{number}(rows)\n" for number in range(statements))
    return f"def {name}(rows):\n{body}    return rows\n"


def test_first_is_the_severest_then_the_surest_then_the_smallest() -> None:
    found = [item for item in first_to_do(answer()) if item.signal not in on_trial(answer())]
    ranks = [(-SEVERITIES.index(item.severity), -item.confidence, EFFORTS.index(item.effort)) for item in found]
    assert len(ranks) > 3
    assert ranks == sorted(ranks)


def test_what_to_do_first_leads_with_three_tasks_of_three_debts() -> None:
    assessment = answer()
    assert lines_of(assessment)[4].startswith("What to do first: by severity")
    block = block_of(assessment, "What to do first")
    tagged = re.findall(r"\[([\w.-]+)\]", " ".join(block))
    worst = {row.result.id: SEVERITIES.index(row.findings[0].severity) + 1 for row in told(assessment)}
    ranked = sorted(
        tasks(assessment.signals, assessment.debts), key=lambda task: task.place_in_order(worst[task.signal])
    )
    debts = list(dict.fromkeys(task.debt for task in ranked))[:FIRST]
    firsts = [next(task.signal for task in ranked if task.debt == debt) for debt in debts]
    assert (len(tagged), tagged) == (3, firsts)
    assert [line[:3] for line in block if line[0].isdigit()] == ["1. ", "2. ", "3. "]


def test_task_names_its_cost_and_its_worst_place() -> None:
    block = " ".join(" ".join(block_of(answer(), "What to do first")).split())
    assert re.search(
        r"\((?:critical|high|medium|low), (?:sure|likely|perhaps), \w+ effort(?: for each of \d+)?\)", block
    )
    assert "requirements.txt:1: " in block


def test_worst_of_a_signal_is_its_largest_and_not_its_first_by_path() -> None:
    files = {**FILES, "a.py": lengthy("short", 110), "b.py": lengthy("long", 240), "c.py": lengthy("mean", 140)}
    rows = [row for row in told(answer(files)) if row.result.id == "defect-long-method"]
    assert [found.path for found in rows[0].findings] == ["b.py", "c.py", "a.py"]
    assert "b.py" in "".join(line for line in lines_of(answer(files)) if "[defect-long-method]" in line)


def test_each_signal_that_found_something_has_its_line() -> None:
    assessment = answer({**FILES, "a.py": lengthy("long", 240), "b.py": lengthy("long", 120)})
    below = text.render(assessment).decode().partition("By debt, ")[2]
    signals = {found.signal for found in assessment.findings}
    assert len(signals) > 10
    assert {signal for signal in signals if not re.search(rf"\[{re.escape(signal)}[\];]", below)} == set()


def test_what_is_found_stands_under_its_debt() -> None:
    titles = {debt.title: debt.slug for debt in all_debts()}
    owner = {result.id: result.debt for result in answer().signals}
    under = ""
    seen: set[str] = set()
    for line in block_of(answer(), "By debt")[1:]:
        if not line.startswith(" "):
            under = titles[line.split(")  ", 1)[1]]
        elif tag := re.search(r"\[([\w.-]+)(?:; perhaps)?\]$", line):
            assert owner[tag[1]] == under
            seen.add(tag[1])
    scored = {row.result.id for row in told(answer()) if row.result.outcome is Outcome.FOUND}
    assert seen >= scored - on_trial(answer())
    assert "sat.2" in seen


def test_debts_and_their_signals_are_the_severest_first() -> None:
    files = {**FILES, "a.py": lengthy("long", 240), "b.py": lengthy("long", 120)}
    ranks: list[list[int]] = []
    unknown: list[bool] = []
    for line in block_of(answer(files), "By debt")[1:]:
        if not line.startswith(" "):
            ranks.append([])
            unknown.append(" ? " in line)
        elif (word := line.split()[0]) in SEVERITIES:
            ranks[-1].append(-SEVERITIES.index(word))
    heads = [(signals[0], silent) for signals, silent in zip(ranks, unknown, strict=True) if signals]
    assert len(heads) > 3
    assert any(unknown)
    assert heads == sorted(heads)
    assert [signals for signals in ranks if signals != sorted(signals)] == []
    bare = [not signals for signals in ranks]
    assert bare == sorted(bare)


def test_findings_on_trial_are_counted_apart() -> None:
    plain = answer()
    tried = {first_to_do(plain)[0].signal}
    signals = [
        msgspec.structs.replace(item, lifecycle="experimental" if item.id in tried else "stable")
        for item in plain.signals
    ]
    changed = msgspec.structs.replace(plain, signals=tuple(signals))
    total, apart = len(plain.findings), sum(item.signal in tried for item in plain.findings)
    head = next(line for line in lines_of(changed) if "findings of" in line)
    assert head.startswith(f"{total - apart} findings of ")
    assert head.endswith(f", and {apart} of 1 signal on trial, not scored")
    rows = block_of(changed, f"{ON_TRIAL.capitalize()}:")
    assert [re.findall(r"\[([\w.-]+)\]$", row) for row in rows[1:]] == [sorted(tried)]
    whole = text.render(changed).decode()
    assert all(whole.count(f"[{signal}") == 1 for signal in tried)


def test_debt_without_a_finding_names_the_measure_of_its_value() -> None:
    bare = msgspec.structs.replace(answer(), findings=(), debts=tuple(map(_without_worst, answer().debts)))
    rows = [line for line in lines_of(bare) if "no finding" in line]
    assert rows
    assert all(re.fullmatch(r"  no finding: .+ \[[\w.-]+\]", row) for row in rows)
    assert "No findings" in lines_of(bare)


def _without_worst(debt):  # type: ignore[no-untyped-def]  # -- one field of a frozen record
    return msgspec.structs.replace(debt, worst_open=None, findings=0)


def test_what_is_not_connected_takes_three_lines_and_adds_up() -> None:
    assessment = answer()
    lines = lines_of(assessment)
    begin = next(number for number, line in enumerate(lines) if line.startswith("Not seen: "))
    unknown = sum(item.outcome is Outcome.UNKNOWN for item in assessment.signals)
    assert lines[begin].startswith(f"Not seen: {unknown} of the ")
    others = re.search(r"; (\d+) for reasons in the JSON report$", lines[begin])
    without = re.fullmatch(r"  (\d+) have no source in this version: lineage, .*", lines[begin + 1])
    given = re.findall(r"(\d+) with ", lines[begin + 2])
    assert without
    assert int(without[1]) + sum(map(int, given)) + (int(others[1]) if others else 0) == unknown
    assert lines[begin + 2].startswith("  to be had: 1 with --flags FILE")
    assert lines[begin + 3].startswith("Read ")
    assert sum("lineage" in line or "monitoring" in line for line in lines) == 1


def test_question_without_an_answer_is_only_counted() -> None:
    assessment = answer()
    unknown = sum(item.state == UNKNOWN for item in assessment.litmus)
    block = block_of(assessment, "The five litmus answers")
    assert unknown > 0
    assert f"  {unknown} of 5 not known yet; why is in the JSON report" in block
    assert sum(line.endswith("?") for line in block) == 5 - unknown


def test_signal_that_could_not_be_measured_is_told_with_its_reason() -> None:
    plain = answer()
    broken = f"{OWN}acme.1"
    failed = msgspec.structs.replace(plain.signals[0], id=broken, outcome=Outcome.ERROR, reason="it took over 10 s")
    lines = lines_of(msgspec.structs.replace(plain, signals=(*plain.signals, failed)))
    assert lines[lines.index("Could not be measured, and counts as unseen") + 1] == f"  {broken}: it took over 10 s"
    assert not any(line.startswith("Could not be measured") for line in lines_of(plain))


@pytest.mark.parametrize("form", [text, markdown])
def test_files_that_went_unread_are_never_no_ml_code(form: ModuleType) -> None:
    unread, read = answer({"train.py": "def f(:\n"}), answer({"app.py": "import os\n\nprint(os.getcwd())\n"})
    said = "No ML code in what was read, and files went unread: no answer and no score is known."
    for assessment, undecided in ((unread, True), (read, False)):
        shown = " ".join(form.render(assessment).decode().split())
        assert (said in shown, "do not apply." in shown) == (undecided, not undecided)


def test_markdown_begins_with_the_worst_of_each_signal_and_holds_what_is_on_trial_back() -> None:
    assessment = answer({**FILES, "a.py": lengthy("short", 110), "b.py": lengthy("long", 240)})
    trial = on_trial(assessment)
    rows = re.findall(r"^\| (?:low|medium|high|critical) \| `([^`]+)` .* \(([\w.-]+)[;)]", _markdown(assessment), re.M)
    signals = [signal for _, signal in rows]
    scored = {found.signal for found in assessment.findings} - trial
    assert set(signals[: len(scored)]) == scored
    assert [signal in trial for signal in signals] == sorted(signal in trial for signal in signals)
    assert next(place for place, signal in rows if signal == "defect-long-method") == "b.py:1"
    assert len(rows) == len(assessment.findings)


def _markdown(assessment: Assessment) -> str:
    return markdown.render(assessment).decode()


def test_nothing_but_a_path_is_wider_than_a_narrow_terminal() -> None:
    deep = f"{'a_folder_of_some_length/' * 4}module.py"
    files = {**FILES, deep: lengthy("long", 240), "pyproject.toml": '[project]\nname = "churn"\n'}
    wide = [line for line in lines_of(answer(files)) if len(line) > WIDTH]
    assert wide
    assert [line for line in wide if deep not in line] == []


def test_report_of_an_ordinary_repository_is_one_to_read_in_five_minutes() -> None:
    assert len({found.signal for found in answer().findings}) > 9
    assert len(lines_of(answer())) <= 60


def test_own_words_are_plain_letters() -> None:
    assert text.render(answer()).isascii()


def test_no_control_or_direction_mark_reaches_the_terminal() -> None:
    said = "import os\n\n\ndef train():\n    # TODO: \x1b[31mred\x07 and \u202eback\n    return os.getcwd()\n"
    shown = text.render(answer({**FILES, "odd.py": said})).decode()
    assert "red" in shown
    assert [c for c in shown if not c.isprintable() and c != "\n"] == []


def test_order_in_which_findings_were_made_does_not_matter() -> None:
    assessment = answer({**FILES, "a.py": lengthy("long", 240), "b.py": lengthy("long", 240)})
    mixed = list(assessment.findings)
    random.Random(7).shuffle(mixed)
    other = msgspec.structs.replace(assessment, findings=tuple(mixed))
    assert text.render(other) == text.render(assessment)


@pytest.mark.parametrize(
    ("files", "profile", "hinted"),
    [
        ({}, "production", False),
        ({"pyproject.toml": '[project]\nname = "churn"\n'}, "production", True),
        ({"pyproject.toml": '[project]\nname = "churn"\n'}, "library", False),
        (
            {"pyproject.toml": '[project]\nname = "churn"\n', "README.md": "```\npip install churn\n```\n"},
            "production",
            False,
        ),
    ],
)
def test_package_that_is_judged_as_production_is_told_of_the_other_profile(
    files: dict[str, str], profile: str, *, hinted: bool
) -> None:
    lines = lines_of(answer({**FILES, **files}, profile))
    assert any("--profile library" in line for line in lines) is hinted


def test_same_assessment_gives_the_same_bytes() -> None:
    assert text.render(answer()) == text.render(answer())
