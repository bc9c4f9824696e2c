"""Debtboard's Django project and its one app."""

from debtboard.celery import app as celery_app

__all__ = ["celery_app"]
