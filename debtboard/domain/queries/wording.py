"""How numbers, dates, ages and states are said, on pages and in the API's prose. Plain text out."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

MINUS, DASH = "−", "–"
STATES = {
    "found": "found",
    "clear": "clear",
    "unknown": "unseen",
    "not_applicable": "does not apply",
    "error": "could not be measured",
}


class Ink(str):
    """A part of a sentence that stands in bold ink: a figure with its noun, or a name."""

    __slots__ = ()


def capitalised(parts: Sequence[str]) -> tuple[str, ...]:
    """A sentence that begins with a capital; what is ink stays ink."""
    first = parts[0][:1].upper() + parts[0][1:]
    return (Ink(first) if isinstance(parts[0], Ink) else first, *parts[1:])


def number(value: float | None, digits: int = 0) -> str:
    """61, 1.5, −0.4; an en dash for what is not known. Halves up, so that print and sum agree."""
    if value is None:
        return DASH
    scale = 10**digits
    rounded = int(abs(value) * scale + 0.5 + 1e-9) / scale
    sign = MINUS if value < 0 and rounded else ""
    return f"{sign}{rounded:,.{digits}f}"


def plain(value: float | None) -> str:
    """A measured value: no trailing zeros, at most two decimals (three under .1)."""
    if value is None:
        return DASH
    digits = 3 if 0 < abs(value) < 0.1 else 2
    text = number(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def half(value: float | None) -> str:
    """A rubric sum: 1.5, 2; halves for a component, one decimal for a team."""
    text = number(value, 1)
    return text.removesuffix(".0")


def amount(value: float | None, unit: str) -> str:
    """A measure in its unit: "3 places", "57 % of ML files", "yes"."""
    if value is None:
        return DASH
    if unit == "yes/no":
        return "yes" if value >= 1 else "no" if value <= 0 else plain(value)
    if unit == "share" or (unit.startswith("of ") and not unit[3:4].isdigit()):
        return f"{plain(round(100 * value, 1))} % {unit.removeprefix('share')}".rstrip()
    return f"{plain(value)} {'' if unit == '0, 0.5, 1' else unit}".rstrip()


def signed(change: float | None) -> str:
    """+3.1, −0.9, 0.0: a change always has a sign and one decimal."""
    if change is None:
        return DASH
    text = number(change, 1)
    return text if text.startswith(MINUS) or float(text.replace(",", "")) == 0 else f"+{text}"


def percent(share: float | None) -> str:
    """38 %; never 0 % or 100 % unless it is exactly that."""
    if share is None:
        return DASH
    whole = int(share * 100 + 0.5)
    if share > 0:
        whole = max(whole, 1)
    if share < 1:
        whole = min(whole, 99)
    return f"{whole} %"


def count(amount: int, noun: str, plural: str = "") -> str:
    """1 finding, 3 findings, no findings."""
    if amount == 1:
        return f"1 {noun}"
    return f"{amount:,} {plural or noun + 's'}" if amount else f"no {plural or noun + 's'}"


def applying(number_of: int, noun: str) -> str:
    """1 signal or group applies; 5 signals or groups apply."""
    if number_of == 1:
        return f"1 {noun} or group applies"
    return f"{count(number_of, f'{noun} or group', f'{noun}s or groups').capitalize()} apply"


def were(amount: int) -> str:
    return "was" if amount == 1 else "were"


def day(moment: date | datetime | None, today: date | None = None) -> str:
    """18 Nov, with the year when it is not this one."""
    if moment is None:
        return DASH
    moment = shown(moment) if isinstance(moment, datetime) else moment
    text = f"{moment.day} {moment:%b}"
    return text if today is not None and moment.year == today.year else f"{text} {moment.year}"


def clock(moment: datetime | None, now: datetime) -> str:
    """today 08:10, or the day."""
    if moment is None:
        return "never"
    local = shown(moment)
    return f"today {local:%H:%M}" if local.date() == shown(now).date() else day(moment, now.date())


def shown(moment: datetime) -> datetime:
    """In the zone that the operator shows times in. Weeks are UTC weeks in every zone."""
    return moment.astimezone(ZoneInfo(settings.SHOWN_TIME_ZONE))


def branch_said(branch: str) -> str:
    """branch release/2026, or the default branch."""
    return f"branch {branch}" if branch else "the default branch"


def age(span: timedelta) -> str:
    """In the largest whole unit: 13 days, 2 h, 4 min."""
    seconds = max(0, int(span.total_seconds()))
    days = seconds // 86_400
    if days >= 730:
        return f"{days // 365} years"
    if days >= 1:
        return count(days, "day")
    if seconds >= 3600:
        return f"{seconds // 3600} h"
    return f"{seconds // 60} min" if seconds >= 60 else f"{seconds} s"


def week(monday: date) -> str:
    """2026-W47."""
    year, number_, _ = monday.isocalendar()
    return f"{year}-W{number_:02d}"


def week_short(monday: date, with_year: bool = False) -> str:
    year, number_, _ = monday.isocalendar()
    return f"W{number_:02d} {year}" if with_year else f"W{number_:02d}"


def week_span(monday: date) -> str:
    """16 to 22 Nov 2026."""
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        return f"{monday.day} to {sunday.day} {sunday:%b %Y}"
    if monday.year == sunday.year:
        return f"{monday.day} {monday:%b} to {sunday.day} {sunday:%b %Y}"
    return f"{monday.day} {monday:%b %Y} to {sunday.day} {sunday:%b %Y}"


def monday_of(moment: date | datetime) -> date:
    point = moment.date() if isinstance(moment, datetime) else moment
    return point - timedelta(days=point.weekday())


def visible(text: str) -> str:
    """Control, format and bidirectional characters as visible marks (robustness T11), the rest untouched.

    C0 becomes its control picture; anything else of Cc, Cf, Co, Cs, Zl and Zp becomes ⟨U+202E⟩.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_mark(character) for character in text)


def _mark(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}:
        return f"⟨U+{code:04X}⟩"
    return character
