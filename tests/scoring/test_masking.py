"""Secrets of scanned code never reach a page; names and paths do."""

import pytest

from scoring.findings import Hit, Signal, locate
from scoring.masking import MASK, mask, mask_lines, masked

KEPT = [
    "from sklearn.model_selection import train_test_split_with_groups",
    "path = 'data/raw/users/2021/events_by_country_and_day.parquet'",
    "learning_rate=0.00030000000000000003",
    "def test_threshold_of_model_v2_is_learnt_from_validation():",
    "url = 'https://example.org/a/b/c'",
    "token = tokenizer.encode(text)",
    "password = os.environ['DB_PASSWORD']",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0000",
    "class UNet2DConditionModelHighResFix(Module):",
    "MaskedStableDiffusionXLImg2ImgPipeline.prepare_latents",
]

MASKED = [
    ("password = 'hunter2hunter2'", "hunter2hunter2"),
    ('{"api_key": "abcdef123456"}', "abcdef123456"),
    ("DB_PASSWORD=correcthorsebattery", "correcthorsebattery"),
    ("postgres://alice:s3cr3t@db.example.org/x", "s3cr3t"),
    ("url = https://ghs0met0ken@github.com/acme/churn.git", "ghs0met0ken"),
    ("git+https://alice:p@ss@git.example.org/x", "ss@"),
    ("aws = 'AKIAIOSFODNN7EXAMPLE'", "AKIAIOSFODNN7EXAMPLE"),
    ("k = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'", "wJalrXUtnFEMI"),
    ("x('ghp_16C7e42F292c6912E7710c838347Ae178B4a')", "16C7e42F292c"),
    ("h = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c'", "9f86d081884c"),
    ("made = 'dGhpcyBpc25vdCBhIHdvcmQ0Mg'", "dGhpcyBpc25vdCBhIHdvcmQ0Mg"),
    ("jwt = eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN", "dozjgNryP4J3jVmN"),
]


@pytest.mark.parametrize("line", KEPT)
def test_mask_leaves_names_and_paths(line):
    assert mask(line) == line


@pytest.mark.parametrize(("line", "secret"), MASKED)
def test_mask_hides_a_secret(line, secret):
    shown = mask(line)
    assert secret not in shown
    assert MASK in shown


def test_mask_hides_a_private_key_block():
    block = ["x = '''", "-----BEGIN RSA PRIVATE KEY-----", "MIIEow", "abc", "-----END RSA PRIVATE KEY-----", "y = 1"]
    assert mask_lines(block) == [block[0], block[1], MASK, MASK, block[4], "y = 1"]


def test_masked_keeps_the_lines_of_a_text():
    assert masked("a\npassword = 'hunter2hunter2'\n") == f"a\npassword = '{MASK}'\n"


def test_locate_masks_what_a_finding_says():
    signal = Signal(id="x.1", debt="glue-code", measure="m", anchors=(0, 1), severity=1, precision="H", source="PY")
    hit = Hit(
        path="a.py", line=1, key="k", message="uses 'AKIAIOSFODNN7EXAMPLE'", evidence={"call": "x(token='abcdef12')"}
    )
    (found,) = locate(signal, [hit], "Mend it.")
    assert found.message == f"uses '{MASK}'"
    assert found.evidence == {"call": f"x(token='{MASK}')"}
