"""A set-up command, and settings that somebody wrote down."""

import pytest

from scoring.analyses.onboarding import needed_settings, one_command_setup, tribal_data
from scoring.findings import Measure, Unknown
from scoring.testing import facts_from

MAKEFILE = "setup:\n\tpip install -r requirements.txt\n"
README = "# x\n\n```bash\nmake setup\n```\n"
WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: make setup\n      - run: pytest\n"
ENVIRON = "import os\n\nTOKEN = os.environ['API_TOKEN']\n"


def setup(files: dict[str, str | bytes]) -> float | None:
    answer = one_command_setup(facts_from(files))
    return answer.value if isinstance(answer, Measure) else None


@pytest.mark.parametrize(
    "files", [{}, {"Makefile": ""}, {"README.md": "# x\n\nMake sure that it runs.\n"}, {"examples/Makefile": MAKEFILE}]
)
def test_setup_that_is_not_there_is_zero(files: dict[str, str | bytes]) -> None:
    assert setup({"a.py": "x = 1\n", **files}) == 0.0


def test_setup_that_went_unread_is_unknown() -> None:
    answer = one_command_setup(facts_from({"pyproject.toml": b"\x00\xff", "a.py": "x = 1\n"}))
    assert isinstance(answer, Unknown)


@pytest.mark.parametrize(
    "files",
    [
        {"Makefile": MAKEFILE},
        {"README.md": README},
        {"Makefile": MAKEFILE, "README.md": README},
        {"Makefile": MAKEFILE, ".github/workflows/ci.yml": WORKFLOW},
    ],
)
def test_setup_in_part_is_half(files: dict[str, str | bytes]) -> None:
    assert setup(files) == 0.5


def test_setup_that_exists_is_shown_and_run_is_whole() -> None:
    assert setup({"Makefile": MAKEFILE, "README.md": README, ".github/workflows/ci.yml": WORKFLOW}) == 1.0


@pytest.mark.parametrize(
    "code",
    [
        "import os\n\nos.environ['API_TOKEN'] = 'x'\n",
        "import os\n\nos.environ['CUDA_VISIBLE_DEVICES']\nos.environ['SLURM_JOB_ID']\n",
        "import os\n\nos.getenv('API_TOKEN', 'none')\nos.environ.get('VERBOSE')\n",
        "",
    ],
)
def test_settings_that_nobody_must_give_are_not_needed(code: str) -> None:
    assert needed_settings(facts_from({"a.py": code})) == ()


def test_settings_without_a_default_are_needed() -> None:
    code = "import os\n\nos.environ['REGION']\nos.getenv('DB_URL')\nos.environ['REGION']\n"
    assert needed_settings(facts_from({"a.py": code, "examples/a.py": ENVIRON})) == ("DB_URL", "REGION")


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "x = 1\n"},
        {"a.py": ENVIRON, ".env.example": "API_TOKEN=\n"},
        {"a.py": ENVIRON, "README.md": "# x\n\n```bash\nexport API_TOKEN=...\n```\n"},
    ],
)
def test_tribal_data_without_lineage_is_never_good(files: dict[str, str | bytes]) -> None:
    assert isinstance(tribal_data(facts_from(files)), Unknown)


def test_tribal_data_that_unread_configuration_may_hold_is_unknown() -> None:
    assert isinstance(tribal_data(facts_from({"a.py": ENVIRON, ".env.example": b"\x00\xff\xfe"})), Unknown)


@pytest.mark.parametrize("files", [{}, {".env.example": ""}])
def test_settings_nobody_wrote_down_are_tribal(files: dict[str, str | bytes]) -> None:
    answer = tribal_data(facts_from({"a.py": ENVIRON, **files}))
    assert answer == Measure(1.0, 1, note="nowhere written down: API_TOKEN")
