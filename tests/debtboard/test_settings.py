"""What the environment may say, and what stops the start."""

import ast
import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.processes import ROOT

DEPLOYED = {
    "DATABASE_URL": "postgres://ada:secret@db.example.org:5433/board?sslmode=require",
    "REDIS_URL": "rediss://:secret@broker.example.org:6380/1",
    "DEBTBOARD_SECRET_KEY": "k" * 50,
    "DEBTBOARD_ALLOWED_HOSTS": "board.example.org, other.example.org",
}
SHOW = (
    "import json; from debtboard import settings as s; print(json.dumps({n: getattr(s, n) for n in %r}, default=str))"
)


def start(tmp_path, names=("DEBUG",), **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a new process under this environment alone."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DEBTBOARD_DATA": str(tmp_path / "data")}
    return subprocess.run(
        [sys.executable, "-c", SHOW % (tuple(names),)],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"DEBTBOARD_SECRET_KEY": ""}, "DEBTBOARD_SECRET_KEY: a deployment needs one of at least 32 bytes."),
        ({"DEBTBOARD_SECRET_KEY": "short"}, "DEBTBOARD_SECRET_KEY: a deployment needs one of at least 32 bytes."),
        ({"DEBTBOARD_ALLOWED_HOSTS": ""}, "DEBTBOARD_ALLOWED_HOSTS: a deployment needs the names it is reached by"),
        ({"DEBTBOARD_ALLOWED_HOSTS": "*"}, "DEBTBOARD_ALLOWED_HOSTS: * lets any name in"),
        ({"DATABASE_URL": "mysql://db/x"}, "DATABASE_URL: an address that begins with postgres://, postgresql://"),
        ({"DATABASE_URL": "postgres://db.example.org"}, "DATABASE_URL: it names no database."),
        ({"DATABASE_URL": "postgres://db:port/x"}, "DATABASE_URL: it is no address."),
        ({"REDIS_URL": "amqp://x"}, "REDIS_URL: an address that begins with redis://"),
        ({"DEBTBOARD_DATA": "relative"}, "DEBTBOARD_DATA: 'relative' is no absolute folder."),
        ({"DEBTBOARD_TIME_ZONE": "Mars/Base"}, "DEBTBOARD_TIME_ZONE: 'Mars/Base' is no zone"),
        ({"DEBTBOARD_EGRESS_ALLOW": "10.0.0.1/8"}, "DEBTBOARD_EGRESS_ALLOW: 10.0.0.1/8 has host bits set."),
        ({"DEBTBOARD_EGRESS_PORTS": "8443,0"}, "DEBTBOARD_EGRESS_PORTS: '0' is no port; give numbers from 1 to 65535"),
        ({"DEBTBOARD_CA_BUNDLE": "ca.pem"}, "DEBTBOARD_CA_BUNDLE: 'ca.pem' is no absolute path of a file."),
        (
            {"DEBTBOARD_CA_BUNDLE": "/dev/null"},
            "DEBTBOARD_CA_BUNDLE: '/dev/null' holds no authority's certificate in PEM.",
        ),
        (
            {"DEBTBOARD_SSH_KNOWN_HOSTS": "/none/here"},
            "DEBTBOARD_SSH_KNOWN_HOSTS: '/none/here' can't be read (FileNotFoundError).",
        ),
        ({"DEBTBOARD_LOCAL_FOLDERS": "src"}, "DEBTBOARD_LOCAL_FOLDERS: 'src' is no absolute folder."),
        ({"DEBTBOARD_SIGNALS": "src"}, "DEBTBOARD_SIGNALS: 'src' is no absolute folder."),
        ({"DEBTBOARD_SIGNALS": "/none/here"}, "DEBTBOARD_SIGNALS: /none/here: there is no such folder; name the one"),
        ({"DEBTBOARD_SIGNALS": "/etc/passwd"}, "DEBTBOARD_SIGNALS: /etc/passwd is no folder; name the one that holds"),
        ({"DEBTBOARD_SIGNALS": "/tmp"}, "DEBTBOARD_SIGNALS: /tmp may be written by anybody on this host"),
        (
            {"DEBTBOARD_LOCAL_FOLDERS": "/, /none/here"},
            "DEBTBOARD_LOCAL_FOLDERS: '/none/here': there is no such folder on this host.",
        ),
        (
            {"DEBTBOARD_LOCAL_FOLDERS": "/usr:/bin"},
            "DEBTBOARD_LOCAL_FOLDERS: '/usr:/bin': join folders by commas, not colons.",
        ),
        ({"DEBTBOARD_BEHIND_PROXY": "maybe"}, "DEBTBOARD_BEHIND_PROXY: 'maybe' is neither yes nor no; use 1 or 0."),
        ({"DEBTBOARD_SCAN_LEASE_SECONDS": "1e3"}, "DEBTBOARD_SCAN_LEASE_SECONDS: '1e3' is no whole number from 2"),
        ({"DEBTBOARD_SCAN_SECONDS": "0"}, "DEBTBOARD_SCAN_SECONDS: '0' is no whole number from 2 to 3000."),
        ({"DEBTBOARD_SECRET_KEY_FILE": "/none"}, "both DEBTBOARD_SECRET_KEY and DEBTBOARD_SECRET_KEY_FILE are set"),
        (
            {"DEBTBOARD_CREDENTIAL_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=, secret@short"},
            "DEBTBOARD_CREDENTIAL_KEYS: key 2 of 2 is none: give 32 random bytes in URL-safe base64.",
        ),
        ({"DEBTBOARD_CREDENTIAL_KEYS": "c2VjcmV0QA=="}, "DEBTBOARD_CREDENTIAL_KEYS: key 1 of 1 is none"),
        ({"DEBTBOARD_VISIBILITY_SECONDS": "600"}, "DEBTBOARD_VISIBILITY_SECONDS: '600' is no whole number from 660 to"),
        ({"SENTRY_DSN": "sentry"}, "SENTRY_DSN: an address that begins with https://, http:// is wanted."),
        ({"SENTRY_DSN": "https://sentry.example.org/1"}, "SENTRY_DSN: it is no project's address: copy it from Sentry"),
        ({"SENTRY_DSN": "https://secret@sentry.example.org/"}, "SENTRY_DSN: it is no project's address"),
        ({"EMAIL_URL": "pop3://x"}, "EMAIL_URL: an address that begins with smtp://, smtps:// is wanted."),
        ({"DEBTBOARD_BASE_URL_FILE": "/none"}, "DEBTBOARD_BASE_URL_FILE: /none can't be read (FileNotFoundError)."),
    ],
)
def test_value_that_cannot_be_right_stops_the_start(tmp_path, changed, said):
    started = start(tmp_path, **(DEPLOYED | changed))
    assert started.returncode == 1
    assert said in started.stderr.splitlines()[-1]
    assert "secret@" not in started.stderr


