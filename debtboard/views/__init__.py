"""The pages: each gets its noun through the gate of `debtboard.domain.access` and its figures from one query."""
