"""Yes and no to something offered, in words that mean it only there: "go on then", "I'm good"."""

from __future__ import annotations

import re

from casework.domain.plain_words import plain_words

_LEAD = (
    r"(?:(?:oh|ok|okay|well|um+|er+m?|ah|hm+|ooh|yes|yeah|yep|yea|aye|please|alright|all right|"
    r"right|so|and|actually|thanks|thank you|sure|if (?:it'?s|its|that'?s|thats) (?:ok|okay|"
    r"alright|"
    r"all right)) )*"
)
_NO_LEAD = (
    r"(?:(?:oh|ok|okay|well|um+|er+m?|ah|hm+|no|nah|nope|naw|know|na|right|actually|sorry|thanks|"
    r"thank you|ta|but|it'?s ok|it'?s okay|that'?s ok|that'?s okay|that'?s kind|you know what|i "
    r"think|"
    r"i'?ll just|honestly) )*"
)
_TRAIL = (
    r"(?: (?:please|thanks|thank you|ta|cheers|then|now|mate|love|dear|darling|lovely|sweetheart|"
    r"yes|yeah|if you (?:could|can|would|don'?t mind|like|want)|if possible|if poss|for me|at all|"
    r"for now|today|very much|so much|though|actually|i think|bye|again|my love|pet|bab|my lover))*"
)
_YES = (
    r"go on|go ahead|go for it|do it|do that|do so|"
    r"do(?: please)?|let'?s(?: do (?:it|that)| go)?|lets do (?:it|that)|why not|sure thing|sure|"
    r"if you (?:could|can|would|like|want|don'?t mind|wouldn'?t mind|insist|must)|if possible|if "
    r"poss|"
    r"i (?:suppose|spose|guess|reckon)(?: so| i (?:could|should|might|will|can)| (?:we|it) "
    r"(?:could|"
    r"should|might|may)(?: as well)?)?|s'?pose(?: so)?|suppose so|guess so|"
    r"(?:(?:i|we|you) )?(?:might|may) as well|(?:that|it)(?:'d| would) be (?:good|great|lovely|"
    r"helpful|nice|grand|perfect|fine|brilliant|fab|a help|useful|appreciated|handy|wonderful|ace|"
    r"amazing|very kind|ideal|super)|that would help|(?:be|sounds?) (?:good|great|lovely|nice|fine|"
    r"perfect|like a plan)|i'?d (?:like|love|appreciate) (?:that|it|one|to)|i would(?: like "
    r"(?:that|"
    r"it))?|i wouldn'?t mind|wouldn'?t mind|i don'?t mind(?: if i do)?|don'?t mind if i do|"
    r"(?:can|could|would|will) you|i do|aye|aye go on|ay|ye|yeh|yh|yah|yus|yis|yeas|ya|yass+|"
    r"yessir|"
    r"okey ?dokey|okie ?dokie|oki|k|kk|okay doke|righto|right you are|right ho|happy to|i'?m happy "
    r"(?:to|with that)|fine by me|works for me|suits me|very well|fair enough|all right|alright|"
    r"ok|okay|absolutely|certainly|definitely|indeed|of course|course|by all means|too right|"
    r"anything|if that'?s (?:ok|okay|alright|possible)|i think so|think so|i want that|i need that|"
    r"that one please|that'?ll do|that will do|yes please|i'?ll (?:have|take|do) (?:it|that|one)|"
    r"i'?ll do (?:it|that)|have it|send it|get (?:me )?(?:one|it)|yup|yep|yeppers|defo|deffo|for "
    r"sure"
)
_NO = (
    r"no|(?:you'?re|your|youre|ur|you are) (?:ok|okay|alright|all right|grand|fine|good)|"
    r"(?:i'?m|im|i am|we'?re|were) (?:ok|okay|alright|all right|good|fine|grand|sorted|happy as i "
    r"am|"
    r"all sorted|not (?:bothered|interested|fussed))(?: as (?:i|we) (?:am|are))?|"
    r"not (?:right )?(?:for now|now|yet|today|tonight|just now|this time|at the moment|for me|"
    r"really|bothered|"
    r"necessary|needed|interested|keen|if i can help it|thanks|today)|"
    r"(?:maybe |perhaps )?(?:later(?: on)?|another (?:time|day)|some other time|next time|"
    r"tomorrow)|"
    r"(?:i'?d|i would)(?: much)? rather not(?: .{1,30})?|rather not|(?:i'?d|i would) (?:prefer|"
    r"sooner) "
    r"not(?: to)?|prefer not(?: to)?|i prefer not to|i'?d sooner not|"
    r"(?:there'?s |there is )?no need(?: for (?:that|it))?|no need to|(?:that|it) (?:won'?t|will "
    r"not|"
    r"wouldn'?t) be (?:necessary|needed)|don'?t (?:bother|worry)(?: about (?:it|that))?|dont "
    r"bother|"
    r"dont worry|i'?ll (?:pass|leave it|manage|cope|think about it|sort it|do it myself|sort it "
    r"out|"
    r"do without|be (?:fine|ok|okay|alright))|leave it(?: there| at that| for now)?|pass|skip it|"
    r"no ta|no cheers|nope|nah|naw|nay|neh|nar|noo+|na|know|know thanks|never ?mind|nvm|forget it|"
    r"(?:i )?(?:don'?t|dont|do not) (?:think so|want (?:to|that|it|one|any)|need (?:to|that|it|one|"
    r"any)|fancy (?:it|that)|bother)|(?:i )?(?:haven'?t|havent) (?:got )?(?:the )?time|absolutely "
    r"not|"
    r"definitely not|certainly not|no way|no chance|not likely|of course not|"
    r"i (?:suppose|guess|think|spose) not|nothing(?: else| more)?(?: for (?:me|now))?|"
    r"(?:that'?s|thats|that is|that'?ll be) (?:all|it|everything|me done|your lot)|"
    r"all (?:done|sorted|good)|sorted|not any ?more|no longer|i'?m done"
)
_CONTENT = (
    r"(?:i'?m|im|i am) (?:ok|okay|alright|all right|good|fine|grand|sorted|all sorted|happy|done)"
    r"(?: now)?|all (?:good|sorted|done|clear)|sorted|(?:that'?s|thats|that is|that'?ll be) (?:all|"
    r"it|"
    r"everything|me done|me sorted|sorted|grand|brilliant|lovely|great|perfect|spot on|ace|what i "
    r"(?:needed|wanted)(?: to know)?|the one|very helpful|helpful)|nothing else|no need|cheers|"
    r"(?:you'?re|your|youre) (?:ok|okay|alright|all right|a star|a gem)|got it|perfect|brilliant|"
    r"lovely|"
    r"great|it (?:was|is|does|did)|very helpful|helpful|i'?ve got (?:it|what i need(?:ed)?)|"
    r"more or less|near enough|it'?ll do|that'?ll do|just what i (?:wanted|needed)|thanks|thank you"
)
_UNSURE = re.compile(
    r"(?:well |um+ |er+m? |hm+ )*(?:maybe|perhaps|possibly|not sure|i'?m not sure|dunno|hm+|"
    r"i don'?t know|sort of|kind of|kinda|sorta|partly|a bit|so so|it depends|depends)"
    r"(?: (?:really|yet|sorry|maybe|i think))*"
)
_AGREES = re.compile(rf"{_LEAD}(?:{_YES}){_TRAIL}")
_REFUSES = re.compile(rf"{_NO_LEAD}(?:{_NO}){_TRAIL}")
_IS_CONTENT = re.compile(rf"{_NO_LEAD}{_LEAD}(?:{_CONTENT}){_TRAIL}")
_OPENS_WITH_NO = re.compile(r"(?:no|nope|nah|naw|know)\b")


def answers_offer(text: str, satisfied: bool = False) -> bool | None:
    """Whether a reply takes up what was offered (True) or turns it down (False); None when the
    words are neither and the plain yes or no in them, if any, has to tell.

    `satisfied`: they were asked whether an answer was what they needed, so that "I'm good, thanks"
    is a yes.
    """
    said = plain_words(text)
    if satisfied and _IS_CONTENT.fullmatch(said) and not _OPENS_WITH_NO.match(said):
        return True
    if _REFUSES.fullmatch(said):
        return False
    return True if _AGREES.fullmatch(said) else None


def cannot_say(text: str) -> bool:
    """Whether a reply is neither yes nor no because they are not sure."""
    return _UNSURE.fullmatch(plain_words(text)) is not None
