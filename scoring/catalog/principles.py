"""The six principles of a good configuration system (Sculley et al. 2015, section 6), in our words.

They are sub-entries of configuration-debt: its rows name the principle they serve.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    slug: str
    title: str


PRINCIPLES: tuple[Principle, ...] = (
    Principle(slug="cfg-small-change", title="A new configuration is written as a small change of an old one"),
    Principle(slug="cfg-hard-to-err", title="Mistakes and omissions by hand are hard to make"),
    Principle(slug="cfg-visible-diff", title="The difference between two models' configurations is easy to see"),
    Principle(slug="cfg-assertable", title="Basic facts about a configuration are asserted automatically"),
    Principle(slug="cfg-unused-detectable", title="Unused and redundant settings can be detected"),
    Principle(slug="cfg-reviewed", title="Configurations are reviewed in full and live in a repository"),
)
