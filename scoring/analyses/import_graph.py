"""Which of the component's own modules each file imports, resolved once per view."""

from functools import lru_cache

from scoring.analyses.modules import imports_of
from scoring.analyses.view import View


@lru_cache(maxsize=4)
def imports_by_path(view: View) -> dict[str, frozenset[str]]:
    """path -> the paths it imports, for every parsed module and notebook."""
    return {file.path: imports_of(view, file) for file in view.python}
