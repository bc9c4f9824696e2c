"""What the text says of findings: what to do first, then each signal under its debt with its worst place."""

import re

import msgspec

from scoring.debts import all_debts
from scoring.findings import ON_TRIAL, SEVERITIES, Outcome
from scoring.reports import text
from scoring.reports.ledger import WIDTH, told
from scoring.reports.words import EFFORTS, first_to_do, on_trial
from scoring.scores.answers import Blame, Index, Segments
from scoring.scores.tasks import FIRST, tasks
from tests.scoring.reports.rendered import FILES, answer, block_of, lengthy, lines_of


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
    files = {**FILES, "a.py": lengthy("short", 160), "b.py": lengthy("long", 240), "c.py": lengthy("mean", 200)}
    rows = [row for row in told(answer(files)) if row.result.id == "defect-long-method"]
    assert [found.path for found in rows[0].findings] == ["b.py", "c.py", "a.py"]
    assert "b.py" in "".join(line for line in lines_of(answer(files)) if "[defect-long-method]" in line)


def test_each_signal_that_found_something_has_its_line() -> None:
    assessment = answer({**FILES, "a.py": lengthy("long", 240), "b.py": lengthy("long", 120)})
    below = text.render(assessment).decode().partition("By debt, ")[2]
    signals = {found.signal for found in assessment.findings}
    assert len(signals) > 10
    aside = below.partition("Within bounds")[2] or below.partition(ON_TRIAL.capitalize())[2]
    assert {
        signal
        for signal in signals
        if not re.search(rf"\[{re.escape(signal)}[\];]", below) and not re.search(rf"\b{re.escape(signal)}\s+\d", aside)
    } == set()


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
    [row] = [line for line in lines_of(changed) if line.startswith(f"{ON_TRIAL.capitalize()}: ")]
    assert row == f"{ON_TRIAL.capitalize()}: {next(iter(tried))} {apart}"
    whole = text.render(changed).decode()
    assert not any(f"[{signal}" in whole for signal in tried)


def test_debt_without_a_finding_names_the_measure_of_its_value() -> None:
    bare = msgspec.structs.replace(answer(), findings=(), debts=tuple(map(_without_worst, answer().debts)))
    rows = [line for line in lines_of(bare) if "no finding" in line]
    assert rows
    assert all(re.fullmatch(r"  no finding: .+ \[[\w.-]+\]", row) for row in rows)
    assert "No findings" in lines_of(bare)


def _without_worst(debt):  # type: ignore[no-untyped-def]  # -- one field of a frozen record
    return msgspec.structs.replace(debt, worst_open=None, findings=0)


def test_component_without_code_has_neither_debts_nor_anything_unseen() -> None:
    lines = lines_of(answer({"a.bin": "x"}))
    assert lines[2] == "No findings"
    assert not any(line.startswith(("What to do first", "By debt", "Not seen")) for line in lines)


def test_longest_title_of_a_debt_is_cut_and_its_bar_is_not() -> None:
    longest = max(all_debts(), key=lambda debt: len(debt.title))
    plain = answer()
    signal = next(iter(longest.rows))
    score = msgspec.structs.replace(
        next(debt for debt in plain.debts if debt.slug == longest.slug),
        state="measured",
        index=Index(best=12.0, value=50.0, worst=88.0),
        segments=Segments(bad=0.12, good=0.12, unseen=0.76),
        blame=(Blame(signal=signal, share=1.0),),
    )
    rows = lines_of(msgspec.structs.replace(plain, debts=(score,), findings=()))
    assert len(longest.title) > 55
    assert [row for row in rows if row.startswith(f"#//////.  50  (12-88)  {longest.title[:40]}") and len(row) <= WIDTH]


def test_umbrella_is_told_under_what_it_takes() -> None:
    plain = answer()
    other = next(found.signal for found in plain.findings if found.debt != "monitoring-gap")
    index, blame = Index(best=12.0, value=50.0, worst=88.0), (Blame(signal=other, share=1.0),)
    debts = [
        msgspec.structs.replace(debt, state="measured", index=index, blame=blame)
        if debt.slug == "monitoring-gap"
        else debt
        for debt in plain.debts
    ]
    block = block_of(msgspec.structs.replace(plain, debts=tuple(debts)), "By debt")
    assert re.fullmatch(r"  \d+ more debts: .*, 1 told under others", block[-1])
