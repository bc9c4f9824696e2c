"""Cut-offs that a person wrote into configuration (thr.2)."""

import re

from scoring.analyses.config_keys import key_lines
from scoring.analyses.memo import Memo
from scoring.analyses.own_configs import own_configs
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, Setting
from scoring.findings import CFG, Answer, Hit, Measure, NotApplicable, Unknown

_KEY = re.compile(r"(?:thresholds?|thresh|cut[_-]?offs?|thr)", re.IGNORECASE)
_DECIDES = frozenset(
    {
        "decision", "score", "scores", "prob", "proba", "probability", "confidence", "conf", "class", "classification",
        "classifier", "pred", "prediction", "predict", "positive", "spam", "fraud", "risk", "churn", "toxicity",
        "anomaly", "accept", "reject", "default", "model", "serving", "min", "max",
    }
)  # fmt: skip
"""What may stand beside it in the key: words of scores and of what is decided by them."""
_OTHER = re.compile(
    r"iou|nms|anchor|overlap|early|patience|delta|grad|clip|plateau|lr|learning|coverage|mem|cpu|disk|load|time|latency|delay|retry|size"
    r"|fail|loss|ignor|optim|sched|trainer|callback|augment|var|corr|missing|nan|duplicate|outlier|mask|alert|drift|null|freq|count|support|metric",
    re.IGNORECASE,
)
"""Words of limits that decide nothing by a score: training, matching of boxes, cleaning, machines, measures."""
_LEARNT = re.compile(r"learned|learnt|fitted|tuned|chosen|calibrated|validated|selected", re.IGNORECASE)


def cuts_in(facts: ConfigFacts) -> tuple[tuple[Setting, bool], ...]:
    """Numbers between 0 and 1 under a key named for a cut-off, and whether a key beside it says how it was learnt."""
    found = []
    candidates = [
        setting
        for setting in facts.settings
        if setting.kind == "number"
        and ("thr" in (key := setting.key.lower()) or "cut" in key)
        and _KEY.search(setting.key)
        and _names_cut_off(setting.key.rpartition(".")[2])
        and not _OTHER.search(setting.key)
    ]
    if not candidates:
        return ()
    learnt = {setting.key.rpartition(".")[0] for setting in facts.settings if _LEARNT.search(setting.key)}
    for setting in candidates:
        section = setting.key.rpartition(".")[0]
        try:
            value = float(setting.value)
        except ValueError:
            continue
        if 0 < value < 1:
            found.append((setting, section in learnt))
    return tuple(found)


def _names_cut_off(name: str) -> bool:
    """`threshold`, `score_threshold`, `minConfidenceCutoff`; not `volatility_threshold`."""
    rest, found = _KEY.subn("_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    return found > 0 and all(word in _DECIDES for word in re.split(r"[_\-]+", rest) if word)


def _cuts(item: InPlace[ConfigFacts]) -> tuple[tuple[Setting, bool], ...]:
    keys = key_lines(item).lower()  # of all names of cut-offs, one part or the other
    return cuts_in(item.facts) if "thr" in keys or "cut" in keys else ()


_cuts_of = Memo(_cuts)


def _written(file: PythonFile) -> frozenset[str]:
    """Last keys of the settings that the file sets."""
    uses = file.facts.settings.uses if file.facts.settings else ()
    return frozenset(use.path.rpartition(".")[2] for use in uses if use.how == "set")


_written_by = Memo(_written)


def cut_offs(view: View) -> Answer:
    """Keys of cut-offs in configuration that no code sets, per 10 KLOC of ML code; equal ones of sibling files once."""
    cuts = sum([len(_cuts_of(item)) for item in own_configs(view)])
    if not cuts:
        return (
            Unknown("files went unread")
            if view.unread(CFG)
            else NotApplicable("no key of configuration names a cut-off")
        )
    if view.python_unseen:
        return Unknown("Python that may set them went unread")
    written = written_cuts(view)
    hits = tuple([_hit(item, setting) for item, setting in written])
    return Measure(len(hits) / view.ten_klocs, cuts, hits)


def written_cuts(view: View) -> tuple[tuple[InPlace[ConfigFacts], Setting], ...]:
    """The cut-offs that no code sets and of which nothing says how they were learnt, equal ones of siblings once."""
    cuts = [(item, setting, learnt) for item in own_configs(view) for setting, learnt in _cuts_of(item)]
    names = {setting.key.rpartition(".")[2] for _, setting, _ in cuts}
    for file in view.product if names else ():
        names -= _written_by(file)
    found: dict[tuple[str, str], tuple[InPlace[ConfigFacts], Setting]] = {}
    for item, setting, learnt in cuts:
        if not learnt and setting.key.rpartition(".")[2] in names:
            found.setdefault((setting.key, setting.value), (item, setting))
    return tuple(found.values())


def _hit(item: InPlace[ConfigFacts], setting: Setting) -> Hit:
    return Hit(
        path=item.entry.path,
        line=max(1, setting.line),
        key=setting.key,
        message=f"`{setting.key}` is {setting.value}, written by hand; when the model is trained again the scores move "
        "and the number stays.",
        evidence={"value": setting.value},
    )
