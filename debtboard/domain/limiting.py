"""How often signing in may fail: by account and by address, counted in the database, so that a broker that stops or a
web process that starts anew forgets nothing.

Each attempt takes a slot before the password is looked at, and a right one gives it back: attempts at the same moment
can't outrun the count. A slot becomes free by itself once the window is over.
"""

import hashlib
import ipaddress
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

WINDOW_SECONDS = 15 * 60
PER_ACCOUNT = 10
PER_ADDRESS = 30
"""More than of an account: a whole office may share one."""


class TooMany(Exception):
    """All slots are taken: when to try again."""

    def __init__(self, seconds: int) -> None:
        minutes = math.ceil(seconds / 60)
        wait = "in a minute" if minutes <= 1 else f"in {minutes} minutes"
        super().__init__(f"Signing in failed too often: try again {wait}.")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in, counted as failed until `succeeded` is called."""

    account: str
    address_slot: str

    def succeeded(self) -> None:
        """The address gets its slot back, the account all of them."""
        cache.delete_many([self.address_slot, *_slots(self.account, PER_ACCOUNT)])


def begin(account: str, environment: Mapping[str, str]) -> Attempt:
    """Count one attempt on the account, from where the request says it comes. Raises TooMany."""
    account_key = _key("account", account.casefold())
    address_slot = _take(_key("address", network_of(environment)), PER_ADDRESS)
    try:
        _take(account_key, PER_ACCOUNT)
    except TooMany:
        cache.delete(address_slot)
        raise
    return Attempt(account_key, address_slot)


def network_of(environment: Mapping[str, str]) -> str:
    """The address as the nearest proxy saw it, where there is one; of IPv6 the network that one host may have."""
    said = environment.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = environment.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or said
    try:
        found = ipaddress.ip_address(said)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _take(key: str, many: int) -> str:
    """A free slot, taken. Raises TooMany."""
    until = time.time() + WINDOW_SECONDS
    slots = _slots(key, many)
    taken = cache.get_many(slots)
    for slot in slots:
        if slot not in taken and cache.add(slot, until, WINDOW_SECONDS):
            return slot
    first = min(cache.get_many(slots).values(), default=until)
    raise TooMany(max(1, math.ceil(first - time.time())))


def _slots(key: str, many: int) -> list[str]:
    return [f"{key}:{number}" for number in range(many)]


def _key(kind: str, name: str) -> str:
    return f"sign-in:{kind}:{hashlib.blake2b(name.encode(errors='replace'), digest_size=16).hexdigest()}"
