"""Keys and values of one configuration file, put together once for all that look for a few names among thousands."""

from scoring.analyses.in_place import InPlace
from scoring.analyses.memo import Memo
from scoring.facts import ConfigFacts


def _lines(item: InPlace[ConfigFacts]) -> str:
    return "\n".join(["", *[setting.key for setting in item.facts.settings], ""])


def _last(item: InPlace[ConfigFacts]) -> frozenset[str]:
    keys = [setting.key for setting in item.facts.settings]
    return frozenset([key[key.rfind(".") + 1 :] for key in keys])


def _parts(item: InPlace[ConfigFacts]) -> frozenset[str]:
    keys = [setting.key for setting in item.facts.settings]
    return frozenset(".".join(keys).split(".") if keys else ())


def _values(item: InPlace[ConfigFacts]) -> str:
    return "\n".join([one.value for one in item.facts.settings if one.kind in ("string", "list", "reference")])


value_text = Memo(_values)
"""The values that may hold names, one after another."""
key_lines = Memo(_lines)
"""All of them as text, each between two line ends."""
last_names = Memo(_last)
"""What each is called within its section."""
key_parts = Memo(_parts)
"""Every part of any of them."""
