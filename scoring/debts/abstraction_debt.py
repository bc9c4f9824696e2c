"""No settled interface for data, models and predictions.

Why: Databases have tables; machine learning has nothing so widely agreed for a stream of data, a model or a
prediction. Without one, each model of a team grows its own train and predict, its own copy of the pipeline and its
own form of output. The lines between components blur, one change touches many files, and the same feature computed
twice ends as a difference between training and serving.

What is read: Python: different signatures for the same verb, duplicated pipelines, imports against the layers,
feature code written twice for training and serving, functions that hand over bare dicts and tuples, hand-made
distribution, names that a library has taken away since. Git: files touched per feature commit. Across repositories:
one concept under several implementations.

Remedy: Agree on a few types (a dataset, a model, a prediction) with their fields and units, and let training and
serving import the same feature functions. Merge the parallel pipelines one pair at a time, starting with the pair
that changes most often. Prefer abstractions that have outlived one framework.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 5, Abstraction
Debt. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 13. Duplication: van Oort et al., The
Prevalence of Code Smells in Machine Learning Projects (2021).
"""

# Longer than 300 lines: a debt is one file, and the examples of its rows take the room.

import re

from scoring.analyses.expired import expired_names
from scoring.analyses.hand_made_training import hand_made_training
from scoring.analyses.layers import layer_breaches
from scoring.analyses.lessons import is_no_course
from scoring.analyses.model_clones import model_clones
from scoring.analyses.past import history_of
from scoring.analyses.signatures import signatures
from scoring.analyses.view import View
from scoring.facts import Function, FunctionShape, PythonFacts
from scoring.findings import (
    GIT,
    LARGE,
    LEVEL,
    PY,
    SHARE,
    SMALL,
    XR,
    Answer,
    Debt,
    H,
    Hit,
    L,
    M,
    Measure,
    Tally,
    Unknown,
)
from scoring.knowledge.interfaces import METHODS

_SPLITS = frozenset(
    {"train_test_split", "split", "get_config", "get_params", "get_pretrained_cfg"}
    | {"to_dict", "as_dict", "asdict", "to_json", "as_json", "serialize", "serialise", "to_payload", "to_record"}
)
"""What everybody knows the order or keys of, or a framework asks for."""
_SPLITTING = re.compile(r"(?:^|_)split(?:s|ting)?(?:_|$)")

debt = Debt(__name__, section="4.16")

_MODEL = "from sklearn.svm import SVC\n\n\nclass {0}:\n    def train(self, {1}):\n        self.made = SVC().fit(x, y)\n"


@debt.signal(
    "abs.1",
    source=PY,
    anchors=(0.2, 0.9),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="per model",
    effort=LARGE,
    lifecycle="experimental",  # seen afresh, 0 of 6 were right: families that are none, and properties
    caution="Models are of one family by base class, else by folder of models. Names of arguments are not compared.",
    remedy="Agree on what train and predict are given, and pass the rest to the constructor.",
    bad={
        f"models/{name.lower()}.py": _MODEL.format(name, needs)
        for name, needs in (("One", "x, y"), ("Two", "x, y"), ("Three", "x, y, z"), ("Four", "x"))
    },
    good={f"models/{name.lower()}.py": _MODEL.format(name, "x, y") for name in ("One", "Two", "Three")},
)
def parallel_interfaces(view: View) -> Answer:
    """Different signatures for train and predict, beyond the first, per model beyond the first."""
    return signatures(view)


_LOOP = """import torch


def train_{0}(net, rows, log):
    optim = torch.optim.SGD(net.parameters(), 0.1)
    for epoch, (x, y) in enumerate(rows):
        optim.zero_grad()
        loss = ((net(x) - y) ** 2).mean() + 0.01 * sum(p.norm() for p in net.parameters())
        loss.backward()
        optim.step()
        if epoch % 10 == 0 and loss.item() < log.get("best", 9.9):
            log.update(best=loss.item(), epoch=epoch)
            torch.save(net.state_dict(), log["folder"] / "net.pt")
        elif len(log) > 3 and log["best"] not in rows:
            log["last"] = float(loss.item()) * 2 - log.get("seen", 0)
            log.update(other=log["last"] or None, rest=y[-1])
    total = sum(value for value in log.values() if value is not None)
    return {{name: value / total for name, value in log.items()}}
"""


@debt.signal(
    "abs.2",
    source=PY,
    anchors=(0.03, 0.2),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of code",
    effort=LARGE,
    caution="Notebooks and examples are left out; what only prepares data is no model.",
    remedy="Move the shared part into one module that both call, with the model as an argument.",
    applies=is_no_course,
    bad={"one.py": _LOOP.format("one"), "two.py": "LIMIT = 1\n" + _LOOP.format("two")},
    good={
        "one.py": _LOOP.format("one"),
        "two.py": "import torch\n\n\ndef two(loss):\n    torch.optim.SGD(loss)\n    loss.backward()\n",
    },
)
def duplicated_pipelines(view: View) -> Answer:
    """Share of pipeline code duplicated between models."""
    return model_clones(view)


