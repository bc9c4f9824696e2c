"""Settings that guard a branch and always had the same value (dec.5)."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from scoring.analyses.experiments import running
from scoring.analyses.memo import Memo
from scoring.analyses.named import commanded
from scoring.analyses.own_configs import own_configs
from scoring.analyses.placing import place_name
from scoring.analyses.starts import is_offered
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, Setting, SettingUse
from scoring.findings import CFG, Answer, Hit, Measure, NotApplicable, Unknown

STEADY = timedelta(days=180)
ARGUMENTS = frozenset({"args", "opt", "opts", "options", "FLAGS", "self.args", "self.opt", "self.opts", "self.options"})
"""Roots whose values come from a command line."""
MODES = re.compile(
    r"debug|verbose|quiet|dry|fast_dev|warning|resume|^train(?:ing)?$|^test(?:ing)?$|^eval|^valid|^predict|mode$|^do_|log|wandb|mlflow"
    r"|tensorboard|print|save|profil|cuda|gpu|device|cpu|seed|determin|cache|download|plot|visuali|show|enabled$|disabled$"
    r"|^env|environment|overwrite|force",
    re.IGNORECASE,
)
"""Settings by which people run a program one way or the other, on one machine or another; kill switches."""

_ENUM = re.compile(r"[A-Za-z_][\w-]{0,30}").fullmatch


class _Guard(NamedTuple):
    file: PythonFile
    use: SettingUse


def _guarding(file: PythonFile) -> tuple[SettingUse, ...]:
    guards = file.facts.settings.guards if file.facts.settings else ()
    return tuple(use for use in guards if use.root not in ARGUMENTS and not MODES.search(use.path.rpartition(".")[2]))


_guards_of: Memo[PythonFile, tuple[SettingUse, ...]] = Memo(_guarding)


def _told(item: InPlace[ConfigFacts]) -> dict[str, list[Setting]]:
    """Last part of a key -> its settings."""
    found: dict[str, list[Setting]] = {}
    for setting in item.facts.settings:
        found.setdefault(setting.key.rpartition(".")[2], []).append(setting)
    return found


_settings_of = Memo(_told)


def _is_choice(setting: Setting, use: SettingUse) -> bool:
    return setting.kind == "boolean" or (
        use.how == "compared" and setting.kind == "string" and bool(_ENUM(setting.value))
    )


def steady_keys(view: View) -> Answer:
    """Settings that guard a branch and have had one value in all files for 180 days."""
    kept = _kept(view)
    if kept.unknown:
        return Unknown(kept.unknown)
    if not kept.known:
        return Unknown("files went unread") if view.unread(CFG) else NotApplicable("no setting guards a branch")
    if view.history is None or view.history.reason:
        return Unknown("the history is not known")
    dated = view.history.last_change
    known = {path: found for path, found in kept.known.items() if all(item.entry.path in dated for item, _ in found)}
    if not known:
        return Unknown("when the settings last changed is not known")
    varied = running(view) | kept.varied
    hits = [
        _hit(kept.guards[path], found)
        for path, found in sorted(known.items())
        if path.rpartition(".")[2] not in varied and _is_steady(found, dated, view.as_of - STEADY)
    ]
    return Measure(len(hits) / view.ten_klocs, len(known), tuple(hits))


class _Kept(NamedTuple):
    """What the files say, whatever the moment."""

    guards: dict[str, _Guard]
    known: "dict[str, Values]"
    """Path of a read -> the settings that it may mean."""
    varied: frozenset[str]
    unknown: str
    """Why nothing can be said of them."""


@lru_cache(maxsize=1)
def _kept(view: View) -> _Kept:
    guards: dict[str, _Guard] = {}
    for file in view.product_once if own_configs(view) else ():
        for use in _guards_of(file):
            guards.setdefault(use.path, _Guard(file, use))
    if guards and is_offered(view):
        return _Kept(guards, {}, frozenset(), "a package for others: what they set stands elsewhere")
    known = {path: found for path, guard in guards.items() if (found := list(_values(view, guard.use)))}
    if known and view.python_unseen:
        return _Kept(guards, {}, frozenset(), "Python that may set them went unread")
    return _Kept(guards, known, _varied(view, {path.rpartition(".")[2] for path in known}), "")


Values = list[tuple[InPlace[ConfigFacts], Setting]]


def _values(view: View, use: SettingUse) -> Iterator[tuple[InPlace[ConfigFacts], Setting]]:
    """The settings that a read may mean, if all of them are choices."""
    last = use.path.rpartition(".")[2]
    found = [
        (item, setting)
        for item in own_configs(view)
        if "example" not in item.entry.roles
        for setting in _settings_of(item).get(last, ())
        if _may_mean(use.path, setting.key, item.entry.path)
    ]
    if all(_is_choice(setting, use) for _, setting in found):
        yield from found


def _may_mean(path: str, key: str, file: str) -> bool:
    """The key ends as the read does, or the other way round and the file or its folder is named for the rest."""
    if f".{key}".endswith(f".{path}"):
        return True
    if not path.endswith(f".{key}"):
        return False
    section = path.removesuffix(f".{key}").rpartition(".")[2]
    folder, _, name = file.rpartition("/")
    return section in (folder.rpartition("/")[2], name.partition(".")[0])


def _varied(view: View, names: set[str]) -> frozenset[str]:
    """Of the names of settings, those that code sets or a command names."""
    return frozenset(names & frozenset().union(*map(_written_by, view.whole))) | commanded(view, names)


def _written(file: PythonFile) -> frozenset[str]:
    uses = file.facts.settings.uses if file.facts.settings else ()
    return frozenset([use.path.rpartition(".")[2] for use in uses if use.how == "set"])


_written_by: Memo[PythonFile, frozenset[str]] = Memo(_written)


def _is_steady(found: Values, changed: Mapping[str, datetime], since: datetime) -> bool:
    """All files say the same, and none of them changed since."""
    return len({setting.value.lower() for _, setting in found}) == 1 and all(
        changed[item.entry.path] < since for item, _ in found
    )


def _hit(guard: _Guard, found: Values) -> Hit:
    item, setting = found[0]
    others = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return Hit(
        path=item.entry.path,
        line=max(1, setting.line),
        key=f"steady {setting.key}",
        message=f"`{setting.key}` has been {setting.value} here{others} for over 180 days, and the branch at "
        f"{place_name(guard.file, guard.use.line)} waits for something else: nobody tries the other way.",
        evidence={"value": setting.value, "files": len({item.entry.path for item, _ in found})},
    )
