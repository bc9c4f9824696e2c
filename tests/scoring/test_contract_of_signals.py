"""The contract that an operator's own signals are held to is the one that ours keep."""

import pytest

from scoring.contract import faults
from scoring.debts import all_debts
from scoring.findings import Debt


@pytest.mark.parametrize("debt", all_debts(), ids=lambda debt: debt.slug)
def test_every_debt_of_the_catalogue_keeps_it(debt: Debt) -> None:
    assert list(faults(debt)) == []
