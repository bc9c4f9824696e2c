"""What is on file for the day on which a deployed model goes wrong (prc.9)."""

from datetime import timedelta

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Outcome
from scoring.testing import AS_OF, check_clear, check_found, check_unknown, facts_from, result_of

SERVICE = (
    "from fastapi import FastAPI\nfrom joblib import load\n\napp = FastAPI()\nmodel = load('model.joblib')\n\n\n"
    "@app.post('/predict')\ndef predict(rows: list[float]) -> float:\n    return float(model.predict([rows])[0])\n"
)
CI = {".gitlab-ci.yml": "test:\n  script:\n    - pytest\n"}
SHIPPED = {"serve.py": SERVICE, "Dockerfile": "FROM python:3.11\nCMD uvicorn serve:app\n", **CI}


def changed(**days: int) -> HistoryFacts:
    """When files last changed, in days before the moment: `serve` and `page`."""
    paths = {"serve": "serve.py", "page": "docs/runbook.md"}
    return HistoryFacts(last_change={paths[name]: AS_OF - timedelta(days=count) for name, count in days.items()})


@pytest.mark.parametrize(
    "files",
    [
        {"serve.py": SERVICE, **CI},
        {"serve.py": SERVICE, "Dockerfile": "FROM python:3.11\n"},
        {"train.py": "from sklearn.svm import SVC\n", "Dockerfile": "FROM python:3.11\n"},
        {**SHIPPED, "README.md": "# A demo of a service\n"},
        {"serve.py": SERVICE, "tests/Dockerfile": "FROM python:3.11\n", **CI},
    ],
    ids=["shipped-from-elsewhere", "image-alone", "no-service", "demonstration", "image-of-tests"],
)
def test_what_nobody_operates_from_here_does_not_apply(files: dict[str, str]) -> None:
    assert result_of("prc.9", facts_from(files))[0].outcome is Outcome.NOT_APPLICABLE


def test_manifest_that_went_unread_may_ship_it() -> None:
    files: dict[str, str | bytes] = {"serve.py": SERVICE, "k8s/deployment.yaml": b"\x00\xff\xfe"}
    assert result_of("prc.9", facts_from(files))[0].outcome is Outcome.UNKNOWN


def test_page_that_went_unread_may_say_it() -> None:
    check_unknown("prc.9", {**SHIPPED, ".github/workflows/ci.yml": "jobs: [\n"})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/runbook.md", "# Runbook\n"),
        ("README.md", "# Service\n\n## Rollback\n\nDeploy the tag before.\n"),
        ("docs/operations.md", "# Operations\n\n## Troubleshooting\n\nRead the log.\n"),
        ("Makefile", "back:\n\thelm rollback service\n"),
        ("scripts/rollback.sh", "echo back\n"),
    ],
)
def test_anything_that_says_what_to_do_is_clear(path: str, text: str) -> None:
    check_clear("prc.9", {**SHIPPED, path: text})


@pytest.mark.parametrize(
    "shipped",
    [
        {"Dockerfile": "FROM python:3.11\n", **CI},
        {"k8s/service.yaml": "apiVersion: apps/v1\nkind: Deployment\n"},
        {"Makefile": "release:\n\tgcloud run deploy service\n"},
        {"infra/main.tf": "resource {}\n"},
        {
            ".github/workflows/ship.yml": "on: push\njobs:\n  ship:\n    steps:\n"
            "      - uses: google-github-actions/deploy-cloudrun@v2\n"
        },
    ],
    ids=["image", "manifest", "command", "host", "action"],
)
def test_service_with_nothing_on_file_is_found_where_it_predicts(shipped: dict[str, str]) -> None:
    check_found("prc.9", {"serve.py": SERVICE, **shipped}, at=["serve.py:10"])


def test_page_that_was_touched_of_late_is_clear() -> None:
    check_clear("prc.9", {**SHIPPED, "docs/runbook.md": "# Runbook\n"}, history=changed(serve=3, page=170))


def test_old_page_of_a_service_that_stood_still_is_clear() -> None:
    check_clear("prc.9", {**SHIPPED, "docs/runbook.md": "# Runbook\n"}, history=changed(serve=300, page=300))


def test_old_page_of_a_service_that_changed_since_is_found() -> None:
    files = {**SHIPPED, "docs/runbook.md": "# Runbook\n"}
    check_found("prc.9", files, at=["docs/runbook.md:1"], history=changed(serve=3, page=200))


def test_page_without_a_date_is_unknown() -> None:
    check_unknown("prc.9", {**SHIPPED, "docs/runbook.md": "# Runbook\n"}, history=changed(serve=3))
