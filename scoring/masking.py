"""What looks like a secret is masked before anything of somebody's code is said or shown (robustness T16)."""

import re
from collections import Counter
from functools import lru_cache
from math import log2

MASK = "••••••••"

NAMED = re.compile(
    r"""(?ix) ( [\w.-]* (?: passw(?:or)?d | passwd | passphrase | secret | token | api_?-?key | access_?-?key
    | private_?-?key | credential s? | auth ) [\w.-]* ["']? \s* (?: [:=] | => ) \s* [rbf]{0,2} ["'] )
    ( [^"'\s]{6,} ) (?= ["'] )"""
)
"""A quoted value given to a name that says it is secret."""

BARE = re.compile(
    r"""(?ix) ^ ( \s* (?: export \s+ | env \s+ )? [\w.-]* (?: passw(?:or)?d | secret | token | api_?-?key | credential )
    [\w.-]* \s* [=:] \s* ) ( [^\s"'#$({<]{8,} ) \s* $"""
)
"""The same in an .env or INI line, unquoted."""

ADDRESS = re.compile(r"(?<=://)[^/\s]+@")
"""Who asks, in an address: a name and password, or a token alone."""

KNOWN = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}\b|\bgithub_pat_\w{20,}\b|\bglpat-[\w-]{16,}\b|\bxox[abprs]-[\w-]{10,}"
    r"|\bsk-[A-Za-z0-9_-]{16,}|\bhf_[A-Za-z0-9]{20,}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"
)
TOKEN = re.compile(r"[A-Za-z0-9+/_=-]{20,}")
HEX = re.compile(r"[0-9a-f]{32,}|[0-9A-F]{32,}")
KEY_BLOCK = re.compile(r"-----(BEGIN|END) [A-Z ]*PRIVATE KEY-----")

HEX_BITS, MIXED_BITS, LONG_BITS = 3.0, 3.7, 4.5
"""Bits a character from which a string counts as random: hexadecimal, mixed classes, any (the first and last are
detect-secrets' limits)."""


WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
NAME_WORD = 2.6
"""Characters a word from which a run in mixed case is a CamelCase name; random runs change their class faster."""


@lru_cache(maxsize=32_768)
def masked(text: str) -> str:
    """A text of several lines, masked; kept, since the same findings come back week after week."""
    return "\n".join(mask_lines(text.split("\n")))


def mask_lines(lines: list[str]) -> list[str]:
    """Each line with what looks like a secret replaced by a mask of fixed width; private-key blocks whole."""
    shown, inside = [], False
    for line in lines:
        edge = KEY_BLOCK.search(line)
        if edge or inside:
            inside = edge.group(1) == "BEGIN" if edge else True
            shown.append(line if edge else MASK)
        else:
            shown.append(mask(line))
    return shown


def mask(line: str) -> str:
    """One line, masked."""
    line = NAMED.sub(lambda found: found.group(1) + MASK, line)
    line = BARE.sub(lambda found: found.group(1) + MASK, line)
    line = ADDRESS.sub(lambda found: f"{MASK}@", line)
    line = KNOWN.sub(MASK, line)
    return TOKEN.sub(lambda found: MASK if looks_random(found.group()) else found.group(), line)


def looks_random(text: str) -> bool:
    """Whether a long run of characters is more likely a key than a name or a path."""
    if HEX.fullmatch(text):
        return entropy(text) > HEX_BITS
    if not any(character.isdigit() for character in text):
        return False
    bits = entropy(text)
    if bits >= LONG_BITS:
        return text.count("/") < 3 and text.count("_") < 3
    mixed = any(map(str.islower, text)) and any(map(str.isupper, text)) and not set("/_-") & set(text)
    return mixed and bits >= MIXED_BITS and len(text) < NAME_WORD * len(WORD.findall(text))


def entropy(text: str) -> float:
    """Shannon's, in bits a character."""
    total = len(text)
    return -sum(n / total * log2(n / total) for n in Counter(text).values())
