"""What prepares the inputs of a model and is not kept with it (uns.4): a scaler, an encoder, a vocabulary."""

import re
from functools import lru_cache

from scoring.analyses.calls import calls_where
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.published import is_library
from scoring.analyses.view import PythonFile, View
from scoring.facts import Call
from scoring.findings import Answer, Hit, Measure, NotApplicable, Unknown

_FITS = re.compile(
    r"(?:sklearn\.(?:preprocessing|feature_extraction|impute)|category_encoders|(?:tensorflow\.)?keras\.preprocessing\.text"
    r"|keras_preprocessing\.text)\.[\w.]+\(\)\.(?:fit|fit_transform|fit_on_texts)$"
)
_DUMPS = re.compile(r"(?:joblib|pickle|cPickle|dill|cloudpickle|sklearn\.externals\.joblib)\.dump$")
_KEEPS_MODEL = re.compile(r"\.(?:save_model|save_weights)$|^torch\.save$|(?:Sequential|Model)\(\)\.save$")
"""Of them no name is asked: nothing but a model is kept that way."""
_MODEL = re.compile(
    r"model|clf|classif|regress|estimator|^net|xgb|lgb|forest|^rf|svm|svc|booster|knn|tree|^lr$", re.IGNORECASE
)
_PLACE = re.compile(r"path|file|name|dir|(?:^|_)(?:f|fp|out|output)$", re.IGNORECASE)
_WITH_IT = re.compile(
    r"encod|vectori|preproc|pipe|scal|token|transf|arti?e?fact|bundle|self|state|data|obj|meta|payload|package|prep|imput"
    r"|norm|tfidf|^le$|^lb|^ohe|vocab|result|params|dict|info|_map|mapping",
    re.IGNORECASE,
)
"""Names of what may hold it: something is kept beside the model, or around both."""
_SAVES = re.compile(
    r"(?:save|dump|store|persist|export|write|pickle|log)\w*_(?:scaler|encod\w*|tokenizer|vectori[sz]er|vocab\w*|preproc\w*"
    r"|pipeline|arti?e?facts?|transformers?|bundle)s?(?:_|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A function of the component's own that keeps it."""
_LOOKS = re.compile(r"analy[sz]|eda(?:_|$)|explor|plot|visuali|pca|cluster", re.IGNORECASE)
"""A function that looks at data: what it fits, no model is fed with."""
_OF_LABELS = frozenset({"LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer"})
_LABELS = re.compile(
    r"(?:^|_)(?:y|labels?|targets?|class(?:es)?|intents?|tags?|categor(?:y|ies)|species|cats?)\d?(?:_|$)", re.I
)

_fits_in = calls_where(lambda name: _FITS.match(name) is not None)
_dumps_in = calls_where(lambda name: _DUMPS.match(name) is not None)
_models_in = calls_where(lambda name: _KEEPS_MODEL.search(name) is not None)


def unkept_encoders(view: View) -> Answer:
    """Files that keep a model and not what its inputs were fitted with, per 10 KLOC of ML code."""
    if is_library(view):
        return NotApplicable("who uses a library keeps what is fitted")
    files = [file for file in view.product_once if "example" not in file.roles]
    asked = [file for file in files if _fits_in(file.facts) and _keeps_model(file)]
    if not asked:
        unread = view.python_unseen
        return (
            Unknown("Python went unread") if unread else NotApplicable("no file fits what prepares and keeps a model")
        )
    hits = [placed(hit, file) for file in asked if (hit := _hit(view, file)) is not None]
    return Measure(len(hits) / view.ten_klocs, len(asked), tuple(hits))


def _keeps(file: PythonFile) -> bool:
    facts = file.facts
    return bool(_models_in(facts)) or any(_MODEL.search(_kept_name(call)) for call in _dumps_in(facts))


_keeps_model: Memo[PythonFile, bool] = Memo(_keeps)


def _kept_name(call: Call) -> str:
    """The name of what is dumped; "" where it is put together on the spot."""
    first = call.inputs[0] if call.inputs else ""
    return "" if _PLACE.search(first) else first


def _names(file: PythonFile) -> frozenset[str]:
    """Names of what a file dumps; "" for what is put together."""
    return frozenset([_kept_name(call) for call in _dumps_in(file.facts)])


_dumped_in: Memo[PythonFile, frozenset[str]] = Memo(_names)


@lru_cache(maxsize=1)
def _dumped(view: View) -> dict[str, frozenset[str]]:
    """Folder -> names of what its files dump."""
    found: dict[str, set[str]] = {}
    for file in view.product:
        if names := _dumped_in(file):
            found.setdefault(file.path.rpartition("/")[0], set()).update(names)
    return {folder: frozenset(names) for folder, names in found.items()}


def _hit(view: View, file: PythonFile) -> Hit | None:
    """The first fit of what is kept nowhere; None where something that may hold it is kept in the same folder."""
    if _saves_by_own(file):
        return None
    dumped = _dumped(view)
    beside = dumped.get(file.path.rpartition("/")[0], frozenset())
    if "" in beside or any(_WITH_IT.search(name) for name in beside):
        return None
    anywhere = frozenset().union(*dumped.values()) if dumped else frozenset()
    lost = [call for call in _fits_in(file.facts) if _is_of_inputs(call) and _last(call.receiver) not in anywhere]
    return _lost_hit(lost) if lost else None


def _by_own(file: PythonFile) -> bool:
    """Whether it has or calls a function whose name says that it keeps what is fitted."""
    names = [*file.facts.function_names, *(call.name.rpartition(".")[2] for call in file.facts.calls)]
    return _SAVES.search("\n".join(names)) is not None


_saves_by_own: Memo[PythonFile, bool] = Memo(_by_own)


def _is_of_inputs(call: Call) -> bool:
    """Whether it prepares inputs; what encodes labels says only how answers are called."""
    if _LOOKS.search(call.scope):
        return False
    if _class_of(call) not in _OF_LABELS:
        return True
    words = (*call.inputs, _last(call.receiver), call.target)
    return _class_of(call) == "LabelEncoder" and not any(_LABELS.search(word) for word in words)


def _class_of(call: Call) -> str:
    return call.name.rpartition("().")[0].rpartition(".")[2]


def _last(receiver: str) -> str:
    return receiver.rpartition(".")[2]


def _lost_hit(calls: list[Call]) -> Hit:
    first = calls[0]
    classes = sorted({_class_of(call) for call in calls})
    shown = ", ".join(classes)
    return Hit(
        line=first.line,
        end_line=first.end_line,
        key=shown,
        symbol=first.scope,
        message=f"The model that is trained here is kept, and {shown}, which its inputs were fitted with, is not: "
        "whoever loads the model has to fit it again on other data, and the model then sees other inputs.",
        evidence={"fitted": len(calls)},
    )
