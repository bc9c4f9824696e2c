"""Where predictions go: pod.2, und.6, act.3."""

import pytest

from scoring.findings import Outcome
from scoring.testing import ML_FILE, check_clear, check_found, facts_from, result_of

API = (
    "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI(version='2.0')\nmodel = joblib.load('m.joblib')\n\n\n"
)
FLASK = "import joblib\nfrom flask import Flask, jsonify\n\napp = Flask('x')\nmodel = joblib.load('m.joblib')\n\n\n"
FRAME = "import joblib\nimport pandas as pd\n\nrows = pd.read_csv('rows.csv')\nmodel = joblib.load('m.joblib')\n"


def _outcome(signal: str, files: dict[str, str]) -> Outcome:
    return result_of(signal, facts_from({**ML_FILE, **files}))[0].outcome


# ---------------------------------------------------------------- pod.2, endpoints


def test_endpoint_that_predicts_nothing_is_no_place() -> None:
    source = API + "@app.get('/rows')\ndef rows() -> list[int]:\n    return [1, 2]\n"
    assert _outcome("pod.2", {"serve.py": source}) is Outcome.NOT_APPLICABLE


def test_page_for_people_is_no_place() -> None:
    source = FLASK.replace("jsonify", "render_template")
    source += (
        "@app.route('/predict')\ndef page():\n    y = model.predict([[1]])\n    return render_template('p.html', y=y)\n"
    )
    assert _outcome("pod.2", {"serve.py": source}) is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "answer",
    [
        "{'y': y, 'model_version': 3}",
        "{'y': y, 'scored_at': clock()}",
        "{'y': y, 'run_id': RUN}",
        "{'y': y, 'model': 'churn'}",
    ],
)
def test_answer_with_its_origin_is_clear(answer: str) -> None:
    source = API + f"@app.post('/predict')\ndef predict(x: float):\n    y = model.predict([[x]])\n    return {answer}\n"
    check_clear("pod.2", {"serve.py": source})


@pytest.mark.parametrize(
    ("loaded", "outcome"),
    [
        ("kept['model']", Outcome.FOUND),
        ("load(kept['model_version'])", Outcome.CLEAR),
        ("load(model=1)", Outcome.FOUND),
    ],
)
def test_key_by_which_the_model_is_looked_up_is_no_origin(loaded: str, outcome: Outcome) -> None:
    body = f"    net = {loaded}\n    return {{'y': net.predict([[x]])}}\n"
    source = API + "kept = {}\n\n\n@app.post('/predict')\ndef predict(x: float):\n" + body
    assert _outcome("pod.2", {"serve.py": source}) is outcome


def test_origin_in_the_schema_of_the_answer_is_clear() -> None:
    schema = "from pydantic import BaseModel\n\n\nclass Prediction(BaseModel):\n    y: float\n    model_version: str\n"
    source = API.replace("\n\napp", "\nfrom schemas import Prediction\n\napp") + (
        "@app.post('/predict', response_model=Prediction)\ndef predict(x: float):\n    return model.predict([[x]])\n"
    )
    check_clear("pod.2", {"serve.py": source, "schemas.py": schema})


def test_origin_added_by_a_function_it_calls_is_clear() -> None:
    source = API + (
        "def answer(y):\n    return {'y': y, 'model_version': 3}\n\n\n"
        "@app.post('/predict')\ndef predict(x: float):\n    return answer(model.predict([[x]]))\n"
    )
    check_clear("pod.2", {"serve.py": source})


def test_bare_answer_is_found_once_an_endpoint() -> None:
    source = API + (
        "@app.post('/predict')\ndef predict(x: float):\n    if x > 3:\n        return model.predict([[3]])\n"
        "    y = model.predict([[x]])\n    return {'y': float(y[0])}\n"
    )
    check_found("pod.2", {"serve.py": source}, at=["serve.py:11"])


def test_answer_of_a_function_of_another_module_is_found() -> None:
    source = "from flask import Flask, jsonify\n\nfrom churn import predict_churn\n\napp = Flask('x')\n\n\n"
    source += "@app.route('/churn')\ndef churn():\n    score = predict_churn(read())\n    return jsonify(score)\n"
    check_found("pod.2", {"serve.py": source}, at=["serve.py:11"])


