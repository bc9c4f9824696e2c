from django.urls import include, path

from debtboard.views import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("status", health.status),
    path("", include("debtboard.views.routes")),
]
