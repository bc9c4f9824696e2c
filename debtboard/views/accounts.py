"""Signing in, signing out, and the link that signs in once."""

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from debtboard.domain import auditing, entering, limiting
from debtboard.forms import SignInForm


class SignIn(LoginView):
    template_name = "accounts/login.html"
    redirect_authenticated_user = True
    authentication_form = SignInForm

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        answer = super().form_invalid(form)
        if form.wait_seconds:
            answer.status_code = 429
            answer["Retry-After"] = str(form.wait_seconds)
        return answer


class SignOut(LogoutView):
    http_method_names = ["post", "options"]


@never_cache
def enter(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The one-time link: looking at it changes nothing, so that a preview can't use it up; the button signs in."""
    try:
        attempt = limiting.begin(f"link {uid}", request.META)
    except limiting.TooMany as refusal:
        answer = render(request, "accounts/link.html", {"refusal": str(refusal)}, status=429)
        answer["Retry-After"] = str(refusal.seconds)
        return answer
    person = entering.person_of(uid, token)
    if person is not None:
        attempt.succeeded()
    if request.method == "POST" and person is not None:
        login(request, person)
        auditing.record("person.signed-in", person, person)
        return redirect("portfolio")
    return render(request, "accounts/link.html", {"usable": person is not None}, status=200 if person else 410)
