"""mls-14 beside rep.1, and rep.7 beside rep.4: one fact is told once."""

import json

import pytest

from scoring.testing import ML_FILE, facts_from, result_of

LOADER = "import numpy as np\nimport torch\nfrom torch.utils.data import DataLoader\n\n\n"  # by its name it is of data
LOADER += "def batches(rows):\n    np.random.shuffle(rows)\n    return DataLoader(rows, shuffle=True)\n"
PROGRAM = "import torch\nfrom torch.optim import SGD\n\nfrom own.data_loading import batches\n\n{seed}"
PROGRAM += "for batch in batches([]):\n    torch.nn.Linear(2, 1)(batch).sum().backward()\n"


def generators(files: dict[str, str]) -> list[str]:
    _, findings = result_of("mls-14", facts_from({"own/__init__.py": "", "own/data_loading.py": LOADER, **files}))
    return sorted(str(finding.evidence["generator"]) for finding in findings)


def test_draw_that_no_program_seeds_is_found() -> None:
    shows = "from own.data_loading import batches\n\nif __name__ == '__main__':\n    print(batches([]))\n"
    assert len(generators({"look.py": shows})) == 2


def test_generator_that_the_training_program_is_told_to_seed_is_told_once() -> None:
    files = {"own/__init__.py": "", "own/data_loading.py": LOADER, "train.py": PROGRAM.format(seed="")}
    told = {str(one.evidence["generator"]) for one in result_of("rep.1", facts_from(files))[1]}
    assert told
    assert told.isdisjoint(generators({"train.py": PROGRAM.format(seed="")}))


def notebook(*sources: str) -> str:
    cells = [{"cell_type": "code", "execution_count": n, "source": text} for n, text in enumerate(sources, 1)]
    return json.dumps({"nbformat": 4, "cells": cells})


def rerun(notebook_source: str, code: str = "x = 1\n") -> list[str]:
    files = {
        **ML_FILE,
        "requirements.txt": "scikit-learn==1.4.2\n",
        "own.py": code,
        "a.ipynb": notebook(notebook_source),
    }
    return [finding.message for finding in result_of("rep.7", facts_from(files))[1]]


def test_rep_7_package_that_modules_import_too_is_told_by_rep_4() -> None:
    assert len(rerun("import pandas\n\npandas.x()")) == 1
    assert rerun("import pandas\n\npandas.x()", "import pandas\n\npandas.x()\n") == []


def test_rep_7_packages_of_several_notebooks_are_one_finding() -> None:
    notebooks = {
        "a.ipynb": notebook("import pandas\n\npandas.x()"),
        "b.ipynb": notebook("import seaborn\n\nseaborn.x()"),
    }
    result, findings = result_of(
        "rep.7", facts_from({**ML_FILE, "requirements.txt": "scikit-learn==1.4.2\n", **notebooks})
    )
    assert result.value == 0.0
    assert [(finding.path, finding.message.partition(": ")[2]) for finding in findings] == [
        ("a.ipynb", "nothing declares pandas, seaborn.")
    ]


@pytest.mark.parametrize(("path", "value"), [("/opt/ml/processing/rows.csv", 1.0), ("/data/ann/rows.csv", 0.0)])
def test_rep_7_path_of_one_machine_counts_and_is_told_by_cfg_4(path: str, value: float) -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn==1.4.2\n", "a.ipynb": notebook(f"print(open('{path}'))")}
    result, findings = result_of("rep.7", facts_from(files))
    assert (result.value, findings) == (value, ())
    assert len(result_of("cfg.4", facts_from(files))[1]) == (value == 0.0)


def test_mls_14_seed_under_main_of_another_module_is_none() -> None:
    shows = "from own.data_loading import batches\nfrom own.trial import nothing\n\nprint(batches([]))\n"
    trial = "import numpy as np\nimport torch\n\n{}np.random.seed(1)\n{}torch.manual_seed(1)\n\n\n"
    trial += "def nothing():\n    pass\n"
    under = trial.format("if __name__ == '__main__':\n    ", "    ")
    run = "if __name__ == '__main__':\n    print(1)\n"
    assert generators({"look.py": shows + run, "own/trial.py": under}) == ["numpy", "torch"]
    assert generators({"look.py": shows + run, "own/trial.py": trial.format("", "")}) == []


BOTH = "import numpy as np\nimport torch\nfrom torch.optim import SGD\n\n{rows}\nnet = torch.nn.Linear(2, 1)\n"
BOTH += "net(rows).sum().backward()\n"


def told_seeds(files: dict[str, str]) -> list[tuple[str, int, object]]:
    _, findings = result_of("rep.1", facts_from(files))
    return [(finding.path, finding.line, finding.evidence["generator"]) for finding in findings]


def test_rep_1_generators_of_one_program_are_one_finding() -> None:
    source = BOTH.format(rows="rows = np.random.permutation([1, 2])")
    assert told_seeds({"train.py": source}) == [("train.py", 5, "numpy, torch")]
    assert told_seeds({"train.py": source.replace("rows = ", "torch.manual_seed(1)\nrows = ")}) == [
        ("train.py", 6, "numpy")
    ]


def test_rep_1_notebooks_are_one_finding_from_three_on() -> None:
    cell = BOTH.format(rows="rows = [1.0, 2.0]")
    three = {f"{name}.ipynb": notebook(cell + f"print({name!r})\n") for name in "abc"}
    _, findings = result_of("rep.1", facts_from(three))
    assert [(finding.path, finding.message.partition(".")[0]) for finding in findings] == [
        ("a.ipynb", "3 notebooks train unseeded")
    ]
    assert len(told_seeds({name: three[name] for name in ("a.ipynb", "b.ipynb")})) == 2


def test_rep_1_numbers_that_a_cell_makes_up_are_no_draw_of_its_training() -> None:
    fit = "import numpy as np\nfrom sklearn.svm import SVR\n\n{}\nSVR().fit(rows, rows)\n"
    assert told_seeds({"a.ipynb": notebook(fit.format("rows = np.random.randn(9, 1)"))}) == []
    assert told_seeds({"a.ipynb": notebook(fit.format("rows = np.random.permutation(9)"))}) == [("a.ipynb", 4, "numpy")]


def test_rep_1_sample_of_predictions_changes_no_model() -> None:
    fit = "import random\n\nfrom sklearn.svm import SVR\n\nmodel = SVR().fit(rows, rows)\n"
    fit += "preds = model.predict(rows)\n"
    assert told_seeds({"train.py": fit + "random.shuffle(preds)\n"}) == []
    assert told_seeds({"train.py": fit + "random.shuffle(rows)\n"}) == [("train.py", 7, "random")]


def test_rep_1_draw_that_several_programs_come_to_is_one_finding() -> None:
    forest = "from sklearn.ensemble import RandomForestClassifier\n\n\ndef grow(rows):\n"
    forest += "    return RandomForestClassifier().fit(rows, rows)\n"
    programs = {f"run_{name}.py": f"from forest import grow\n\nprint(grow({name!r}))\n" for name in "ab"}
    assert told_seeds({"forest.py": forest, **programs}) == [("run_a.py", 1, "numpy")]
    _, (finding,) = result_of("rep.1", facts_from({"forest.py": forest, **programs}))
    assert finding.message.endswith("Programs that come to the same draw: 2.")
