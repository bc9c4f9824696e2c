"""Comments that admit debt about settings (cfg.5)."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

CODE = "from sklearn.svm import SVC\n\n# {0}\nmodel = SVC(C=10)\n"


@pytest.mark.parametrize(
    "comment",
    [
        "TODO: explain this",
        "TODO: is it faster to hardcode the sizes?",
        "TODO: do this when args is a dict",
        "TODO: make it a config mixin",
        "Read from the config.",
        "FIXME: drop the config file",
        "HACK: no ParameterisedMeasure here",
    ],
)
def test_comment_about_something_else_is_clear(comment: str) -> None:
    check_clear("cfg.5", {"train.py": CODE.format(comment)})


def test_no_code_is_unknown() -> None:
    check_unknown("cfg.5", {"README.md": "TODO: make this configurable\n"})


@pytest.mark.parametrize(
    "comment",
    [
        "TODO: should not be hard-coded",
        "FIXME: put into FLAGS",
        "TODO: read C from the settings",
        "TODO: make the rank configurable",
        "HACK: magic number",
        "TODO: tune the learning rate",
        "TODO: parametrize the name",
        "TODO: this should be an option",
    ],
)
def test_comment_about_settings_counts(comment: str) -> None:
    assert check_found("cfg.5", {"train.py": CODE.format(comment)}).value == 1


def test_comments_are_listed_by_their_own_signal_alone() -> None:
    _, findings = result_of("cfg.5", facts_from({"train.py": CODE.format("TODO: should not be hard-coded")}))
    assert findings == ()


def test_comments_beside_the_ml_code_do_not_count() -> None:
    said = "# TODO: should not be hard-coded\n"
    beside = {
        "pyproject.toml": "[project]\nname = 'shop'\n",
        "examples/show.py": f"import sklearn\n\n{said}rate = 1\n",
        "shop/pages.py": f"{said}rate = 2\n",
    }
    check_clear("cfg.5", {"shop/train.py": CODE.format("TODO: explain this") * 3, **beside})
