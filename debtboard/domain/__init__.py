"""The verbs: what Debtboard does, called by views, tasks and commands; what is only read is in `queries`."""
