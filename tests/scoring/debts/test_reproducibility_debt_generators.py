"""mls-14: generators of random numbers that no program seeds."""

import json

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

# ---------------------------------------------------------------- mls-14

SAMPLE = "import numpy as np\n\n\ndef draw():\n    return np.random.rand(9)\n"
RUN = "import numpy\n\nfrom sample import draw\n\nif __name__ == '__main__':\n    draw()\n"


@pytest.mark.parametrize(
    "files",
    [
        {"sample.py": SAMPLE, "run.py": RUN.replace("    draw", "    numpy.random.seed(1)\n    draw")},
        {"sample.py": SAMPLE.replace("return", "np.random.seed(1)\n    return"), "run.py": RUN},
    ],
)
def test_generator_that_a_program_seeds_is_clear(files: dict[str, str]) -> None:
    check_clear("mls-14", files)


def test_letters_of_a_name_are_not_judged() -> None:
    main = "\n\nif __name__ == '__main__':\n    print(random.choice(string.ascii_letters))\n"
    check_clear("mls-14", {"name.py": f"import random\nimport string\n\nimport numpy\n{main}"})


def test_points_spread_in_a_picture_are_not_judged() -> None:
    main = "\n\nif __name__ == '__main__':\n    plot_points()\n"
    check_clear("mls-14", {"draw.py": f"{SAMPLE.replace('draw', 'plot_points')}{main}"})


def test_numbers_to_try_a_network_out_are_not_judged() -> None:
    main = "\n\nif __name__ == '__main__':\n    test()\n"
    check_clear("mls-14", {"net.py": f"{SAMPLE.replace('draw', 'test')}{main}"})


def test_numbers_that_nothing_learns_from_are_not_judged() -> None:
    main = "\n\nif __name__ == '__main__':\n    print(draw())\n"
    check_clear("mls-14", {"net.py": f"{SAMPLE}{main}"})
    assert result_of("mls-14", facts_from({"net_data.py": f"{SAMPLE}{main}"}))[1] != ()


def test_numbers_that_a_notebook_makes_up_are_not_judged() -> None:
    source = (
        "import numpy as np\nfrom sklearn.svm import SVC\n\nmodel = SVC().fit(x, y)\nmodel.predict(np.random.rand(9))\n"
    )
    notebook = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": source}]})
    assert result_of("mls-14", facts_from({"show.ipynb": notebook}))[1] == ()


def test_notebook_that_learns_nothing_shows_what_it_draws() -> None:
    cell = {"cell_type": "code", "source": "import random\n\nimport numpy\n\nprint(rows[random.randint(0, 9)])\n"}
    check_clear("mls-14", {"show.ipynb": json.dumps({"nbformat": 4, "cells": [cell]})})


def test_generator_that_nothing_here_runs_is_not_judged() -> None:
    check_unknown("mls-14", {**ML_FILE, "sample.py": SAMPLE})


def test_generators_that_no_program_seeds_are_found() -> None:
    script = SAMPLE + "\n\nif __name__ == '__main__':\n    draw()\n"
    files = {f"sample_{n:02}.py": f"{script}# {n}\n" for n in range(20)}
    check_found("mls-14", files, at=[f"sample_{n:02}.py:5" for n in range(20)])


@pytest.mark.parametrize(
    ("path", "more", "severity"),
    [
        ("show.py", "", []),
        ("augment.py", "", ["high"]),
        ("show.py", "\n\ndef parts(rows):\n    return train_test_split(rows, random_state=1)\n", ["high"]),
    ],
)
def test_generator_is_told_where_it_may_reach_a_model(path: str, more: str, severity: list[str]) -> None:
    head, main = (
        "from sklearn.model_selection import train_test_split\n",
        "\n\nif __name__ == '__main__':\n    draw()\n",
    )
    script = f"{head}{SAMPLE.replace('rand(9)', 'permutation(9)')}{more}{main}"
    _, findings = result_of("mls-14", facts_from({path: script}))
    assert [finding.severity for finding in findings] == severity


# ---------------------------------------------------------------- absent sources