@debt.signal(
    "abs.3",
    source=PY,
    anchors=(0, 3),
    severity=3,
    precision=H,
    unit="imports",
    caution="Layers are told by folders and endpoints; a service whose work it is to train is left out.",
    remedy="Move what both need into a module of its own, below the two, and import it from there.",
    applies=is_no_course,
    bad={
        "shop/training/train.py": "import sklearn\n\n\ndef scaled(rows):\n    return rows\n",
        "shop/serving/answer.py": "from shop.training.train import scaled\n\nprint(scaled([]))\n",
    },
    good={
        "shop/features/scaling.py": "def scaled(rows):\n    return rows\n",
        "shop/training/train.py": "import sklearn\n\nfrom shop.features.scaling import scaled\n\nprint(scaled)\n",
        "shop/serving/answer.py": "from shop.features.scaling import scaled\n\nprint(scaled([]))\n",
    },
)
def imports_against_layers(view: View) -> Answer:
    """Imports against the layers: serving that imports training, features serving, or code scripts and tests."""
    return layer_breaches(view)


debt.row(
    "abs.4",
    "Features computed by two functions, one for training and one for serving",
    source=PY,
    anchors=(0, 1),
    severity=4,
    precision=M,
    unit="features",
    effort=LARGE,
)


@debt.file_signal(
    "abs.5",
    PythonFacts,
    source=PY,
    anchors=(0.1, 0.6),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of functions",
    remedy="Return a dataclass or a named tuple: the fields then have names, and a type checker finds a caller "
    "that is wrong.",
    lifecycle="experimental",  # seen afresh, 9 of 16 were right: copies of other code, and orders that a field knows
    caution="Methods whose framework asks for a dict, such as a configuration, are left out.",
    bad={"load.py": "import pandas\n\n\ndef load(a, b, c, d):\n    return d, c, b, a\n"},
    good={"load.py": "import pandas\n\n\ndef load(a, b):\n    return a, b\n"},
)
def bare_results(facts: PythonFacts) -> Tally | None:
    """Share of public functions that hand over a bare dict or tuple of over three items."""
    public = {_scope(item) for item in facts.functions if item.public and _is_own(item)}
    if not public:
        return None
    shapes = facts.structure.functions if facts.structure else ()
    hits = tuple([_bare_hit(shape) for shape in shapes if shape.returned and shape.scope in public])
    return Tally(len(public), len(hits), hits)


def _is_own(item: Function) -> bool:
    name = item.name
    if item.decorators or name in METHODS or name in _SPLITS or name.startswith("__"):
        return False
    return _SPLITTING.search(name) is None


def _scope(item: Function) -> str:
    return f"{item.owner}.{item.name}".lstrip(".")


def _bare_hit(shape: FunctionShape) -> Hit:
    return Hit(
        line=shape.line,
        key="returned",
        symbol=shape.scope,
        message=f"{shape.scope} hands over {shape.returned} items in a bare tuple or dict: every caller has to know "
        "their order or keys, and nothing tells when they change.",
        evidence={"items": shape.returned},
    )


@debt.signal(
    "abs.6",
    source=PY,
    anchors=(0, 1),
    severity=1,
    precision=M,
    unit="places",
    effort=LARGE,
    lifecycle="experimental",  # 9 of 12 fresh findings were right before the mends
    caution="Sums of measures over processes are left out by the names of their functions. Libraries are not asked.",
    remedy="Wrap the model in what the framework offers (DistributedDataParallel, horovod's DistributedOptimizer, "
    "tf.distribute), and keep collective calls for measures.",
    bad={
        "train.py": "import torch\nimport torch.distributed as dist\n\n\ndef average_gradients(model):\n"
        "    for p in model.parameters():\n        dist.all_reduce(p.grad.data)\n"
    },
    good={
        "train.py": "import torch\nimport torch.distributed as dist\n\n\ndef mean_loss(loss):\n"
        "    dist.all_reduce(loss)\n    return loss\n"
    },
)
def distributed_by_hand(view: View) -> Answer:
    """Hand-made distributed training beside a framework that offers it."""
    return hand_made_training(view)


@debt.signal(
    "abs.7",
    source=GIT,
    also="PY",
    anchors=(3, 12),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="files",
    effort=LARGE,
    caution="What a commit adds is told by its subject alone.",
)
def shotgun_additions(view: View) -> Answer:
    """Median number of files in a commit that adds something to the ML folders."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.addition_files is None:
        return Unknown(
            f"{history.additions} commits in 12 months say that they add something to ML files, 5 are needed"
        )
    return Measure(history.addition_files, history.additions, note=f"{history.additions} commits in 12 months")


debt.row(
    "abs.8",
    "Features or metrics of one name with different bodies across the team's repositories",
    source=XR,
    anchors=(0, 4),
    severity=2,
    precision=L,
    kind=LEVEL,
    unit="names",
    effort=LARGE,
)


@debt.signal(
    "abs.9",
    source=PY,
    anchors=(0, 10),
    severity=2,
    precision=H,
    unit="places",
    effort=SMALL,
    dated=True,
    caution="What an older release is pinned for on purpose, such as the code of a paper. Folders of old code are left "
    "out; low where the release is kept out by what is declared. Releases count from their month on; told before.",
    remedy="Write what the library offers in its place, and let its release move.",
    bad={
        "train.py": "import numpy as np\nfrom sklearn.externals import joblib\n\n\n"
        "def save(rows, path):\n    joblib.dump(np.asarray(rows, dtype=np.float), path)\n"
    },
    good={
        "train.py": "import joblib\nimport numpy as np\n\n\n"
        "def save(rows, path):\n    joblib.dump(np.asarray(rows, dtype=float), path)\n"
    },
)
def gone_names(view: View) -> Answer:
    """Files that use what a library deprecated and has taken away, each once for each release."""
    return expired_names(view)
