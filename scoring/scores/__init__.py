"""Policy only: signals -> debts, litmus answers, rubric and practices."""
