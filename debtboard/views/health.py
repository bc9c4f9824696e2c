"""For machines and operators, without signing in: no name, address or number of anything that is scanned."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from debtboard.domain import health


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """503 until the database is there and migrated."""
    checks = health.ready()
    return _said(checks, good=health.is_ready(checks))


@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """503 where something that must keep going does not."""
    checks = health.status()
    return _said(checks, good=all(check.good for check in checks))


def _said(checks: list[health.Check], *, good: bool) -> HttpResponse:
    lines = [f"{'ok  ' if check.good else 'FAIL'} {check.name}: {check.said}\n" for check in checks]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8", status=200 if good else 503)
