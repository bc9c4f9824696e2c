from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from scoring.custom.declared import Signals
from scoring.debts import install
from scoring.sources.signal_files import UnusableFolder


class DebtboardConfig(AppConfig):
    name = "debtboard"
    verbose_name = "Debtboard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tasks of this process go through our application, and the operator's own signals stand beside ours."""
        from debtboard.celery import app

        app.set_default()
        if settings.SIGNALS is not None:
            try:
                install(Signals(settings.SIGNALS))
            except UnusableFolder as error:
                raise ImproperlyConfigured(f"DEBTBOARD_SIGNALS: {error}") from None
