"""What looks like a secret is masked before anything of somebody's code is said or shown (robustness T16)."""

import re
from collections import Counter
from functools import lru_cache
from math import log2

MASK = "••••••••"

WORD_OF_SECRET = re.compile(
    r"passw(?:or)?d|passphrase|pwd|secret"
    r"|(?<!pad_)(?<!eos_)(?<!bos_)(?<!unk_)(?<!sep_)(?<!cls_)(?<!mask_)(?<!special_)token(?!iz|s)"
    r"|api_?-?key|access_?-?key|private_?-?key|credential|auth(?!or)",
    re.IGNORECASE,
)
"""What names a secret. Each is looked at once, and what follows it is bounded: no line costs more than its length."""

PARTS_OF_NAMES = ("pass", "pwd", "secret", "token", "key", "credential", "auth")
"""Each such word holds one of them; ten times as fast as the pattern for a line without."""

QUOTED = re.compile(
    r"""[\w.-]{0,64} ["']? \]? (?: \s{0,8} : \s{0,8} [A-Za-z_] [\w.\[\], |]{0,60} )? \s{0,8} (?: => | [:=] ) \s{0,8}
    [rbfRBF]{0,2} (?P<value> (?: (?P<quote> \"{3} | '{3} | ["'] ) (?! \s*[,)\]}] ) .{6,}? (?P=quote) )
    (?: \s{0,8} ["'] [^"']{0,400} ["'] )* )""",
    re.VERBOSE,
)
"""A quoted value, with the strings that follow it at once."""

PLAIN = re.compile(
    r"""[\w.-]{0,64} (?: = | :\s | \s=\s ) \s{0,8}
    (?P<value> (?= [^\d\s]{0,64}\d ) [^\s"'#$({<,;&)\]}]{8,} ) (?= [\s,;&)\]}] | $ )""",
    re.VERBOSE,
)
"""An unquoted one with a digit in it, as in an option or a connection string."""

WHOLE = re.compile(r"""[\w.-]{0,64} \s{0,8} [=:] \s{0,8} (?P<value> [^\s"'#$({<]{8,} ) \s*$""", re.VERBOSE)
BEGINNING = re.compile(r"\s*(?:(?:export|env)\s+)?[\w.-]{0,64}$")
"""An unquoted one that is all of an .env or INI line."""

PAIR = re.compile(
    r"""\s{0,8} = \s{0,8} \( \s{0,8} ["'][^"']{0,100}["'] \s{0,8} , \s{0,8} (?P<value>["'][^"']{1,400}["'])""",
    re.VERBOSE,
)
"""auth=("user", "password")"""

BEARER = re.compile(r"\b((?:bearer|basic)\s{1,4})((?=[^\d\s]{0,64}\d)[A-Za-z0-9+/_.=-]{8,})", re.IGNORECASE)

ADDRESS = re.compile(r"(?<=://)(?:[^/\s]+|[^/\s:@]+:[^\s@]*)@")
"""Who asks, in an address: a name and password, or a token alone."""

KNOWN = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}\b|\bgithub_pat_\w{20,}\b|\bglpat-[\w-]{16,}\b|\bxox[abprs]-[\w-]{10,}"
    r"|\bsk-[A-Za-z0-9_-]{16,}|\bhf_[A-Za-z0-9]{20,}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*"
)
TOKEN = re.compile(r"[A-Za-z0-9+/_=-]{20,}")
HEX = re.compile(r"[0-9a-f]{32,}|[0-9A-F]{32,}")
EDGE = re.compile(r"-----(BEGIN|END) [A-Z ]{0,40}PRIVATE KEY-----")

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
        line, inside = _mask_key(line, inside)
        shown.append(line if inside and line == MASK else mask(line))
    return shown


def _mask_key(line: str, inside: bool) -> tuple[str, bool]:
    """(the line with what lies between the edges of a private key masked, whether the next one lies inside)."""
    if not inside and "-----" not in line:
        return line, inside
    parts: list[str] = []
    start = 0
    for edge in EDGE.finditer(line):
        before = line[start : edge.start()]
        parts += [MASK if inside and before.strip() else before, edge.group()]
        inside, start = edge.group(1) == "BEGIN", edge.end()
    rest = line[start:]
    parts.append(MASK if inside and (rest.strip() or not parts) else rest)
    return "".join(parts), inside


def mask(line: str) -> str:
    """One line, masked."""
    if not line.isascii() or any(map(line.lower().__contains__, PARTS_OF_NAMES)):
        line = _mask_named(line)
    line = ADDRESS.sub(f"{MASK}@", line)
    line = BEARER.sub(lambda found: found.group(1) + MASK, line)
    line = KNOWN.sub(MASK, line)
    return TOKEN.sub(lambda found: MASK if looks_random(found.group()) else found.group(), line)


def _mask_named(line: str) -> str:
    """The values given to names that say they are secret, each masked."""
    parts: list[str] = []
    start = 0
    for word in WORD_OF_SECRET.finditer(line):
        if word.start() < start:
            continue  # inside the value before
        end = word.end()
        found = QUOTED.match(line, end) or PAIR.match(line, end) or PLAIN.match(line, end)
        if found is None and BEGINNING.fullmatch(line[max(0, word.start() - 100) : word.start()]):
            found = WHOLE.match(line, end)
        if found is None:
            continue
        value = found["value"]
        quote = value[0] if value[0] in "\"'" else ""
        parts += [line[start : found.start("value")], quote, MASK, quote]
        start = found.end("value")
    return "".join(parts) + line[start:]


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
