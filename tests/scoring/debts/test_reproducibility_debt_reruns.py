"""rep.7 and rep.10: notebooks that can't be run again, clocks and unordered listings."""

import json

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

# ---------------------------------------------------------------- rep.7


def notebook(*cells: str, counts: list[int] | None = None) -> str:
    numbers = counts or list(range(1, len(cells) + 1))
    code = [{"cell_type": "code", "execution_count": n, "source": cell} for cell, n in zip(cells, numbers, strict=True)]
    return json.dumps({"nbformat": 4, "cells": code})


def test_declarations_that_may_be_incomplete_are_no_obstacle() -> None:
    setup = "from setuptools import setup\n\nsetup(install_requires=read())\n"
    check_clear("rep.7", {"a.ipynb": notebook("import pandas"), "setup.py": setup})


def test_rerunnable_notebook_is_clear() -> None:
    check_clear("rep.7", {"a.ipynb": notebook("import sklearn", "x = 1"), "requirements.txt": "scikit-learn==1.5.0\n"})


def test_obstacles_are_named() -> None:
    files = {
        "a.ipynb": notebook("import pandas as pd", "pd.read_csv('/home/ann/x.csv')", "1", counts=[1, 3, 2]),
        "requirements.txt": "scikit-learn==1.5.0\n",
    }
    check_found("rep.7", files, at=["a.ipynb:1"])
    _, findings = result_of("rep.7", facts_from(files))
    assert findings[0].message == (
        "a.ipynb can't be run again elsewhere as it stands: its cells were run out of order; it reads /home/ann/x.csv; "
        "nothing declares pandas."
    )


@pytest.mark.parametrize("content", ["", "{}", '{"nbformat": 4, "cells": []}'])
def test_notebook_emptied_or_broken_is_not_clear(content: str) -> None:
    check_unknown("rep.7", {**ML_FILE, "a.ipynb": content})


# ---------------------------------------------------------------- rep.10

LOAD = "import datetime as dt\nimport glob\nimport os\nimport time\n\nimport numpy\n\n\ndef load(images):\n"


@pytest.mark.parametrize(
    "line",
    [
        "return sorted(os.listdir(images))",
        "return len(os.listdir(images))",
        "return 'a.csv' in os.listdir(images)",
        "names = glob.glob(images)\n    names.sort()\n    return names",
        "names = [name for name in os.listdir(images)]\n    names = sorted(names)\n    return names",
        "return time.time()",
        "return f'run-{dt.datetime.now().strftime(\"%Y\")}'",
        "start = dt.datetime.now()\n    return dt.datetime.now() - start",
        "return max(set(images))",
        "return os.listdir('outputs')",
        "return glob.glob('config/*.yaml')",
        "for name in os.listdir(images):\n        os.remove(name)",
    ],
)
def test_ordered_listings_and_stopwatches_are_clear(line: str) -> None:
    check_clear("rep.10", {"load.py": f"{LOAD}    {line}\n"})


@pytest.mark.parametrize(
    "line",
    [
        "return os.listdir(images)",
        "return [numpy.load(name) for name in glob.glob(images)]",
        "return dt.datetime.now().year",
        "today = dt.date.today()\n    return today",
    ],
)
def test_unordered_listings_and_clocks_are_found(line: str) -> None:
    check_found("rep.10", {"load.py": f"{LOAD}    {line}\n"}, at=["load.py:10"])


@pytest.mark.parametrize(
    "line",
    [
        "return glob.glob(os.path.join(root, 'outputs', '*.png'))",
        "return os.listdir(args.model_dir)",
        "return os.listdir(os.path.join(root, 'images_out'))",
        "return os.listdir(root + '/saved')",
        "return glob.glob(os.path.join(root, '**/train-images.gz'), recursive=True)[0]",
    ],
)
def test_listing_of_a_path_that_is_put_together_of_no_data_is_clear(line: str) -> None:
    check_clear("rep.10", {"dataset.py": f"{LOAD.replace('images', 'root, args')}    {line}\n"})


@pytest.mark.parametrize(
    "line",
    [
        "return os.listdir(os.path.join(root, 'images'))",
        "return [numpy.load(name) for name in glob.glob(f'{args.cfg.path}/train/*')]",
        "return os.listdir(args.img_dir)",
        "return glob.glob(str(root / 'masks') + '/*')",
    ],
)
def test_listing_of_a_path_that_is_put_together_is_found_where_data_is_made(line: str) -> None:
    source = f"{LOAD.replace('images', 'root, args')}    {line}\n"
    check_found("rep.10", {"dataset.py": source}, at=["dataset.py:10"])
    check_clear("rep.10", {"inference.py": source.replace("load", "apply")})


