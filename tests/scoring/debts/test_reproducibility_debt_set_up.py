"""Packages that scripts, targets and files of other tools install, which are declared there (rep.3, rep.4)."""

import pytest

from scoring.findings import Outcome
from scoring.testing import check_found, check_unknown, facts_from, result_of

USES_JAX = {
    "requirements.txt": "scikit-learn==1.5.0\n",
    "fit.py": "import jax\nimport sklearn\n\nprint(jax, sklearn)\n",
}


@pytest.mark.parametrize(
    "script",
    [{"setup.sh": "set -e\npip install --upgrade 'jax[cuda]==0.2.27'\n"}, {"Makefile": "all:\n\tpip3 install jax\n"}],
    ids=["a script", "a target"],
)
def test_what_a_script_of_the_repository_installs_is_declared(script: dict[str, str]) -> None:
    check_found("rep.4", USES_JAX, at=["fit.py:1"])
    assert result_of("rep.4", facts_from({**USES_JAX, **script}))[1] == ()


ALONE = {"fit.py": "import jax\n\nprint(jax)\n"}


@pytest.mark.parametrize(("named", "share"), [("jax", 0.0), ("jax==0.2.27", 1.0)])
def test_versions_that_a_script_alone_installs_are_asked_for(named: str, share: float) -> None:
    for path, text in (("setup.sh", f"pip install {named}\n"), ("Makefile", f"all:\n\tpip install {named}\n")):
        result, _ = result_of("rep.3", facts_from({**ALONE, path: text}))
        assert (result.value, result.population) == (share, 1)


@pytest.mark.parametrize(
    "script",
    [
        {"docs/setup.sh": "pip install jax\n"},
        {"tests/setup.sh": "pip install jax\n"},
        {"run.sh": "echo 'First: pip install jax'\n"},
        {"run.sh": "pip uninstall jax\n"},
    ],
    ids=["of documentation", "of tests", "said", "taken away"],
)
def test_what_only_documentation_tests_or_a_sentence_installs_is_not_declared(script: dict[str, str]) -> None:
    check_found("rep.3", {**ALONE, **script}, at=["fit.py:1"])
    check_found("rep.4", {**USES_JAX, **script}, at=["fit.py:1"])


def test_what_lies_in_a_base_image_is_not_called_nothing() -> None:
    files = {"Dockerfile": "FROM pytorch/pytorch:2.1.0\n", "fit.py": "import torch\n\nprint(torch)\n"}
    result, _ = result_of("rep.3", facts_from(files))
    assert (result.outcome, result.reason.partition(",")[0]) == (
        Outcome.NOT_APPLICABLE,
        "what it needs lies in base images",
    )


def test_environment_of_conda_named_after_its_hardware_is_read() -> None:
    environment = "channels:\n  - conda-forge\ndependencies:\n  - pip:\n    - jax==0.2.27\n"
    assert result_of("rep.4", facts_from({**USES_JAX, "gpu.yaml": environment}))[1] == ()
    check_found("rep.4", {**USES_JAX, "gpu.yaml": "cards: 4\nmemory: 16\n"}, at=["fit.py:1"])


def test_what_an_image_of_cog_lists_is_unknown() -> None:
    check_unknown("rep.3", {"predict.py": "import torch\n\nprint(torch)\n", "cog.yaml.template": "build: {}\n"})


def test_module_of_several_words_that_nobody_knows_may_be_the_team_s_own() -> None:
    _, findings = result_of("rep.4", facts_from({**USES_JAX, "plot.py": "import plottingfunctions, __main__\n"}))
    assert [finding.path for finding in findings] == ["fit.py"]
