"""Settings that nobody checks, compares or removes.

Why: A mature system may have more lines of configuration than of code, and each is a chance for an error that no
test sees: a feature that was wrong between two dates, a field that production doesn't have, a value copied from
another model. The paper asks for six things: write a new configuration as a small change of an old one; make
mistakes hard; make differences visible; assert basic facts; detect what is unused; review it and keep it in a
repository.

What is read: Configuration files of every usual format, and how Python reads them: keys never read, reads of keys
that don't exist, references that lead to nothing, schemas, inheritance, copies. Python and notebooks:
hyper-parameters, paths and dates written into the code, estimators made by default, long prompts of language models
among other code. Git: reviews, repairs and the size of configuration changes. Experiment runs: whether their
settings are logged and committed.

Remedy: Keep paths, hyper-parameters and feature lists in one place, composed from a base by small overrides, loaded
through a schema that refuses unknown keys. Test in CI that every configuration loads. Log the resolved
configuration with each run. Delete keys that nothing reads. Let changes go through the same review as code. Give
each prompt a file with a version, which logs and tests can name.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 6, Configuration
Debt: the six principles. McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 17. The mls row:
Zhang, Cruz and van Deursen, Code Smells for Machine Learning Applications (2022). The llm row is ours.
"""

# Longer than 300 lines: a debt is one file, and this one has twenty-one rows.

from scoring.analyses.admitted_settings import about_settings
from scoring.analyses.ci_checks import configs_loaded
from scoring.analyses.config_files import dangling, inheritance
from scoring.analyses.config_loads import config_schemas
from scoring.analyses.config_volume import config_volume
from scoring.analyses.dead_keys import dead_keys
from scoring.analyses.estimator_use import default_estimators
from scoring.analyses.hosted import prompts_in_code
from scoring.analyses.hyperparameters import written_hyperparameters
from scoring.analyses.lessons import has_trials, is_no_course
from scoring.analyses.option_reads import phantom_reads
from scoring.analyses.past import alone, history_of
from scoring.analyses.repeated_keys import repeated_keys
from scoring.analyses.selections import dated_conditions
from scoring.analyses.settings_in_code import settings_in_code
from scoring.analyses.view import View
from scoring.analyses.written_paths import written_paths
from scoring.facts import HistoryFacts, PythonFacts
from scoring.findings import (
    CFG,
    DENSITY,
    GIT,
    LARGE,
    LEVEL,
    LIN,
    PY,
    SHARE,
    SMALL,
    Answer,
    Debt,
    H,
    L,
    M,
    Measure,
    NotApplicable,
    Tally,
    Unknown,
)

debt = Debt(__name__, section="4.20", ml_only=False)

_CODE = "from sklearn.svm import SVC\n\nSVC()\n" + "".join(f"x_{n} = {n}\n" for n in range(250))


@debt.signal(
    "cfg.1",
    source=CFG,
    also=PY,
    anchors=(0.3, 2),
    severity=1,
    precision=H,
    kind=LEVEL,
    unit="ratio",
    effort=LARGE,
    lifecycle="experimental",  # a number with no place to judge; a second count agreed on seven of nine
    caution="The paper expects over 1 in a mature system: for information. Not asked under 200 lines of ML code.",
    bad={"train.py": _CODE, "conf/train.yaml": "".join(f"key_{n}: {n}\n" for n in range(200))},
    good={"train.py": _CODE, "conf/train.yaml": "rate: 1\n"},
)
def configuration_beside_code(view: View) -> Answer:
    """Lines of configuration per line of code on the ML path."""
    return config_volume(view)


