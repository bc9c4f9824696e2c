"""Whether packaging names a person who can be asked."""

import re

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PLACEHOLDER = re.compile(
    r"@(?:[\w-]+\.)?(?:example|email|domain|company|mail)\.(?:com|org)|\byour|\byou@|noreply|\b(?:git|hg|svn)@",
    re.IGNORECASE,
)
MAX_LENGTH = 300


def is_address(text: str) -> bool:
    """An address, and none that a template left to be filled in or that a repository is fetched from."""
    text = text[:MAX_LENGTH]
    return _ADDRESS.search(text) is not None and _PLACEHOLDER.search(text) is None
