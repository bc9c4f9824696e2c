"""Prototype size limits left in the main path: parts of the data, few steps, trial switches (catalogue 4.19, pro.5)."""

import re
from typing import NamedTuple

from scoring import knowledge
from scoring.analyses.calls import calls_of
from scoring.analyses.config_keys import last_names
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import Call, ConfigFacts, Setting
from scoring.findings import Answer, Hit, Measure, NotApplicable
from scoring.knowledge.limits import ROWS, STEPS, SWITCHES

TRIAL_STEPS = 100
"""Steps up to which a limit on training is a trial."""
DEBUG_SERVERS = re.compile(
    r"(?:flask\.Flask|dash\.Dash|quart\.Quart|sanic\.Sanic)\(\)\.(?:run|run_server)$|^uvicorn\.run$"
)

CONFIG_ROWS = ROWS | {"max_train_samples", "max_eval_samples", "sample_rows", "subsample_rows", "limit_rows"}
_SETTING_LIMITS = CONFIG_ROWS | SWITCHES
TRIAL_FILE = re.compile(
    r"(?:^|[^a-z])(?:debug|dev|develop|development|local|test|tests|smoke|demo|example|sample|toy|tiny|mini|small|quick|fast|ci)(?:[^a-z]|$)",
    re.IGNORECASE,
)
"""A file whose name says that it is a trial is no main path."""
_OFF_THE_PATH = frozenset({"test", "example", "docs", "generated", "ci"})
"""Roles of configuration that no main path reads."""
ROUND = 10
WHOLE = re.compile(r"\d+")
FRACTION = re.compile(r"0?\.\d+")


def sample_limits(view: View) -> Answer:
    """Sample limits in product code and configuration, per 10 KLOC of ML code."""
    hits: list[Hit] = []
    examined = 0
    for limits in (*map(_limits_of, view.ml_once), *map(_settings_of, view.configs)):
        examined += limits.examined
        hits += limits.hits
    if not examined:
        return NotApplicable("nothing reads data, fits a model or sets a limit")
    hits.sort(key=lambda hit: (hit.path, hit.line, hit.key))
    return Measure(len(hits) / view.ten_klocs, examined, tuple(hits))


class _Limits(NamedTuple):
    """Of one file: the calls that read, fit, take a part or set a limit, or the settings; and the limits."""

    examined: int
    hits: tuple[Hit, ...]


_NONE = _Limits(0, ())


def _limits(file: PythonFile) -> _Limits:
    if "example" in file.roles or TRIAL_FILE.search(file.path):
        return _NONE
    facts, notebook = file.facts, file.is_notebook
    found = [(call, what) for call in facts.calls if _names_limit(call) and (what := _limit(call, notebook=notebook))]
    found = [(call, what) for call, what in found if not _is_within(call, facts.trials)]
    examined = {id(call) for kind in _LIMITED for call in calls_of(facts, kind)}.union([id(call) for call, _ in found])
    return _Limits(len(examined), tuple([placed(_call_hit(call, what), file) for call, what in found]))


def _is_within(call: Call, trials: tuple[tuple[int, int], ...]) -> bool:
    """Whether it stands where a switch or the environment decides: a limit there is meant."""
    return any(first <= call.line <= last for first, last in trials)


_limits_of = Memo(_limits)


_LIMITED = ("READ", "FIT", "SAMPLE")
_LIMITS = ROWS | STEPS | SWITCHES | {"debug"}


def _names_limit(call: Call) -> bool:
    """Whether it is worth a look: it has such a keyword, or replaces what it is called on."""
    if call.target and call.target == call.receiver:
        return True
    return bool(call.keywords) and not _LIMITS.isdisjoint([name for name, _ in call.keywords])


def _limit(call: Call, *, notebook: bool) -> str:
    """The limit as written, "" when the call sets none."""
    reads = bool(call.keywords) and knowledge.is_call(call.name, "READ")
    for name, literal in call.keywords:
        if reads and name in ROWS and _is_round(literal):
            return f"{name}={literal}"
        if name in STEPS and WHOLE.fullmatch(literal) and 0 < int(literal) <= TRIAL_STEPS:
            return f"{name}={literal}"
        if name in SWITCHES and literal == "True":
            return f"{name}=True"
        if name == "debug" and literal == "True" and DEBUG_SERVERS.search(call.name):
            return "debug=True"
    return "" if notebook or not call.target else _part_of_frame(call)


def _part_of_frame(call: Call) -> str:
    """`rows = rows.head(1000)`: a frame replaced by a part of itself. A part under a new name is a use of its own."""
    if call.target != call.receiver or not knowledge.is_call(call.name, "SAMPLE"):
        return ""
    method = call.name.rpartition(".")[2]
    fraction = next((literal for name, literal in call.keywords if name == "frac"), "")
    if method == "sample" and FRACTION.fullmatch(fraction):
        return f"sample(frac={fraction})"
    count = call.first or next((literal for name, literal in call.keywords if name == "n"), "")
    return f"{method}({count})" if _is_round(count) else ""


def _is_round(count: str) -> bool:
    """Whether a number of rows was chosen and not counted: the limits of trials are round numbers."""
    return WHOLE.fullmatch(count) is not None and int(count) >= ROUND and int(count) % ROUND == 0


def _call_hit(call: Call, what: str) -> Hit:
    callee = call.name.removesuffix("()").rpartition(".")[2]
    cost = "the server shows its inside to callers" if what.startswith("debug") else "what runs is less than all of it"
    return Hit(
        line=call.line,
        end_line=call.end_line,
        key=f"{callee}:{what.partition('=')[0]}",
        symbol=call.scope,
        message=f"`{what}` in {callee} is a limit of a trial left in the main path: {cost}.",
        evidence={"limit": what},
    )


def _settings(config: InPlace[ConfigFacts]) -> _Limits:
    entry, facts = config
    if not entry.roles.isdisjoint(_OFF_THE_PATH) or TRIAL_FILE.search(entry.path):
        return _NONE
    if _SETTING_LIMITS.isdisjoint([name.lower() for name in last_names(config)]):
        return _Limits(len(facts.settings), ())
    hits = tuple(
        Hit(
            path=entry.path,
            line=max(setting.line, 1),
            key=setting.key,
            message=f"{setting.key} is {setting.value} here: a limit of a trial that each run with it keeps.",
            evidence={"limit": f"{setting.key}={setting.value}"},
        )
        for setting in facts.settings
        if _is_limit(setting)
    )
    return _Limits(len(facts.settings), hits)


_settings_of = Memo(_settings)


def _is_limit(setting: Setting) -> bool:
    name = setting.key.rpartition(".")[2].lower()
    if name in SWITCHES:
        return setting.value.lower() == "true"
    return name in CONFIG_ROWS and _is_round(setting.value)