def test_handler_of_a_platform_is_found() -> None:
    azure = "import joblib\n\n\ndef init():\n    global model\n    model = joblib.load('m')\n\n\n"
    azure += "def run(data):\n    return model.predict(data).tolist()\n"
    lambdas = "import joblib\n\nmodel = joblib.load('m')\n\n\ndef lambda_handler(event, context):\n"
    lambdas += "    y = model.predict(event['x'])\n    return {'y': y[0]}\n"
    check_found("pod.2", {"azure.py": azure}, at=["azure.py:10"])
    check_found("pod.2", {"lambdas.py": lambdas}, at=["lambdas.py:8"])
    result, findings = result_of("pod.2", facts_from({**ML_FILE, "azure.py": azure, "lambdas.py": lambdas}))
    assert (result.value, [item.path for item in findings]) == (2.0, ["azure.py"])
    assert findings[0].message.endswith(" So does one more endpoint.")


def test_library_is_asked_with_a_model_of_its_user() -> None:
    code = {"serve.py": f"{API}@app.post('/predict')\ndef predict(x: float):\n    return model.predict([[x]])\n"}
    package = {"pyproject.toml": "[project]\nname = 'churn'\n", "README.md": "# Churn\n\n```\npip install churn\n```\n"}
    check_found("pod.2", code)
    assert _outcome("pod.2", {**code, **package}) is Outcome.NOT_APPLICABLE


def test_loops_beside_an_endpoint_are_passed_over() -> None:
    source = "for x in range(3):\n    print(x)\nwhile x:\n    x = x - 1\nx: int\n" + API
    source += "@app.post('/predict')\ndef predict(x: float):\n    while x:\n        return model.predict([[x]])\n"
    source += "\n\ndef nothing():\n    return\n"
    check_found("pod.2", {"serve.py": source}, at=["serve.py:16"])


# ---------------------------------------------------------------- pod.2, tables


@pytest.mark.parametrize(
    "source",
    [
        "rows['y'] = 1\nrows.to_csv('rows_out.csv')\n",
        "y = model.predict(rows)\nprint(y.mean())\nrows.to_csv('rows_out.csv')\n",
        "rows['y'] = model.predict(rows)\nrows.to_csv('submission.csv')\n",
        "rows['y'] = model.predict(rows)\nrows.to_csv('eval/scores.csv')\n",
        "import json\n\nfrom sklearn.metrics import f1_score\n\ny = model.predict(rows)\n"
        "json.dump({'f1': f1_score(rows, y)}, open('m.json', 'w'))\n",
    ],
    ids=["no-prediction", "figure", "contest", "evaluation", "measure"],
)
def test_other_writes_are_no_place(source: str) -> None:
    assert _outcome("pod.2", {"score.py": FRAME + source}) is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "source",
    [
        "rows['y'] = model.predict(rows)\nrows['model_version'] = 3\nrows.to_csv('scores.csv')\n",
        "rows['y'] = model.predict(rows)\nrows.to_csv(f'scores_{run_id}.csv')\n",
        "out = pd.DataFrame({'y': model.predict(rows), 'scored_at': clock()})\nout.to_parquet('scores.parquet')\n",
    ],
    ids=["column", "path", "frame"],
)
def test_table_with_its_origin_is_clear(source: str) -> None:
    check_clear("pod.2", {"score.py": FRAME + source})


def test_bare_tables_are_found() -> None:
    source = FRAME + (
        "rows['y'] = model.predict(rows)\nrows.to_csv('scores.csv')\n"
        "scores = []\nfor part in parts:\n    scores.append(model.predict(part))\n"
        "pd.DataFrame({'y': scores}).to_sql('scores', engine)\n"
    )
    check_found("pod.2", {"score.py": source}, at=["score.py:7", "score.py:11"])


def test_name_that_is_bound_anew_holds_no_prediction() -> None:
    source = FRAME + "y = model.predict(rows)\ny = pd.DataFrame({'x': [1]})\ny.to_csv('other.csv')\n"
    assert _outcome("pod.2", {"score.py": source}) is Outcome.NOT_APPLICABLE


# ---------------------------------------------------------------- und.6


def test_write_to_a_place_of_its_own_is_clear() -> None:
    check_clear("und.6", {"score.py": FRAME + "rows['y'] = model.predict(rows)\nrows.to_csv('out/scores.csv')\n"})


def test_other_rows_in_a_shared_place_are_no_predictions() -> None:
    source = FRAME + "model.predict(rows)\nrows.to_csv('/mnt/share/rows.csv')\n"
    assert _outcome("und.6", {"score.py": source}) is Outcome.NOT_APPLICABLE


