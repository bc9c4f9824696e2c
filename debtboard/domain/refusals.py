"""What a person asked for and can't have."""


class Refused(Exception):
    """Why not: one sentence, what and what to do; `field` is the one of the form it belongs to, "" for none."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
