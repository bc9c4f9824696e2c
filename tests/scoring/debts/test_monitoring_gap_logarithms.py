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
