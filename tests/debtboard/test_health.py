import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from debtboard.domain import health
from debtboard.models import Pulse
from tests.processes import ROOT

pytestmark = pytest.mark.django_db


def test_alive_needs_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_ready_without_a_broker_says_so(client, settings, tmp_path):
    settings.REDIS_CLIENT_URL = f"unix://{tmp_path}/none.sock"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.content.decode().splitlines() == [
        f"ok   database: {health.ready()[0].said}",
        "ok   migrations: complete",
        "FAIL broker: away (ConnectionError): scans wait, pages work",
    ]


def check(name: str) -> tuple[bool, str]:
    return next((found.good, found.said) for found in health.status() if found.name == name)


def test_scheduler_never_seen_fails_the_status(client):
    assert client.get("/status").status_code == 503
    assert check("scheduler") == (False, "never seen")


def test_scheduler_silent_for_four_minutes_fails(client):
    Pulse.objects.create(name="scheduler", at=timezone.now() - timedelta(minutes=4))
    assert check("scheduler") == (False, "last beat 4 min ago")


def test_scheduler_seen_just_now_is_good():
    Pulse.objects.create(name="scheduler", at=timezone.now())
    assert check("scheduler")[0]


def test_answers_carry_the_strict_headers(client):
    headers = client.get("/healthz").headers
    policy = headers["Content-Security-Policy"]
    assert {part.strip().split(" ")[0]: part.strip().split(" ")[1:] for part in policy.split(";")} == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    assert {name: headers[name] for name in ("X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options")} == {
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


@pytest.mark.parametrize("program", [["-m", "debtboard.cli"], ["manage.py"]])
def test_unusable_input_ends_with_two_and_one_line(program, tmp_path):
    target = str(tmp_path / "none")
    ran = subprocess.run(
        [sys.executable, *program, "scan", target], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (2, "", 1)


def test_unknown_command_is_said():
    ran = subprocess.run(
        [sys.executable, "-m", "debtboard.cli", "fly"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (
        2,
        "debtboard: there is no command 'fly'; `debtboard --help` lists them.\n",
    )
