"""How much configuration stands beside the machine-learning code (cfg.1).

Lines of the component's own configuration files, each content once: no data, no manifest, no example, nothing that a
template makes. Lines of code are those of the files that import an algorithm or a data library.
"""

from scoring.analyses.memo import Latest
from scoring.analyses.own_configs import own_configs
from scoring.analyses.view import InPlace, View
from scoring.facts import ConfigFacts
from scoring.findings import CFG, Answer, Measure, NotApplicable, Unknown

MAX_KEYS = 1_500
"""More are data, and no settings."""
MIN_CODE_LINES = 200
"""Under them one file more or less turns the ratio over."""

_latest: Latest[Answer] = Latest()


def config_volume(view: View) -> Answer:
    """Lines of configuration for each line of code on the ML path."""
    own = own_configs(view)
    rests_on = tuple((item.entry.path, item.entry.blob) for item in own)
    code = round(view.ml_kloc * 1000)
    return _latest((rests_on, code, view.unread(CFG)), lambda: _ratio(own, code, unread=view.unread(CFG) > 0))


def _ratio(own: tuple[InPlace[ConfigFacts], ...], code: int, *, unread: bool) -> Answer:
    lines = {item.entry.blob: item.facts.lines for item in own if _is_kept_by_hand(item)}
    if not lines:
        return Unknown("files went unread") if unread else NotApplicable("no configuration of its own was seen")
    if code < MIN_CODE_LINES:
        return Unknown(f"{code} lines of ML code are too few for a ratio")
    total = sum(lines.values())
    note = f"{total} lines of configuration in {len(lines)} files, {code} lines of ML code"
    return Measure(total / code, len(lines), note=note)


def _is_kept_by_hand(item: InPlace[ConfigFacts]) -> bool:
    return "example" not in item.entry.roles and len(item.facts.settings) <= MAX_KEYS
