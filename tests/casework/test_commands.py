"""Commands to the conversation are known by their words, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from casework.domain.commands import Command, command_in, gives_up_first

SAID = {
    Command.CARRY_ON: (
        "carry on|please continue|keep going|go ahead|yes carry on|carry on please|"
        "continue|proceed|"
        "ok lets carry on|right carry on then|can we carry on|i said carry on|"
        "no carry on|dont stop|"
        "no i dont want to stop|im back|im ready|ok go on then|lets get on with it|crack on|"
        "carry on with the form|continue from where we were|i'm still here|keep goin love"
    ),
    Command.LATER: (
        "cant do this now, later|I'll do the rest later|can I finish this tomorrow|I've got to go|"
        "i have to go now sorry|gotta run|save this for later|can i save it and come back later|"
        "ill finish it when i get home|i havent got time for this right now|later|not now|"
        "sorry bus is here, can I finish this tomorrow|can you save my answers for later please|"
        "ive got to go and pick the kids up can i do the rest later|"
        "i'll come back to this tomorrow|"
        "i need to dash|can we do this another time|leave it for now|i'll ring back later|"
        "stop for now, i'll finish later|no time now|can we pause this|it's not a good time|"
        "sorry I need to go|I'll have to ring you back|I'll have to call you back, bye|"
        "let me ring you back|i need to call back|sorry I'll give you a ring later"
    ),
    Command.STOP: (
        "actually forget it, stop|stop|stop please|cancel|cancel this|forget it|never mind|quit|"
        "oh never mind then|i dont want to do this anymore|i've changed my mind|dont bother|"
        "i changed my mind|i can't be bothered with this|too many questions|stop it now|leave it|"
        "actually no forget the whole thing|cancel my report|stop asking me questions|dont send it|"
        "sorry forget it|just forget it I'll sort it myself"
    ),
    Command.GO_BACK: (
        "go back|can i go back|back please|go back one|previous question|undo that|"
        "can we go back a step|go back to the last question"
    ),
    Command.START_AGAIN: (
        "start again|can we start over|start from the beginning|restart|go back to the start|"
        "scrap that and start again|lets begin again please"
    ),
    Command.NOT_THAT: (
        "that's not what I meant|you've misunderstood|no not that|no thats not what i meant|"
        "you got that wrong|thats the wrong thing|i didnt ask for that|no you misunderstood me|"
        "not what i asked|that isn't what I want|you're not listening|i meant something else|"
        "i changed my mind, not that"
    ),
    Command.REPEAT: (
        "what was the question|say that again please|sorry what did you say|pardon|repeat that|"
        "i didnt catch that|can you repeat the question|come again"
    ),
}
OTHERS = (
    "within|within Plymouth|the first one|none of these|14 Elm Road|yes|no|it's not safe|"
    "the bin men came back later|he said he'd stop|tomorrow morning at 9 outside the shop|"
    "there's a stop sign down|the hole goes back to last year|it keeps going off at night|"
    "the noise carries on until 2am|I'd rather do it here|bus stop on mutley plain|back garden|"
    "back lane behind the shop|i want to cancel my garden waste|leave the bins by the back gate|"
    "i went back and it was gone|no one is hurt|a person please|stop sign knocked over|"
    "it's been going on for weeks|please can you ring me later today|go ahead with option two|"
    "they never came|i can't carry on like this|i can't go on any more|"
    "i don't want to go on anymore|"
    "it is a danger to kids|my dog keeps running back|I will send it later"
)


@pytest.mark.parametrize(
    ("command", "said"), [(c, one) for c, many in SAID.items() for one in many.split("|")]
)
def test_a_command_is_heard_in_whatever_words(command: Command, said: str) -> None:
    heard = command_in(said)
    assert heard is not None
    assert heard.command is command
    assert command_in(said.lower().replace("'", "").replace(",", "")) is not None


@pytest.mark.parametrize("said", OTHERS.split("|"))
def test_an_answer_a_story_and_despair_are_no_command(said: str) -> None:
    assert command_in(said) is None


@pytest.mark.parametrize("said", ["later", "not now", "leave it", "tomorrow", "doesn't matter"])
def test_words_that_may_answer_the_question_are_weak(said: str) -> None:
    heard = command_in(said)
    assert heard is not None
    assert heard.weak


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("no, that's not what I meant. I want a new bin", "I want a new bin"),
        ("not that, my bin was missed", "my bin was missed"),
        ("forget that, there's a pothole", "there's a pothole"),
        ("that's not what I meant", None),
        ("no, it's 12 not 14", None),
        ("it's big, and deep", None),
    ],
)
def test_what_is_meant_instead_is_told_from_what_is_given_up(said: str, rest: str | None) -> None:
    assert gives_up_first(said) == rest