def test_picture_in_a_public_folder_is_no_table() -> None:
    source = FRAME + "import soundfile as sf\n\nsf.write('public/a.wav', model.predict(rows), 16)\n"
    source += "rows['y'] = model.predict(rows)\nrows.to_csv('a.csv')\n"
    check_clear("und.6", {"score.py": source})


@pytest.mark.parametrize(
    "write",
    [
        "rows.to_csv('/mnt/team/scores.csv')",
        "rows.to_parquet(f'/dbfs/mnt/{name}.parquet')",
        "rows.to_csv(os.path.join(PUBLIC, 'scores.csv'))",
        "s3.put_object(Bucket='b', Key='scores', Body=rows.to_json(), ACL='public-read')",
    ],
)
def test_write_to_a_shared_place_is_found(write: str) -> None:
    source = f"import os\n\n{FRAME}PUBLIC = '/srv/public'\nrows['y'] = model.predict(rows)\n{write}\n"
    check_found("und.6", {"score.py": source}, at=["score.py:10"])


# ---------------------------------------------------------------- act.3

SERVICE = API + "@app.post('/predict')\ndef predict(x: float):\n    return model.predict([[x]])\n"


def test_component_without_service_has_no_model_to_turn_off() -> None:
    assert _outcome("act.3", {"score.py": FRAME}) is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "files",
    [
        {"config.yaml": "model:\n  enabled: true\n"},
        {"config.yaml": "default_action: review\n"},
        {"flags.py": "import os\n\nUSE_MODEL = os.environ['USE_MODEL']\n"},
        {"flags.py": "from UnleashClient import UnleashClient\n"},
        {"rules.py": "def fallback_score(x):\n    return 0.1\n"},
    ],
    ids=["key", "default", "environment", "library", "function"],
)
def test_switch_or_default_is_clear(files: dict[str, str]) -> None:
    check_clear("act.3", {"serve.py": SERVICE, **files})


@pytest.mark.parametrize(
    "names",
    [
        "import os\n\nSTAGE = os.environ['MODEL_STAGE']\n",
        "import mlflow\n\nmodel = mlflow.pyfunc.load_model('models:/churn@champion')\n",
        "from mlflow import MlflowClient\n\nfound = MlflowClient().get_model_version_by_alias('churn', 'champion')\n",
    ],
    ids=["variable", "address", "alias"],
)
def test_model_that_is_named_outside_the_code_is_unknown(names: str) -> None:
    assert _outcome("act.3", {"serve.py": SERVICE, "registry.py": names}) is Outcome.UNKNOWN


def test_service_without_a_switch_is_found_at_its_first_answer() -> None:
    check_found(
        "act.3",
        {"serve.py": SERVICE, "config.yaml": "logging:\n  enabled: true\nfallback_mirrors: 2\n"},
        at=["serve.py:10"],
    )


@pytest.mark.parametrize(
    "files",
    [
        {"examples/serve.py": SERVICE},
        {"day_3/serve.py": SERVICE},
        {"serve_batch.py": SERVICE},
        {"serve.py": SERVICE.replace("def predict(", "def download_prediction(")},
        {"serve.py": SERVICE, "README.md": "# A FastAPI demo\n\nServes.\n"},
        {
            "serve.py": SERVICE,
            "pyproject.toml": "[project]\nname = 'serving'\n",
            "README.md": "# Serving\n\n```sh\npip install serving\n```\n",
        },
    ],
    ids=["example", "lesson", "batch job", "made before", "demonstration", "library"],
)
def test_what_nobody_has_to_turn_off_is_not_asked_for_a_switch(files: dict[str, str]) -> None:
    assert _outcome("act.3", files) is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("path", "text"),
    [("config.yaml", "a: [\n"), ("pyproject.toml", "[project\n"), ("flags.py", "def (:\n")],
    ids=["settings", "packaging", "code"],
)
def test_file_that_was_skipped_may_hold_the_switch(path: str, text: str) -> None:
    assert _outcome("act.3", {"serve.py": SERVICE, path: text}) is Outcome.UNKNOWN


def test_figures_of_inference_are_no_prediction() -> None:
    source = API + "@app.get('/traffic')\ndef traffic():\n    return service.get_inference_traffic(days=3)\n"
    assert _outcome("act.3", {"serve.py": source}) is Outcome.NOT_APPLICABLE
