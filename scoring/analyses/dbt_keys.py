"""Models of dbt whose rows nothing tests to be one for each key (dat.5).

A key is tested by what the properties file lists (unique, a unique combination of columns, a test of its own with such
a name, a primary key that the warehouse enforces), or by a query among the tests that counts groups of the model.
Models are not asked whose rows can be no more than what they are made from, one to one, that make one row for each key
themselves, or that only models with such a test read.
"""

import re

from scoring.analyses.dbt_projects import Described, Model, Project, dbt_projects
from scoring.analyses.view import View
from scoring.findings import SQL, Answer, Hit, Measure, NotApplicable, Unknown

_HAS_NO_KEY = re.compile(r"(?:^|_)(?:dummy|example|spine|calendar)(?:_|$)|^dim_dates?$|^my_(?:first|second)_dbt_model$")
_KEPT_BY_OTHERS = re.compile(r"information_schema|account_usage", re.IGNORECASE)
"""Tables in which a warehouse tells of itself."""
_DEEPEST = 20
"""Models in a row that a test at the end answers for."""
_UNSEEN = 5
"""One model of as many may have its tests in a file that went unread."""
_VERSION = re.compile(r"_v\d+$")


def untested_keys(view: View) -> Answer:
    """Share of the models of every dbt project that have a test of their primary key."""
    projects = dbt_projects(view)
    if not projects:
        return NotApplicable("no dbt project")
    asked = [(project, [model for model in project.models if model.is_table]) for project in projects]
    if not any(models for _, models in asked):
        return Unknown("its models went unread") if view.unread(SQL) else NotApplicable("the dbt project has no models")
    tested, unseen, hits = 0, 0, []
    for project, models in asked:
        keyed = _keyed(project)
        sources, later = project.keyed_sources, _caught_later(project, keyed)
        for model in models:
            said = _described(model, project)
            if model.name in keyed:
                tested += 1
            elif model.name in later or (said and said.aside) or not _may_double(model, sources):
                continue
            elif _is_known(said, project):
                hits.append(_hit(model, said))
            else:
                unseen += 1
    decided = tested + len(hits)
    if not decided:
        return Unknown("files of the dbt project went unread, or none of its models can double a row")
    if _UNSEEN * unseen > decided + unseen:
        return Unknown(f"what may test {unseen} of {decided + unseen} models went unread")
    return Measure(tested / decided, decided, tuple(hits))


def _keyed(project: Project) -> frozenset[str]:
    said = {model.name: _described(model, project) for model in project.models}
    listed = {name for name, properties in said.items() if properties and properties.has_key_test}
    return project.tested_by_query | listed


def _caught_later(project: Project, keyed: frozenset[str]) -> frozenset[str]:
    """Models that others read and none without a test of its own key: a doubled row stops there."""
    children: dict[str, set[str]] = {}
    for name, parents in project.parents.items():
        for parent in parents:
            children.setdefault(parent, set()).add(name)
    caught: set[str] = set()
    for _ in range(_DEEPEST):
        answered = keyed | caught
        found = {parent for parent, below in children.items() if below <= answered} - caught
        if not found:
            break
        caught |= found
    return frozenset(caught)


def _is_known(said: Described | None, project: Project) -> bool:
    """What is said of it was read whole: a file cut short may test it further down."""
    return said.path not in project.unread if said else not project.unread


def _may_double(model: Model, keyed: frozenset[str]) -> bool:
    text = model.item.facts.dbt
    if text is None or text.one_per_key or _HAS_NO_KEY.search(model.name):
        return False
    if any(_KEPT_BY_OTHERS.search(name) for name, _ in text.sources):
        return False
    joins = text.multiplies and bool(text.refs or text.sources)
    return joins or any(name not in keyed for name, _ in text.sources)


def _described(model: Model, project: Project) -> Described | None:
    said = project.described.get(model.name)
    return said or project.described.get(_VERSION.sub("", model.name))


def _hit(model: Model, said: Described | None) -> Hit:
    """Where the test would be written: at the model's name in the properties file, else where the model stands."""
    key = model.settings.get("unique_key", "")
    built = f" It is built by the key `{key}`, which an upsert trusts blindly." if key and "(" not in key else ""
    where = "" if said else " No properties file describes it."
    return Hit(
        path=said.path if said else model.item.entry.path,
        line=said.line if said else 1,
        key=model.name,
        symbol=model.name,
        message=f"Nothing tests that `{model.name}` has one row for each key, so what doubles rows in it passes on to "
        f"all that reads it.{built}{where}",
        evidence={"model": model.item.entry.path},
    )