@debt.file_signal(
    "cfg.2",
    PythonFacts,
    source=PY,
    anchors=(0.2, 0.9),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of hyper-parameters",
    lifecycle="experimental",  # 71 of the 100 that are still made were right, and two of thirteen drawn afresh
    effort=SMALL,
    remedy="Read the numbers from a configuration file or the command line, and log them with the run.",
    applies=has_trials,
    bad={"train.py": "from sklearn.svm import SVC\n\nmodel = SVC(C=10, gamma=0.1)\n"},
    good={"train.py": "from sklearn.svm import SVC\n\n\ndef build(settings):\n    return SVC(C=settings.c)\n"},
)
def scattered_settings(facts: PythonFacts) -> Tally | None:
    """Share of the hyper-parameters in fits and constructors that are written into the code."""
    return written_hyperparameters(facts)


debt.row(
    "cfg.3",
    "Mechanisms of configuration in use at once: arguments, environment, files, module constants, notebook "
    "cells, database",
    source=CFG,
    anchors=(2, 5),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="mechanisms",
)


@debt.signal(
    "cfg.4",
    source=PY,
    anchors=(0, 5),
    severity=2,
    precision=H,
    unit="paths",
    effort=SMALL,
    caution="Tests and documentation are left out, and so are defaults of options and paths with a fallback.",
    remedy="Take the path from a setting or the command line, and keep its value in one configuration file.",
    bad={"train.py": "import pandas\n\nframe = pandas.read_csv('/home/ann/data/clicks.csv')\n"},
    good={"train.py": "import sys\n\nimport pandas\n\nframe = pandas.read_csv(sys.argv[1])\n"},
)
def absolute_paths(view: View) -> Answer:
    """Absolute, personal or bucket paths in the code."""
    return written_paths(view)


@debt.file_signal(
    "cfg.5",
    PythonFacts,
    source=PY,
    anchors=(0, 5),
    severity=1,
    precision=L,
    unit="comments",
    effort=SMALL,
    caution="What is hard-coded because it never changes.",
    bad={"train.py": "from sklearn.svm import SVC\n\n# TODO: read C from the config\nmodel = SVC(C=10)\n"},
    good={"train.py": "from sklearn.svm import SVC\n\n# TODO: say why\nmodel = SVC(C=10)\n"},
)
def admitted_settings(facts: PythonFacts) -> Tally | None:
    """Comments that admit debt about hyper-parameters, layers or data settings: hard-coded, or still to be set.

    The places are sat.2's findings, so that no comment is listed twice.
    """
    if not facts.code_lines:
        return None
    return Tally(facts.code_lines, sum(about_settings(comment.text) for comment in facts.comments))


@debt.signal(
    "cfg.10",
    source=CFG,
    anchors=(0.8, 0.1),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of configurations",
    lifecycle="experimental",  # strictly judged afresh: presets of papers and other projects, none was acted on
    caution="Tables of data kept as configuration, such as the classes of a data set.",
    feeds=("cfg-small-change",),
    remedy="Keep what is equal in one base file and write each of the others as its difference: a defaults list, "
    "`_base_`, an overlay.",
    bad={
        "conf/small.yaml": "size: 2\nseed: 3\nsteps: 4\nbatch: 5\nlayers: 6\nwidth: 7\nwarm: 8\ncool: 9\nlast: 10\n",
        "conf/large.yaml": "size: 99\nseed: 3\nsteps: 4\nbatch: 5\nlayers: 6\nwidth: 7\nwarm: 8\ncool: 9\nlast: 10\n",
    },
    good={
        "conf/base.yaml": "rate: 1\nsize: 2\nseed: 3\nsteps: 4\nbatch: 5\nlayers: 6\nwidth: 7\nwarm: 8\n",
        "conf/wide.yaml": "rate: 4\nsize: 3\nseed: 3\nsteps: 9\nbatch: 8\nlayers: 7\nwidth: 6\nwarm: 2\n",
    },
)
def small_changes(view: View) -> Answer:
    """Share of sibling configurations that are composed or stand on their own; or near-copies in one folder (0 good,
    6 bad), the worse of the two."""
    return inheritance(view)