CLOCK = """import datetime
import pandas


def add(frame):
    frame['now'] = datetime.datetime.now()
    return frame
"""
RUN = "from sklearn.svm import SVC\n\nfrom clean.now import add\n\nSVC(random_state=1).fit(add(1), 2)\n"


def test_clock_on_the_way_to_no_model_is_clear() -> None:
    check_clear("rep.10", {"clean/now.py": CLOCK, "other.py": RUN.replace("clean.now", "dirty")})


@pytest.mark.parametrize("run", [RUN, RUN + "print 'x'\n"], ids=["read", "unread"])
def test_clock_of_a_file_that_training_may_import_is_found_be_that_read_or_not(run: str) -> None:
    check_found("rep.10", {"clean/now.py": CLOCK, "run.py": run, "lib.py": "import sklearn\n"}, at=["clean/now.py:6"])


def test_clock_of_a_file_without_data_is_not_judged() -> None:
    check_unknown(
        "rep.10", {"web.py": "import datetime as dt\n\n\ndef stamp(row):\n    row.changed = dt.datetime.now()\n"}
    )


@pytest.mark.parametrize(
    "line",
    [
        "return sorted(next(os.walk(images))[1])",
        "return len(next(os.walk(images))[2])",
        "images = glob.glob(images)\n    assert len(images) == 1\n    return images[0]",
        "images = glob.glob(images)\n    if len(images) > 1:\n        raise ValueError\n    return images",
    ],
)
def test_listing_whose_order_is_taken_away_or_of_one_item_is_clear(line: str) -> None:
    check_clear("rep.10", {"load.py": f"{LOAD}    {line}\n"})


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("return numpy.load(next(glob.iglob(images)))", 10),
        ("return next(os.walk(images))[1]", 10),
        ("return sorted(next(glob.iglob(images))[1])", 10),
        ("data = glob.glob('raw')\n    assert len(data) == 1\n    data = glob.glob(images)\n    return data", 12),
        ("data = glob.glob(images)\n    data = list(data)\n    assert len(data) == 1\n    return data", 10),
        (
            "data = glob.glob(images)\n    def check(data):\n        assert len(data) == 1\n    return data",
            10,
        ),
        ("data = other = glob.glob(images)\n    assert len(data) == 1\n    return other", 10),
    ],
)
def test_any_item_of_a_listing_and_a_check_of_another_one_are_found(line: str, at: int) -> None:
    check_found("rep.10", {"load.py": f"{LOAD}    {line}\n"}, at=[f"load.py:{at}"])


TABLE = "import datetime\nimport os\n\nimport pandas as pd\n\n"


@pytest.mark.parametrize(
    "code",
    [
        "def note(rows):\n    return Record(rows, fetched_at=datetime.datetime.now())\n",
        "def note(rows):\n    return {'rows': rows, 'timestamp': datetime.datetime.now()}\n",
        "class Run:\n    def note(self):\n        self.trained_at = datetime.datetime.now()\n",
        "def note(start):\n    return (\n        datetime.datetime.now() -\n        start).total_seconds()\n",
        "def load_test(folder):\n    return [pd.read_csv(name) for name in os.listdir(folder)]\n",
        "def denoise(input_folder):\n    for name in os.listdir(input_folder):\n        quiet(name)\n",
        "def count_words(raw_folder):\n    return [pd.read_csv(name) for name in os.listdir(raw_folder)]\n",
    ],
    ids=[
        "keyword",
        "key",
        "attribute",
        "a time between two",
        "test data keep their names",
        "each by itself",
        "a count",
    ],
)
def test_rep_10_what_no_result_rests_on_is_clear(code: str) -> None:
    check_clear("rep.10", {"rows.py": f"{TABLE}{code}\n\npd.DataFrame()\n"})


def test_rep_10_window_of_data_is_found() -> None:
    code = "def load():\n    return fetch(end=datetime.datetime.now())\n\n\nload()\n"
    train = "from load import load\nfrom sklearn.svm import SVC\n\nSVC().fit(load(), [1])\n"
    check_found("rep.10", {"load.py": TABLE + code, "train.py": train}, at=["load.py:7"])


def test_rep_10_listing_that_is_drawn_from_is_found() -> None:
    code = (
        "def pick(input_folder):\n    names = os.listdir(input_folder)\n    random.shuffle(names)\n    return names\n"
    )
    check_found("rep.10", {"rows.py": f"import random\n{TABLE}{code}"}, at=["rows.py:8"])
