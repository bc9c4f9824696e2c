"""Whether a comment admits debt about settings: something hard-coded, or a value that is still to be set or moved."""

import re

_VALUE = (
    r"(?:hyper-?param\w*|learning rates?|lrs?|thresholds?|cut-?offs?|batch[ _-]?sizes?|epochs|dropout|weight decay"
    r"|momentum|patience|(?:number|num) of (?:epochs|layers|steps|trees|workers))\b"
)
_PLACE = (
    r"(?:config|configs|configuration\w*|settings?|yaml|env|environment|params?|parameters?|arguments?|args?|options?"
    r"|flags?|constants?|cli)\b(?! (?:mixin|file))"
)
ABOUT_SETTINGS = re.compile(
    r"(?<!faster to )\bhard[- _]?cod\w*|\bmagic (?:numbers?|values?|constants?|strings?)\b|\bconfigurable\b"
    r"|\bparamet(?:e)?ri[sz](?:e|es|ed|ing|able|ation)\b"
    r"|\b(?:move|put|read|load|get|take|pull|extract|set|define|specify)\b.{0,40}"
    rf"\b(?:to|in|into|from|via|through|as)\b (?:an? |the |some |our |hydra |yaml |json |global |separate )*{_PLACE}"
    r"|\b(?:should|must|needs? to|(?:make|turn) (?:this|it|these|them|that)(?: into)?) (?:be |come from )?"
    rf"(?:an? |the )?{_PLACE}"
    rf"|\b(?:tune|tuning|adjust|optimi[sz]e|choose|pick|experiment with|revisit)\b.{{0,40}}\b{_VALUE}"
    r"|\b(?:tune|revisit) (?:this|these|the) (?:values?|numbers?|param\w*|constants?|weights?)\b",
    re.IGNORECASE,
)


def about_settings(text: str) -> bool:
    """Whether the comment's words say that a setting is not where, or not what, it should be."""
    return ABOUT_SETTINGS.search(text) is not None
