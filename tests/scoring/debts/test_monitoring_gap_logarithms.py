"""Logarithms of probabilities."""

import pytest

from scoring.testing import check_clear, check_found


def parts(line: str) -> dict[str, str]:
    """Twenty different files: a density counts against five KLOC at least."""
    head = "import torch\n\n\ndef loss(probs, losses):\n"
    return {f"part_{n:02}.py": f"{head}    {line}\n    return probs\n\n\nPART = {n}\n" for n in range(20)}


@pytest.mark.parametrize(
    "line",
    [
        "x = torch.log(probs + 1e-8)",
        "x = torch.log(probs.clamp(min=1e-8))",
        "x = torch.log(losses)",
        "probs = probs.clip(1e-8)\n    x = torch.log(probs)",
    ],
)
def test_logarithm_kept_from_zero_is_clear(line: str) -> None:
    check_clear("mls-15", parts(line))


@pytest.mark.parametrize("line", ["x = torch.log(probs)", "x = torch.log(torch.softmax(losses, 1))"])
def test_bare_logarithm_is_found(line: str) -> None:
    check_found("mls-15", parts(line), at=[f"part_{n:02}.py:5" for n in range(20)])


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\n\n\ndef predict_log_proba(model, x):\n    return np.log(model.predict_proba(x))\n",
        "import numpy as np\n\n\ndef curve(probs):\n    return np.log(probs)\n",
        "import torch\n\n\ndef draw(sample_prob):\n    return torch.log(sample_prob)\n",
        "import torch\n\n\ndef loss(probs):\n    return torch.log(clamp_probs(probs))\n",
    ],
    ids=["log proba", "curve", "draw by chance", "own guard"],
)
def test_logarithm_where_minus_infinity_is_meant_or_kept_out_is_clear(code: str) -> None:
    check_clear("mls-15", {f"part_{n:02}.py": f"{code}\n\nPART = {n}\n" for n in range(20)})


def test_logarithm_of_numbers_in_a_loss_is_found() -> None:
    code = "import numpy as np\n\n\ndef cross_entropy(probs):\n    return -np.log(probs)\n\n\nPART = "
    check_found(
        "mls-15", {f"part_{n:02}.py": f"{code}{n}\n" for n in range(20)}, at=[f"part_{n:02}.py:5" for n in range(20)]
    )