def test_deployment_is_closed_by_default(tmp_path):
    names = (
        "EMBEDDED",
        "DEBUG",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_AGE",
        "X_FRAME_OPTIONS",
        "ALLOWED_HOSTS",
        "CREDENTIAL_KEYS",
        "LOCAL_FOLDERS",
    )
    started = start(tmp_path, names, **DEPLOYED)
    assert started.stderr == ""
    assert json.loads(started.stdout) == {
        "EMBEDDED": False,
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_AGE": 43_200,
        "X_FRAME_OPTIONS": "DENY",
        "ALLOWED_HOSTS": ["board.example.org", "other.example.org"],
        "CREDENTIAL_KEYS": [],
        "LOCAL_FOLDERS": [],
    }


NOT_HERE = "raise ImportError\n"
RECORDS = "def init(**said):\n    print(said)\n"


@pytest.mark.parametrize("dsn", ["https://secret@sentry.example.org/1", "http://secret@sentry.example.org:9000/a/2"])
def test_errors_can_not_be_sent_without_sentry_sdk(tmp_path, dsn):
    (tmp_path / "sentry_sdk.py").write_text(NOT_HERE)
    started = start(tmp_path, SENTRY_DSN=dsn, PYTHONPATH=str(tmp_path), **DEPLOYED)
    said = "SENTRY_DSN: sentry-sdk is not installed: install it beside Debtboard, or leave this out."
    assert (started.returncode, said in started.stderr, "secret@" in started.stderr) == (1, True, False)


