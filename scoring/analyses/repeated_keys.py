"""Keys of a configuration that only repeat what it is composed from (cfg.19).

A file that names others is a change of them: by `_base_`, `includes` and their kin, by a plain name in a defaults
list, or by a choice of a group in it. Lists are replaced whole when files are merged, so that what stands inside of one
has to be said again; and a value that names the file (`accelerator: cpu` in cpu.yaml) is what the file is for.
"""

import posixpath
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from scoring.analyses.config_files import COMPOSING
from scoring.analyses.config_keys import key_lines, last_names
from scoring.analyses.memo import Latest, Memo
from scoring.analyses.own_configs import group, own_configs
from scoring.analyses.settings_modules import kept_in_modules
from scoring.analyses.view import InPlace, View
from scoring.facts import ConfigFacts, Setting
from scoring.findings import CFG, Answer, Hit, Measure, NotApplicable, Unknown

LISTS = COMPOSING | {"_BASE_"}
ENDINGS = ("", ".yaml", ".yml")
MAX_VALUE = 120
"""From this length on a value may have been cut, and equal only so far."""
MAX_DEPTH = 5
MAX_ABOVE = 40
"""Files that one is compared with: what a few files that name each other are composed to has no bound."""
SHOWN = 3

Config = InPlace[ConfigFacts]
Base = tuple[str, dict[str, Setting]]
Parents = dict[str, list[tuple[str, str]]]


class _Parent(NamedTuple):
    """A file that another is composed from, as it may be called, and where its keys go."""

    prefix: str
    paths: tuple[str, ...]


def _named(item: Config) -> tuple[_Parent, ...]:
    named = not LISTS.isdisjoint(last_names(item)) or "\ndefaults." in key_lines(item)
    return tuple(_parents(item)) if named else ()


_parents_of = Memo(_named)


def _parents(item: Config) -> Iterator[_Parent]:
    folder = posixpath.dirname(item.entry.path)
    for setting in item.facts.settings:
        top, _, rest = setting.key.partition(".")
        if top not in LISTS:
            continue
        if not rest or rest.isdigit():
            for name in setting.value.strip("[]").split(","):
                if name := name.strip(" '\""):
                    yield _Parent("", tuple(_candidates(folder, name)))
        elif (chosen := group(setting))[0]:
            named, choice = chosen
            yield _Parent(
                f"{named}.",
                (
                    *_candidates(posixpath.join(folder, named), choice),
                    *_candidates(posixpath.join(posixpath.dirname(folder), named), choice),
                ),
            )


def _candidates(folder: str, name: str) -> Iterator[str]:
    for ending in ENDINGS:
        yield posixpath.normpath(posixpath.join(folder, name + ending))


def _said(item: Config) -> dict[str, Setting]:
    """Its own keys, without those that name what it is composed from."""
    return {setting.key: setting for setting in item.facts.settings if setting.key.partition(".")[0] not in LISTS}


_said_in = Memo(_said)
_latest: Latest[Answer] = Latest()


def repeated_keys(view: View) -> Answer:
    """Share of the keys of composed configurations that repeat what they are composed from."""
    own = own_configs(view)
    rests_on = tuple((item.entry.path, item.entry.blob) for item in own)
    answer = _latest((rests_on, view.unread(CFG)), lambda: _repeated(own, unread=view.unread(CFG) > 0))
    return kept_in_modules(view) or answer if isinstance(answer, NotApplicable) else answer


def _repeated(own: tuple[Config, ...], *, unread: bool) -> Answer:
    by_path = {item.entry.path: item for item in own}
    parents = {item.entry.path: _found(item, by_path) for item in own}
    said = {path: _said_in(by_path[path]) for path, found in parents.items() if found}
    count = total = 0
    hits: list[Hit] = []
    for path, keys in said.items():
        above = tuple(islice(_above(path, parents), MAX_ABOVE))
        bases = [(prefix, _said_in(by_path[base])) for prefix, base in dict.fromkeys(above)]
        same = [setting for setting in keys.values() if _repeats(setting, bases, path)]
        total += len(keys)
        count += len(same)
        if same:
            hits.append(_hit(by_path[path], [base for _, base in parents[path]], same, len(keys)))
    if not total:
        return Unknown("files went unread") if unread else NotApplicable("no configuration is composed from another")
    return Measure(count / total, total, tuple(hits))


def _above(path: str, parents: Parents, prefix: str = "", below: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(prefix of its keys, path) of what a file is composed from, and of what that is: what wins stands first. `below`:
    the files on the way, of which a circle adds nothing."""
    below = (*below, path)
    for added, base in reversed(parents[path]):
        if base not in below:
            yield prefix + added, base
            if len(below) < MAX_DEPTH:
                yield from _above(base, parents, prefix + added, below)


def _found(item: Config, by_path: dict[str, Config]) -> list[tuple[str, str]]:
    """(prefix of its keys, path) of each file that it is composed from, as far as it is here; later ones win."""
    found = []
    for prefix, paths in _parents_of(item):
        path = next((path for path in paths if path in by_path and path != item.entry.path), "")
        if path:
            found.append((prefix, path))
    return found


def _repeats(setting: Setting, bases: Sequence[Base], path: str) -> bool:
    key, value = setting.key, setting.value
    if len(value) >= MAX_VALUE or value != _value(key, bases) or any(part.isdigit() for part in key.split(".")):
        return False
    return not value or value.lower() not in path.rpartition("/")[2].lower()


def _value(key: str, bases: Sequence[Base]) -> str | None:
    """What a key has without the file that says it again."""
    for prefix, said in bases:
        if key.startswith(prefix) and (found := said.get(key[len(prefix) :])):
            return found.value
    return None


def _hit(item: Config, parents: list[str], same: list[Setting], total: int) -> Hit:
    names = ", ".join(f"`{setting.key}`" for setting in same[:SHOWN])
    more = f" and {len(same) - SHOWN} more" if len(same) > SHOWN else ""
    base = parents[0].rpartition("/")[2] if len(parents) == 1 else "the files that it is composed from"
    return Hit(
        path=item.entry.path,
        line=max(1, min(setting.line for setting in same)),
        key=f"repeats {len(parents)}",
        message=f"{names}{more} {'repeats' if len(same) == 1 else 'repeat'} what {base} already "
        f"{'says' if len(parents) == 1 else 'say'} ({len(same)} of {total} keys): a change there will not reach this "
        "file.",
        evidence={"repeated": len(same), "keys": total},
    )
