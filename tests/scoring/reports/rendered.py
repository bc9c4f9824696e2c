"""An assessment to render, and its lines: what the tests of the text share."""

import msgspec

from scoring.engine import assess
from scoring.reports import text
from scoring.scores.answers import Assessment
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
