from django.apps import AppConfig


class DebtboardConfig(AppConfig):
    name = "debtboard"
    verbose_name = "Debtboard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tasks that this process sends go through our application."""
        from debtboard.celery import app

        app.set_default()
