"""Why not, and who can put it right? A refusal reads like a good colleague: no identifiers, no blame."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a move can't be made now, and the way out of it."""

    sentence: str
    who_can: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.sentence} {self.who_can}"


class Refused(Exception):
    """Raised by a guard with its one reason, and by the engine with all of them at once."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(" ".join(str(refusal) for refusal in refusals))


def refuse(sentence: str, *, who_can: str, where: str = "") -> Refused:
    return Refused(Refusal(sentence, who_can, where))
