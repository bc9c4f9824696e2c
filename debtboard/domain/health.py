"""Is it alive, is it ready, and does what must keep going keep going?"""

from dataclasses import dataclass
from datetime import timedelta

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from django.utils import timezone

from debtboard.models import Pulse, Scan

BROKER_SECONDS = 0.5
QUIET = timedelta(minutes=3)
"""A scheduler silent for longer fails the status."""


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    good: bool
    said: str


def ready() -> list[Check]:
    """Database and migrations decide; a missing broker is reported, and pages work without it."""
    checks = [_database()]
    if checks[0].good:
        checks.append(_migrations())
    return [*checks, _broker()]


def is_ready(checks: list[Check]) -> bool:
    return all(check.good for check in checks if check.name != "broker")


def status() -> list[Check]:
    """For operators: broker, age of the last beat, the oldest waiting scan, the workers."""
    checks = ready()
    if not is_ready(checks):
        return checks
    now = timezone.now()
    beat = Pulse.objects.filter(name="scheduler").first()
    if beat is None:
        checks.append(Check("scheduler", good=False, said="never seen"))
    else:
        checks.append(Check("scheduler", good=now - beat.at < QUIET, said=f"last beat {_ago(now - beat.at)} ago"))
    waiting = Scan.objects.filter(status=Scan.Status.QUEUED)
    oldest = waiting.order_by("created_at").first()
    said = "nothing waits" if oldest is None else f"{waiting.count()} wait, the oldest {_ago(now - oldest.created_at)}"
    checks.append(Check("queue", good=True, said=said))
    running = Scan.objects.filter(status=Scan.Status.RUNNING).count()
    checks.append(Check("running", good=True, said=str(running)))
    for pulse in Pulse.objects.filter(name__startswith="worker ").order_by("name"):
        checks.append(Check(pulse.name, good=True, said=f"took a scan {_ago(now - pulse.at)} ago"))
    return checks


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Check("database", good=False, said=f"away ({type(error).__name__})")
    return Check("database", good=True, said=connection.vendor)


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Check("migrations", good=not missing, said=f"{len(missing)} missing" if missing else "complete")


def _broker() -> Check:
    client = redis.Redis.from_url(
        settings.REDIS_CLIENT_URL, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS
    )
    try:
        client.ping()
    except (redis.RedisError, OSError) as error:
        return Check("broker", good=False, said=f"away ({type(error).__name__}): scans wait, pages work")
    finally:
        client.close()
    return Check("broker", good=True, said="answers")


def _ago(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
