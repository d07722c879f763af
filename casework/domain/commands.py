"""Commands to the conversation itself, known by their words alone: carry on, later, stop and kin.

A message is a command when it is nothing else: each of its clauses is one, or is small talk around
one. Words that could as well be a value ("later" for a time to ring) are `weak`: there a value of
what was asked goes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Command(StrEnum):
    """What a resident wants of the conversation."""

    CARRY_ON = "carry_on"
    REPEAT = "repeat"
    LATER = "later"
    STOP = "stop"
    START_AGAIN = "start_again"
    GO_BACK = "go_back"
    NOT_THAT = "not_that"


@dataclass(frozen=True)
class Heard:
    """A command, and whether its words could also answer a question."""

    command: Command
    weak: bool = False


_SMALL = (
    r"oh|ok|okay|k|actually|sorry|no|nope|nah|yes|yeah|yep|yea|please|pls|plz|just|well|look|um+|"
    r"er+m?|uh+|ah|hm+|right|so|and|but|then|now|alright|all right|hello|hi|hey|you know what|"
    r"i think|i mean|i said|i say|tell you what|do you know what|to be honest|tbh|maybe|perhaps|"
    r"honestly|mate|love|excuse me|hang on|hold on|wait|thanks|thank you|ta|cheers"
)
_MODAL = (
    r"can (?:we|you|i)|could (?:we|you|i)|may i|shall we|let'?s|let us|we can|you can|"
    r"(?:i|we)(?:'d| would)? (?:want|like|need|wanna|rather)(?: to)?|i'?ll|i will|i'?m going to|"
    r"im gonna|i'?m gonna|i have to|i need to|i'?d better"
)
_TRAIL = (
    r"please|pls|plz|then|thanks|thank you|ta|cheers|now|right now|here|mate|love|dear|sorry|"
    r"actually|instead|though|ok|okay|alright|if (?:that'?s|thats|its|it'?s) (?:ok|okay|alright|"
    r"all right|fine|possible)|if (?:i|we|you) (?:can|may|could)|if possible|for me|i think|"
    r"will you|can (?:i|we|you)|bye|good ?bye|cheerio|at the moment|today|anyway|for goodness sake|"
    r"really|all|do you hear"
)
_SMALL_LEADS = re.compile(rf"(?:(?:{_SMALL})(?: |$))*")
_LEADS = re.compile(rf"(?:(?:{_SMALL}|{_MODAL})(?: |$))*")
_TRAILS = re.compile(rf"(?:(?:^| )(?:{_TRAIL}))+$")
_LAST = re.compile(rf"(?:^| )(?:{_TRAIL})$")
_CUT = re.compile(r"[,.;:!?\n\u2013\u2014]+|\s-+\s|\b(?:and|but|so|cos|because|as)\b")

_THING = (
    r"(?:it|this|that|them|these|you|with (?:it|this|that|you|the rest|the form|my form|the "
    r"questions)|(?:the|my|this|that) (?:form|report|request|application|questions?|rest|whole "
    r"thing|lot|call|chat|conversation)(?: of (?:it|this|the form|my form))?|everything|anything)"
)
_OF_FORM = (
    r"(?:(?:with|to|from) )?(?:it|this|that|there|here|the (?:form|questions?|report|rest|next one|"
    r"next question)|my (?:form|report|request|application)|what we were doing|where (?:we|i) "
    r"(?:were|was|left off|got to|stopped))"
)
_SOME_DAY = (
    r"(?:later(?: on)?|another (?:time|day|night)|some other (?:time|day)|some ?time later|"
    r"tomorrow(?: (?:morning|afternoon|evening|night))?|to ?night|after (?:work|tea|lunch|dinner|"
    r"school|the school run|this)|in (?:a bit|a while|an hour|half an hour|the morning|the "
    r"evening)|"
    r"at the weekend|next week|this (?:evening|afternoon)|on (?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)"
    r"day|when (?:i|i'm|im|i've|ive)\b.{1,40}|once (?:i|i'm|im|i've|ive)\b.{1,40})"
)
_DO = (
    r"(?:do|finish|finish off|complete|continue|carry on|come back to|come back|get back to|go "
    r"back "
    r"to|sort|sort out|fill in|fill out|pick up|resume|deal with|look at|try)"
)
_NOW = r"(?:right now|just now|now|today|at the moment|this minute|any ?more)"

_CARRY_ON = (
    rf"(?:(?:carr?y|carrying) on|continue|keep (?:on )?(?:going|goin)|keep it going|go ahead|go on|"
    rf"goon|proceed|crack on|press on|get on|move along|resume)(?: {_OF_FORM})?",
    r"(?:get|let's get|lets get) on with (?:it|this|that)",
    r"(?:i'?m |im )?(?:ready|still here)(?: when you are| again)?|(?:i'?m |im )(?:back|here)(?: "
    r"again)?",
    r"(?:fire|ask) away|on we go|what'?s next|what next|let'?s go",
    r"(?:do not|don'?t|didn'?t|not|never|i don'?t want to|i do not want to|i didn'?t (?:say|mean|"
    r"want)(?: to)?|no need to) (?:stop|cancel|leave|quit|end)(?: it| this| yet| now)?",
    r"finish (?:it|this|the form|this form|my form)(?: now| off)?",
)
_REPEAT = (
    r"(?:say|ask|tell me|repeat|read)(?: me)?(?: (?:that|it|the question|this))?(?: again| once "
    r"more|"
    r" out again)",
    r"repeat(?: (?:that|it|the question|please|yourself))?",
    r"what (?:was|is|were)(?: the)? (?:question|last question|last bit|that|you saying|you asking)"
    r"(?: again)?",
    r"what did you (?:say|ask)(?: me)?(?: again)?|pardon(?: me)?|come again|you what|eh|say what",
    r"(?:i )?(?:didn'?t|did not|couldn'?t|can'?t) (?:quite )?(?:hear|catch|get)(?: (?:that|you|it|"
    r"what you said|the question))?",
    r"where (?:was i|were we|had we got to)",
)
_LATER = (
    rf"{_DO}(?: {_THING})?(?: (?:off|out|up))? {_SOME_DAY}",
    rf"(?:have to |need to |want to |going to |gonna |get to )+{_DO}(?: {_THING})? {_SOME_DAY}",
    rf"(?:(?:i|we) )?(?:can'?t|cannot|can not|cant|couldn'?t|won'?t be able to|am unable to|"
    rf"haven'?t "
    rf"got time to|don'?t have time to)(?: really)? (?:{_DO}|stay|stop|chat|talk|go on)"
    rf"(?: {_THING})? {_NOW}",
    r"(?:(?:i|we)(?:'ve|'m| have| am)? |ive |im )?(?:have not|haven'?t|don'?t have|not|no|run out "
    r"of|running out of|have no|got no)(?: got)?(?: the| any| enough)? time"
    rf"(?: (?:for (?:this|it|that|all this)|to (?:do|finish) {_THING}))?(?: {_NOW})?",
    r"(?:it'?s |its |this is |now is |now'?s |that'?s )?(?:not|a bad|bad|not really|not the)(?: "
    r"an?)? "
    r"?(?:a )?(?:good |best |right )?time(?: for me)?",
    rf"save(?: {_THING}| my answers| my progress| what i'?ve (?:said|told you|done))?"
    rf"(?: (?:for (?:later|now|me|tomorrow)|till (?:later|tomorrow)))?",
    r"save (?:and|it and|this and) (?:continue|finish|carry on|come back)(?: later)?",
    rf"keep (?:{_THING}|my answers)(?: for (?:later|me|now|tomorrow))",
    r"(?:pause|park|hold)(?: (?:it|this|that|here|there|for now|the form))*",
    rf"leave {_THING}(?: there| here)? (?:for (?:now|later|today|tomorrow|the moment)|till "
    rf"(?:later|"
    rf"tomorrow)|until (?:later|tomorrow))",
    r"leave it there|stop there(?: for now)?|stop for now",
    r"(?:(?:i|we)(?:'ve|'d| have)? |ive )?(?:got to|have to|had to|need to|gotta|got ta|must|"
    r"better|"
    r"best|gonna have to|going to have to|should)(?: really)? (?:go|leave|dash|run|shoot|fly|get "
    r"off|be off|pop off|pop out|go out|head off|hang up|rush|get going)(?: (?:out|off|to work|"
    r"to bed|home|soon))?",
    r"(?:ring|call|phone|text|message|come|be|get|write|get back to you)(?: (?:you|to you))?(?: "
    r"back)? "
    rf"{_SOME_DAY}",
    r"(?:i'?ll |i will |ill )?(?:ring|call|phone|come|be|get) (?:you )?back",
    r"(?:talk|speak|chat)(?: to you)? (?:later|tomorrow|another time)|back later|laters|ttyl",
)
_LATER_WEAK = (
    rf"(?:not|maybe|perhaps|do it|better)? ?{_SOME_DAY}",
    rf"not {_NOW}|in a bit",
)
_STOP = (
    rf"(?:stop|cancel|quit|exit|end|abort|scrap|ditch|give up|drop|delete|abandon)(?: (?:{_THING}|"
    rf"on "
    r"(?:it|this|that)|here|all|doing (?:it|this|that)|asking(?: me)?(?: questions)?))*",
    r"forget(?: about)?(?: (?:it|this|that|the whole thing|everything|i asked|i said anything))",
    r"nvm|never ?mind(?: (?:it|this|that|about (?:it|this|that)))?",
    r"(?:do not|don'?t|dont) (?:bother|worry)(?: (?:about )?(?:it|this|that|then))?",
    rf"(?:i )?(?:do not|don'?t|dont|no longer)(?: really)? (?:want|need|wanna|care)(?: to)?"
    rf"(?: (?:do|carry on|continue|go on|report|send|bother|finish|talk|proceed))*(?: with)?"
    rf"(?: {_THING})?(?: any ?more| now| at all| after all)*",
    r"(?:i'?ve |i have |ive |i )?changed my mind|(?:i )?can'?t be (?:bothered|arsed)(?: with "
    r".{1,30})?",
    r"(?:do not|don'?t|dont) (?:send|do|report|submit) (?:it|this|that|anything|any of it)",
    r"(?:that'?s |thats |it'?s )?enough(?: (?:questions|of this))?|no more(?: questions)?",
    r"get me out(?: of (?:here|this))?|i want out|i'?m not doing this",
    r"call (?:it|this) off|too many questions|this is (?:a waste of time|taking too long|too long)",
)
_STOP_WEAK = (
    r"leave (?:it|that|this)(?: be| out)?",
    r"(?:it )?doesn'?t matter",
    r"i give up|give up",
)
_START_AGAIN = (
    r"(?:start|begin|go)(?: it| this)?(?: all)? (?:again|over|afresh|over again)(?: from (?:the )?"
    r"(?:start|beginning|top|scratch))?",
    r"(?:start|begin|go back|back|go|take it)(?: right| all the way)? ?(?:to|from) (?:the "
    r")?(?:very )?"
    r"(?:start|beginning|top|scratch|first question)",
    r"restart(?: (?:it|this|the form))?|from the (?:start|beginning|top)|(?:clear|wipe|reset)"
    r"(?: (?:it|this|everything|all of it|the form|what i(?:'ve)? said))",
)
_GO_BACK = (
    r"(?:go|step|jump|skip|move|take me|get) back(?: (?:one|a (?:step|question|bit)|one (?:step|"
    r"question)|to (?:the )?(?:last|previous|one before|question before)(?: (?:one|question|bit|"
    r"answer|thing))?|to (?:that|it|what i said)))?",
    r"back(?: (?:one|a (?:step|question)|up))?|undo(?: (?:that|it|the last one))?",
    r"(?:the )?previous(?: (?:question|one|step|answer))?|(?:the )?(?:last|one|question) "
    r"(?:question "
    r")?(?:before|back)(?: (?:that|this))?|(?:the )?last question(?: again)?",
    r"(?:change|correct|redo) (?:my|the) (?:last|previous) (?:answer|one|question)",
)
_MEANT = (
    r"(?:mean|meant|said|say|asked?(?: for| about)?|want(?:ed)?|need(?:ed)?|was (?:asking|talking|"
    r"on)(?: about| for)?|am (?:asking|talking|on)(?: about| for)?|'m (?:asking|talking)(?: about|"
    r" for)?|came (?:for|here for)|rang (?:for|about)|called about)"
)
_NOT_THAT = (
    rf"(?:that|this|it)(?:'?s| is| was)?(?: so)? ?(?:not|n'?t)(?: at all)?(?: really)? (?:what|"
    rf"why) "
    rf"i ?{_MEANT}(?: at all)?",
    rf"(?:that|this|it) (?:isn'?t|wasn'?t|ain'?t|int)(?: at all)?(?: really)? (?:what|why) i "
    rf"?{_MEANT}"
    r"(?: at all)?",
    rf"not (?:at all )?(?:what|why) i ?{_MEANT}(?: at all)?",
    r"you(?:'ve| have|ve)? (?:completely |totally |all )?(?:misunderstood|misunderstand|misheard|"
    r"got (?:me|it|that|this|the)(?: all| completely)? (?:wrong|wrong end of the stick)|"
    r"mis ?understood)(?: me| it| that| what i said)?",
    r"you(?:'re| are|re)? (?:do not|don'?t|didn'?t|did not|not|haven'?t)(?: really)? "
    r"(?:understand|understanding|understood|listening|listen|get|getting)(?: (?:me|it|what i"
    r"(?:'m)? (?:mean|meant|said|saying|want)))?",
    r"not (?:that|this|those)(?: one| thing)?|(?:that'?s |thats |that is |it'?s |this is )?(?:the "
    r")?"
    r"wrong (?:one|thing|service|subject|topic|form|department|end of the stick)",
    r"(?:i )?(?:didn'?t|did not|don'?t|never) (?:mean|ask(?:ed)?(?: for| about)?|say|said) (?:that|"
    r"this|it|anything about (?:that|this))",
    r"(?:i'?m|i am|im) not (?:asking|talking|ringing|calling|here|on)(?: about| for) (?:that|this|"
    r"it)",
    r"(?:(?:i )?mean(?:t)? )?(?:something|somethin|summat|anything) else|(?:a )?misunderstanding|"
    r"that'?s (?:something|a) (?:different|else)(?: thing)?",
)


def _all(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


_KNOWN: tuple[tuple[Heard, re.Pattern[str]], ...] = (
    (Heard(Command.CARRY_ON), _all(_CARRY_ON)),
    (Heard(Command.START_AGAIN), _all(_START_AGAIN)),
    (Heard(Command.GO_BACK), _all(_GO_BACK)),
    (Heard(Command.NOT_THAT), _all(_NOT_THAT)),
    (Heard(Command.LATER), _all(_LATER)),
    (Heard(Command.STOP, weak=True), _all(_STOP_WEAK)),
    (Heard(Command.STOP), _all(_STOP)),
    (Heard(Command.REPEAT), _all(_REPEAT)),
    (Heard(Command.LATER, weak=True), _all(_LATER_WEAK)),
)

_DESPAIR = re.compile(
    r"\b(?:go|going|carry|carrying|keep) (?:on|going)(?: \w+)? (?:any ?more|like this)\b"
)
"""May be said of more than a form, and is never taken for a mere command."""

_WHOLLY = re.compile(
    r"\b(?:can|could|may|shall|let) (?:i|we|me) (?:please )?(?:just )?(?:do|finish|complete|"
    r"continue|"
    r"carry on|come back|save|pick up)\b.{0,30}\b(?:later|tomorrow|tonight|another (?:time|day)|"
    r"after"
    r" work|when i)\b"
    r"|\b(?:i'?ll|i will|i'd rather|i would rather|i need to|i'?m going to|i want to|i'?d like to|"
    r"i'?ll have to|im gonna|i'?m gonna) (?:have to )?(?:do|finish|complete|continue|come back to|"
    r"carry on with|get back to|sort) (?:it|this|the rest|the form|this form|my form)\b.{0,30}\b"
    r"(?:later|tomorrow|tonight|another (?:time|day)|after|when i)\b"
    r"|\bsave (?:it|this|my (?:form|answers|progress)|the form|what i'?ve)\b.{0,20}\bfor later\b"
    r"|\b(?:actually|please|just|oh) (?:forget (?:it|about it|the whole thing)|never ?mind)\b"
)
"""What can be meant for nothing but the form, whatever else is said around it."""


def plain_words(text: str) -> str:
    """The words of a text in lower case, one space between them."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'")))


