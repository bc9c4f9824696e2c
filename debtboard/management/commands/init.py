from debtboard.management.delegating import Delegating


class Command(Delegating):
    help = "Print a debtboard.toml for one git repository, as `debtboard init` does."