debt.row(
    "cfg.11",
    "Median number of keys that a new model's configuration changes against its nearest ancestor",
    source=GIT,
    anchors=(5, 50),
    severity=2,
    precision=M,
    kind=LEVEL,
    unit="keys",
    feeds=("cfg-small-change",),
)


@debt.signal(
    "cfg.12",
    source="PY+CFG",
    anchors=(0.9, 0),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of configurations",
    effort=SMALL,
    lifecycle="experimental",
    caution="A check by hand that no name tells of. What Hydra composes without classes counts half, and what is only "
    "an element of a program's own record is left out by its names.",
    feeds=("cfg-hard-to-err",),
    remedy="Load it into a dataclass or a pydantic model that refuses unknown keys, and let it fail there.",
    bad={"train.py": "import yaml\n\nparams = yaml.safe_load(open('params.yaml'))\nrate = params['rate']\n"},
    good={
        "train.py": "from dataclasses import dataclass\n\nimport yaml\n\n\n"
        "@dataclass\nclass Params:\n    rate: float\n\n\nparams = Params(**yaml.safe_load(open('params.yaml')))\n"
    },
)
def held_to_their_keys(view: View) -> Answer:
    """Share of the configurations loaded through a schema that refuses unknown keys."""
    return config_schemas(view)


