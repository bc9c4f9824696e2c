"""Loaded configurations and what holds them to their keys (cfg.12)."""

import time

import pytest

from scoring.analyses.config_loads import config_schemas
from scoring.analyses.option_reads import phantom_reads
from scoring.analyses.view import View
from scoring.testing import ML_FILE, check_clear, check_unknown, component_from, facts_from, result_of

SIGNAL = "cfg.12"
LOAD = "import yaml\n\n\ndef load(path):\n    with open(path) as handle:\n        config = yaml.safe_load(handle)\n"
RECORD = "from pydantic import BaseModel\n\n\nclass Settings(BaseModel):\n    rate: float\n"


def places(files: dict[str, str]) -> list[str]:
    _, findings = result_of(SIGNAL, facts_from({**ML_FILE, **files}))
    return [f"{finding.path}:{finding.line}" for finding in findings]


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "x = 1\n"},
        {"a.py": "import json\n\nrows = json.load(open('rows.json'))\n"},
        {"a.py": "import yaml\n\nmeta = yaml.safe_load(open('config/metadata.yaml'))\n"},
        {"a.py": "import json\n\nfrom transformers import AutoModel\n\nconfig = json.load(open('config.json'))\n"},
        {"a.py": "import json\n\n\ndef load(path):\n    config = json.load(open(path))\n    json.dump(config, path)\n"},
        {"convert_model.py": "import yaml\n\nconfig = yaml.safe_load(open('config.yaml'))\n"},
        {"examples/a.py": "import yaml\n\nconfig = yaml.safe_load(open('config.yaml'))\n"},
        {"a.py": "import yaml\n\nconfig = yaml.safe_load('rate: 1\\nsize: 2\\n')\n"},
    ],
)
def test_without_a_configuration_it_is_not_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, {**ML_FILE, **files})


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": LOAD + "    return Settings(**config)\n"},
        {"a.py": "from shop import Study\n" + LOAD + "    return Study(config)\n"},
        {"a.py": "import jsonschema\n" + LOAD + "    jsonschema.validate(config, SCHEMA)\n    return config\n"},
        {"a.py": LOAD + "    return config\n\n\ndef check_config(config):\n    assert config['rate'] > 0\n"},
        {"a.py": LOAD + "    return config\n", "b.py": "from a import load\n" + RECORD},
        {"records.py": RECORD, "a.py": "from records import Settings\n" + LOAD + "    return Settings.make(config)\n"},
    ],
)
def test_configuration_that_something_holds_to_its_keys_is_clear(files: dict[str, str]) -> None:
    check_clear(SIGNAL, files)


@pytest.mark.parametrize(
    "source",
    [
        LOAD + "    return config\n",
        "import json\n" + LOAD + "    return json.dumps(config)\n",
        "from easydict import EasyDict\n" + LOAD + "    return EasyDict(config)\n",
    ],
)
def test_configuration_taken_as_it_stands_is_found(source: str) -> None:
    line = source.splitlines().index("        config = yaml.safe_load(handle)") + 1
    assert places({"a.py": source}) == [f"a.py:{line}"]


def test_ini_file_counts_where_it_is_read() -> None:
    source = "import configparser\n\nconfig = configparser.ConfigParser()\nconfig.read('train.ini')\n"
    assert places({"a.py": source}) == ["a.py:4"]


def test_what_hydra_composes_counts_half_and_is_no_place() -> None:
    main = "import hydra\n\n\n@hydra.main(config_name='train')\ndef main(cfg):\n    print(cfg.rate)\n"
    result, findings = result_of(SIGNAL, facts_from({**ML_FILE, "train.py": main}))
    assert (result.value, findings) == (0.5, ())


def test_hydra_with_its_store_of_classes_is_clear() -> None:
    main = "import hydra\n\n\n@hydra.main(config_name='train')\ndef main(cfg):\n    print(cfg.rate)\n"
    store = "from hydra.core.config_store import ConfigStore\n\nConfigStore.instance().store(name='train', node=dict)\n"
    check_clear(SIGNAL, {"train.py": main, "store.py": store})


def test_file_made_of_loads_is_looked_at_in_time_linear_in_its_size() -> None:
    loads = "config = yaml.safe_load(open('config.yaml'))\n" * 5_000
    view = View(component_from({**ML_FILE, "a.py": f"import yaml\n{loads}"}))
    view.product  # noqa: B018 -- derived once it is read
    for look in (config_schemas, phantom_reads):
        started = time.process_time()
        look(view)
        assert time.process_time() - started < 1.0
