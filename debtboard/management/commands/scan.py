from debtboard.management.delegating import Delegating


class Command(Delegating):
    help = "Scan one git repository, as `debtboard scan` does."
