import json

from scoring.debts import all_debts, all_signals
from scoring.reports.catalogue import catalogue_json, catalogue_markdown


def test_json_is_sorted_utf_8_with_one_newline_at_its_end() -> None:
    data = catalogue_json()
    document = json.loads(data)
    assert data.decode() == json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert data == catalogue_json()


def test_json_holds_every_debt_and_signal() -> None:
    document = json.loads(catalogue_json())
    assert [debt["slug"] for debt in document["debts"]] == [debt.slug for debt in all_debts()]
    listed = [signal["id"] for debt in document["debts"] for signal in debt["signals"]]
    assert sorted(listed) == sorted(signal.id for signal in all_signals())


def test_json_tells_a_built_signal_from_a_declared_one() -> None:
    document = json.loads(catalogue_json())
    told = {signal["id"]: signal["built"] for debt in document["debts"] for signal in debt["signals"]}
    assert told == {signal.id: signal.built for signal in all_signals()}


def test_json_holds_litmus_rubric_practices_and_questions() -> None:
    document = json.loads(catalogue_json())
    assert [len(section["tests"]) for section in document["rubric"]["sections"]] == [7, 7, 7, 7]
    assert {key: len(document[key]) for key in ("litmus", "practices", "checklist", "principles", "questions")} == {
        "litmus": 5,
        "practices": 25,
        "checklist": 8,
        "principles": 6,
        "questions": 20,
    }


def test_markdown_has_a_heading_for_every_debt_and_a_row_for_every_signal() -> None:
    text = catalogue_markdown()
    headings = [line for line in text.splitlines() if line.startswith("### ")]
    assert headings[: len(all_debts())] == [f"### {debt.title} (`{debt.slug}`)" for debt in all_debts()]
    assert sorted(signal.id for signal in all_signals() if f"\n| {signal.id} | " not in text) == []


def test_markdown_marks_signals_on_trial_and_no_others() -> None:
    rows = [line for line in catalogue_markdown().splitlines() if line.endswith("; on trial, not scored |")]
    assert sorted(line.split()[1] for line in rows) == sorted(signal.id for signal in all_signals() if signal.on_trial)


def test_markdown_tables_have_one_width_each() -> None:
    widths: list[set[int]] = [set()]
    for line in catalogue_markdown().splitlines():
        if line.startswith("|"):
            widths[-1].add(line.replace("\\|", "").count("|"))
        elif widths[-1]:
            widths.append(set())
    assert [width for width in widths if len(width) > 1] == []
