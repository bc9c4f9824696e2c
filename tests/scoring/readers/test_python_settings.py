"""Uses of settings: the chain, how it is used, and the words of the file."""

import pytest

from scoring.facts import Settings, SettingUse
from scoring.readers.python import read


def settings_of(code: str) -> Settings:
    return read(code.encode()).settings or Settings()


def uses(code: str) -> list[tuple[str, str, str]]:
    return [(use.root, use.path, use.how) for use in settings_of(code).uses]


@pytest.mark.parametrize(
    "code", ["frame.loc[0]", "self.model.depth", "config", "print(config)", "'config.depth'", "# cfg.depth"]
)
def test_other_names_are_no_settings(code: str) -> None:
    assert uses(code + "\n") == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print(cfg.model.depth)", ("cfg", "model.depth", "")),
        ("print(cfg['model']['depth'])", ("cfg", "model.depth", "")),
        ("print(cfg['model'].depth)", ("cfg", "model.depth", "")),
        ("print(self.config.depth)", ("self.config", "depth", "")),
        ("print(cfg[name].depth)", ("cfg", "*.depth", "")),
        ("model = cfg.model", ("cfg", "model", "named")),
        ("cfg.model.depth = 3", ("cfg", "model.depth", "set")),
        ("cfg.model.items()", ("cfg", "model.items", "called")),
        ("fit(**cfg)", ("cfg", "", "unpacked")),
        ("x = {**train}  # config", ("train", "", "unpacked")),
    ],
)
def test_chain_is_told_as_used(code: str, expected: tuple[str, str, str]) -> None:
    assert uses(code + "\n") == [expected]


def test_section_unpacked_is_told_twice() -> None:
    assert uses("fit(**cfg.model)\n") == [("cfg", "model", ""), ("cfg", "model", "unpacked")]


def test_scope_and_line_are_kept() -> None:
    assert settings_of("def fit(cfg):\n    return cfg.depth\n").uses == (SettingUse("cfg", "depth", 2, "fit"),)


def test_words_are_kept_once_in_order() -> None:
    facts = settings_of("fit(depth=cfg['rate'], rate=cfg['rate'], path='conf/a.yaml', text='no words')\n")
    assert facts.texts == "conf/a.yaml rate"
    assert facts.names == "cfg depth fit path rate text"


def test_file_that_speaks_of_no_settings_keeps_no_words() -> None:
    assert read(b"frame = load('depth')\n").settings is None
