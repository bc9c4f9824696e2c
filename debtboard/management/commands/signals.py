from debtboard.management.delegating import Delegating


class Command(Delegating):
    help = "Check signals of your own, as `debtboard signals` does."
