"""What the resident was asked, and what the labels of the model mean to a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from civicline_rasa.phrasing import Choice

SAFETY = frozenset(
    {"emergency", "crisis", "safeguarding_adult", "safeguarding_child", "homelessness"}
)
# A needless number to call costs less than danger taken for something else.
SAFETY_ABOVE = 0.4
A_PERSON = "speak_to_agent"
OUT_OF_SCOPE = "out_of_scope"
CONFIRM = "confirm"
# The name of a library, a car park and so on, of which the table holds the answer.
ROW = "row"
# Kinds answered by yes or no, behind which a new request may follow. A `yes_no` field of a form is
# none of them: "yes, the whole road floods" is its answer.
NOTHING_FILLED = frozenset({"offer", "satisfied"})
POLAR = NOTHING_FILLED | {CONFIRM}
# The draft deals with these itself; `understood` still tells it which one it was.
STEERING = frozenset(
    {"affirm", "deny", "dont_know", "correct_answer", "go_back", "start_again", "stop"}
)


@dataclass(frozen=True)
class Asked:
    """What the resident was asked, as the gateway tells it. `kind` is the kind of field; `steers`
    the command that the words are, and nothing else; `gives_up` says that they let go of what was
    begun for something else."""

    asks: str | None = None
    kind: str | None = None
    choices: tuple[Choice, ...] = ()
    choice: str | None = None
    draft: str | None = None
    reads: bool = False
    about: str | None = None
    steers: str | None = None
    gives_up: bool = False

    @classmethod
    def from_metadata(cls, metadata: dict[str, Any] | None) -> Asked:
        """Whatever is missing or null counts as not asked."""
        metadata = metadata or {}
        return cls(
            asks=metadata.get("asks"),
            kind=metadata.get("kind"),
            choices=tuple(metadata.get("choices") or ()),
            choice=metadata.get("choice"),
            draft=metadata.get("draft"),
            reads=bool(metadata.get("reads")),
            about=metadata.get("about"),
            steers=metadata.get("steers"),
            gives_up=bool(metadata.get("gives_up")),
        )
