"""Signing in, signing out, the link that signs in once, and one's own password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from debtboard.domain import auditing, entering, limiting


class SignInForm(AuthenticationForm):
    """Name and password. `wait_seconds` is not 0 where signing in failed too often."""

    wait_seconds = 0

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        try:
            attempt = limiting.begin(name, self.request.META)
        except limiting.TooMany as refusal:
            self.wait_seconds = refusal.seconds
            raise forms.ValidationError(str(refusal)) from None
        said = super().clean()
        attempt.succeeded()
        return said


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
        return redirect("portfolio" if person.has_usable_password() else "password")
    return render(request, "accounts/link.html", {"usable": person is not None}, status=200 if person else 410)


@login_required
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """One's own password: the first one, or another for who knows the present one, which may be guessed no more often
    than in signing in."""
    has_one = request.user.has_usable_password()
    form = _password_form(request)
    context = {"title": "Change your password" if has_one else "Choose a password", "form": form, "has_one": has_one}
    if request.method != "POST":
        return render(request, "accounts/password.html", context)
    try:
        attempt = limiting.begin(f"password {request.user.pk}", request.META)
    except limiting.TooMany as refusal:
        context |= {"form": _password_form(request, blank=True), "refusal": str(refusal)}
        answer = render(request, "accounts/password.html", context, status=429)
        answer["Retry-After"] = str(refusal.seconds)
        return answer
    valid = form.is_valid()
    if "old_password" not in form.errors:
        attempt.succeeded()
    if not valid:
        return render(request, "accounts/password.html", context, status=422)
    _keep_password(request, form)
    return redirect("portfolio")


def _password_form(request: HttpRequest, *, blank: bool = False) -> SetPasswordForm:
    ask = PasswordChangeForm if request.user.has_usable_password() else SetPasswordForm
    form = ask(request.user, request.POST if request.method == "POST" and not blank else None)
    form.fields["new_password1"].help_text = " ".join(password_validators_help_texts())
    form.fields["new_password2"].help_text = ""
    form.fields["new_password2"].label = "New password again"
    return form


def _keep_password(request: HttpRequest, form: SetPasswordForm) -> None:
    """Kept; all other places where the person is signed in are left, and an unused link ends."""
    with transaction.atomic():
        person = form.save()
        auditing.record("person.password-set", person, person)
    update_session_auth_hash(request, person)
    messages.success(request, "Your password is set: sign in with it from now on.")
