"""Commented-out code: what is code, and what is prose."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

BLOCK = "# rows = load(path)\n# for row in rows:\n#     row.clean()\n#     row.save()\n# report(rows)\n"
PROSE = "# The rows are sorted by day,\n# because the split cuts by position\n# and not by time.\n# See why.\n# So.\n"


def parts(text: str) -> dict[str, str]:
    """Twenty different files: a density counts against five KLOC at least."""
    return {f"part_{n:02}.py": f"PART = {n}\n{text}LAST = {n}\n" for n in range(20)}


@pytest.mark.parametrize("text", [PROSE, BLOCK.rsplit("# report", 1)[0], '"""' + BLOCK + '"""\n'])
def test_prose_and_short_blocks_are_clear(text: str) -> None:
    check_clear("dec.10", parts(text))


def test_block_of_code_is_found_once_for_all_copies_of_its_file() -> None:
    result = check_found("dec.10", parts(BLOCK), at=["part_00.py:2"])
    assert result.value == 4
    other = {"z.py": f"x = 1\n{BLOCK.replace('rows', 'lines')}"}
    check_found("dec.10", {**parts(BLOCK), **other}, at=["part_00.py:2", "z.py:2"])


def test_one_block_in_five_thousand_lines_is_not_yet_bad() -> None:
    check_clear("dec.10", {"train.py": f"x = 1\n{BLOCK}"})


def test_a_module_that_is_commented_out_whole_is_found() -> None:
    _, findings = result_of("dec.10", facts_from({"predict.py": BLOCK, "train.py": "x = 1\n"}))
    assert [(finding.path, finding.line) for finding in findings] == [("predict.py", 1)]


def test_blocks_with_a_blank_line_between_are_one() -> None:
    _, findings = result_of("dec.10", facts_from({"train.py": f"x = 1\n{BLOCK}\n{BLOCK}"}))
    assert [(finding.line, finding.end_line) for finding in findings] == [(2, 12)]


def test_blocks_in_tests_are_left_out() -> None:
    check_clear("dec.10", {f"tests/{path}": text for path, text in parts(BLOCK).items()})


def test_message_names_length_and_beginning() -> None:
    _, findings = result_of("dec.10", facts_from({"train.py": f"x = 1\n{BLOCK}"}))
    assert [(finding.message, finding.end_line) for finding in findings] == [
        (
            "5 lines of code are commented out, from `rows = load(path)`: git keeps what was, and only what "
            "runs is kept working.",
            6,
        )
    ]


@pytest.mark.parametrize("files", [{}, {"train.py": ""}, {"train.py": "def (:\n"}, {"train.py": "# only words\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(files: dict[str, str]) -> None:
    check_unknown("dec.10", files)
