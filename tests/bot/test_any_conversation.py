"""Conversations put together by chance: whatever is said, something fitting is answered."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from casework.domain.conversations import STEERING, Author, Channel, Mode
from tests.office import Talk, the_council

SERVICES = sorted(the_council().services)
USUAL = ["house_move", "pothole", "missed_bin", "bin_day", "case_status", "speak_to_agent",
         "callback", "council_tax_pay", "bereavement", "homelessness", "not_council"]  # fmt: skip
SAYINGS = [
    "yes", "no", "within Plymouth", "Priya Shah", "07700 900123", "priya@example.com",
    "14 Elm Road", "14 Elm Road PL4 7AA", "PL4 7AA", "Elm Road in Mutley near the post office",
    "outside 3 Church Road", "12 December", "yesterday", "31 February", "I rent it", "green bin",
    "all of them", "bins and voting", "none", "skip", "I don't know", "tomorrow morning", "2",
    "the date is wrong", "no, it's 13 December", "the name is wrong", "what?", "hello", "big hole",
    "my house is on fire", "1000 0012", "4021 7753", "🕳️", "a" * 300, "4242 4242 4242 4242",
    "Harbour Lettings", "change my address", "sorry I meant 07700 900456", "£12.50", "...", "?",
]  # fmt: skip
PARTS = ["go_back", "start_again", "stop", "correct_answer", "dont_know", "affirm", "deny"]


def chance_turn(talk: Talk, dice: random.Random) -> str:
    """One turn by chance; gives what was sent."""
    roll = dice.random()
    if roll < 0.3 and talk.choices:
        choice = dice.choice(talk.choices)
        talk.presses(choice)
        return f"[{choice}]"
    text = dice.choice(SAYINGS)
    label = None
    if roll > 0.9:
        label = dice.choice(sorted(STEERING))
    elif roll > 0.8:
        label = dice.choice(PARTS)
    elif roll > 0.68:
        label = dice.choice(USUAL if dice.random() < 0.7 else SERVICES)
    likely = [(dice.choice(SERVICES), 0.2), (dice.choice(SERVICES), 0.1)]
    talk.says(text, label, ranking=dice.choice([[], dict(likely).items()]))
    return f"{text} ({label})"


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("seed", range(40))
def test_no_turn_fails_or_is_met_with_silence(
    begin: Callable[..., Talk],
    channel: Channel,
    seed: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    dice = random.Random(f"{channel}-{seed}")
    talk = begin(channel)
    sent: list[str] = []
    for _ in range(25):
        sent.append(chance_turn(talk, dice))
        assert not [r for r in caplog.records if "no answer" in r.getMessage()], sent
        assert talk.heard[-1].author is not Author.RESIDENT, sent
        if talk.conversation.mode is Mode.CLOSED:
            break
    # By chance a field may be asked again after it was taken back in words without a label.
    talk.asked_again.clear()
    services = the_council().services
    for case in talk.cases:
        service = services[case.service]
        allowed = {use.field.id for use in service.uses}
        if case.parent_ref is None and case.about is None:
            assert set(case.fields) <= allowed, sent
        assert all(answer.confirmed for answer in case.fields.values()) or case.about, sent
    assert "4242" not in str(talk.transcript) + str(talk.drafts) + str(talk.cases)
