"""Yes and no in all the forms in which they come, and what is neither."""

from __future__ import annotations

import pytest

YES = """yes|yes.|YES|Yes please|yeah|yeh|ye|yep|yup|yah|ya|aye|aye go on|yes it is|it is|it is yes
that's right|that is correct|correct|right|spot on|exactly|absolutely|of course|certainly|definitely
for sure|sure|sure thing|ok|okay|k|fine|that's fine|all good|all correct|all of that is correct
go on|go on then|go for it|go ahead|please do|do it|why not|sounds good|happy with that|I am
I do|I did|we have|there is|they did|I think so|I believe so|I'd say so|yes I think so|indeed
no that is all correct|no that's fine thanks, it's all correct|no, it's all correct thank you
no it's all correct|nope that's all correct|no, everything is correct|yes, and when is my next bin?
no problem yes|yes no problem|👍|✅|y|1|uh huh|mhm|yes that's all correct
yes and when is the next collection|yes and can you tell me when my bin goes|too right|you bet
yes, that's it|that's the one|affirmative|true|aye it is that
dead right|oh yes|well yes|um yeah|I suppose so|I guess so|certainly is|course|'course
yes send it|send it|please send it|yes go ahead and send it|looks right|looks good to me|yes thanks
"""
NO = """no|no.|No thank you|nope|nah|naw|nae|know|no it isn't|it isn't|it's not|not really
not at all
no it's wrong|no that's wrong|that's wrong|wrong|incorrect|not right|that is not correct|not correct
definitely not|absolutely not|of course not|certainly not|I don't think so|I doubt it|never|no way
I didn't|we haven't|there isn't|they did not|nobody|no one|no one was hurt|none|nothing|n|2|👎|❌
negative|not yet|no not yet|no ta|no cheers|no I'm good|not likely|don't|don't send it|no don't
no the date is wrong|no the name's wrong|no change the address|na|nay|no sorry|sorry no|oh no
no it's 12 not 14|that isn't right|that's not right|not me|that's not it|no I want to change it
I'd rather not|rather not|not on your life|false|no, none of them|no no no
"""
NEITHER = """maybe|perhaps|I'm not sure|not sure|don't know|dunno|no idea|yes and no|yes no|hello
what do you mean?|what|is it?|why|it depends|14 elm road|07700 900123|jane smith|next friday
somebody could get hurt|yes it is not safe|the green bin|it could be|hang on|wait a minute
I put a bin out and the men drove straight past it|can you repeat that|what was the question
who knows|a bit|sometimes|sort of|half of it|PL4 8AA|sorry?|pardon|can I change something
speak to someone|council tax|when is my bin day|I know|I know that|you know|right then where was I
no problem|okay?|yes?|no changes|yeah no that's fine|that's it
"""


def _each(block: str) -> list[str]:
    return [text for row in block.strip().splitlines() for text in row.split("|") if text]


@pytest.mark.parametrize(
    ("text", "value"),
    [*((t, True) for t in _each(YES)), *((t, False) for t in _each(NO)),
     *((t, None) for t in _each(NEITHER))],
)  # fmt: skip
def test_hears_yes_and_no_in_every_form(hears, text, value):
    assert hears("danger", text) is value
