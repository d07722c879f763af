"""What a message wants done with a matter: chased, or called off, rather than begun."""

from __future__ import annotations

import re

from casework.domain.plain_words import plain_words

_TOLD = (
    r"(?:report(?:ed|s)?|request(?:ed|s)?|appli(?:ed|cation)|order(?:ed)?|complaint|complained|"
    r"enquiry|claim(?:ed)?|booking|booked|told (?:you|yous|ya|them|someone|somebody|the council)|"
    r"(?:rang|phoned|called|emailed|texted|messaged|wrote|spoke)(?: to)?(?: (?:you|yous|in|up|the "
    r"council|somebody|someone))?(?: about)?|logged|raised|flagged|asked(?: you)?(?: for| about)|"
    r"sent (?:in|you|off)|put in|mentioned|let you know)"
)
_NEWS = (
    r"(?:(?:what(?:'s| is|s)|whats) (?:happening|going on|the (?:latest|status|progress|news|score|"
    r"situation|update)|up) (?:with|on|about|of)|any (?:news|updates?|progress|joy|word|movement|"
    r"sign)(?: at all)?(?: yet)? (?:on|about|of|with|for|regarding)|(?:an? |the )?(?:update|"
    r"progress|"
    r"latest|status) (?:on|of|about|with|for|please)|how(?:'s| is|s| are|s) (?:my|the|that|our) "
    r".{2,40} "
    r"(?:going|coming (?:on|along)|getting on|doing|progressing)|where (?:are|have) (?:we|you|"
    r"things) "
    r"(?:with|on|got to with|up to with)|what (?:happened|became) (?:to|of|with|about)|"
    r"(?:chas(?:e|ing)|follow(?:ing)? up(?: on)?|check(?:ing)?(?: up)? on)|"
    r"(?:have|has) (?:you|anyone|anybody|someone|they|it|that|my|the) .{0,40}\b(?:yet|been)\b)"
)
_OWN = r"(?:my|our|the|that|a|this) (?:\w+ ){0,4}?"
_CHASES = re.compile(
    r"\b(?:how(?:'s| is|s)|where(?:'s| is|s)) (?:my|our) (?:application|request|report|order|claim|"
    r"complaint|booking|enquiry)\b|"
    r"\bhow (?:my|our) (?:\w+ )?(?:application|request|report|order|claim|complaint|booking)"
    r"(?:'s| is)\b|"
    rf"\b{_NEWS}.{{0,60}}\b{_TOLD}\b"
    rf"|\b{_TOLD}\b.{{0,80}}\b(?:and (?:nothing|no one|nobody|still|it'?s still|i'?ve heard|i have "
    r"heard|haven'?t|not)|(?:still|yet) (?:not|nothing|no|waiting|hasn'?t|haven'?t)|any (?:news|"
    r"update"
    r"|progress)|what(?:'s| is) happening|how long|when (?:will|is|are)|been (?:fixed|done|sorted|"
    r"looked at|collected|dealt with)|(?:weeks?|months?|days?) ago)"
    rf"|\b(?:still )?(?:waiting|not heard|heard nothing|no reply|no answer)\b.{{0,40}}\b{_TOLD}\b"
    rf"|\b(?:when (?:will|are|is)|will) .{{0,50}}\b(?:i|we) {_TOLD}\b"
)
_NO_MATTER = (
    r"(?!(?:\w+ ){0,2}?(?:road|street(?! ?lights?\b)|lane|area|estate|neighbou?r\w*"
    r"|council tax|bill)"
    r"\b|(?:\w+ ){0,2}?(?:(?<!new )(?<!extra )bins?|recycling|rubbish|waste|collections?)\b)"
)
"""What is mine without having been told of; a bin is asked after that was not emptied."""

