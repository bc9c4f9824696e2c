"""Signing in, signing out, and the link that signs in once."""

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from debtboard.domain import auditing, entering


class SignIn(LoginView):
    template_name = "accounts/login.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    http_method_names = ["post", "options"]


@never_cache
def enter(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The one-time link: looking at it changes nothing, so that a preview can't use it up; the button signs in."""
    person = entering.person_of(uid, token)
    if request.method == "POST" and person is not None:
        login(request, person)
        auditing.record("person.signed-in", person, person)
        return redirect("portfolio")
    return render(request, "accounts/link.html", {"usable": person is not None}, status=200 if person else 410)
