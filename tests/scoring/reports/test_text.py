"""The report for a terminal: what leads, the worst of each signal under its debt, and few lines on what is unknown."""

import random
import re
from types import ModuleType

import msgspec
import pytest

from scoring.engine import LISTED_SKIPS
from scoring.findings import OWN, Outcome
from scoring.measuring import UNBUILT
from scoring.reports import markdown, text
from scoring.reports.ledger import WIDTH
from scoring.reports.unseen import unseen
from scoring.reports.words import counted, on_trial
from scoring.scores.answers import NOT_APPLICABLE, UNKNOWN, Assessment, Index, Segments, Skipped
from tests.scoring.reports.rendered import FILES, answer, block_of, lengthy, lines_of


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


@pytest.mark.parametrize(("signals", "said"), [(1, "1 has no source"), (2, "2 have no source")])
def test_signals_without_a_source_are_counted_in_words_that_agree(signals: int, said: str) -> None:
    plain = answer()
    unbuilt = [
        msgspec.structs.replace(plain.signals[0], outcome=Outcome.UNKNOWN, reason=UNBUILT) for _ in range(signals)
    ]
    lines = unseen(msgspec.structs.replace(plain, signals=tuple(unbuilt)))
    assert lines == [f"Not seen: {signals} of the {counted(signals, 'signal')} that apply", f"  {said} in this version"]


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


def test_item_of_the_checklist_that_is_known_is_told_and_the_others_are_counted() -> None:
    plain = answer()
    items = [msgspec.structs.replace(item, state=UNKNOWN) for item in plain.checklist]
    silent = msgspec.structs.replace(plain, checklist=tuple(items))
    known = msgspec.structs.replace(items[0], state="present", evidence=("infra-3 manual",))
    told_of = msgspec.structs.replace(plain, checklist=(known, *items[1:]))
    assert not any("checklist of Combine" in line for line in lines_of(silent))
    _, row = block_of(told_of, "The checklist of Combine: 1 of 8 items known")
    assert row.startswith("  present  ")


def test_files_that_could_not_be_read_are_named_up_to_three() -> None:
    plain = answer()
    skipped = tuple(Skipped(path=f"{name}\x1b.py", reason="too large") for name in "abcde")
    coverage = msgspec.structs.replace(plain.coverage, skipped=skipped)
    lines = lines_of(msgspec.structs.replace(plain, coverage=coverage))
    begin = next(number for number, line in enumerate(lines) if line.startswith("Read "))
    assert lines[begin + 1 : begin + 4] == [f"  {name}\\x1b.py: too large" for name in "abc"]
    assert lines[begin + 4] == "  and 2 more, named in the JSON report"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0, "0 are excluded"),
        (1, "1 is excluded"),
        (2, "2 are excluded"),
        (LISTED_SKIPS, f"{LISTED_SKIPS} or more are excluded"),
    ],
)
def test_files_that_were_left_out_are_counted(left: int, said: str) -> None:
    plain = answer()
    excluded = tuple(Skipped(path=f"dist/{number}.py", reason="generated") for number in range(left))
    coverage = msgspec.structs.replace(plain.coverage, excluded=excluded)
    lines = block_of(msgspec.structs.replace(plain, coverage=coverage), "Read ")
    assert lines[0].endswith(f"0 could not be read, {said}")


@pytest.mark.parametrize(
    ("copies", "more"),
    [(1, []), (3, []), (4, ["  and 1 more folder like it, named in the JSON report"])],
)
def test_folders_left_out_by_their_licence_are_named(copies: int, more: list[str]) -> None:
    nets = {f"net{number}/{name}": text for number in range(copies) for name, text in _net(number).items()}
    told = answer({**FILES, "LICENSE": "MIT License\n\nCopyright (c) 2020 Jane Doe\n", **nets})
    lines = block_of(told, "Read ")[1:]
    named = [f"left out as vendored: net{number}/ has a licence of others" for number in range(copies)]
    assert [line for line in lines if line.startswith("  ")] == [f"  {line}" for line in named[:3]] + more
    assert all(f"- {line}" in _markdown(told) for line in named)


def _net(number: int) -> dict[str, str]:
    return {"LICENSE": f"MIT License\n\nCopyright (c) 2020 Author{number}\n", "net.py": f"print({number})\n"}


def test_question_that_does_not_apply_has_no_bar() -> None:
    plain = answer()
    out = msgspec.structs.replace(plain.litmus[0], state=NOT_APPLICABLE, index=Index(), segments=Segments())
    lines = lines_of(msgspec.structs.replace(plain, litmus=(out, *plain.litmus[1:])))
    (row,) = [line for line in lines if "How easily can a new algorithm be tried" in line]
    assert row.startswith("  does not apply ")


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
    assert any("--profile prototype" in line for line in lines) is (profile == "production" and not hinted)


def test_same_assessment_gives_the_same_bytes() -> None:
    assert text.render(answer()) == text.render(answer())
