"""What is published and when it must be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casework.domain.answers import Topic
from casework.domain.catalogue import Council
from casework.domain.errors import NotAllowed
from casework.domain.staff import Role, StaffMember
from casework.use_cases.office import Office

SOON = timedelta(days=60)
"""How long before it is due a review is listed."""


@dataclass(frozen=True)
class Review:
    """One published answer: a service's own (no topic) or a topic's, and who keeps it right."""

    service: str
    topic: Topic | None
    owner: str
    source: str
    review_by: date


def list_reviews(office: Office, member: StaffMember) -> tuple[list[Review], list[Review]]:
    """The reviews that are overdue, and those due soon; the longest first.

    Back office see the answers of their own teams. Raises NotAllowed for agents.
    """
    if member.role is Role.AGENT:
        raise NotAllowed("answers")
    today = office.local_now.date()
    own = [
        review
        for review in reviews(office.council)
        if member.role is not Role.BACK_OFFICE or review.owner in member.teams
    ]
    late = [review for review in own if review.review_by < today]
    return late, [review for review in own if today <= review.review_by <= today + SOON]


def reviews(council: Council) -> list[Review]:
    """Every published answer, the one due first in front."""
    found = [
        Review(
            service=book.service,
            topic=part if isinstance(part, Topic) else None,
            owner=book.owner,
            source=part.source,
            review_by=part.review_by,
        )
        for book in council.answers.values()
        for part in book.parts()
    ]
    return sorted(found, key=lambda review: (review.review_by, review.service))
