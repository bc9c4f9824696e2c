"""Lines of configuration beside those of the machine-learning code (cfg.1)."""

import pytest

from scoring.findings import Outcome
from scoring.testing import check_unknown, facts_from, result_of

CODE = {"train.py": "from sklearn.svm import SVC\n\nSVC()\n" + "".join(f"x_{n} = {n}\n" for n in range(198))}
SETTINGS = "".join(f"key_{n}: {n}\n" for n in range(100))


def test_code_of_a_few_lines_is_unknown() -> None:
    check_unknown("cfg.1", {"train.py": "from sklearn.svm import SVC\n\nSVC()\n", "conf/a.yaml": SETTINGS})


@pytest.mark.parametrize(
    "path", ["tests/conf/a.yaml", "examples/conf/a.yaml", ".github/workflows/ci.yaml"], ids=["test", "example", "ci"]
)
def test_configuration_that_is_not_its_own_does_not_count(path: str) -> None:
    assert result_of("cfg.1", facts_from({**CODE, path: SETTINGS}))[0].outcome is Outcome.NOT_APPLICABLE


def test_manifests_and_templates_do_not_count() -> None:
    files = {"k8s/a.yaml": f"apiVersion: v1\n{SETTINGS}", "conf/a.yaml": f"{{% if x %}}\n{SETTINGS}{{% endif %}}\n"}
    assert result_of("cfg.1", facts_from({**CODE, **files}))[0].outcome is Outcome.NOT_APPLICABLE


def test_copies_count_once() -> None:
    result, findings = result_of("cfg.1", facts_from({**CODE, "conf/a.yaml": SETTINGS, "conf/b.yaml": SETTINGS}))
    assert (result.value, result.population, findings) == (0.5, 1, ())
    assert result.reason == "100 lines of configuration in 1 files, 200 lines of ML code"


def test_comments_and_blank_lines_do_not_count() -> None:
    result, _ = result_of("cfg.1", facts_from({**CODE, "conf/a.yaml": f"# why\n\n{SETTINGS}"}))
    assert result.value == 0.5
