"""Where a repository's https address really leads: redirects are followed here, each hop vetted, never by git.

Git is then given the final address with redirects off, pinned to the address that was vetted. Forges do redirect
(renamed repositories), so refusing them all would refuse real ones.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from urllib.parse import urljoin

import msgspec

from scoring.sources.addresses import Address, Policy, Resolver, parse_address, pinned, system_resolver
from scoring.sources.credentials import Credential
from scoring.sources.git_errors import NotARepository, RefusedAddress, TimedOut, Unreachable

MAX_HOPS = 3
SECONDS = 10.0
SUFFIX = "/info/refs"
QUERY = "?service=git-upload-pack"


class Destination(msgspec.Struct, frozen=True):
    """The final address, the network address it is pinned to, and the credential, if it may go there."""

    address: Address
    pin: str
    credential: Credential | None


def destination(
    address: Address, credential: Credential | None, policy: Policy, resolver: Resolver = system_resolver
) -> Destination:
    """Ask the server where the repository is. Raises Unreachable, RefusedAddress, NotARepository or TimedOut."""
    for hop in range(MAX_HOPS + 1):
        pin = pinned(address, policy, resolver)
        status, location = _ask(address, pin, credential, policy.authorities)
        if status not in (301, 302, 303, 307, 308):
            _judge(status, credential)
            return Destination(address, pin, credential)
        if hop == MAX_HOPS:
            break
        following = _next(address, location, policy)
        if (following.host, following.port) != (address.host, address.port):
            credential = None
        address = following
    raise RefusedAddress(f"The server redirects more than {MAX_HOPS} times: give the address where it ends.")


def _next(address: Address, location: str, policy: Policy) -> Address:
    target = urljoin(address.url.rstrip("/") + SUFFIX + QUERY, location)
    base, _, _ = target.partition("?")
    if not base.endswith(SUFFIX):
        raise RefusedAddress("The server redirects to a page that is no repository: check the address.")
    following = parse_address(base.removesuffix(SUFFIX), policy)
    if following.scheme not in ("https", "http") or (address.scheme == "https" and following.scheme != "https"):
        raise RefusedAddress("The server redirects to an address without encryption: give the final https address.")
    return following


def _judge(status: int, credential: Credential | None) -> None:
    """What the server's answer means, in words; its body is never read."""
    if status in (401, 403):
        if credential is None:
            raise Unreachable("The server asks for a credential: add a token that may read the repository.")
        if status == 403:
            raise Unreachable("The server refuses the credential: give one that may read the repository.")
    if status in (404, 410):
        hint = "check the address" if credential else "check the address, or add a token if it is private"
        raise NotARepository(f"The server has no repository there: {hint}.")
    if status == 429 or status >= 500:
        raise Unreachable("The server cannot answer now: try again later.")


def _ask(address: Address, pin: str, credential: Credential | None, authorities: str) -> tuple[int, str]:
    """(status, Location) of one request to the pinned address, within SECONDS in all."""
    connection = _Pinned(address, pin, authorities)
    headers = {"User-Agent": "git/2 (debtboard)", "Accept-Encoding": "identity", "Connection": "close"}
    if credential is not None:
        headers["Authorization"] = credential.basic
    watch = threading.Timer(SECONDS, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("GET", address.path.rstrip("/") + SUFFIX + QUERY, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    except ssl.SSLCertVerificationError:
        raise Unreachable("The server's certificate is not trusted: install its authority on this machine.") from None
    except (OSError, http.client.HTTPException, ValueError):
        if connection.was_cut:
            raise TimedOut(f"The server did not answer within {SECONDS:.0f} seconds: try again later.") from None
        raise Unreachable("The server cannot be reached: check the address and the network.") from None
    finally:
        watch.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to a vetted network address, with the host's own name for Host, SNI and certificate."""

    def __init__(self, address: Address, pin: str, authorities: str) -> None:
        super().__init__(address.host, address.port, timeout=SECONDS)
        self._pin = pin
        self._authorities = authorities or None
        self._encrypted = address.scheme == "https"
        self.was_cut = False

    def connect(self) -> None:
        self.sock = socket.create_connection((self._pin, self.port), self.timeout)
        if self._encrypted:
            context = ssl.create_default_context(cafile=self._authorities)
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()  # apart, so that `cut` reaches the very socket that may drip

    def cut(self) -> None:
        """End a request that drips: a timeout of each read alone never would."""
        self.was_cut = True
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
