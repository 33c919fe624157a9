"""What is told of every record that begins on another?"""

from pydantic import Field

from workflows.referral_facts import ShortSaid
from workflows.table import Facts


class Begin(Facts):
    """For which of the children there it begins."""

    children: tuple[ShortSaid, ...] = Field(default=(), title="Which children?", description="None ticked means all")
