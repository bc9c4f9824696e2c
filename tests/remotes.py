"""Servers that hold git repositories, on the loopback: http and https by git's own back end, ssh by OpenSSH's."""

import base64
import datetime
import getpass
import ipaddress
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

from scoring.sources.addresses import Policy, parse_networks
from tests.scoring.sources.git_lab import ENVIRONMENT

CANARY = "s3cret-canary-4711"
SSH_BODY = "A" * 70 + "/+" + CANARY.replace("-", "") + "=="
SSH_KEY = f"-----BEGIN OPENSSH PRIVATE KEY-----\n{SSH_BODY[:64]}\n{SSH_BODY[64:]}\n-----END OPENSSH PRIVATE KEY-----\n"
"""Has the form of a private key, and opens nothing."""


class GitServer:
    """Git's own http-backend on the loopback, with TLS where a certificate is given, and what it was asked."""

    def __init__(self, root: Path, certificate: Path | None = None) -> None:
        self.root = root
        self.requests: list[tuple[str, str]] = []
        self.user, self.password = "robot", ""
        self.redirects: dict[str, str] = {}
        self.status: dict[str, int] = {}
        self.seen_in_proc: list[str] = []
        self.drip = False
        self.hangs = threading.Event()
        """Set: git asks for the objects and gets no answer, until the server closes."""
        self._closing = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                outer.answer(self)

            def do_POST(self) -> None:
                outer.answer(self)

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            # The handshake is each connection's own: one that hangs must not stop the others.
            self.httpd.socket = context.wrap_socket(self.httpd.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.httpd.server_address[1]
        self.thread = threading.Thread(target=self.httpd.serve_forever, args=(0.05,))
        self.thread.start()

    def close(self) -> None:
        self._closing.set()
        self.httpd.shutdown()
        self.thread.join()
        self.httpd.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path, _, query = handler.path.partition("?")
        self.requests.append((handler.headers.get("Host", ""), handler.headers.get("Authorization", "")))
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length)
        if handler.headers.get("Transfer-Encoding") == "chunked":
            body = self._chunks(handler)
        if self.hangs.is_set() and b"command=fetch" in body:
            self._closing.wait()
            return
        first = "/" + path.split("/")[1]
        if self.drip:
            for _ in range(100):
                handler.wfile.write(b"H")
                time.sleep(0.05)
        if first in self.redirects:
            self._bare(handler, 302, {"Location": self.redirects[first] + path[len(first) :] + "?" + query})
        elif first in self.status:
            self._bare(handler, self.status[first], {})
        elif self.password and not self._knows(handler):
            self._bare(handler, 401, {"WWW-Authenticate": 'Basic realm="x"'})
        else:
            self._look_for_the_secret()
            self._backend(handler, path, query, body)

    @staticmethod
    def _bare(handler: BaseHTTPRequestHandler, status: int, fields: dict[str, str]) -> None:
        handler.send_response(status)
        for name, value in {**fields, "Content-Length": "0"}.items():
            handler.send_header(name, value)
        handler.end_headers()

    def _knows(self, handler: BaseHTTPRequestHandler) -> bool:
        wanted = "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return handler.headers.get("Authorization") == wanted

    def _look_for_the_secret(self) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            for name in ("cmdline", "environ"):
                try:
                    data = (process / name).read_bytes()
                except OSError:
                    continue
                if CANARY.encode() in data and int(process.name) != os.getpid():
                    self.seen_in_proc.append(name)

    @staticmethod
    def _chunks(handler: BaseHTTPRequestHandler) -> bytes:
        body = b""
        while size := int(handler.rfile.readline(), 16):
            body += handler.rfile.read(size)
            handler.rfile.readline()
        handler.rfile.readline()
        return body

    def _backend(self, handler: BaseHTTPRequestHandler, path: str, query: str, body: bytes) -> None:
        answer = subprocess.run(
            ["git", "http-backend"],
            env={
                **ENVIRONMENT,
                "GIT_PROJECT_ROOT": str(self.root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": handler.command,
                "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
            },
            input=body,
            capture_output=True,
            check=False,
        ).stdout
        head, _, content = answer.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        handler.send_response(int(fields.pop("Status", "200 OK").split()[0]))
        for name, value in fields.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


def policy_for(server: GitServer) -> Policy:
    """Lets that server be reached, and nothing else."""
    return Policy(
        schemes=frozenset({"http", "https"}),
        networks=parse_networks("127.0.0.1/32"),
        ports=frozenset({server.port}),
    )


# ---------------------------------------------------------------- certificates and keys


class Authority:
    """A certificate authority of one test: `bundle` is what an operator would install."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example authority")])
        signed = self._signed(self._name, self._key.public_key(), x509.BasicConstraints(ca=True, path_length=0))
        self.bundle = folder / "authority.pem"
        self.bundle.write_bytes(signed.public_bytes(serialization.Encoding.PEM))

    def certificate(self) -> Path:
        """A key and a certificate for 127.0.0.1 and localhost, in one file."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "forge")])
        names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
        signed = self._signed(subject, key.public_key(), x509.SubjectAlternativeName(names))
        path = self.folder / "server.pem"
        path.write_bytes(_pem(key) + signed.public_bytes(serialization.Encoding.PEM))
        return path

    def _signed(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, extension: x509.ExtensionType
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = x509.CertificateBuilder(subject_name=subject, issuer_name=self._name, public_key=key)
        builder = builder.serial_number(x509.random_serial_number()).add_extension(extension, critical=False)
        builder = builder.not_valid_before(now - datetime.timedelta(days=1))
        return builder.not_valid_after(now + datetime.timedelta(days=1)).sign(self._key, hashes.SHA256())


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def key_pair() -> tuple[str, str]:
    """(private, public) for ssh, each as OpenSSH writes it."""
    key = ed25519.Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return private.decode(), public.decode()


# ---------------------------------------------------------------- ssh


def sshd() -> str | None:
    """The program, where it is installed."""
    return shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


class SshServer:
    """OpenSSH's server as a process of this user, on the loopback, that lets one key in."""

    def __init__(self, folder: Path, allowed: str) -> None:
        folder.mkdir()
        private, self.host_key = key_pair()
        self._write(folder / "host_key", private)
        self._write(folder / "authorized_keys", allowed + "\n")
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where its service would have made it
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        settings = {
            "ListenAddress": f"127.0.0.1:{self.port}",
            "HostKey": folder / "host_key",
            "AuthorizedKeysFile": folder / "authorized_keys",
            "PidFile": "none",
            "StrictModes": "no",
            "UsePAM": "no",
            "PasswordAuthentication": "no",
            "KbdInteractiveAuthentication": "no",
            "PermitRootLogin": "prohibit-password",
        }
        self._write(folder / "config", "".join(f"{name} {value}\n" for name, value in settings.items()))
        self.log = folder / "log"
        with self.log.open("wb") as sink:
            self._process = subprocess.Popen(
                [str(sshd()), "-D", "-e", "-f", str(folder / "config")], stdin=subprocess.DEVNULL, stderr=sink
            )

    @staticmethod
    def _write(path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o600)

    @property
    def known_hosts(self) -> str:
        return f"[127.0.0.1]:{self.port} {self.host_key}\n"

    def address(self, path: Path) -> str:
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{path}"

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as wire:
                return wire.recv(4) == b"SSH-"
        except OSError:
            return False

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
