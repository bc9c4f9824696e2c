"""Layers of dbt projects, and where models reach past them (jun.5), by rules that dbt-project-evaluator publishes.

A model that reads a raw table beside other models, outside of the layer that reads raw tables; a staging model that
stands on another. Names that templates work out are no edge. Not told are steps joined again with what they were made
from, as most are how facts and dimensions are put together, and sources without a freshness: a table that never
changes looks the same.
"""

import re
from collections.abc import Iterable, Iterator

from scoring.analyses.dbt_projects import Model, Project, dbt_projects
from scoring.analyses.view import View
from scoring.findings import SQL, Answer, Hit, Measure, NotApplicable, Unknown

_STAGING = "stg_"
_BEFORE_STAGING = ("stg_", "base_")
_NO_STAGING = re.compile(
    r"(?:^|[_.])(?:utils?|calendar|days?|dates?|numbers|spine|snapshots?|ref|references?|lookups?|mappings?|seeds?|information_schema"
    r"|account_usage|marts?|summary)(?:[_.]|$)",
    re.IGNORECASE,
)
"""In the name of a source or its table: there is nothing to clean."""
_LAYER = 0.5
"""Share of a folder's models that read raw tables, from which on it is the layer that does."""


def layer_breaches(view: View) -> Answer:
    """Breaches per 100 models and tables of sources, over every dbt project."""
    projects = dbt_projects(view)
    if not projects:
        return NotApplicable("no dbt project")
    nodes = sum([len(project.models) + sum([len(s.tables) for s in project.sources]) for project in projects])
    if not nodes:
        return Unknown("its models went unread") if view.unread(SQL) else NotApplicable("the dbt project has no models")
    hits = tuple([hit for project in projects for hit in _hits(project)])
    return Measure(100 * len(hits) / nodes, nodes, hits)


def _hits(project: Project) -> Iterator[Hit]:
    models = {model.name: model for model in project.models if model.enabled}
    parents, layer = project.parents, _source_layer(models.values())
    for name, model in models.items():
        if _folder(model) not in layer:
            yield from _direct_join(model, parents[name])
        yield from _staging_on_staging(model, parents[name])


def _source_layer(models: Iterable[Model]) -> frozenset[str]:
    """Folders of which most models read raw tables."""
    counts: dict[str, list[bool]] = {}
    for model in models:
        counts.setdefault(_folder(model), []).append(bool(model.item.facts.dbt and model.item.facts.dbt.sources))
    return frozenset([folder for folder, read in counts.items() if len(read) > 1 and sum(read) >= _LAYER * len(read)])


def _folder(model: Model) -> str:
    return model.item.entry.path.rpartition("/")[0]


def _hit(model: Model, line: int, key: str, message: str, remedy: str) -> Hit:
    return Hit(path=model.item.entry.path, line=line, key=key, symbol=model.name, message=message, remedy=remedy)


def _direct_join(model: Model, parents: dict[str, int]) -> Iterator[Hit]:
    asked = model.item.facts.dbt.sources if model.item.facts.dbt else ()
    sources = [(name, line) for name, line in asked if not _NO_STAGING.search(name)]
    if parents and sources and not model.name.startswith(_BEFORE_STAGING):
        name, line = sources[0]
        yield _hit(
            model,
            line,
            f"source {name.lower()}",
            f"`{model.name}` reads the raw table `{name}` beside models such as `{next(iter(parents))}`: what cleans "
            "that table is repeated here, or missing.",
            "Give the table a staging model that renames and casts, and refer to that.",
        )


def _staging_on_staging(model: Model, parents: dict[str, int]) -> Iterator[Hit]:
    """Told once for each model."""
    below = [parent for parent in parents if parent.startswith(_STAGING) and not parent.endswith("_base")]
    if model.name.startswith(_STAGING) and below:
        yield _hit(
            model,
            parents[below[0]],
            "staging",
            f"The staging model `{model.name}` stands on the staging model `{below[0]}`: it is a step of its own, "
            "whatever its name says.",
            "Call it an intermediate model and move it there, or let it read its source.",
        )
