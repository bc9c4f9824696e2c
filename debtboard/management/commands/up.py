from debtboard.management.delegating import Delegating


class Command(Delegating):
    help = "Bring the board up on this machine, as `debtboard up` does."
