"""Models of dbt as they are written: tables that they name themselves, past `ref` and `source` (sta.5)."""

from scoring.analyses.dbt_projects import dbt_roots
from scoring.analyses.memo import Memo
from scoring.analyses.view import InPlace, View
from scoring.facts import TextFacts
from scoring.findings import SQL, Answer, Hit, Measure, NotApplicable, Unknown

MODELS = ("models/", "snapshots/")
"""Folders of a project in which each file is one table (dbt's defaults)."""
_SKIPPED = frozenset({"test", "docs", "generated"})


def hard_coded_tables(view: View) -> Answer:
    """Tables named in full by the models of every dbt project, per 10 KLOC of ML code."""
    folders = tuple([root + folder for root in dbt_roots(view) for folder in MODELS])
    if not folders:
        return NotApplicable("no dbt project")
    models = [item for item in view.of(TextFacts) if item.entry.path.startswith(folders) and _is_model(item)]
    if not models:
        return Unknown("its models went unread") if view.unread(SQL) else NotApplicable("the dbt project has no models")
    hits = [hit for item in models for hit in _hits_of(item)]
    return Measure(len(hits) / view.ten_klocs, len(models), tuple(hits))


def _is_model(item: InPlace[TextFacts]) -> bool:
    return item.entry.language == "sql" and item.facts.code_lines > 0 and not item.entry.roles & _SKIPPED


def _hits(item: InPlace[TextFacts]) -> tuple[Hit, ...]:
    """One for each table, where it is first named."""
    first: dict[str, int] = {}
    for name, line in item.facts.tables:
        first.setdefault(name, line)
    return tuple(
        Hit(
            path=item.entry.path,
            line=line,
            key=name.lower(),
            message=f"`{name}` is named directly: dbt does not know that this model depends on it, and neither builds "
            "it first nor shows it in the lineage.",
            evidence={"table": name},
        )
        for name, line in first.items()
    )


_hits_of = Memo(_hits)