def _without(lead: re.Pattern[str], said: str) -> str:
    """Words without what leads up to them."""
    found = lead.match(said)
    return said[found.end() :].strip() if found else said


def _bare(clause: str) -> str:
    """A clause without the small talk around it."""
    return _TRAILS.sub("", _without(_LEADS, plain_words(clause))).strip()


def _clause(text: str) -> Heard | None:
    """The command that a clause is, as it stands or without the small talk around it."""
    whole = plain_words(text)
    leads = (whole, _without(_SMALL_LEADS, whole), _without(_LEADS, whole))
    # "Not now, love" loses its last word, and "carry on then please" all that trails.
    tails = (s for one in leads for s in (one, _LAST.sub("", one), _TRAILS.sub("", one).strip()))
    for said in dict.fromkeys(tails):
        for heard, pattern in _KNOWN:
            if said and pattern.fullmatch(said):
                return heard
    return None


def _in_a_row(text: str) -> list[Heard]:
    """The command that a clause is, or the two of which it consists: speech has no commas."""
    one = _clause(text)
    if one is not None:
        return [one]
    said = plain_words(text).split()
    if len(said) > IN_A_ROW:
        return []
    for place in range(1, len(said)):
        first, second = _clause(" ".join(said[:place])), _clause(" ".join(said[place:]))
        if first is not None and second is not None:
            return [first, second]
    return []