@debt.signal(
    "cfg.13",
    source=GIT,
    anchors=(0.05, 0.3),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of commits",
    caution="Tuning by hand, one small commit after the other, looks the same.",
    feeds=("cfg-hard-to-err",),
)
def configuration_repairs(view: View) -> Answer:
    """Share of the configuration commits that only repair: they say so, or follow an earlier one within three days."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    return _of_config_commits(history, history.config_repairs, "change configuration alone and repair it")


@debt.signal(
    "cfg.14",
    source=CFG,
    also=PY,
    anchors=(0, 2),
    severity=3,
    precision=H,
    kind=LEVEL,
    unit="references",
    effort=SMALL,
    caution="Values that the environment supplies; modules that are made when the program is installed.",
    feeds=("cfg-hard-to-err",),
    remedy="Point it at what is there, or delete it; a test that composes every configuration finds the next one.",
    bad={
        "conf/model.yaml": "_target_: engine.models.Large\n",
        "engine/__init__.py": "",
        "engine/models.py": "class Small:\n    pass\n",
    },
    good={
        "conf/model.yaml": "_target_: engine.models.Small\n",
        "engine/__init__.py": "",
        "engine/models.py": "class Small:\n    pass\n",
    },
)
def dangling_references(view: View) -> Answer:
    """References in configuration that lead to nothing: interpolations, targets, defaults."""
    return dangling(view)


debt.row(
    "cfg.15",
    "Share of runs that log their configuration in readable form",
    source="CFG+LIN",
    anchors=(0.95, 0.3),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of runs",
    effort=SMALL,
    feeds=("cfg-visible-diff",),
)


@debt.signal(
    "cfg.16",
    source=CFG,
    also=PY,
    anchors=(0, 2),
    severity=2,
    precision=M,
    unit="places",
    lifecycle="experimental",  # strictly judged afresh: none of six, tables and presets stay where their code is
    caution="Presets that a library offers by name.",
    feeds=("cfg-visible-diff",),
    remedy="Move the settings into a configuration file that is loaded through a schema, and write a variant as a "
    "small override of it.",
    bad={
        "settings.py": "import os\n\nCONFIG = {\n"
        + "".join(f"    'rate_{n}': {n},\n    'name_{n}': 'a{n}',\n" for n in range(20))
        + "}\n"
    },
    good={"settings.py": "import os\n\nCONFIG = {'rate': 1, 'name': 'a'}\n", "conf/train.yaml": "rate: 1\n"},
)
def configuration_in_code(view: View) -> Answer:
    """Configuration kept in code (mappings of over 30 keys), in notebooks or in binary files."""
    return settings_in_code(view)


@debt.signal(
    "cfg.17",
    source="PKG+PY",
    also=CFG,
    anchors=(1, 0),
    severity=3,
    precision=M,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
    caution="Files that another program reads are left out by their names.",
    feeds=("cfg-assertable",),
    lifecycle="experimental",  # seen afresh, three of three were right: too few, as most tests may load settings
    remedy="Add one test that goes through every configuration file and loads it as the program does.",
    bad={
        "conf/train.yaml": "rate: 0.1\n",
        "train.py": "import yaml\n\nprint(yaml.safe_load(open('conf/train.yaml'))['rate'])\n",
    },
    good={
        "conf/train.yaml": "rate: 0.1\n",
        ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n"
        "      - run: python train.py --cfg job\n      - run: pytest\n",
    },
)
def loaded_by_tests(view: View) -> Answer:
    """A test or CI step loads every configuration."""
    return configs_loaded(view)


@debt.signal(
    "cfg.18",
    source=CFG,
    also=PY,
    anchors=(0.05, 0.4),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of keys",
    effort=SMALL,
    lifecycle="experimental",
    caution="A wildcard read marks its whole subtree as read; keys that a library reads by its own rules.",
    feeds=("cfg-unused-detectable",),
    remedy="Delete the key, or read it where it was meant to count.",
    bad={
        "params.yaml": "train:\n  depth: 3\n  warm_epochs: 5\n",
        "train.py": "import yaml\n\nparams = yaml.safe_load(open('params.yaml'))\ndepth = params['train']['depth']\n",
    },
    good={
        "params.yaml": "train:\n  depth: 3\n",
        "train.py": "import yaml\n\nparams = yaml.safe_load(open('params.yaml'))\ndepth = params['train']['depth']\n",
    },
)
def unread_keys(view: View) -> Answer:
    """Share of the keys that nothing reads."""
    return dead_keys(view)


@debt.signal(
    "cfg.19",
    source=CFG,
    anchors=(0.1, 0.6),
    severity=1,
    precision=M,
    kind=SHARE,
    unit="of keys",
    effort=SMALL,
    caution="Being explicit is a virtue, so it weighs little.",
    feeds=("cfg-unused-detectable",),
    remedy="Leave out what the base says already, and keep only what differs; or say beside it why it must stay.",
    bad={
        "conf/base.yaml": "rate: 1\nsize: 2\nseed: 3\n",
        "conf/wide.yaml": "_base_: base.yaml\nrate: 1\nsize: 2\nseed: 4\n",
    },
    good={
        "conf/base.yaml": "rate: 1\nsize: 2\nseed: 3\n",
        "conf/wide.yaml": "_base_: base.yaml\nseed: 4\n",
    },
)
def said_again(view: View) -> Answer:
    """Share of the keys of composed configurations that repeat the parent's value."""
    return repeated_keys(view)


@debt.signal(
    "cfg.20",
    source=PY,
    also=CFG,
    anchors=(0, 5),
    severity=3,
    precision=M,
    unit="reads",
    effort=SMALL,
    lifecycle="experimental",
    caution="Optional keys read with a default are left out; options that a library adds to the parser.",
    feeds=("cfg-unused-detectable",),
    remedy="Define the option or the key, or delete the line that reads it.",
    bad={
        "train.py": "import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--rate', type=float)\n"
        "args = parser.parse_args()\nprint(args.rate, args.depth)\n"
    },
    good={
        "train.py": "import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--rate', type=float)\n"
        "args = parser.parse_args()\nprint(args.rate)\n"
    },
)
def reads_of_nothing(view: View) -> Answer:
    """Reads of keys that no option, file or schema holds."""
    return phantom_reads(view)


