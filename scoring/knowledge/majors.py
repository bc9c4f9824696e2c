"""When the major versions of learning libraries came out (majors.toml beside this module)."""

import tomllib
from datetime import datetime
from importlib.resources import files

from scoring import knowledge

_TABLE = tomllib.loads(files(knowledge).joinpath("majors.toml").read_text("utf-8"))


def months_of(text: str) -> int:
    """Months of a year and month as written: "2019-09"."""
    year, month = text.split("-")
    return int(year) * 12 + int(month)


def month_at(moment: datetime) -> int:
    """The month of a moment, in months."""
    return moment.year * 12 + moment.month


UNTIL: int = months_of(_TABLE["until"])
"""The last month that the table speaks of, in months."""

MAJORS: dict[str, dict[int, int]] = {
    name: {int(major): months_of(month) for major, month in listed.items()} for name, listed in _TABLE["majors"].items()
}
"""Distribution -> major version -> month of its first release, in months."""

_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def month_name(months: int) -> str:
    """As a sentence says it: "September 2019"."""
    year, month = divmod(months - 1, 12)
    return f"{_NAMES[month]} {year}"
