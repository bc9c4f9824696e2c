"""Code that only moves data in and out of packages.

Why: A general package is quick to adopt and then shapes everything around it: conversions, wrappers, renames,
workarounds for its release. The paper guesses that a mature system may be one part learning to nineteen parts of
this. The cost comes later, when trying another algorithm means touching every file that knows the package by name.

What is read: Python: how many files build estimators themselves, whether an adapter or registry stands between,
private parts of packages in use, conversions back and forth, subprocess calls between steps, size and reach of
utility modules; frames gone through row by row or asked for values, forward called by name. Git: how many files
past changes of algorithm had to touch. Packaging: releases the code is held back to.

Remedy: Put the package behind an interface of your own (train, predict, save, load) with at least two
implementations, and let configuration name the one in use. Then an experiment with another algorithm is one new
file. Where the glue has outgrown the gain, a small native solution can be cheaper.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 5, Glue Code.
McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 10. The mls rows: Zhang, Cruz and van Deursen,
Code Smells for Machine Learning Applications (2022); they are shown and weigh nothing.
"""

# Longer than 300 lines: a debt is one file, and the examples of its rows take the room.

from scoring.analyses.adapters import adapter
from scoring.analyses.algorithm_changes import footprint
from scoring.analyses.anything import in_places_for_anything
from scoring.analyses.commands import step_commands
from scoring.analyses.frame_idioms import grown_tensors, row_loops, values_attributes
from scoring.analyses.held_back import held_back
from scoring.analyses.lessons import is_no_course
from scoring.analyses.networks import forward_calls
from scoring.analyses.plug_width import spread
from scoring.analyses.plugs import SPREAD
from scoring.analyses.private_parts import private_parts
from scoring.analyses.view import View
from scoring.facts import PythonFacts
from scoring.findings import CFG, DENSITY, GIT, LARGE, LEVEL, PKG, PY, SHARE, SMALL, Answer, Debt, H, L, M, Tally

debt = Debt(__name__, section="4.13")

_APART = {
    "rows.py": "def rows(path):\n    return open(path).readlines()\n",
    **{
        f"{name}.py": "from sklearn.svm import SVC\nfrom rows import rows\n\n\n"
        f"def {name}(path, y):\n    return SVC().fit(rows(path), y)\n"
        for name in ("one", "two", "three")
    },
}
"""One program that builds a model in each of three files."""


@debt.signal(
    "glu.1",
    source=PY,
    anchors=SPREAD,
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of ML files",
    effort=LARGE,
    caution="Notebooks are left out, and so are files that share no code with another that builds models: chapters, "
    "samples, a program of its own.",
    remedy="Build the model in one place that the others ask, by a name from the settings.",
    bad={
        **_APART,
        "four.py": _APART["one.py"].replace("one", "four"),
        "five.py": _APART["one.py"].replace("one", "five"),
    },
    good={
        "one.py": "import numpy\nfrom model_of_the_rig import build\n\n\ndef one(x, y):\n    return build().fit(x, y)\n"
    },
)
def plug_width(view: View) -> Answer:
    """Share of the ML files that build a model themselves."""
    return spread(view)


debt.row(
    "glu.2",
    "Share of the ML code that only converts, reshapes, renames or serialises around a package",
    source=PY,
    anchors=(0.5, 0.95),
    severity=2,
    precision=L,
    kind=SHARE,
    unit="of ML code",
    effort=LARGE,
    caution="The paper's own figure is 95 %: shown, not held against anyone.",
)


@debt.signal(
    "glu.3",
    source=PY,
    also=CFG,
    anchors=(1, 0),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    lifecycle="experimental",  # one place for a component: four were seen afresh, three right
    caution="What picks a model by the name of a variable, or from a dict of classes, is not seen.",
    remedy="Give the models one base class with train and predict, and let the settings name the one in use.",
    bad=_APART,
    good={
        "models.py": "from sklearn.linear_model import Ridge\nfrom sklearn.svm import SVR\n\n\nclass Model:\n"
        "    def train(self, x, y):\n        return self.made.fit(x, y)\n\n\nclass Margin(Model):\n"
        "    made = SVR()\n\n\nclass Line(Model):\n    made = Ridge()\n",
    },
)
def stands_before(view: View) -> Answer:
    """An adapter stands before the learning library: a shared base class, a registry, or a configured target."""
    return adapter(view)


@debt.signal(
    "glu.4",
    source=PY,
    also=PKG,
    anchors=(0, 5),
    severity=3,
    precision=H,
    unit="places",
    caution="Vendored copies are not read, and a package that nobody knows is taken for an own one. What has no public "
    "path that is known counts and is not listed.",
    remedy="Use what the package offers in public.",
    bad={"home.py": "from torch.hub import _get_torch_home\n\nHOME = _get_torch_home()\n"},
    good={"home.py": "from torch.hub import get_dir\n\nHOME = get_dir()\n"},
)
def private_use(view: View) -> Answer:
    """Places where ML files use private parts of packages, per 10 KLOC of ML code."""
    return private_parts(view)


debt.row(
    "glu.5",
    "Different container types that one function converts between, mean",
    source=PY,
    anchors=(2, 6),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="types",
)


@debt.signal(
    "glu.6",
    source=PY,
    anchors=(0.05, 0.25),
    severity=1,
    precision=M,
    kind=SHARE,
    lifecycle="experimental",  # right in 36 of 51 that were judged, and in none of two drawn afresh
    unit="of code",
    caution="A folder of that name whose modules are named well is not counted.",
    remedy="Move each group of functions into a module named after what it does, the most imported group "
    "first; what is left over and small may stay.",
    bad={f"{name}/utils.py": f"def step():\n    return '{name}'\n" for name in "abcde"},
    good={f"{name}.py": f"def step():\n    return '{name}'\n" for name in "abcde"},
)
def places_for_anything(view: View) -> Answer:
    """Share of the code that lives in modules called utils, helpers, common or misc."""
    return in_places_for_anything(view)


