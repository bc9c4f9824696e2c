"""Files that declare or lock dependencies: one module for each family of forms."""

import re
from collections.abc import Callable

import msgspec

from scoring.facts import FileFacts, PackagingFacts
from scoring.readers.base import Reader
from scoring.readers.packaging import conda, locks, pyproject, requirement_files, setup_files

_USER_INFO = re.compile(r"(?<=://)[^/@\s]+@")


def _without_secrets(read: Callable[[bytes], FileFacts]) -> Callable[[bytes], FileFacts]:
    """The reader with the user part of every address left out: it may hold a token, and facts are stored and shown."""

    def guarded(data: bytes) -> FileFacts:
        facts = read(data)
        if not isinstance(facts, PackagingFacts) or b"@" not in data:
            return facts
        requirements = tuple(
            msgspec.structs.replace(item, specifier=_USER_INFO.sub("", item.specifier))
            if "@" in item.specifier
            else item
            for item in facts.requirements
        )
        return msgspec.structs.replace(facts, requirements=requirements)

    return guarded


READERS = tuple(
    Reader(name, version + 1, _without_secrets(read))
    for name, version, read in (
        *requirement_files.READERS,
        *pyproject.READERS,
        *setup_files.READERS,
        *locks.READERS,
        *conda.READERS,
    )
)
