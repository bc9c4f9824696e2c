"""Tiny repositories made object by object, so that even what no porcelain would write can be written."""

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "TZ": "UTC",
}
DAY = 86_400
START = 1_700_000_000


class Lab:
    """A bare repository; every method answers with the full name of what it wrote."""

    def __init__(self, path: Path, object_format: str = "sha1") -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.width = 32 if object_format == "sha256" else 20
        self.git("init", "-q", "--bare", "-b", "main", f"--object-format={object_format}", ".")

    def git(self, *arguments: str, stdin: bytes = b"", check: bool = True) -> bytes:
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, env=ENVIRONMENT, input=stdin, capture_output=True, check=False
        )
        if check and done.returncode:
            raise AssertionError(done.stderr.decode())
        return done.stdout

    def blob(self, data: bytes) -> str:
        return self._object("blob", data)

    def tree(self, *entries: tuple[str, bytes, str]) -> str:
        """A tree of (mode, name, object), written as it stands: not sorted, not checked."""
        data = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries)
        return self._object("tree", data)

    def files(self, files: dict[str, bytes | str]) -> str:
        """The tree of paths with these contents, folders and all."""
        here: list[tuple[bytes, str, str]] = []
        folders: dict[str, dict[str, bytes | str]] = {}
        for path, content in files.items():
            head, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(head, {})[rest] = content
            else:
                data = content.encode() if isinstance(content, str) else content
                here.append((os.fsencode(head), "100644", self.blob(data)))
        here.extend((os.fsencode(name) + b"/", "40000", self.files(inner)) for name, inner in folders.items())
        return self.tree(*((mode, name.rstrip(b"/"), oid) for name, mode, oid in sorted(here)))

    def commit(
        self,
        tree: str,
        parents: tuple[str, ...] = (),
        *,
        author: str = "Ada <ada@example.org>",
        time: int | str = START,
        message: str = "change",
    ) -> str:
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines += [f"author {author} {time} +0000", f"committer {author} {time} +0000", "", message, ""]
        return self._object("commit", "\n".join(lines).encode())

    def point(self, sha: str, ref: str = "refs/heads/main") -> str:
        self.git("update-ref", ref, sha)
        return sha

    def one(self, files: dict[str, bytes | str]) -> str:
        """One commit on main that holds these files."""
        return self.point(self.commit(self.files(files)))

    def loose(self, oid: str) -> Path:
        return self.path / "objects" / oid[:2] / oid[2:]

    def _object(self, kind: str, data: bytes) -> str:
        return self.git("hash-object", "-t", kind, "-w", "--literally", "--stdin", stdin=data).decode().strip()
