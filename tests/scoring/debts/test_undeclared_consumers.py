"""Endpoints that don't ask who calls (und.5)."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

HEAD = "from fastapi import Depends, FastAPI\nfrom flask import Flask, request\n\napp = FastAPI()\n\n\n"
BARE = HEAD + "@app.post('/predict')\ndef predict(rows):\n    return sum(rows)\n"


@pytest.mark.parametrize(
    "source",
    [
        HEAD + "@app.post('/predict')\ndef predict(rows, user=Depends(current_user)):\n    return sum(rows)\n",
        HEAD + "@app.post('/predict', dependencies=[Depends(check)])\ndef predict(rows):\n    return sum(rows)\n",
        HEAD + "@app.post('/predict')\n@login_required\ndef predict(rows):\n    return sum(rows)\n",
        HEAD + "@app.post('/predict')\ndef predict(rows):\n    key = request.headers['X-API-Key']\n    return rows\n",
        BARE.replace("FastAPI()", "FastAPI(dependencies=[Depends(verify)])"),
        BARE + "\n\napp.add_middleware(AuthenticationMiddleware)\n",
        BARE + "\n\n@app.before_request\ndef check():\n    return check_auth(request)\n",
    ],
)
def test_endpoint_that_asks_is_clear(source: str) -> None:
    check_clear("und.5", {"serve.py": source})


ASKS = "def read_config(credentials=Depends(scheme)):\n    return credentials\n\n\n"
DEPENDS = "@app.post('/predict')\ndef predict(rows, config=Depends(read_config)):\n    return sum(rows)\n"


def test_endpoint_that_depends_on_a_function_that_asks_is_clear() -> None:
    check_clear("und.5", {"serve.py": HEAD + ASKS + DEPENDS})


@pytest.mark.parametrize(
    "function", ["", "def read_config(path='a'):\n    return path\n\n\n", ASKS.replace("read_config", "other")]
)
def test_endpoint_that_depends_on_what_does_not_ask_is_not_clear(function: str) -> None:
    assert result_of("und.5", facts_from({**ML_FILE, "serve.py": HEAD + function + DEPENDS}))[0].outcome == "found"


def test_gateway_manifest_counts() -> None:
    manifest = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: callers\n"
    check_clear("und.5", {"serve.py": BARE, "deploy/policy.yaml": manifest})


@pytest.mark.parametrize("path", ["/", "/health", "/metrics", "/__lbheartbeat__", "/favicon.ico", "/v1/"])
def test_paths_that_need_no_caller_are_left_out(path: str) -> None:
    check_unknown("und.5", {"serve.py": BARE.replace("/predict", path)})


def test_decorator_of_another_library_is_no_endpoint() -> None:
    check_unknown(
        "und.5", {"serve.py": "import cache\n\n\n@cache.get('/predict')\ndef predict(rows):\n    return rows\n"}
    )


@pytest.mark.parametrize(
    ("route", "outcome"),
    [
        ("app.add_api_route('/predict', predict, methods=['POST'])", "found"),
        ("app.add_api_route('/predict', endpoint=predict)", "found"),
        ("app.add_url_rule('/predict', view_func=predict)", "found"),
        ("app.add_url_rule('/predict', 'predict', predict)", "found"),
        ("app.add_api_route('/health', predict)", "not_applicable"),
        ("app.add_api_route('/predict', elsewhere)", "not_applicable"),
        ("app.add_api_route(path, predict)", "not_applicable"),
        ("app.add_api_route('/predict', predict, dependencies=[Depends(check)])", "clear"),
    ],
)
def test_function_that_a_call_makes_an_endpoint(route: str, outcome: str) -> None:
    source = f"{HEAD}def predict(rows):\n    return sum(rows)\n\n\n{route}\n"
    assert result_of("und.5", facts_from({**ML_FILE, "serve.py": source}))[0].outcome == outcome


@pytest.mark.parametrize(("holder", "outcome"), [("self.app", "found"), ("self.cache", "not_applicable")])
def test_decorator_of_a_service_that_an_object_holds(holder: str, outcome: str) -> None:
    source = (
        f"{HEAD}class Server:\n    def routes(self):\n        @{holder}.post('/predict')\n"
        "        def predict(rows):\n            return sum(rows)\n"
    )
    assert result_of("und.5", facts_from({**ML_FILE, "serve.py": source}))[0].outcome == outcome


def test_cors_is_no_identity() -> None:
    cors = "\n\napp.add_middleware(CORSMiddleware, allow_headers=['Authorization'])\n"
    check_found("und.5", {"serve.py": BARE + cors}, at=["serve.py:8"])


def test_author_is_no_identity() -> None:
    source = BARE.replace("predict(rows)", "predict(rows, author)")
    check_found("und.5", {"serve.py": source}, at=["serve.py:8"])


def test_one_service_does_not_answer_for_another() -> None:
    asking = BARE.replace("FastAPI()", "FastAPI(dependencies=[Depends(verify)])")
    check_found("und.5", {"a/serve.py": asking, "b/serve.py": BARE + "# other\n"}, at=["b/serve.py:8"])


def test_endpoints_of_one_file_are_one_finding() -> None:
    source = BARE + "\n\n@app.get('/rows')\ndef rows():\n    return []\n\n\nmodel.predict(rows)\n"
    result, findings = result_of("und.5", facts_from({**ML_FILE, "serve.py": source}))
    assert (result.value, result.population) == (1.0, 2)
    assert [(item.line, "/predict, /rows answer" in item.message) for item in findings] == [(8, True)]


def test_endpoint_that_gives_nothing_of_a_model_counts_and_is_not_told() -> None:
    tasks = HEAD + "@app.post('/tasks')\ndef add(rows):\n    return sum(rows)\n"
    assert check_found("und.5", {"serve.py": tasks}, at=[]).value == 1.0
    check_found(
        "und.5", {"serve.py": "import sorting\n" + tasks, "sorting.py": "model.predict([1])\n"}, at=["serve.py:9"]
    )


def test_service_of_a_library_counts_and_is_not_told() -> None:
    result, findings = result_of("und.5", facts_from({**ML_FILE, "serve.py": BARE}, profile="library"))
    assert (result.value, findings) == (1.0, ())


def test_endpoints_of_one_folder_are_one_finding() -> None:
    other = BARE.replace("predict", "rank")
    check_found("und.5", {"api/a.py": BARE, "api/b.py": other, "c/d.py": other + "\n"}, at=["api/a.py:8", "c/d.py:8"])
