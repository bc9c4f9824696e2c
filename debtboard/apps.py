from django.apps import AppConfig


class DebtboardConfig(AppConfig):
    name = "debtboard"
    verbose_name = "Debtboard"
    default_auto_field = "django.db.models.BigAutoField"
