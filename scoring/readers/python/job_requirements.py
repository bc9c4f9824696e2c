"""What code hands to the jobs that it starts: packages to install there, and images to run in.

A pipeline's step, a training job or a remote function has its own environment, which the code that starts it declares:
`packages_to_install=["pandas==2.0"]`, `requirements=[...]`, `.pip_install("torch")`, `base_image="tensorflow:2.6"`.
"""

import re
from collections.abc import Iterator

from scoring.readers.python.source import places

MAX_NAMED = 200
_TEXT = rb"[\"'][^\"'\n]{1,200}[\"']"
_LISTS = {
    b"packages_to_install": re.compile(rb"(?<!\w)$"),
    b"requirements": re.compile(rb"(?<!\w)(?:extra_)?(?:pip_)?$"),
    b"_packages": re.compile(rb"(?<!\w)(?:extra_)?(?:pip|conda|python)$"),
    b"_deps": re.compile(rb"(?<!\w)(?:extra_)?(?:pip|conda|python)$"),
    b"dependencies": re.compile(rb"(?<!\w)$"),
}
"""Ends of the names of arguments and keys that are given lists of texts -> how such a name begins."""
_LONGEST = len(b" extra_python")
_LISTED = re.compile(
    rb"[\"']?\s*(?::\s*[\w.\[\]]+\s*)?[=:]\s*[\[(]\s*((?:" + _TEXT + rb"[\s,]*(?:\#[^\n]*\n\s*)*){1,100})"
)
_CALL = b"pip_install("
_CALLED = re.compile(rb"\s*\[?\s*((?:" + _TEXT + rb"[\s,]*){1,100})")
_IMAGES = {b"mage": b"iI", b"MAGE": b"I", b"ontainer": b"cC", b"ONTAINER": b"C"}
"""Ends of image and container -> how those begin."""
_IMAGE = re.compile(rb"\w{0,80}[\"']?\s*[=:]\s*(?:f|str\()?[\"']([\w.:/@{}-]{3,200})[\"']")
_PIECE = re.compile(rb"[\"']([^\"'\n]{1,200})[\"']")
_REQUIREMENT = re.compile(r"[A-Za-z][\w.-]*(?:\[[\w,. -]*\])?\s*(?:[=<>!~]=?[^;]*)?(?:;.*)?")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|bmp|tiff?|webp|ico|pdf|csv|npy)$", re.IGNORECASE)


def job_requirements(source: bytes) -> tuple[str, ...]:
    """Requirements as written, sorted."""
    lists = [*_lists(source), *_calls(source)]
    return tuple(sorted({text for listed in lists for text in _requirements(listed)})[:MAX_NAMED])


def _lists(source: bytes) -> Iterator[bytes]:
    for word, begins in _LISTS.items():
        end = 0
        for at in places(word, source):
            if at < end or not begins.search(source, max(0, at - _LONGEST), at):
                continue  # in the remarks of the list before, or of another name
            if found := _LISTED.match(source, at + len(word)):
                end = found.end()
                yield found[1]


def _calls(source: bytes) -> Iterator[bytes]:
    for at in places(_CALL, source):
        before = source[max(0, at - 4) : at]
        if before.endswith((b".", b".uv_")) and (found := _CALLED.match(source, at + len(_CALL))):
            yield found[1]


def _requirements(listed: bytes) -> Iterator[str]:
    for piece in _PIECE.findall(listed):
        text = piece.decode("utf-8", "replace").strip()
        if _REQUIREMENT.fullmatch(text):
            yield text


def job_images(source: bytes) -> tuple[str, ...]:
    """Images of containers as written, sorted; pictures and files of data are none."""
    named = {
        found[1].decode("ascii", "replace")
        for word, begins in _IMAGES.items()
        for at in places(word, source)
        if at and source[at - 1] in begins and (found := _IMAGE.match(source, at + len(word)))
    }
    return tuple(sorted([name for name in named if "/" in name and not _PICTURE.search(name)])[:MAX_NAMED])
