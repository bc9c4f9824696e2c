"""Which base images a registry serves (images.toml beside this module)."""

import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files("scoring.knowledge").joinpath("images.toml").read_text("utf-8"))
_OFFICIAL: frozenset[str] = frozenset(_TABLE["official"])
_BRINGS: dict[str, list[str]] = _TABLE["brings"]
_SERVICES: frozenset[str] = frozenset(_TABLE["services"])


def is_service(name: str) -> bool:
    """Whether an image of this name is a store or a server of others, in which no code of the repository runs."""
    return name.partition("@")[0].rpartition("/")[2].partition(":")[0].lower() in _SERVICES


def brought_by(name: str) -> tuple[str, ...]:
    """The distributions that lie in a base image of this name."""
    lower = name.lower()
    return tuple(sorted({one for part, brought in _BRINGS.items() if part in lower for one in brought}))


def is_built_at_home(name: str) -> bool:
    """Whether no registry serves an image of this name: it has no slash, and is no official image."""
    bare = name.partition("@")[0].partition(":")[0]
    return "/" not in name and bare.lower() not in _OFFICIAL


_SYSTEMS = (
    "cuda",
    "distroless",
    "python",
    "ubuntu",
    "debian",
    "alpine",
    "miniconda",
    "micromamba",
    "poetry",
    "devcontainers",
)


def holds_unknown(name: str) -> bool:
    """Whether somebody made an image of this name on top of a system, and which packages he put there nobody knows."""
    bare = name.partition("@")[0].partition("$")[0].lower()
    last = bare.rpartition("/")[2].partition(":")[0]
    return "/" in bare and last not in _OFFICIAL and not brought_by(bare) and not any(one in bare for one in _SYSTEMS)
