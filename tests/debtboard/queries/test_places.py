"""Places and evidence as people say them."""

import pytest

from debtboard.domain.queries.places import evidence_said, line_said, place_said

SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"


@pytest.mark.parametrize(
    ("path", "evidence", "place", "line"),
    [
        ("train.py", {}, "train.py:3", "line 3"),
        ("train.py", {"cell": 7}, "train.py:3", "line 3"),
        ("eda.ipynb", {}, "eda.ipynb, the whole notebook", "the whole notebook"),
        ("eda.ipynb", {"cell": True}, "eda.ipynb, the whole notebook", "the whole notebook"),
        ("eda.ipynb", {"cell": 7}, "eda.ipynb, cell 7, line 3", "cell 7, line 3"),
    ],
)
def test_place_names_the_cell_of_a_notebook(path, evidence, place, line):
    assert (place_said(path, 3, evidence), line_said(path, 3, evidence)) == (place, line)


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ({}, ()),
        ({"cell": 4}, ()),
        ({"lines": 1}, (("Length", "1 line"),)),
        ({"lines": 1234}, (("Length", "1,234 lines"),)),
        ({"breaches": 2}, (("Broken rules", "2 breaches"),)),
        ({"degree": 0.6667}, (("Changed together with the strongest", "67 %"),)),
        ({"megabytes": 2.7}, (("Size", "2.7 MB"),)),
        ({"complexity": 12}, (("Cyclomatic complexity", "12"),)),
        ({"literal": "0.50"}, (("Number as written", "0.50"),)),
        ({"not_known_yet": "x"}, (("Not known yet", "x"),)),
        ({"first": f"f('{SECRET}')"}, (("First draw", "f('••••••••')"),)),
    ],
)
def test_evidence_is_said_in_words_with_its_unit(evidence, said):
    assert evidence_said("eda.ipynb", evidence) == said
