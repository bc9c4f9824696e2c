"""Paths and addresses in strings."""

import pytest

from scoring.facts import PathLiteral
from scoring.readers.python import read


def paths(source: str) -> tuple[PathLiteral, ...]:
    return read(source.encode()).paths


@pytest.mark.parametrize(
    "source",
    [
        'def f():\n    """Reads /home/a/b."""\n',
        'def f():\n    "/home/ann/data"\n',
        "# open('/home/ann/x')\n",
        "x = 'https://example.org/home/a'\n",
        "x = '/'\n",
        "x = '/home/'\n",
        "x = '/tmp/x'\n",
        "x = '/dev/null'\n",
        "x = '~/data'\n",
        "x = 'data/home/x'\n",
        "x = r'/data/\\d+/x'\n",
        "re.compile('/home/x')\n",
        "x.startswith('s3://bucket')\n",
        "x = 's3://'\n",
        "x = f's3://{bucket}/key'\n",
        "@app.get('/data/upload')\ndef f(): pass\n",
        "client.post('/data/upload')\n",
        "if path == '/home/x': pass\n",
        "if '/data/x' in path: pass\n",
        "x = 's3://path/to/file'\n",
        "x = 'a:b'\n",
        "x = 'C: drive'\n",
        'x = "it\'s /home/a"\n',
        "if os.path.isfile('C:\\\\x.id'): pass\n",
    ],
)
def test_path_is_not_seen_where_nothing_is_bound_to_a_machine(source: str) -> None:
    assert paths(source) == ()


@pytest.mark.parametrize(
    ("literal", "text", "kind"),
    [
        ("'/home/ann/data.csv'", "/home/ann/data.csv", "home"),
        ("'/Users/ann/x'", "/Users/ann/x", "home"),
        ("'/data/train.csv'", "/data/train.csv", "absolute"),
        ("'/mnt/disk/x'", "/mnt/disk/x", "mount"),
        ("'/dbfs/mnt/x'", "/dbfs/mnt/x", "mount"),
        ("'dbfs:/mnt/x'", "dbfs:/mnt/x", "bucket"),
        ("'s3://bucket/key'", "s3://bucket/key", "bucket"),
        ("'gs://bucket'", "gs://bucket", "bucket"),
        ("'abfss://box@account/x'", "abfss://box@account/x", "bucket"),
        ("r'C:\\data\\x'", "C:\\data\\x", "windows"),
        ("'C:\\\\data'", "C:\\data", "windows"),
        ("'D:/data'", "D:/data", "windows"),
        ("f'/home/ann/{name}'", "/home/ann/{name}", "home"),
        ("b'/home/ann'", "/home/ann", "home"),
    ],
)
def test_path_of_one_machine_is_found_with_its_kind(literal: str, text: str, kind: str) -> None:
    assert paths(f"x = {literal}\n") == (PathLiteral(1, text, kind),)


def test_path_names_its_line_and_scope() -> None:
    assert paths("def f():\n    return load(\n        '/home/ann/x')\n") == (
        PathLiteral(3, "/home/ann/x", "home", "f"),
    )


def test_lone_surrogate_in_a_path_is_replaced() -> None:
    (path,) = paths("x = '/home/a\\ud800'\n")
    assert path.text == "/home/a?"


REPLACED = [
    "import os\nROOT = os.environ.get('ROOT', '/home/ann/data')\n",
    "import os\nROOT = os.getenv(\n    'ROOT',\n    '/home/ann/data',\n)\n",
    "import os\nROOT = os.environ.get('ROOT') or '/home/ann/data'\n",
    "parser.add_argument('--root', default='/home/ann/data')\n",
    "def f(root=typer.Option('/home/ann/data')):\n    return root\n",
    "try:\n    rows = load('/home/ann/data')\nexcept OSError:\n    rows = load('data')\n",
    "def f():\n    try:\n        return load('/home/ann/data')\n    except OSError:\n        return load('data')\n",
    "ROOT = Path('/home/ann/data')\ntry:\n    ROOT.mkdir()\nexcept OSError:\n    ROOT = Path('data')\n",
]


@pytest.mark.parametrize("source", REPLACED)
def test_path_that_something_replaces_is_told_apart(source: str) -> None:
    assert [(item.text, item.replaceable) for item in paths(source)] == [("/home/ann/data", True)]


@pytest.mark.parametrize(
    "source",
    [
        "ROOT = '/home/ann/data'\n",
        "try:\n    rows = load('/home/ann/data')\nexcept OSError:\n    pass\n",
        "try:\n    rows = load('/home/ann/data')\nexcept OSError as error:\n    text = str(error)\n    raise\n",
        "try:\n    rows = load('/home/ann/data')\nexcept OSError as error:\n    text = str(error)\n",
        "try:\n    rows = load('data')\nexcept OSError:\n    rows = load('/home/ann/data')\n",
        "ROOT = '/home/ann/data'\ntry:\n    ROOT.mkdir()\nexcept OSError:\n    other = 1\n",
        "ROOT = '/home/ann/data'\n\n\ndef f():\n    try:\n        ROOT.stat()\n    except OSError:\n        ROOT = 1\n",
        "import os\nROOT = os.path.join(os.environ['HOME'], '/home/ann/data')\n",
    ],
)
def test_path_that_nothing_replaces_is_not_excused(source: str) -> None:
    assert [(item.text, item.replaceable) for item in paths(source)] == [("/home/ann/data", False)]


@pytest.mark.parametrize(
    ("source", "replaceable"),
    [
        ("def f(a=None):\n    if a is None:\n        a = '/home/ann/x'\n", True),
        ("def f(a=None):\n    if not a:\n        a = '/home/ann/x'\n", True),
        ("a = b or '/home/ann/x'\n", True),
        ("a = {'example': {'path': '/home/ann/x'}}\n", True),
        ("def f(a=None):\n    if a is None:\n        b = '/home/ann/x'\n", False),
        ("def f(a=None):\n    if a == 3:\n        a = '/home/ann/x'\n", False),
        ("a = open(b, '/home/ann/x')\n", False),
    ],
)
def test_path_that_stands_in_for_a_missing_value_is_replaceable(source: str, *, replaceable: bool) -> None:
    assert [path.replaceable for path in paths(source)] == [replaceable]
