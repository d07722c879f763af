"""The words with which residents steer a conversation, as patterns.

All but CUT are matched against `plain_words`. When a message is a command is told in `commands`.
"""

from __future__ import annotations

import re

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
SMALL_LEADS = re.compile(rf"(?:(?:{_SMALL})(?: |$))*")
LEADS = re.compile(rf"(?:(?:{_SMALL}|{_MODAL})(?: |$))*")
TRAILS = re.compile(rf"(?:(?:^| )(?:{_TRAIL}))+$")
LAST = re.compile(rf"(?:^| )(?:{_TRAIL})$")
CUT = re.compile(r"[,.;:!?\n\u2013\u2014]+|\s-+\s|\b(?:and|but|so|cos|because|as)\b")

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

CARRY_ON = (
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
REPEAT = (
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
LATER = (
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
    r"(?:(?:(?:i'?ll|i will|ill|i'?m going to|i'?m gonna|i might|i'?d better|let me) )?"
    r"(?:just |probably |only )?(?:(?:have|need|try|want|got) to |try and )?)?"
    r"(?:(?:ring|call|phone|come|be|get) (?:you )?back|(?:ring|call|phone) (?:you )?again"
    r"|give (?:you|yous) (?:a|another) (?:ring|call|bell)(?: (?:back|again|later))?)",
    r"(?:talk|speak|chat)(?: to you)? (?:later|tomorrow|another time)|back later|laters|ttyl",
)
LATER_WEAK = (
    rf"(?:not|maybe|perhaps|do it|better)? ?{_SOME_DAY}",
    rf"not {_NOW}|in a bit",
)
STOP = (
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
STOP_WEAK = (
    r"leave (?:it|that|this)(?: be| out)?",
    r"(?:it )?doesn'?t matter",
    r"i give up|give up",
)
START_AGAIN = (
    r"(?:start|begin|go)(?: it| this)?(?: all)? (?:again|over|afresh|over again)(?: from (?:the )?"
    r"(?:start|beginning|top|scratch))?",
    r"(?:start|begin|go back|back|go|take it)(?: right| all the way)? ?(?:to|from) (?:the "
    r")?(?:very )?"
    r"(?:start|beginning|top|scratch|first question)",
    r"restart(?: (?:it|this|the form))?|from the (?:start|beginning|top)|(?:clear|wipe|reset)"
    r"(?: (?:it|this|everything|all of it|the form|what i(?:'ve)? said))",
)
GO_BACK = (
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
NOT_THAT = (
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

DESPAIR = re.compile(
    r"\b(?:go|going|carry|carrying|keep) (?:on|going)(?: \w+)? (?:any ?more|like this)\b"
)
"""May be said of more than a form, and is never taken for a mere command."""

WHOLLY = re.compile(
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
