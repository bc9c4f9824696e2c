"""Folders of an operator's own signals, made for tests: pages that are whole, with the code that a test is about."""

from pathlib import Path

from scoring.sandbox.pipe import Limits

FAST = Limits(memory_bytes=512 * 1024 * 1024, cpu_seconds=0.8, seconds=15.0)
"""Limits under which a child starts and a good signal answers, and a bad one costs a test little."""

PAGE = '''"""Imports of the retired client.

Why: Features used to be read through the acme_features client, which nobody has kept since 2025. What still reads
through it gets values that stopped being refreshed, and no error says so.

What is read: Python that is no test: imports of acme_features.

Remedy: Read the features from the store, through acme.store.features.

Source: The handbook of Acme (2026), section 4.
"""

from scoring.custom import CustomDebt
from scoring.facts import PythonFacts
from scoring.findings import GIT, LEVEL, NB, PKG, PY, SHARE, Hit, Measure, NotApplicable, Tally, Unknown

debt = CustomDebt(__name__)
'''

EXAMPLES = """bad={"serve.py": "import acme_features\\n"}, good={"serve.py": "import sklearn\\n"}"""
SCORED = f'source=PY, anchors=(0, 4), severity=3, unit="imports", {EXAMPLES}'

PER_FILE = f'''
@debt.file_signal("x-acme.1", PythonFacts, scope="product", {SCORED})
def retired_client(facts):
    """Imports of the client that nobody keeps."""
    found = [item for item in facts.imports if item.module == "acme_features"]
    hits = [Hit(line=item.line, key=item.module, message="imports acme_features") for item in found]
    return Tally(len(facts.imports), len(hits), tuple(hits)) if facts.imports else None
'''

GOOD = PAGE + PER_FILE


def whole(body: str, id: str = "x-acme.1", declared: str = SCORED) -> str:
    """A page with one whole-component signal of that body."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f'''{PAGE}
@debt.signal("{id}", {declared})
def signal(view):
    """What the body of the test measures."""
{lines}
'''


def folder_of(root: Path, files: dict[str, str]) -> Path:
    """A folder of these files that the operator alone may write."""
    folder = root / "signals"
    folder.mkdir(mode=0o755)
    for name, text in files.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
    return folder
