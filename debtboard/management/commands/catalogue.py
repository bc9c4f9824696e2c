from debtboard.management.delegating import Delegating


class Command(Delegating):
    help = "Print every debt, signal, question, test and practice, as `debtboard catalogue` does."
