"""Settings that guard a branch and never varied (dec.5)."""

from datetime import timedelta

import pytest

from scoring.facts import HistoryFacts
from scoring.findings import Finding, SignalResult
from scoring.testing import AS_OF, ML_FILE, facts_from, result_of

CODE = "def build(cfg):\n    if cfg.model.use_bias:\n        return 1\n    return 2\n"
CONF = "model:\n  use_bias: true\n"


def asked(
    files: dict[str, str], days: int = 181, history: HistoryFacts | None = None
) -> tuple[SignalResult, tuple[Finding, ...]]:
    changed = {path: AS_OF - timedelta(days=days) for path in files}
    return result_of("dec.5", facts_from({**ML_FILE, **files}, history=history or HistoryFacts(last_change=changed)))


@pytest.mark.parametrize(
    "files",
    [
        {"net.py": CODE, "a.yaml": CONF, "b.yaml": CONF.replace("true", "false")},
        {"net.py": CODE + "\n\ndef off(cfg):\n    cfg.model.use_bias = False\n", "a.yaml": CONF},
        {"net.py": CODE, "a.yaml": CONF, "Makefile": "off:\n\tpython net.py model.use_bias=false\n"},
        {"net.py": CODE.replace("use_bias", "debug"), "a.yaml": CONF.replace("use_bias", "debug"), "b.yaml": CONF},
        {"net.py": CODE, "a.yaml": "other:\n  use_bias: true\n"},
        {"net.py": CODE.replace("if cfg.model.use_bias", "if len(cfg.model.use_bias)"), "a.yaml": CONF},
        {"net.py": CODE.replace("cfg", "args"), "a.yaml": CONF},
        {"net.py": CODE, "a.yaml": CONF.replace("true", "3")},
    ],
)
def test_setting_that_varies_or_guards_nothing_is_no_finding(files: dict[str, str]) -> None:
    assert asked(files)[1] == ()


def test_setting_that_changed_within_180_days_is_clear() -> None:
    result, findings = asked({"net.py": CODE, "a.yaml": CONF}, days=180)
    assert (result.outcome, findings) == ("clear", ())


@pytest.mark.parametrize("history", [HistoryFacts(reason="shallow clone"), HistoryFacts()], ids=str)
def test_history_that_is_not_known_is_unknown(history: HistoryFacts) -> None:
    assert asked({"net.py": CODE, "a.yaml": CONF}, history=history)[0].outcome == "unknown"


def test_setting_of_a_package_for_others_is_unknown() -> None:
    setup = "from setuptools import setup\nsetup(name='net', packages=['net'])\n"
    assert asked({"net.py": CODE, "a.yaml": CONF, "setup.py": setup})[0].outcome == "unknown"


@pytest.mark.parametrize(
    "condition",
    ["cfg.model.use_bias", "not cfg['model']['use_bias']", "cfg.model.get('use_bias')", "x and cfg.model.use_bias"],
)
def test_setting_of_one_value_that_guards_a_branch_is_found(condition: str) -> None:
    result, findings = asked({"net.py": CODE.replace("cfg.model.use_bias", condition), "a.yaml": CONF, "b.yaml": CONF})
    assert [(finding.path, finding.line, finding.message) for finding in findings] == [
        (
            "a.yaml",
            2,
            "`model.use_bias` has been true here and 1 more for over 180 days, and the branch at net.py:2 waits for "
            "something else: nobody tries the other way.",
        )
    ]
    assert (result.value, result.population) == (1.0, 1)


def test_word_that_is_compared_is_found_in_the_file_of_its_section() -> None:
    code = CODE.replace("cfg.model.use_bias", "cfg.model.kind == 'small'")
    _, findings = asked({"net.py": code, "conf/model/base.yaml": "kind: large\n"})
    assert [(finding.path, finding.line) for finding in findings] == [("conf/model/base.yaml", 1)]
