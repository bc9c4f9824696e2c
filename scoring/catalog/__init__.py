"""Stable ids and texts of what no debt owns: litmus questions, rubric tests, practices, attestation questions.

History is keyed by these ids, so one that leaves the catalogue is retired, never used again. A debt's text lives in
its own file of `scoring.debts`.
"""
