"""INI and .cfg files as (section, key, value, line), read line by line so that no dialect aborts.

configparser gives no lines, and stops at duplicate keys, bare keys and interpolation that real files have.
"""

import re
from typing import NamedTuple

from scoring.readers.decoding import cut_lines

MAX_ENTRIES = 20_000

_SECTION = re.compile(r"^\[([^\]]*)\]\s*(?:[#;].*)?$")
_ENTRY = re.compile(r"^([^\s=:#;\[][^=:]{0,300})[=:]\s?(.*)$")


class Entry(NamedTuple):
    """One key. `values` are the lines of its value with their line numbers, comments and blank ones left out."""

    section: str
    key: str
    line: int
    values: tuple[tuple[str, int], ...]

    @property
    def value(self) -> str:
        return "\n".join(text for text, _ in self.values)


def entries(text: str) -> list[Entry]:
    """All keys in the order of the text; what is neither section nor key is passed over."""
    found: list[Entry] = []
    section, key, key_line = "", "", 0
    values: list[tuple[str, int]] = []

    def close() -> None:
        if key and len(found) < MAX_ENTRIES:
            found.append(Entry(section, key, key_line, tuple(values)))

    for number, line in enumerate(cut_lines(text), start=1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        if line[0] in " \t" and key:
            values.append((stripped, number))
            continue
        header = _SECTION.match(stripped)
        entry = None if header else _ENTRY.match(stripped)
        if header or entry:
            close()
            key, values = "", []
        if header:
            section = header[1].strip()
        elif entry:
            key, key_line = entry[1].strip(), number
            values = [(entry[2].strip(), number)] if entry[2].strip() else []
    close()
    return found
