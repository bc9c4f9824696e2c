"""Which addresses may be cloned: parsed, refused, and rebuilt from their parts before any process or socket.

What git would understand is wider than what is safe (`ext::`, options as hosts, paths, user info), so nothing that was
typed is passed on: only what this module put together again.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from scoring.sources.git_errors import RefusedAddress, Unreachable

MAX_LENGTH = 1_000
DEFAULT_PORTS = {"https": 443, "http": 80, "ssh": 22}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""(host, port) -> every address of the host, as text; raises OSError when there is none."""

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<rest>.*)")
_SCP = re.compile(r"(?:(?P<user>[^@/:]+)@)?(?P<host>[^@/:]+):(?P<path>(?!//).+)")
_PATH = re.compile(r"(?:/(?:[A-Za-z0-9._~+@=,:-]|%[0-9A-Fa-f]{2})+)+/?")
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_ENCODED_CONTROL = re.compile(r"%(?:[01][0-9a-f]|7f|2e|2f|5c)", re.IGNORECASE)

_CLOSED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "64:ff9b::/96",  # NAT64: any IPv4 address in disguise
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "100.64.0.0/10",  # carriers' own
        "192.88.99.0/24",  # relays of 6to4
        "0.0.0.0/8",
        "240.0.0.0/4",
    )
)
"""Closed besides what `ipaddress` calls not global, which misses these."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What an administrator allows beyond https to public hosts."""

    schemes: frozenset[str] = frozenset({"https", "ssh"})
    networks: tuple[Network, ...] = ()
    """DEBTBOARD_EGRESS_ALLOW: single networks that may be reached besides public ones."""
    ports: frozenset[int] = frozenset(DEFAULT_PORTS.values())
    folders: tuple[Path, ...] = ()
    """Folders whose repositories may be named by path."""
    authorities: str = ""
    """DEBTBOARD_CA_BUNDLE: the file of authorities that https servers are checked against; empty, the system's."""
    own_keys: bool = False
    """Whether ssh may use the keys of whoever runs this: on their own command line, never for what others register."""


class Address(msgspec.Struct, frozen=True):
    """A vetted address, in parts. `folder` stands alone; the others have a host."""

    scheme: str
    """https | http | ssh | folder"""
    host: str = ""
    port: int = 0
    path: str = ""
    user: str = ""
    folder: Path | None = None

    @property
    def url(self) -> str:
        """The address put together again; never holds a credential."""
        if self.folder is not None:
            return str(self.folder)
        user = f"{self.user}@" if self.user else ""
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{user}{self.host}{port}{self.path}"


def parse_networks(text: str) -> tuple[Network, ...]:
    """Networks separated by commas or spaces. Raises ValueError with a sentence for one that is none."""
    found = []
    for word in re.split(r"[,\s]+", text.strip()):
        if word:
            try:
                found.append(ipaddress.ip_network(word, strict=True))
            except ValueError:
                raise ValueError(f"{word!a} is not a network: write it like 10.20.0.0/16 or fd00:1::/64.") from None
    return tuple(found)


def parse_ports(text: str) -> frozenset[int]:
    """The usual ports and those listed, separated by commas or spaces. Raises ValueError with a sentence."""
    found = set(DEFAULT_PORTS.values())
    for word in re.split(r"[,\s]+", text.strip()):
        if word:
            if not re.fullmatch(r"[1-9][0-9]{0,4}", word) or int(word) > 65_535:
                raise ValueError(f"{word!a} is no port: write numbers from 1 to 65535, separated by commas.")
            found.add(int(word))
    return frozenset(found)


def parse_address(text: str, policy: Policy | None = None) -> Address:
    """The address that may be cloned. Raises RefusedAddress with a sentence; starts nothing and connects to nothing."""
    policy = policy or Policy()
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        raise RefusedAddress("The address is empty or too long: give an https URL of a git repository.")
    if not text.isascii() or re.search(r"[\x00-\x20\x7f\\\"<>^`{|}]", text):
        raise RefusedAddress("The address holds blanks or characters that a URL must encode: copy it again.")
    if text.startswith("-"):
        raise RefusedAddress("The address looks like an option: give an https URL of a git repository.")
    if text.startswith("/"):
        return _folder(text, policy)
    match = _URL.fullmatch(text)
    if match:
        return _from_url(match, policy)
    scp = _SCP.fullmatch(text)
    if scp and "::" not in text and (scp["user"] or "." in scp["host"]):  # else a scheme without slashes, or a drive
        return _assembled("ssh", scp["user"] or "git", scp["host"], "", "/" + scp["path"].lstrip("/"), policy)
    raise RefusedAddress("The address is not a URL: give one that begins with https://.")


