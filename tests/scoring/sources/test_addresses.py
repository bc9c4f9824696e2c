"""Addresses that are refused before anything starts, and hosts that are refused before anything connects."""

import ipaddress
import socket
import subprocess
from pathlib import Path

import pytest

from scoring.sources.addresses import Address, Policy, is_permitted, parse_address, parse_networks, pinned
from scoring.sources.git_errors import RefusedAddress, Unreachable

BAD = [
    "",
    " ",
    "x" * 1_001,
    "-oProxyCommand=x",
    "--upload-pack=touch /tmp/x",
    "ext::sh -c touch% /tmp/x",
    "ext::touch",
    "fd::17",
    "transport::https://host/x",
    "file:///etc",
    "file://localhost/etc",
    "/etc",
    "../repository",
    "repository.git",
    "C:\\repository",
    "git://host/x",
    "ftp://host/x",
    "http://host/x",
    "rsync://host/x",
    "javascript://host/x",
    "https:host/x",
    "C:/repository",
    "https:///x",
    "https://",
    "https://host",
    "https://host/",
    "https://user@host/x",
    "https://user:secret@host/x",
    "https://-oProxyCommand=x/y",
    "ssh://-oProxyCommand=x/y",
    "ssh://-x@host/y",
    "ssh://user;x@host/y",
    "ssh://host/-oProxyCommand=x",
    "git@-host:x",
    "https://host/x?service=git-receive-pack",
    "https://host/x#fragment",
    "https://host/x y",
    "https://host/x\ny",
    "https://host/\x00x",
    "https://host/x%00y",
    "https://host/x%0ay",
    "https://host/%2e%2e/x",
    "https://host/../x",
    "https://host/./x",
    "https://host//x",
    "https://host/x\\y",
    "https://host\\@evil/x",
    "https://ho_st/x",
    "https://host-/x",
    "https://.host/x",
    "https://a..b/x",
    "https://h\u00f6st/x",
    "https://ho\u00adst/x",
    "https://[::1]/x",
    "https://[fe80::1%25eth0]/x",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://0x7f000001/x",
    "https://017700000001/x",
    "https://127.1/x",
    "https://0/x",
    "https://127.0.0.01/x",
    "https://host:/x",
    "https://host:0/x",
    "https://host:65536/x",
    "https://host:8443/x",
    "https://host:6379/x",
    "https://host:+443/x",
    "https://host:443:80/x",
    "https://host/$(touch x)",
    "https://host/`x`",
    "https://host/x;y",
    "https://host/x'y",
    "https://" + "a" * 254 + "/x",
]


class Forbidden(Exception):
    """Something was started or looked up."""


@pytest.fixture
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Forbidden

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "socket", refuse)


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize("text", BAD)
def test_bad_address_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(RefusedAddress) as refusal:
        parse_address(text)
    words = str(refusal.value)
    assert words.endswith(".")
    assert ": " in words
    assert "secret" not in words


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://host/x", "https://host/x"),
        (" https://HOST.example.org./a/b.git ", "https://host.example.org/a/b.git"),
        ("HTTPS://host:443/x/", "https://host/x/"),
        ("https://dev.azure.com/org/My%20Project/_git/repo", "https://dev.azure.com/org/My%20Project/_git/repo"),
        ("https://10.1.2.3/x", "https://10.1.2.3/x"),
        ("https://xn--hst-sna.de/~user/x", "https://xn--hst-sna.de/~user/x"),
        ("ssh://git@host/x", "ssh://git@host/x"),
        ("ssh://host/x", "ssh://git@host/x"),
        ("git@host:group/x.git", "ssh://git@host/group/x.git"),
        ("host.example.org:x.git", "ssh://git@host.example.org/x.git"),
    ],
)
def test_good_address_is_rebuilt_from_its_parts(text: str, url: str) -> None:
    assert parse_address(text).url == url


def test_administrator_may_allow_http_and_ports_and_nothing_else_changes() -> None:
    policy = Policy(schemes=frozenset({"https", "http"}), ports=frozenset({443, 8443}))
    assert parse_address("https://host:8443/x", policy).url == "https://host:8443/x"
    for text in ("http://host/x", "ssh://host/x", "git@host:x", "file:///etc", "https://u@host/x"):
        with pytest.raises(RefusedAddress):
            parse_address(text, policy)


def test_folder_is_allowed_only_inside_a_listed_one(tmp_path: Path) -> None:
    inside, outside = tmp_path / "listed" / "r.git", tmp_path / "other"
    inside.mkdir(parents=True)
    outside.mkdir()
    (tmp_path / "listed" / "link").symlink_to(outside)
    policy = Policy(folders=(tmp_path / "listed",))
    assert parse_address(str(inside), policy) == Address("folder", folder=inside)
    for path in (
        outside,
        tmp_path / "listed" / "link",
        tmp_path / "listed" / ".." / "other",
        tmp_path / "listed" / "no",
    ):
        with pytest.raises(RefusedAddress, match="operator lists"):
            parse_address(str(path), policy)


# ---------------------------------------------------------------- hosts

CLOSED = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.88.99.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
]
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"]
HOST = Address("https", "host.example.org", 443, "/x")


@pytest.mark.parametrize("answer", CLOSED)
def test_closed_address_is_refused_and_not_told(answer: str) -> None:
    with pytest.raises(RefusedAddress, match="not public") as refusal:
        pinned(HOST, Policy(), lambda host, port: [answer])
    assert answer not in str(refusal.value)


@pytest.mark.parametrize("answer", PUBLIC)
def test_public_address_is_pinned(answer: str) -> None:
    assert ipaddress.ip_address(pinned(HOST, Policy(), lambda host, port: [answer])) == ipaddress.ip_address(answer)


def test_one_closed_answer_among_public_ones_refuses() -> None:
    with pytest.raises(RefusedAddress):
        pinned(HOST, Policy(), lambda host, port: ["8.8.8.8", "127.0.0.1"])


@pytest.mark.parametrize("failure", [OSError("no such host"), UnicodeError("label too long")])
def test_failed_lookup_refuses(failure: Exception) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise failure

    with pytest.raises(Unreachable, match="no address"):
        pinned(HOST, Policy(), resolver)


def test_empty_and_odd_answers_refuse() -> None:
    for answers in ([], ["not an address"]):
        with pytest.raises(Unreachable):
            pinned(HOST, Policy(), lambda host, port, found=answers: found)


def test_listed_network_adds_itself_and_switches_nothing_off() -> None:
    policy = Policy(networks=parse_networks("10.20.0.0/16, fd00:1::/64"))
    assert pinned(HOST, policy, lambda host, port: ["10.20.3.4"]) == "10.20.3.4"
    assert pinned(HOST, policy, lambda host, port: ["fd00:1::5", "::ffff:10.20.0.1"]) == "fd00:1::5"
    for answer in ("10.21.0.1", "127.0.0.1", "169.254.169.254", "64:ff9b::a14:304"):
        with pytest.raises(RefusedAddress):
            pinned(HOST, policy, lambda host, port, found=answer: [found])


@pytest.mark.parametrize("text", ["10.0.0.1/8", "everything", "10.0.0.0/33", "::/129"])
def test_bad_network_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is not a network"):
        parse_networks(text)


def test_no_network_is_listed_by_default() -> None:
    assert parse_networks("") == ()
    assert not is_permitted(ipaddress.ip_address("192.168.0.1"))