@debt.file_signal(
    "glu.7",
    PythonFacts,
    source=PY,
    anchors=(0, 5),
    severity=2,
    precision=M,
    lifecycle="experimental",  # 4 of 11 drawn afresh were acted on; one place a file is told since
    unit="calls",
    scope="product",
    caution="Commands that are worked out when the code runs are not seen, nor are operators of an orchestrator.",
    remedy="Import the step and call it with its arguments, or give the order of the steps to one runner.",
    bad={"run.py": "import os\nimport numpy\n\nos.system('python train.py --epochs 3')\n"},
    good={"run.py": "import subprocess\nimport numpy\n\nsubprocess.run(['git', 'rev-parse', 'HEAD'])\n"},
)
def shell_steps(facts: PythonFacts) -> Tally | None:
    """Steps joined by subprocess, os.system or a shell pipeline."""
    return step_commands(facts)


@debt.signal(
    "glu.8",
    source=PKG,
    anchors=(0, 3),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="packages",
    effort=LARGE,
    dated=True,
    applies=is_no_course,
    caution="When versions came out is told by a table of the engine's. A model that was saved by the old version and "
    "can't be trained again.",
    remedy="Move to the new major version on a branch: train again, compare the figures, and let a test load what is "
    "saved. What holds it back belongs beside the pin, with a day to look again.",
    bad={"train.py": "import tensorflow\n", "requirements.txt": "tensorflow==1.15.5\n"},
    good={"train.py": "import tensorflow\n", "requirements.txt": "tensorflow==2.15.1\n"},
)
def libraries_held_back(view: View) -> Answer:
    """Learning libraries held below a major version released over 18 months ago."""
    return held_back(view)


@debt.signal(
    "glu.9",
    source=GIT,
    also=PY,
    anchors=(2, 15),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="files",
    effort=LARGE,
    caution="A commit that changes the algorithm among other things counts with all of its files.",
    remedy="Put what differs between algorithms behind one interface and let a setting name it, so that the next "
    "change touches the new class and that setting.",
)
def swap_footprint(view: View) -> Answer:
    """Median number of files that past changes of algorithm touched."""
    return footprint(view)


@debt.file_signal(
    "mls-01",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=M,
    lifecycle="experimental",  # right in two of four on fresh draws
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
    caution="A handful of rows costs nothing.",
    remedy="Work on whole columns; where rows are needed, itertuples keeps the types and is faster.",
    bad={
        "loop.py": "import pandas as pd\n\n\ndef mark(df: pd.DataFrame):\n    for _, row in df.iterrows():\n"
        "        row['a'] += row['b']\n"
    },
    good={"loop.py": "import pandas as pd\n\n\ndef mark(df: pd.DataFrame):\n    df['a'] += df['b']\n"},
)
def loops_over_rows(facts: PythonFacts) -> Tally | None:
    """Loops over the rows of a frame."""
    return row_loops(facts)


@debt.file_signal(
    "mls-08",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # drawn afresh, none of fifteen was acted on: one column's array is what was meant
    effort=SMALL,
    remedy="Write to_numpy(), with the dtype that you expect.",
    bad={"array.py": "import pandas as pd\n\n\ndef array(df: pd.DataFrame):\n    return df['a'].values\n"},
    good={"array.py": "import pandas as pd\n\n\ndef array(df: pd.DataFrame):\n    return df['a'].to_numpy()\n"},
)
def frame_values(facts: PythonFacts) -> Tally | None:
    """The values attribute of a frame instead of to_numpy."""
    return values_attributes(facts)


debt.row(
    "mls-09",
    "numpy.dot where a matrix product is meant",
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=H,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
)
debt.row(
    "mls-12",
    "Models built in a loop without freeing the one before",
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=L,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
)
debt.row(
    "mls-16",
    "Tiling an array where broadcasting does the same",
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=L,
    kind=DENSITY,
    unit="per KLOC",
    effort=SMALL,
)


@debt.file_signal(
    "mls-17",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=L,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # strictly judged afresh: two of five, most loops have few turns
    effort=SMALL,
    caution="A loop of a few turns.",
    remedy="Append the parts to a list and join them once, after the loop.",
    bad={
        "predict.py": "import torch\n\n\ndef predict(net, batches):\n    found = torch.empty(0)\n"
        "    for batch in batches:\n        found = torch.cat([found, net(batch)])\n    return found\n"
    },
    good={
        "predict.py": "import torch\n\n\ndef predict(net, batches):\n"
        "    return torch.cat([net(batch) for batch in batches])\n"
    },
)
def grown_in_a_loop(facts: PythonFacts) -> Tally | None:
    """A tensor, an array or a frame grown inside a loop."""
    return grown_tensors(facts)


@debt.file_signal(
    "mls-19",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # strictly judged afresh: 2 of 13, wrappers without a hook are left as they are
    effort=SMALL,
    remedy="Call the network itself.",
    bad={"run.py": "import torch\n\n\ndef run(net: torch.nn.Module, x):\n    return net.forward(x)\n"},
    good={"run.py": "import torch\n\n\ndef run(net: torch.nn.Module, x):\n    return net(x)\n"},
)
def forward_by_name(facts: PythonFacts) -> Tally | None:
    """A network's forward method called directly."""
    return forward_calls(facts)
