"""Numbers, dates and names as they are said (the visual language, sections 4 and 5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from debtboard.domain.queries import frame
from debtboard.domain.queries import wording as w
from debtboard.templatetags.debtboard import ink, say


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (w.number(None), "–"),
        (w.number(60.5), "61"),
        (w.number(-0.04, 1), "0.0"),
        (w.number(-0.9, 1), "−0.9"),
        (w.number(1234.0), "1,234"),
        (w.signed(3.06), "+3.1"),
        (w.signed(0.0), "0.0"),
        (w.half(2.0), "2"),
        (w.half(1.5), "1.5"),
        (w.percent(0.0), "0 %"),
        (w.percent(0.001), "1 %"),
        (w.percent(0.999), "99 %"),
        (w.percent(1.0), "100 %"),
        (w.amount(0.571, "of ML files"), "57.1 % of ML files"),
        (w.amount(0, "yes/no"), "no"),
        (w.amount(4.0, "of 5"), "4 of 5"),
        (w.amount(None, "places"), "–"),
        (w.age(timedelta(days=13, hours=5)), "13 days"),
        (w.age(timedelta(hours=2)), "2 h"),
        (w.day(date(2026, 11, 9), date(2026, 11, 22)), "9 Nov"),
        (w.day(date(2025, 11, 9), date(2026, 11, 22)), "9 Nov 2025"),
        (w.week(date(2026, 11, 16)), "2026-W47"),
        (w.week_span(date(2026, 11, 16)), "16 to 22 Nov 2026"),
        (w.week_span(date(2025, 12, 29)), "29 Dec 2025 to 4 Jan 2026"),
        (w.monday_of(datetime(2026, 11, 22, 23, 59)), date(2026, 11, 16)),
        (w.count(0, "finding"), "no findings"),
    ],
)
def test_wording_says(said, expected):
    assert said == expected


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>&amp;", "<b>&amp;"),
        ("a\nb\x1b[31m\x7f", "a␊b␛[31m␡"),
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("Zo\u00eb ＜ﬁ＞ 模型", "Zo\u00eb ＜ﬁ＞ 模型"),
        ("\ud800", "⟨U+D800⟩"),
    ],
)
def test_visible_marks_what_can_not_be_seen(name, shown):
    assert w.visible(name) == shown


def test_ink_is_put_on_figures_and_their_nouns_alone():
    assert ink("After 4 of 18 promotions another got worse; .012 or more, 38 % of reads, the 10th") == (
        "After <b>4 of 18 promotions</b> another got worse; <b>.012</b> or more, <b>38\u00a0%</b> of reads, "
        "the <b>10th</b>"
    )


def test_ink_and_say_escape_names():
    assert ink("<script>5 files") == "&lt;script&gt;<b>5 files</b>"
    assert say(("<i>", w.Ink("<b>\u202e"))) == "&lt;i&gt;<b>&lt;b&gt;⟨U+202E⟩</b>"


LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""A Sunday; in Berlin it is Monday already, and the next week has begun."""


def test_times_are_shown_in_utc_unless_the_operator_says_so():
    assert frame.stamp(LATE) == frame.Stamp("47", "16 to 22 Nov 2026", "as of Sun 22 Nov, 23:30 UTC")
    assert (w.clock(LATE, LATE), w.day(LATE, LATE.date())) == ("today 23:30", "22 Nov")


def test_shown_zone_moves_the_clock_and_never_the_week(settings):
    settings.SHOWN_TIME_ZONE = "Europe/Berlin"
    assert frame.stamp(LATE) == frame.Stamp("47", "16 to 22 Nov 2026", "as of Mon 23 Nov, 00:30 CET")
    assert w.clock(LATE, LATE) == "today 00:30"
    assert w.clock(LATE - timedelta(hours=1), LATE) == "22 Nov"
    assert (w.day(LATE, LATE.date()), w.day(LATE.date(), LATE.date())) == ("23 Nov", "22 Nov")
