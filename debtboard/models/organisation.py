from django.contrib.auth.models import AbstractUser
from django.db import models


class Organisation(models.Model):
    """Whose board this is. Its zone changes only how times are shown; weeks are UTC ISO weeks everywhere."""

    name = models.CharField(max_length=120, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Person(AbstractUser):
    """Somebody who signs in. `is_superuser` is the organisation's admin; all else comes from memberships."""

    def __str__(self) -> str:
        return self.get_full_name() or self.username