IN_A_ROW = 12
"""Words up to which two commands are looked for where nothing stands between them."""


def command_in(text: str) -> Heard | None:
    """The command that a message is, and nothing else; None for any other message."""
    if len(text) > LONGEST or _DESPAIR.search(plain_words(text)):
        return None
    whole = _clause(text)
    if whole is not None:
        return whole
    found: list[Heard] = []
    rest = [part for part in _CUT.split(text) if part.strip()]
    strange = False
    for part in rest:
        heard = _in_a_row(part)
        found += heard
        strange = strange or (not heard and bool(_bare(part)))
    if strange:
        wholly = _WHOLLY.search(plain_words(text))
        if wholly is None:
            return None
        said = wholly.group()
        gives_up = re.search(r"forget|mind", said) is not None
        return Heard(Command.STOP if gives_up else Command.LATER)
    if not found:
        return None
    later = [one for one in found if one.command is Command.LATER]
    if later:
        return Heard(Command.LATER, weak=all(one.weak for one in found))
    return found[-1]


LONGEST = 200
"""Characters of a message that may be a command."""


def gives_up_first(text: str) -> str | None:
    """What follows a command to leave what was begun: "no, that's not what I meant. I want a new
    bin" gives "I want a new bin". None when no such command comes first, or nothing follows."""
    parts = re.split(r"[,.;:!?\n]+", text, maxsplit=2)
    if parts and not _bare(parts[0]) and len(parts) > 2:
        # "No, not that, ...": the small talk in front is cut off as well.
        parts = parts[1:]
    if len(parts) < 2:
        return None
    heard = _clause(parts[0])
    rest = text[text.index(parts[0]) + len(parts[0]) :].strip(" ,.;:!?\n")
    leaves = heard is not None and heard.command in {Command.NOT_THAT, Command.STOP}
    return rest if leaves and len(rest.split()) > 1 else None