def _folder(text: str, policy: Policy) -> Address:
    try:
        folder = Path(text).resolve(strict=True)
    except (OSError, RuntimeError):
        folder = None
    allowed = [listed.resolve() for listed in policy.folders]
    if folder is None or not any(folder.is_relative_to(listed) for listed in allowed):
        raise RefusedAddress("Folders of this machine may only be named where the operator lists them: give a URL.")
    return Address("folder", folder=folder)


def _from_url(match: re.Match[str], policy: Policy) -> Address:
    scheme = match["scheme"].lower()
    if scheme not in DEFAULT_PORTS or scheme not in policy.schemes:
        raise RefusedAddress("That kind of address is not allowed here: give one that begins with https://.")
    if match["rest"]:
        raise RefusedAddress("The address has a query or a fragment: give the clone URL alone.")
    user, at, place = match["authority"].rpartition("@")
    if at and scheme != "ssh":
        raise RefusedAddress(
            "The address holds a name or a password: leave it out and give the token in its own field."
        )
    host, colon, port = place.partition(":")
    if colon and not port:
        raise RefusedAddress("The address has a colon without a port: give one or leave it out.")
    return _assembled(scheme, (user or "git") if scheme == "ssh" else "", host, port, match["path"], policy)


def _assembled(scheme: str, user: str, host: str, port: str, path: str, policy: Policy) -> Address:
    if scheme not in policy.schemes:
        raise RefusedAddress("That kind of address is not allowed here: give one that begins with https://.")
    if user and not _USER.fullmatch(user):
        raise RefusedAddress("The address holds a user name that is not allowed: use git@.")
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise RefusedAddress("The host is not a name of letters, digits, dots and hyphens: check the address.")
    if _is_number(host) and not _is_plain_ipv4(host):
        raise RefusedAddress("The host is a number in disguise: write its name.")
    number = _port(port, scheme)
    if number not in policy.ports:
        raise RefusedAddress(
            "That port may not be reached from here: use the usual one,"
            " or ask the operator to allow it (DEBTBOARD_EGRESS_PORTS)."
        )
    if not _PATH.fullmatch(path) or _ENCODED_CONTROL.search(path) or {".", ".."} & set(path.split("/")):
        raise RefusedAddress("The path is not one of a repository: copy the clone URL again.")
    if scheme == "ssh" and path.startswith("/-"):
        raise RefusedAddress("The path looks like an option: copy the clone URL again.")
    return Address(scheme, host.lower().rstrip("."), number, path, user)


def _port(text: str, scheme: str) -> int:
    if not text:
        return DEFAULT_PORTS[scheme]
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text) or int(text) > 65_535:
        raise RefusedAddress("The port is not a number from 1 to 65535: check the address.")
    return int(text)


def _is_number(host: str) -> bool:
    """A resolver may read a last label of digits, or 0x..., as part of an address."""
    last = host.rstrip(".").rpartition(".")[2]
    return bool(re.fullmatch(r"[0-9]+|0[xX][0-9A-Fa-f]*", last))


def _is_plain_ipv4(host: str) -> bool:
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False


def is_permitted(address: IpAddress, networks: Sequence[Network] = ()) -> bool:
    """Public, or in a listed network. Mapped IPv4 is judged as what it is."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address.version == network.version and address in network for network in networks):
        return True
    closed = any(address.version == network.version and address in network for network in _CLOSED)
    return address.is_global and not address.is_multicast and not address.is_reserved and not closed


def system_resolver(host: str, port: int) -> list[str]:
    """Every address that the system gives for the host."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def pinned(address: Address, policy: Policy, resolver: Resolver = system_resolver) -> str:
    """The one address that every connection is made to. All that the host resolves to must be permitted.

    Raises Unreachable when it has none, RefusedAddress when any is closed."""
    try:
        answers = [ipaddress.ip_address(text.partition("%")[0]) for text in resolver(address.host, address.port)]
    except (OSError, UnicodeError, ValueError):
        answers = []
    if not answers:
        raise Unreachable("The host has no address: check its name, or the name server of this machine.")
    if not all(is_permitted(answer, policy.networks) for answer in answers):
        raise RefusedAddress("The host is not public: ask the operator to allow its network (DEBTBOARD_EGRESS_ALLOW).")
    return str(answers[0])
