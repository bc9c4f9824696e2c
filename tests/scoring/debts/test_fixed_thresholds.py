"""Cut-offs in the code: by the flow of a prediction, and by names that nothing else bears."""

import json

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

PREDICT = "def serve(model, rows, cut):\n    scores = model.predict_proba(rows)[:, 1]\n"


@pytest.mark.parametrize(
    "line",
    ["return scores > cut", "return scores.argmax()", "return model.predict(rows) == 1", "return len(scores) > 5"],
)
def test_other_uses_of_a_prediction_are_clear(line: str) -> None:
    check_clear("thr.1", {"serve.py": f"{PREDICT}    {line}\n"})


@pytest.mark.parametrize("name", ["evaluate", "plot_masks", "train_epoch", "test_accuracy", "get_model_performance"])
def test_function_that_only_measures_or_draws_decides_nothing(name: str) -> None:
    check_clear("thr.1", {"serve.py": f"{PREDICT.replace('serve', name)}    return scores > 0.7\n"})


@pytest.mark.parametrize("line", ["return scores < 1e-6", "return iou(scores) > 0.5"])
def test_tolerance_and_overlap_are_no_cut_offs(line: str) -> None:
    check_clear("thr.1", {"serve.py": f"{PREDICT}    {line}\n"})


@pytest.mark.parametrize(("name", "count"), [("pred_test", 0), ("val_pred", 0), ("pred", 1)])
def test_held_out_rows_at_the_top_of_a_program_are_only_measured(name: str, count: int) -> None:
    source = f"from sklearn.svm import SVC\n\n{name} = SVC(random_state=1).predict_proba([[1]])\nx = {name} > 0.5\n"
    assert len(result_of("thr.1", facts_from({"run_it.py": source}))[1]) == count


def test_library_has_no_model_to_learn_its_default_on() -> None:
    served = {**ML_FILE, "serve.py": f"{PREDICT}    return scores > 0.5\n"}
    assert len(result_of("thr.1", facts_from(served))[1]) == 1
    assert result_of("thr.1", facts_from(served, profile="library"))[0].outcome == "not_applicable"


def test_cell_that_looks_at_a_prediction_decides_nothing() -> None:
    cell = {"cell_type": "code", "source": "import sklearn\nscores = model.predict_proba(rows)\nseen = scores > 0.7\n"}
    check_clear("thr.1", {"look.ipynb": json.dumps({"nbformat": 4, "cells": [cell]})})


def test_name_alone_is_no_prediction() -> None:
    check_unknown("thr.1", {**ML_FILE, "serve.py": "def serve(score):\n    return score > 0.5\n"})


@pytest.mark.parametrize(
    "line",
    [
        "return keep_prob > 0.9",
        "return confidence > 0.9",
        "return probability > 1",
        "return improbable > 0.5",
        "return pred_error < 0.1",
        "def generate_rows(churn_prob):\n        return churn_prob > 0.5",
        "probability = random.random()\n    return probability < 0.3",
    ],
)
def test_name_of_something_else_is_no_prediction(line: str) -> None:
    source = f"import random\n\n\ndef serve(probability, confidence, keep_prob, improbable, pred_error):\n    {line}\n"
    check_unknown("thr.1", {**ML_FILE, "serve.py": source})


@pytest.mark.parametrize(
    "line",
    ["return probability > 0.7", "return frame['churn_probability'] >= 0.7", "return y_pred_proba[:, 1] < 0.2"],
)
def test_name_that_only_a_prediction_bears_is_found(line: str) -> None:
    source = f"def tier(probability, frame, y_pred_proba):\n    {line}\n"
    check_found("thr.1", {**ML_FILE, "serve.py": source}, at=["serve.py:2"])


@pytest.mark.parametrize("line", ["return scores > 0.7", "return 0.7 <= scores"])
def test_prediction_against_a_number_is_found(line: str) -> None:
    check_found("thr.1", {"serve.py": f"{PREDICT}    {line}\n"}, at=["serve.py:3"])


def test_tests_are_left_out() -> None:
    check_unknown("thr.1", {**ML_FILE, "tests/test_serve.py": f"{PREDICT}    assert scores > 0.7\n"})


def test_message_and_identity_leave_the_line_out() -> None:
    found = []
    for shift in ("", "# moved\n\n"):
        _, findings = result_of("thr.1", facts_from({**ML_FILE, "a.py": f"{shift}{PREDICT}    return scores > 0.7\n"}))
        found += [(finding.id, finding.symbol, finding.message) for finding in findings]
    assert found[0] == found[1]
    assert found[0][1:] == (
        "serve",
        "`scores > 0.7` decides by a number in the code; when the model is trained again the scores move and the "
        "number stays.",
    )


@pytest.mark.parametrize("files", [{}, {"serve.py": ""}, {"serve.py": "def (:\n"}])
def test_source_removed_broken_or_emptied_is_not_clear(files: dict[str, str]) -> None:
    check_unknown("thr.1", files)
