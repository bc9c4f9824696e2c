"""Where evidence comes from: the codes of the ruler's sources, in words."""

from collections.abc import Mapping

EVIDENCE: Mapping[str, str] = {
    "PY": "Python code",
    "NB": "notebooks",
    "SQL": "SQL and dbt models",
    "CFG": "configuration files",
    "PKG": "packaging, CI, images and documentation",
    "GIT": "git history",
    "LIN": "lineage and experiment runs",
    "MON": "monitoring",
    "XR": "other repositories",
    "ATT": "people",
}


def evidence_words(source: str) -> str:
    """The sources of a row, in words: "PY+PKG" -> "Python code; packaging, CI, images and documentation"."""
    return "; ".join(EVIDENCE[code] for code in source.split("+"))
