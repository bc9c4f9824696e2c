"""What code hands to the jobs that it starts: packages to install there, and images to run in.

A pipeline's step, a training job or a remote function has its own environment, which the code that starts it declares:
`packages_to_install=["pandas==2.0"]`, `requirements=[...]`, `.pip_install("torch")`, `base_image="tensorflow:2.6"`.
"""

import re
from collections.abc import Iterator

MAX_NAMED = 200
_TEXT = rb"[\"'][^\"'\n]{1,200}[\"']"
_LISTED = re.compile(
    rb"\b(?:packages_to_install|(?:extra_)?(?:pip_)?requirements|(?:extra_)?(?:pip|conda|python)_(?:packages|deps)"
    rb"|extra_pip_requirements|dependencies)[\"']?\s*(?::\s*[\w.\[\]]+\s*)?[=:]\s*[\[(]\s*"
    rb"((?:" + _TEXT + rb"[\s,]*(?:\#[^\n]*\n\s*)*){1,100})"
)
"""Lists of texts that an argument or a key is given."""
_CALLED = re.compile(rb"\.(?:uv_)?pip_install\(\s*\[?\s*((?:" + _TEXT + rb"[\s,]*){1,100})")
_IMAGE = re.compile(rb"(?:image|container)\w{0,80}[\"']?\s*[=:]\s*(?:f|str\()?[\"']([\w.:/@{}-]{3,200})[\"']", re.I)
_PIECE = re.compile(rb"[\"']([^\"'\n]{1,200})[\"']")
_REQUIREMENT = re.compile(r"[A-Za-z][\w.-]*(?:\[[\w,. -]*\])?\s*(?:[=<>!~]=?[^;]*)?(?:;.*)?")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|bmp|tiff?|webp|ico|pdf|csv|npy)$", re.IGNORECASE)


def job_requirements(source: bytes) -> tuple[str, ...]:
    """Requirements as written, sorted."""
    if not (b"packages" in source or b"requirements" in source or b"pip_" in source or b"dependencies" in source):
        return ()
    lists = [*_LISTED.findall(source), *_CALLED.findall(source)]
    return tuple(sorted({text for listed in lists for text in _requirements(listed)})[:MAX_NAMED])


def _requirements(listed: bytes) -> Iterator[str]:
    for piece in _PIECE.findall(listed):
        text = piece.decode("utf-8", "replace").strip()
        if _REQUIREMENT.fullmatch(text):
            yield text


def job_images(source: bytes) -> tuple[str, ...]:
    """Images of containers as written, sorted; pictures and files of data are none."""
    if b"image" not in source and b"container" not in source:
        return ()
    named = {found.decode("ascii", "replace") for found in _IMAGE.findall(source)}
    return tuple(sorted([name for name in named if "/" in name and not _PICTURE.search(name)])[:MAX_NAMED])
