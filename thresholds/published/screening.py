"""How soon is a contact screened, and which decisions does nobody take alone?"""

from pydantic import Field

from thresholds.published.entries import Entry, Id, Words


class Urgency(Entry):
    """A band of urgency, such as red: `limit` names the time within which a contact in it is screened.

    The first listed is the most urgent. The document's words say what belongs in it; a person chooses.
    """

    name: Words
    words: Words
    limit: Id


class SecondPerson(Entry):
    """Decisions, by id, that a second person agrees before they stand. No further action always is one of them."""

    decisions: tuple[Id, ...] = Field(min_length=1)
    words: Words
