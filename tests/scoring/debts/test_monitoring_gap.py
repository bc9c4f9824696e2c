"""Services that report nothing (mon.5)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

HEAD = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n"
BARE = HEAD + "@app.post('/predict')\ndef predict(rows):\n    return sum(rows)\n"


def test_code_without_a_service_is_not_judged() -> None:
    check_unknown("mon.5", {"train.py": "print(1)\n"})


@pytest.mark.parametrize(
    "files",
    [
        {"serve.py": "import prometheus_client\n" + BARE},
        {"serve.py": "import logging\n" + BARE.replace("    return", "    logging.info('asked')\n    return")},
        {"serve.py": BARE, "watch.py": "from opentelemetry import trace\n"},
        {"serve.py": BARE, "requirements.txt": "prometheus-fastapi-instrumentator==7.0.0\n"},
    ],
)
def test_service_that_reports_is_clear(files: dict[str, str]) -> None:
    check_clear("mon.5", files)


def test_service_that_reports_nothing_is_found() -> None:
    check_found("mon.5", {"serve.py": BARE}, at=["serve.py:7"])
