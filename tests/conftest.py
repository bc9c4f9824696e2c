"""Shared fixtures: people and teams, tiny repositories with fixed authors and dates, a real broker and a real worker.

The environment is set before Django reads its settings: every run has a data folder of its own.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest
from django.conf import settings as django_settings

_database = os.environ.get("DEBTBOARD_TEST_DATABASE_URL", "")
"""PostgreSQL, where the run is told so (tests/debtboard/test_postgresql.py); else SQLite."""
_data = tempfile.TemporaryDirectory(prefix="debtboard-tests-")
for _name in [name for name in os.environ if name.startswith(("DEBTBOARD_", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"))]:
    del os.environ[_name]
os.environ["DEBTBOARD_DATA"] = _data.name
(Path(_data.name) / "static").mkdir()
os.environ["DEBTBOARD_LOCAL_FOLDERS"] = tempfile.gettempdir()
if _database:
    os.environ["DATABASE_URL"] = _database
    os.environ["DEBTBOARD_SECRET_KEY"] = "only the tests use this key, nobody else does"
    os.environ["DEBTBOARD_CREDENTIAL_KEYS"] = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    os.environ["DEBTBOARD_ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"
    os.environ["DEBTBOARD_BASE_URL"] = "http://localhost"
os.environ["DJANGO_SETTINGS_MODULE"] = "debtboard.settings"
django.setup()
_engine = "postgresql" if _database else "sqlite3"
if django_settings.DATABASES["default"]["ENGINE"] != f"django.db.backends.{_engine}" or not Path(_data.name).samefile(
    django_settings.DATA
):
    raise pytest.UsageError("The settings were read before the tests could set them: unset DJANGO_SETTINGS_MODULE.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The layer test runs first: where it fails, the rest says little."""
    items.sort(key=lambda item: item.path.name != "test_layers.py")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything is installed, so a test that skips is a test that did not run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", ())) if reporter else 0
    if os.environ.get("CI") and skipped:
        reporter.write_line(f"{skipped} tests were skipped, and in CI none may be", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


Commit = tuple[str, Mapping[str, str | None]]
"""(committer date as ISO text, path -> new text, None removes it)."""


def build_repository(folder: Path, commits: Sequence[Commit]) -> Path:
    """A work tree with these commits on `main`, by one author; this machine's git configuration is not read."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
    }

    def git(*arguments: str, at: str = "2026-01-01T00:00:00Z") -> None:
        dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        subprocess.run(
            ["git", *arguments], cwd=folder, env=environment | dates, check=True, capture_output=True, timeout=60
        )

    if not (folder / ".git").exists():
        git("init", "-q", "-b", "main")
    for at, files in commits:
        for path, text in files.items():
            place = folder / path
            if text is None:
                place.unlink()
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
        git("add", "-A", at=at)
        git("commit", "-q", "--allow-empty", "-m", "change", at=at)
    return folder


TRAIN = """import pickle

import pandas as pd
from sklearn.linear_model import LogisticRegression

frame = pd.read_csv("/home/ada/churn.csv")
model = LogisticRegression(C=0.3)
model.fit(frame.drop("left"), frame["left"])
pickle.dump(model, open("model.pkl", "wb"))
"""
HISTORY: tuple[Commit, ...] = (
    ("2026-10-05T10:00:00Z", {"train.py": TRAIN, "requirements.txt": "pandas\nscikit-learn==1.5.0\n"}),
    ("2026-10-21T10:00:00Z", {"README.md": "# Churn\n", "serve.py": "import pickle\n"}),
    ("2026-11-10T10:00:00Z", {"serve.py": "import pickle\n\nmodel = pickle.load(open('model.pkl', 'rb'))\n"}),
)
"""A small project with machine learning, changed in three different weeks."""


@pytest.fixture
def repository_of(tmp_path: Path) -> Callable[..., Path]:
    """repository_of("name", commits) -> the work tree; the same name again adds commits."""

    def build(name: str = "churn", commits: Sequence[Commit] = HISTORY) -> Path:
        return build_repository(tmp_path / "repositories" / name, commits)

    return build


# ---------------------------------------------------------------- the database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The very database that the settings name, in a file where it is SQLite: workers of other processes use it too."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    database.setdefault("TEST", {})["NAME"] = database["NAME"]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Every test has rows of its own under the numbers of the test before it."""
    from debtboard.domain.queries import kept

    kept.clear()


@pytest.fixture(autouse=True)
def _plain_static(request: pytest.FixtureRequest) -> None:
    """Pages in tests name static files without a manifest, which only `collectstatic` makes."""
    if "settings" in request.fixturenames or "client" in request.fixturenames or "db" in request.fixturenames:
        settings = request.getfixturevalue("settings")
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


# ---------------------------------------------------------------- people


@pytest.fixture
def organisation(db):
    from debtboard.models import Organisation

    return Organisation.objects.create(name="Example")


@pytest.fixture
def team(organisation):
    from debtboard.models import Team

    return Team.objects.create(organisation=organisation, name="Growth", slug="growth")


@pytest.fixture
def other_team(organisation):
    from debtboard.models import Team

    return Team.objects.create(organisation=organisation, name="Risk", slug="risk")


def _person(name: str, team, role: str):
    from debtboard.models import Membership, Person

    person = Person.objects.create_user(name, password=f"{name} has a long password")
    Membership.objects.create(person=person, team=team, role=role)
    return person


@pytest.fixture
def alice(team):
    """Leads the team."""
    return _person("alice", team, "lead")


@pytest.fixture
def bob(team):
    """Is a member of the team."""
    return _person("bob", team, "member")


@pytest.fixture
def charlie(other_team):
    """Leads another team: a stranger here."""
    return _person("charlie", other_team, "lead")


# ---------------------------------------------------------------- components


@pytest.fixture
def make_component(organisation, team, repository_of):
    """make_component("churn", commits=..., team=..., path="", **fields) -> a component of a real local repository."""
    from debtboard.models import Component, ComponentTeam, Repository

    def make(name: str = "churn", commits: Sequence[Commit] = HISTORY, team=team, path: str = "", **fields):
        address = str(repository_of(name, commits))
        repository, _ = Repository.objects.get_or_create(
            organisation=organisation, address=address, defaults={"name": name, "kind": Repository.Kind.LOCAL}
        )
        component = Component.objects.create(repository=repository, path=path, name=path or name, **fields)
        ComponentTeam.objects.create(component=component, team=team, since=datetime(2026, 1, 5, tzinfo=UTC).date())
        return component

    return make


@pytest.fixture
def component(make_component):
    return make_component()


@pytest.fixture
def run_scan(db) -> Callable[..., object]:
    """run_scan(component, due_at="2026-11-16T09:00:00Z", weeks=1) -> the scan, carried out here and now."""
    from debtboard.domain import scanning

    def run(component, due_at: str = "2026-11-16T09:00:00Z", weeks: int = 1):
        scan = scanning.queue(component, weeks=weeks, due_at=datetime.fromisoformat(due_at))
        scanning.run(scan.pk, worker="test")
        scan.refresh_from_db()
        component.refresh_from_db()
        return scan

    return run


@pytest.fixture
def scanned(component, run_scan):
    """The component with a snapshot and seven weeks of past."""
    run_scan(component, weeks=8)
    return component


# ---------------------------------------------------------------- a real broker and a real worker


@pytest.fixture(scope="session")
def broker() -> Iterator[object]:
    """A broker of this run's own, on the socket that the settings name."""
    from tests.processes import Broker

    started = Broker()
    yield started
    started.stop()


@pytest.fixture
def worker(broker, transactional_db) -> Iterator[None]:
    """A worker of all queues in a thread of this process, which takes what is sent."""
    from celery.contrib.testing.worker import start_worker

    from debtboard.celery import app

    broker.flush()
    with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False, shutdown_timeout=30):
        yield


@pytest.fixture(autouse=True, scope="session")
def _end_reader() -> Iterator[None]:
    yield
    from debtboard.domain.measuring import close_sandbox

    close_sandbox()