@debt.signal(
    "cfg.21",
    source=GIT,
    anchors=(0.1, 0.9),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of changes",
    effort=SMALL,
    caution="Only git is read: a review that leaves no merge, number or trailer is not seen.",
    feeds=("cfg-reviewed",),
)
def unreviewed_configuration(view: View) -> Answer:
    """Share of the configuration changes merged without a trace of review."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if (reason := alone(history)) is not None:
        return reason
    return _of_config_commits(history, history.config_untraced, "came to the main line directly")


def _of_config_commits(history: HistoryFacts, count: int | None, what: str) -> Answer:
    total = history.config_commits
    if total is None or count is None:
        return Unknown("the commits of the last 12 months are not known")
    if not total:
        return NotApplicable("no commit in the last 12 months touches configuration")
    return Measure(count / total, total, note=f"{count} of {total} commits with configuration in 12 months {what}")


debt.row(
    "cfg.22",
    "Share of runs whose settings or commit are not in git",
    source=LIN,
    anchors=(0.05, 0.6),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of runs",
    caution="Sweeps under a parent run are left out.",
    feeds=("cfg-reviewed",),
)


@debt.signal(
    "cfg.23",
    source="PY+CFG",
    anchors=(0, 5),
    severity=2,
    precision=H,
    unit="conditions",
    effort=SMALL,
    caution="A day that only bounds a picture.",
    lifecycle="experimental",  # seen afresh, 8 of 9 were right after the last mend: one short of enough
    remedy="Give the day a name and a reason in configuration, next to what it is true of, and an assertion that "
    "fails when data of another period comes; drop it when its reason is gone.",
    bad={
        "features.py": "import pandas\n\n\ndef clean(frame):\n"
        "    return frame[frame['day'] >= pandas.Timestamp('2023-10-07')]\n"
    },
    good={
        "features.py": "import pandas\n\n\ndef clean(frame, first_day):\n"
        "    return frame[frame['day'] >= pandas.Timestamp(first_day)]\n"
    },
)
def bound_to_a_day(view: View) -> Answer:
    """Feature or selection conditions bound to a date."""
    return dated_conditions(view)


@debt.file_signal(
    "mls-11",
    PythonFacts,
    source=PY,
    anchors=(0.5, 5),
    severity=1,
    precision=M,
    kind=DENSITY,
    unit="per KLOC",
    lifecycle="experimental",  # strictly judged afresh: none of five, baselines and lessons keep defaults on purpose
    effort=SMALL,
    applies=is_no_course,
    remedy="Write down the parameters that matter, even where they equal the default of today.",
    bad={"train.py": "from sklearn.ensemble import RandomForestClassifier\n\nmodel = RandomForestClassifier()\n"},
    good={
        "train.py": "from sklearn.ensemble import RandomForestClassifier\n\n"
        "model = RandomForestClassifier(max_depth=4)\n"
    },
)
def estimators_by_default(facts: PythonFacts) -> Tally | None:
    """Estimators made without their main hyper-parameters."""
    return default_estimators(facts)


@debt.signal(
    "llm.2",
    source=PY,
    anchors=(0, 5),
    severity=2,
    precision=M,
    unit="prompts",
    lifecycle="experimental",  # ours, and not yet judged by others
    caution="Cases to try, kept as code. A module or folder named for prompts, templates or evaluations is left out.",
    remedy="Move the prompt to a file of its own, load it by name and version, and log both with each answer.",
    bad={
        "answer.py": "from openai import OpenAI\n\nPROMPT = 'You answer questions about invoices. "
        + "Say what the invoice tells and nothing else. " * 6
        + "'\nreply = OpenAI().responses.create(model='gpt-4o-2024-08-06', input=PROMPT)\n"
    },
    good={
        "answer.py": "from pathlib import Path\n\nfrom openai import OpenAI\n\n"
        "PROMPT = Path('prompts/invoices_v3.txt').read_text()\n"
        "reply = OpenAI().responses.create(model='gpt-4o-2024-08-06', input=PROMPT)\n"
    },
)
def long_prompts_in_code(view: View) -> Answer:
    """Prompts of fifty words and more that stand as literals among other code."""
    return prompts_in_code(view)
