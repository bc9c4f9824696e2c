"""What CI runs through scripts; a long word without an ending is looked through once."""

from time import process_time

from scoring.analyses.ci_scripts import followed
from scoring.testing import facts_from


def test_long_words_that_name_no_script_cost_little() -> None:
    word = "a.s" * 160
    files = {"run.sh": "".join(f"{number}{word}\n" for number in range(1_000))}
    view = facts_from({**files, ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - run: ./run.sh\n"})
    begin = process_time()
    found = followed(view)
    assert (len(found.surely), found.unseen) == (1_001, False)
    assert process_time() - begin < 1
