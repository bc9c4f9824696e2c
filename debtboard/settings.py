"""Every setting, from the environment (contracts, section 5). No default secret outside the embedded mode.

Embedded means that neither DATABASE_URL nor REDIS_URL is given: SQLite and a broker on a unix socket, both in one
folder of this host, and pages on loopback only.
"""

import zoneinfo
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import quote

from csp.constants import NONCE, NONE, SELF

from debtboard import environment as env
from debtboard.secrets_file import kept_secret, socket_folder

BASE_DIR = Path(__file__).resolve().parent.parent


def _shipped(name: str) -> Path:
    """templates/ and static/ stand beside debtboard/ in a checkout and inside it in the wheel."""
    inside = BASE_DIR / "debtboard" / name
    return inside if inside.is_dir() else BASE_DIR / name


# ---------------------------------------------------------------- where everything is

DATA = env.folder("DEBTBOARD_DATA", Path.home() / ".local" / "share" / "debtboard")
_database = env.address("DATABASE_URL", ("postgres", "postgresql"))
_broker = env.address("REDIS_URL", ("redis", "rediss", "unix"))
EMBEDDED = _database is None and _broker is None

MIRRORS = DATA / "mirrors"
"""Bare mirrors of repositories, and the facts of their files: rebuildable."""
BROKER_SOCKET = socket_folder(DATA, Path(gettempdir())) / "broker.sock"

if _broker is None:
    REDIS_CLIENT_URL = f"unix://{quote(str(BROKER_SOCKET))}?db=0"
    CELERY_BROKER_URL = f"redis+socket://{quote(str(BROKER_SOCKET))}?virtual_host=0"
elif _broker.scheme == "unix":
    REDIS_CLIENT_URL = _broker.geturl()
    CELERY_BROKER_URL = f"redis+socket://{_broker.path}?virtual_host=0"
else:
    REDIS_CLIENT_URL = CELERY_BROKER_URL = _broker.geturl()

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database(_database)
    if _database is not None
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA / "debtboard.sqlite3"),
        "OPTIONS": SQLITE_OPTIONS,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------- who may talk to it

SECRET_KEY = env.text("DEBTBOARD_SECRET_KEY") or (kept_secret(DATA, "secret-key") if EMBEDDED else "")
if len(SECRET_KEY.encode()) < 32:
    raise env.refuse("DEBTBOARD_SECRET_KEY", "a deployment needs one of at least 32 bytes.")
SECRET_KEY_FALLBACKS = env.words("DEBTBOARD_SECRET_KEY_FALLBACKS")
CREDENTIAL_KEYS = env.fernet_keys("DEBTBOARD_CREDENTIAL_KEYS") or (
    [kept_secret(DATA, "credential-key", fernet=True)] if EMBEDDED else []
)
"""The first encrypts, all decrypt. Without any, no credential can be stored, and the form says so."""

DEBUG = False
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.words("DEBTBOARD_ALLOWED_HOSTS") or (LOOPBACK if EMBEDDED else [])
if not ALLOWED_HOSTS:
    raise env.refuse("DEBTBOARD_ALLOWED_HOSTS", "a deployment needs the names it is reached by, separated by commas.")
if "*" in ALLOWED_HOSTS:
    raise env.refuse("DEBTBOARD_ALLOWED_HOSTS", "* lets any name in; give the names it is reached by.")

_base = env.address("DEBTBOARD_BASE_URL", ("https", "http"))
BASE_URL = _base.geturl().rstrip("/") if _base else ""
SECURE = not EMBEDDED if _base is None else _base.scheme == "https"
CSRF_TRUSTED_ORIGINS = [f"{_base.scheme}://{_base.netloc}"] if _base else []
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
BEHIND_PROXY = env.switch("DEBTBOARD_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 43_200
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "debtboard.forms.receiving.LimitedUploadHandler",
]

