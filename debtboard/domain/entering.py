"""The link that signs a person in once: printed on the terminal at the first start."""

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from debtboard.models import Person


def link_path(person: Person) -> str:
    """Signing in uses it up, and so does a new password."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("enter", args=[uid, default_token_generator.make_token(person)])


def person_of(uid: str, token: str) -> Person | None:
    """Whose link it is; None where it was used, ran out or was never given."""
    try:
        pk = int(force_str(urlsafe_base64_decode(uid)))
    except (ValueError, OverflowError, UnicodeDecodeError):
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return person if person is not None and default_token_generator.check_token(person, token) else None
