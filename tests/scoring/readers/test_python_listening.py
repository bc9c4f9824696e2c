"""Where a module says that its service listens."""

import pytest

from scoring.readers.python import read


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("app.run(host='127.0.0.1')\n", "local"),
        ("app.run(host='0.0.0.0')\n", "open"),
        ("app.run(host=HOST)  # localhost\n", ""),
        ("parser.add_argument('--host', default='localhost')\n", "local"),
        ("def serve(host='localhost'):\n    uvicorn.run(app, host=host)\n", "local"),
        ("def serve(host='localhost'):\n    run_simple(host, 80, app)\n", "local"),
        ("def serve(*, host='0.0.0.0'):\n    start(host)\n", "open"),
        ("def connect(host='localhost'):\n    return redis.Redis(host)\n", ""),
        ("def connect(host='localhost', port=1):\n    return redis.Redis(host)\n\n\napp.run(host=HOST)\n", ""),
    ],
)
def test_module_says_where_its_service_listens(source: str, where: str) -> None:
    assert read(source.encode()).listens == where
