"""Keys that nothing reads, and reads that find no key."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown, facts_from, result_of

LOAD = "import yaml\n\nconfig = yaml.safe_load(open('params.yaml'))\n"
PARSER = "import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--rate', type=float)\n"


@pytest.mark.parametrize(
    "code",
    [
        "depth = config['train']['depth']\n",
        "depth = config['train'].get('depth', 3)\n",
        "train = config['train']\ndepth = train['depth']\n",
    ],
)
def test_key_that_is_named_somewhere_is_read(code: str) -> None:
    check_clear("cfg.18", {"params.yaml": "train:\n  depth: 3\n", "train.py": LOAD + code})


@pytest.mark.parametrize(
    "code",
    [
        "fit(**config['train'])\n",
        "for name, value in config['train'].items():\n    print(name, value)\n",
        "fit(config['train'])\n",
        "print(config['train'][name])\n",
    ],
)
def test_section_that_is_handed_on_whole_is_unknown(code: str) -> None:
    check_unknown("cfg.18", {"params.yaml": "train:\n  depth: 3\n  warm: 5\n", "train.py": LOAD + code})


@pytest.mark.parametrize(
    "path", ["tests/params.yaml", "deploy/values.yaml", ".github/params.yaml", "mkdocs.yml", "docs/params.yaml"]
)
def test_file_that_is_no_setting_of_the_code_is_left_out(path: str) -> None:
    check_unknown("cfg.18", {path: "train:\n  depth: 3\n", "train.py": "import yaml\n"})


def test_mapping_that_names_its_class_is_left_out() -> None:
    text = "model:\n  _target_: sklearn.svm.SVC\n  shrinking: true\n"
    check_unknown("cfg.18", {"params.yaml": text, "train.py": LOAD + "model = config['model']\n"})


def test_section_that_is_named_while_none_of_its_keys_is_may_be_unpacked_elsewhere() -> None:
    text = "train:\n  warm: 5\nrate: 1\n"
    code = LOAD + "print(config['rate'])\ntrain = config['train']\n"
    check_clear("cfg.18", {"params.yaml": text, "train.py": code})


def test_section_that_nobody_names_is_found() -> None:
    text = "rate: 1\ntrain:\n  warm: 5\n"
    check_found("cfg.18", {"params.yaml": text, "train.py": LOAD + "print(config['rate'])\n"}, at=["params.yaml:3"])


def test_key_that_an_interpolation_names_is_read() -> None:
    files = {"params.yaml": "base: 3\ndepth: ${base}\n", "train.py": LOAD + "print(config['depth'])\n"}
    check_clear("cfg.18", files)


def test_dead_keys_are_found_by_section() -> None:
    files = {
        "params.yaml": "train:\n  depth: 3\n  warm: 5\n  cool: 6\n",
        "train.py": LOAD + "print(config['train']['depth'])\n",
    }
    _, findings = result_of("cfg.18", facts_from({**files, "m.py": "from sklearn.svm import SVC\n"}))
    assert [(item.path, item.line, item.message) for item in findings] == [
        (
            "params.yaml",
            3,
            "`warm`, `cool` under `train` stand in no Python file but tests, no interpolation and no "
            "command: changing it changes nothing, and whoever does is misled.",
        )
    ]


@pytest.mark.parametrize(
    "code",
    [
        "args = parser.parse_args()\nprint(args.rate)\n",
        "args = parser.parse_args()\nargs.depth = 3\nprint(args.depth)\n",
        "add_options(parser, '--depth')\nargs = parser.parse_args()\nprint(args.depth, args.rate)\n",
    ],
)
def test_defined_options_are_clear(code: str) -> None:
    check_clear("cfg.20", {"train.py": PARSER + code})


def test_parser_of_another_file_is_unknown() -> None:
    check_unknown(
        "cfg.20", {"train.py": "from options import parser\n\nargs = parser.parse_args()\nprint(args.depth)\n"}
    )


def test_option_that_nothing_defines_is_found() -> None:
    check_found("cfg.20", {"train.py": PARSER + "args = parser.parse_args()\nprint(args.depth)\n"}, at=["train.py:6"])


def test_key_that_the_loaded_file_lacks_is_found() -> None:
    files = {"params.yaml": "train:\n  depth: 3\n", "train.py": LOAD + "print(config['train']['width'])\n"}
    check_found("cfg.20", files, at=["train.py:4"])


@pytest.mark.parametrize(
    "code",
    [
        "print(config['train']['width'] if 'train' in config else 0)\n",
        "print(config['train']['width'] if 'width' in config['train'] else 0)\n",
        "config['train'] = {}\nprint(config['train']['width'])\n",
        "print(config[name]['width'])\n",
    ],
)
def test_key_that_is_asked_for_set_or_worked_out_is_not_found(code: str) -> None:
    check_clear("cfg.20", {"params.yaml": "train:\n  depth: 3\n", "train.py": LOAD + code + "print(config['train'])\n"})


def test_keys_of_a_file_that_is_chosen_at_run_time_are_unknown() -> None:
    code = LOAD.replace("'params.yaml'", "path") + "print(config['width'], 'params.yaml')\n"
    check_unknown("cfg.20", {"params.yaml": "depth: 3\n", "train.py": code})


def test_option_whose_name_is_worked_out_may_be_any() -> None:
    code = "parser.add_argument(f'--{name}')\nargs = parser.parse_args()\nprint(args.depth)\n"
    check_unknown("cfg.20", {"train.py": PARSER + code})


@pytest.mark.parametrize("signal", ["cfg.18", "cfg.20"])
def test_python_that_was_not_read_may_read_or_define_it(signal: str) -> None:
    code = LOAD + PARSER + "args = parser.parse_args()\nprint(args.depth, config['rate'])\n"
    files = {"params.yaml": "rate: 1\nwarm: 5\n", "train.py": code}
    check_found(signal, files)
    check_unknown(signal, {**files, "other.py": "def (\n"})


def test_template_of_configuration_is_left_out() -> None:
    text = "rate: 1\nwarm: {{ warm }}\ncool: {% if a %}1{% endif %}\n"
    check_unknown("cfg.18", {"params.yaml": text, "train.py": LOAD + "print(config['rate'])\n"})


def test_composed_file_counts_where_a_defaults_list_chooses_it() -> None:
    files = {
        "train.py": "import hydra\n\n\n@hydra.main(config_path='conf', config_name='train')\n"
        "def main(cfg):\n    print(cfg.model.depth, cfg.rate)\n",
        "conf/train.yaml": "defaults:\n  - model: small\n\nrate: 1\n",
        "conf/model/small.yaml": "depth: 3\nwarm: 5\n",
        "conf/model/other/large.yaml": "depth: 3\ncool: 5\n",
        "conf/hydra/small.yaml": "depth: 3\nlog: 5\n",
    }
    check_found("cfg.18", files, at=["conf/model/small.yaml:2"])