EGRESS_ALLOW = env.networks("DEBTBOARD_EGRESS_ALLOW")
"""Networks that may be reached besides public ones."""
LOCAL_FOLDERS = env.folders("DEBTBOARD_LOCAL_FOLDERS")
"""Folders of this host whose repositories may be registered by path; none unless the operator says so."""
EGRESS_PORTS = env.ports("DEBTBOARD_EGRESS_PORTS")
"""Ports that may be reached besides 22, 80 and 443."""
CA_BUNDLE = env.authorities("DEBTBOARD_CA_BUNDLE")
"""The authorities that https servers are checked against; empty, those of the system."""
SSH_KNOWN_HOSTS = env.file("DEBTBOARD_SSH_KNOWN_HOSTS")
"""The host keys of ssh servers; empty, those of /etc/ssh/ssh_known_hosts."""

SIGNALS = env.signals("DEBTBOARD_SIGNALS")
"""The folder of the operator's own signals; None for none."""

# ---------------------------------------------------------------- Django

INSTALLED_APPS = [
    "debtboard",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "debtboard.urls"
WSGI_APPLICATION = "debtboard.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_shipped("templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ]
        },
    }
]
AUTH_USER_MODEL = "debtboard.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "portfolio"
LOGOUT_REDIRECT_URL = "login"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "debtboard_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

USE_TZ = True
TIME_ZONE = "UTC"
SHOWN_TIME_ZONE = env.text("DEBTBOARD_TIME_ZONE", "UTC")
"""How times are shown; weeks stay UTC."""
if SHOWN_TIME_ZONE not in zoneinfo.available_timezones():
    raise env.refuse("DEBTBOARD_TIME_ZONE", f"{SHOWN_TIME_ZONE!r} is no zone of the tz database, like Europe/Berlin.")
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [_shipped("static")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

_mail = env.address("EMAIL_URL", ("smtp", "smtps"))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail else 'console'}.EmailBackend"
if _mail:
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS, EMAIL_TIMEOUT = _mail.scheme == "smtps", _mail.scheme == "smtp", 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"debtboard": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}

SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
"""What concerns other hosts of the domain, subdomains and preload lists, is for its owner to say."""
ERRORS_SENT = env.send_errors("SENTRY_DSN")

# ---------------------------------------------------------------- scans (robustness 5.4)

SCAN_LEASE_SECONDS = env.number("DEBTBOARD_SCAN_LEASE_SECONDS", 45, least=2, most=600)
SCAN_HEARTBEAT_SECONDS = min(10.0, SCAN_LEASE_SECONDS / 4)
SCAN_RETRY_SECONDS = env.number("DEBTBOARD_SCAN_RETRY_SECONDS", 30, least=1, most=600)
"""The first delay at the most; it doubles at each attempt."""
SCAN_SECONDS = env.number("DEBTBOARD_SCAN_SECONDS", 600, least=2, most=3000)
"""How long one turn of a scan may take; its process is killed a tenth later."""
BEAT_SECONDS = env.number("DEBTBOARD_BEAT_SECONDS", 30, least=1, most=60)

# ---------------------------------------------------------------- Celery (robustness 5.4)

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TRACK_STARTED = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = SCAN_SECONDS
CELERY_TASK_TIME_LIMIT = SCAN_SECONDS + max(2, SCAN_SECONDS // 10)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.number("DEBTBOARD_VISIBILITY_SECONDS", 3600, least=CELERY_TASK_TIME_LIMIT, most=86_400),
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 2,
    "socket_timeout": 30,
    "socket_keepalive": _broker is not None and _broker.scheme != "unix",
    "health_check_interval": 25,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = env.number("DEBTBOARD_SHUTDOWN_SECONDS", 60, least=0, most=600)
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 3, "interval_start": 0.2, "interval_step": 0.2, "interval_max": 0.6}
CELERY_TASK_DEFAULT_QUEUE = "scan"
CELERY_TASK_ROUTES = {"debtboard.scan": {"queue": "scan"}, "debtboard.*": {"queue": "beat"}}
CELERY_BEAT_SCHEDULE = {
    name: {
        "task": f"debtboard.{name}",
        "schedule": timedelta(seconds=BEAT_SECONDS),
        "options": {"expires": BEAT_SECONDS},
    }
    for name in ("reconcile", "queue_due")
}
CELERY_TIMEZONE = "UTC"
