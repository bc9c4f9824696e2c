"""The template tags of the visual language: every one a thin call of `debtboard.charts` or of the wording."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from debtboard.charts import bars, sparklines, steps, strips
from debtboard.domain.queries import wording
from debtboard.domain.queries.kept import Kept

register = template.Library()

register.simple_tag(bars.segment_bar)
register.simple_tag(bars.large_bar)
register.simple_tag(bars.score_bar)
register.simple_tag(bars.share_bar)
register.simple_tag(bars.coverage_rule)
register.simple_tag(bars.waived_bar)
register.simple_tag(bars.hatch_foot)
register.simple_tag(sparklines.sparkline)
register.simple_tag(sparklines.ribbon)
register.simple_tag(steps.stand)
register.simple_tag(steps.step_bar)
register.simple_tag(strips.strip)
register.simple_tag(strips.severity)
register.simple_tag(strips.mark)

for _filter in (
    wording.half,
    wording.number,
    wording.percent,
    wording.plain,
    wording.signed,
    wording.visible,
    wording.week,
    wording.week_short,
    wording.week_span,
):
    register.filter(_filter.__name__, _filter)


NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|\.\d+)"
FIGURES = re.compile(rf"(?<![\w.])[\u2212-]?{NUMBER}(?: ?%)?(?:st|nd|rd|th)?(?: (?:of|to) {NUMBER})?(?: [a-z]+)?")
"""A figure and its noun: "41 datasets", "4 of 18 promotions", "38 % of" is cut to "38 %"."""
PREPOSITIONS = (
    " of",
    " to",
    " in",
    " after",
    " and",
    " by",
    " or",
    " on",
    " is",
    " are",
    " was",
    " for",
    " at",
    " has",
    " have",
)


_fragments: Kept[SafeString] = Kept(8_000_000, len)
"""Fragments that a web process keeps, by what they show: at most so many characters."""


@register.simple_tag
def kept(name: str, **values: Any) -> SafeString:
    """The fragment of that name, given these values and nothing else: neither the request nor the person is there.

    The values themselves are the key, so that a fragment is made anew as soon as one of them differs. They must be
    hashable, and hold no `Ink`, which is equal to its plain text.
    """
    key = (name, *sorted(values.items(), key=lambda item: item[0]))
    return _fragments.get(key, lambda: SafeString(get_template(name).render(values)))


@register.filter
def say(parts: Iterable[str]) -> SafeString:
    """A page's answer: a sequence of texts, in which `Ink` is bold; every part is escaped and made visible.

    A figure and its percent sign stay on one line.
    """
    return format_html_join(
        "",
        "{}",
        ((format_html("<b>{}</b>" if isinstance(p, wording.Ink) else "{}", _joined(p)),) for p in parts),
    )


def _joined(part: str) -> str:
    return wording.visible(part).replace(" %", "\u00a0%")


BREAKS = re.compile(r"(?<=[/_\\])(?=[^/_\\])")
"""Where a path may go on in the next line: after a slash or an underscore."""


@register.filter
def breakable(path: str) -> SafeString:
    """A path or address that breaks between its parts, and within one only where it must."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in BREAKS.split(wording.visible(path))))


@register.filter
def ink(sentence: str) -> SafeString:
    """A headline of the engine, its figures and their nouns in bold ink."""
    text, parts, last = wording.visible(sentence), [], 0
    for found in FIGURES.finditer(text):
        figure = found.group()
        figure = next((figure.removesuffix(word) for word in PREPOSITIONS if figure.endswith(word)), figure)
        parts += [text[last : found.start()], wording.Ink(figure)]
        last = found.start() + len(figure)
    return say([*parts, text[last:]])


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """The entry of a mapping; None where there is none."""
    return mapping.get(key)
