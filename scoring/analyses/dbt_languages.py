"""Languages that are a tool's own shape: a dbt project is SQL and Python side by side, whoever uses it (mul.1)."""

from math import fsum

from scoring.analyses.dbt_projects import dbt_roots
from scoring.analyses.languages import Share, Spread, spread
from scoring.analyses.view import View

SQL = "SQL"


def chosen_spread(view: View) -> Spread:
    """The languages on the way, without the SQL of a component that holds a dbt project."""
    found = spread(view)
    if not dbt_roots(view) or all(item.name != SQL for item in found.shares):
        return found
    left = [item for item in found.shares if item.name != SQL]
    total = fsum(item.share for item in left)
    return found._replace(shares=tuple([_of(item, total) for item in left]))


def _of(item: Share, total: float) -> Share:
    return item._replace(share=item.share / total)
