"""What a reader may put into an address: read leniently, since an odd value is no reason for an error page."""

from django.conf import settings
from django.http import HttpRequest

from debtboard.domain.queries.choice import BY_DEBT, ORDERS, Choice
from debtboard.domain.queries.since import CHANGED
from scoring.findings import SEVERITIES


def page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() else 1


def findings_choice(request: HttpRequest) -> Choice:
    """Order, filters and page of a list of findings."""
    order = request.GET.get("order", BY_DEBT)
    severity, changed = request.GET.get("severity", ""), request.GET.get("changed", "")
    return Choice(
        order=order if order in ORDERS else BY_DEBT,
        debt=request.GET.get("debt", "")[:60],
        signal=request.GET.get("signal", "")[:40],
        number=page_number(request),
        severity=severity if severity in SEVERITIES else "",
        path=request.GET.get("path", "").strip().replace("\0", "")[:300],
        changed=changed if changed in CHANGED else "",
    )


def whole_address(request: HttpRequest, path: str) -> str:
    """With scheme and host, as people use it, to be given to somebody."""
    return f"{settings.BASE_URL}{path}" if settings.BASE_URL else request.build_absolute_uri(path)
