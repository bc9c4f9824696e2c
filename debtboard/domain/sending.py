"""The one place that hands work to the broker: a task's name and an id, nothing else."""

import logging
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

SECONDS = 0.5
"""How long one try may take: a page must not wait for a broker that hangs."""
EXPIRES_SECONDS = 60
"""A message outlives one round of the reconciler, which sends it again; so the queue stays short."""


def send_on_commit(task: str, **ids: int) -> None:
    """Once the row is committed, tell the workers of it. A broker that is away leaves the row for the reconciler."""
    transaction.on_commit(partial(send, task, **ids))


def send(task: str, **ids: int) -> bool:
    """Whether the broker took it."""
    options = {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "socket_timeout": SECONDS,
        "socket_connect_timeout": SECONDS,
    }
    try:
        with current_app.connection_for_write(connect_timeout=SECONDS, transport_options=options) as connection:
            current_app.send_task(
                task,
                kwargs=ids,
                connection=connection,
                expires=EXPIRES_SECONDS,
                # The worker's own limits hold; a sender that knows the task would write its own into the message.
                time_limit=None,
                soft_time_limit=None,
                retry=True,
                retry_policy=settings.CELERY_TASK_PUBLISH_RETRY_POLICY,
            )
    except (OperationalError, RedisError, OSError) as error:
        log.warning("%s is not sent, the broker is away (%s); the reconciler will send it", task, type(error).__name__)
        return False
    return True
