"""Secrets of scanned code never reach a page; names and paths do."""

from time import process_time

import pytest

from scoring.findings import Hit, Signal
from scoring.location import locate
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
    "git+https://github.com/acme/churn.git@4f1c",
    "a basic understanding of bearer authentication",
    "tokens = [token for token in tokens if token != sep_token]",
    "token=self.token, secret=secrets",
    "author = 'Ada Lovelace and others'",
    "tokenizer = 'bert-base-uncased'",
    "pad_token='[PAD_OF_TEXT]'",
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
    ("Client(password=hunter2secret, user=x)", "hunter2secret"),
    ("os.environ['API_KEY'] = 'abcdefghij'", "abcdefghij"),
    ('password="hunter 2 with spaces"', "2 with"),
    ('token: str = "abcdef12345"', "abcdef12345"),
    ("token: Optional[str] = 'abcdef12345'", "abcdef12345"),
    ("SECRET_KEY = '''abcdef12345'''", "abcdef12345"),
    ('TOKEN = "abcde12" "fghij"', "fghij"),
    ('pwd = "letmein99"', "letmein99"),
    ("postgres://user:pa/ss@host/db", "ss@"),
    ("Authorization: Bearer abcdefabcdef1234567890", "abcdef1234"),
    ("requests.get(url, auth=('user', 'secretpw1'))", "secretpw1"),
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


KEY = "-----BEGIN RSA PRIVATE KEY-----"
END = "-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([f'KEY = "{KEY}\\nMIIEow\\n{END}"', "x = 1"], [f'KEY = "{KEY}{MASK}{END}"', "x = 1"]),
        ([f'"private_key_id": "{KEY}\\nMIIEow', "abc"], [f'"private_key_id": "{KEY}{MASK}', MASK]),
        ([KEY, f"abc{END}", "x = 1"], [KEY, f"{MASK}{END}", "x = 1"]),
        ([f"{KEY}a{END}{KEY}b", "c"], [f"{KEY}{MASK}{END}{KEY}{MASK}", MASK]),
    ],
)
def test_mask_hides_a_private_key_however_its_lines_fall(lines, shown):
    assert mask_lines(lines) == shown


@pytest.mark.parametrize(
    "text", ["token" * 4_000, "a" * 20_000, "token=" * 3_000, "password" + " " * 9_000, "x:" * 9_000, "'" * 9_000]
)
def test_mask_costs_no_more_than_the_length_of_a_line(text):
    """Cubic time on any of these is hours, and what they take is milliseconds."""
    began = process_time()
    mask(text)
    mask(f"token = '{text}'")
    assert process_time() - began < 10.0


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
