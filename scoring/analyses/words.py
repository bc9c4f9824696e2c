"""The words of a text, as names are written."""

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z_]\w*")


@lru_cache(maxsize=1 << 14)
def words_in(text: str) -> frozenset[str]:
    """Each once: "run --batch-size 4" -> run, batch, size."""
    return frozenset(_WORD.findall(text))