_SETTLED = (
    r"(?:fix|fixed|mend|mended|repair|repaired|filled|sorted?|done|cleared|cleaned|clean|replaced|"
    r"removed|dealt with|looked at|look(?:ed)? into|processed|approved|decided|delivered|sent|made|"
    r"do|clear|come|been out)"
)
_ASKS_AFTER = re.compile(
    r"\b(?:what(?:'s| is|s) (?:happening|going on|the (?:latest|status|progress|news"
    r"|score|situation|"
    rf"update)) (?:with|on|about|of|for|regarding) (?:my|our) {_NO_MATTER}\w"
    r"|(?:any|an?|the|no|some) (?:news|updates?|progress|joy|word|movement|latest)(?: at all)?"
    r"(?: yet)? (?:on|about|with|for|regarding) (?:my|our|that|this|the (?:pothole|street ?light|"
    rf"light)) ?{_NO_MATTER}\w"
    r"|(?:have|has|haven't|hasn't|did|is|are|was) (?:you|yous|they|anyone|anybody|someone|somebody|"
    rf"the council)(?: lot)? (?:\w+ ){{0,3}}?{_SETTLED} (?:at |into |to "
    rf"|out )*(?:\w+ ){{0,3}}?(?:my|our)"
    rf" {_NO_MATTER}\w+"
    r"|(?:have|has|haven't|hasn't) (?:you|yous|they|anyone|anybody|someone|the council)"
    rf" (?:\w+ ){{0,2}}?{_SETTLED} (?:at |into |to |out )*(?:the|that"
    rf"|this) {_NO_MATTER}(?:\w+ ){{1,6}}?yet\b"
    rf"|(?:has|have|is|are|was) (?:my|our) {_NO_MATTER}(?:\w+ ){{1,4}}?(?:been )?{_SETTLED}\b"
    rf"|(?:still|been|i'm|are) waiting (?:on|for) (?:my|our) {_NO_MATTER}\w"
    r"|(?:still|been|i'm|are) waiting (?:on|for) (?:you|yous|them|someone|somebody|anyone"
    r"|the council)"
    rf"(?: lot)? to (?:\w+ ){{0,3}}?{_SETTLED}\b(?!.*\b(?:bins?|recycling)\b)"
    rf"|(?:still|been|i'm|are) waiting (?:on|for) (?:the|that"
    rf"|this) {_NO_MATTER}(?:\w+ ){{1,4}}?to be {_SETTLED})"
)
_CALLS_OFF = re.compile(
    rf"\b(?:cancel(?:ling|led)?|call off|opt out of|unsubscribe from|terminate|"
    rf"(?:stop|end|give up|get rid of|withdraw) (?={_OWN}(?:\w+ )?(?:garden|subscription|permit|"
    r"collections?|service|membership|allotment|application|booking|request|order|appointment|"
    r"report|"
    r"claim|plot|bin)))\b"
    r"|\b(?:do(?:n't| not)|no longer|dont) (?:want|need|require)\b.{2,40}\b(?:any ?more|any "
    r"longer)\b"
    r"|\bno longer (?:want|need|require) (?:my|our|the|a|an)\b"
)
_ABOUT_OTHERS = re.compile(r"\b(?:cancelled|cancel) (?:by|when|if|because)\b|\bbeen cancelled\b")

_RINGS_US = re.compile(
    r"\b(?:i'?ll|i will|i'?m (?:going to|gonna)|let me|i'?d better|(?<!do )(?<!if )(?<!should )"
    r"(?<!will )(?<!must )i (?:have to|need to|must|might|can|could)|(?:i've )?(?:got to|gotta))"
    r"(?: (?:just|probably|only|either|try and|try to|have to|need to|be|to|go and))*"
    r" (?:(?:ring|call|phone|ringing|calling|phoning) (?:(?:you|yous|yas) )?(?:back|again|later|"
    r"tomorrow|another (?:time|day))|give (?:you|yous) (?:a|another) (?:ring|call|bell))\b"
)
_RINGS_ME = re.compile(r"\b(?:ring|call|phone|ringing|calling|phoning|rung)(?: (?:to|for))? me\b")


def rings_us(text: str) -> bool:
    """Whether they will ring us again themselves: a goodbye, and no wish to be rung."""
    said = plain_words(text)
    return _RINGS_US.search(said) is not None and _RINGS_ME.search(said) is None


def chases(text: str) -> bool:
    """Whether it asks how something told before is going."""
    said = plain_words(text)
    return _CHASES.search(said) is not None or _ASKS_AFTER.search(said) is not None


def calls_off(text: str) -> bool:
    """Whether it wants something ended that was arranged before."""
    said = plain_words(text)
    return _CALLS_OFF.search(said) is not None and _ABOUT_OTHERS.search(said) is None