def test_errors_are_sent_without_requests_and_variables(tmp_path):
    (tmp_path / "sentry_sdk.py").write_text(RECORDS)
    dsn = "https://key@sentry.example.org/1"
    started = start(tmp_path, ["ERRORS_SENT"], SENTRY_DSN=dsn, PYTHONPATH=str(tmp_path), **DEPLOYED)
    told, shown = started.stdout.splitlines()
    assert ast.literal_eval(told) == {
        "dsn": dsn,
        "send_default_pii": False,
        "include_local_variables": False,
        "max_request_body_size": "never",
    }
    assert json.loads(shown) == {"ERRORS_SENT": True}
    assert json.loads(start(tmp_path, ["ERRORS_SENT"], **DEPLOYED).stdout) == {"ERRORS_SENT": False}


def test_deployment_passes_djangos_own_check(tmp_path):
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DEBTBOARD_DATA": str(tmp_path / "data")}
    key = {"DEBTBOARD_SECRET_KEY": "tR7-wq0ZpX4vJ2mN8bYc5LdKs9HfGa3EuVxWi6QoTzPr1BhM-no-secret"}
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**clean, **DEPLOYED, **key},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_database_address_becomes_settings_with_limits(tmp_path):
    database = json.loads(start(tmp_path, ["DATABASES"], **DEPLOYED).stdout)["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["NAME"], database["USER"]) == (
        "db.example.org",
        "5433",
        "board",
        "ada",
    )
    assert database["OPTIONS"] == {
        "options": "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s",
        "sslmode": "require",
    }
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


def test_embedded_keeps_its_keys_to_its_owner(tmp_path):
    first = start(tmp_path, ["SECRET_KEY", "CREDENTIAL_KEYS", "ALLOWED_HOSTS", "SECURE"])
    assert start(tmp_path, ["SECRET_KEY", "CREDENTIAL_KEYS", "ALLOWED_HOSTS", "SECURE"]).stdout == first.stdout
    assert json.loads(first.stdout)["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
    assert modes == {"secret-key": 0o600, "credential-key": 0o600}
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_file_gives_the_value(tmp_path):
    (tmp_path / "key").write_text("f" * 40 + "\n")
    given = {name: value for name, value in DEPLOYED.items() if name != "DEBTBOARD_SECRET_KEY"}
    started = start(tmp_path, ["SECRET_KEY"], DEBTBOARD_SECRET_KEY_FILE=str(tmp_path / "key"), **given)
    assert started.stdout.strip() == '{"SECRET_KEY": "' + "f" * 40 + '"}'


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="this run is on PostgreSQL")
def test_sqlite_is_opened_as_robustness_says():
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 20_000}
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="this run is on PostgreSQL")
def test_points_are_clustered_by_their_key():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'debtboard_point'")
        assert cursor.fetchone()[0].endswith("WITHOUT ROWID")


def test_celery_is_set_as_robustness_says(settings):
    from debtboard.celery import app

    expected = {
        "task_acks_late": True,
        "task_reject_on_worker_lost": False,
        "worker_prefetch_multiplier": 1,
        "task_track_started": False,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_soft_time_limit": 600,
        "task_time_limit": 660,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_max_tasks_per_child": 50,
        "worker_max_memory_per_child": 400_000,
        "worker_soft_shutdown_timeout": 60,
        "worker_enable_soft_shutdown_on_idle": True,
    }
    assert {name: app.conf[name] for name in expected} == expected
    assert sorted(queue.name for queue in app.conf.task_queues) == ["beat", "ingest", "pull", "scan"]
    assert app.conf.broker_transport_options == {
        "visibility_timeout": 3600,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 2,
        "socket_timeout": 30,
        "socket_keepalive": False,
        "health_check_interval": 25,
    }
    assert app.conf.task_publish_retry_policy["max_retries"] == 3
