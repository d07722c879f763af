"""Names of people, taken from a reply or from a sentence that introduces someone."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

from casework.adapters.reading.language import people
from casework.adapters.reading.name_words import NOT_NAMES, NUMBER_WORDS, could_be_name
from casework.adapters.reading.phrases import is_question, is_unsaid
from casework.adapters.reading.spoken import clean, spelt
from casework.ports.reading import Read, Reading

_TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor rev reverend sir dame mister missus madam".split()
)
_TITLE = re.compile(
    rf"^(?:(?:{'|'.join(sorted(_TITLES))})\b\.? +(?:(?:and|&) +(?=m))?)+(?=\S)", re.IGNORECASE
)
_LETTERS_AFTER = frozenset("phd obe mbe cbe esq esquire ba bsc ma msc md jp".split())
_BOTH_NAMES = re.compile(
    r"^(?:it's |yes |um |er )*(?:(?:my |the )?(?:first|given|christian) ?name(?:'s| is|:)? *)?"
    r"([^\W\d_][\w'-]*)[ ,.]+(?:and )?(?:my |the )?(?:sur|last |second |family )name(?:'s| is|:)? *"
    r"([^\W\d_][\w'-]*)",
    re.IGNORECASE,
)
"""First name and surname given as such: "first name Priya, surname Shah"."""
_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le el al bin ibn ap ab ferch ten ter".split()
)
_LEAD = re.compile(
    r"^(?:(?:hello|hi|hiya|hey|good (?:morning|afternoon|evening)|yes|yeah|yep|ok|okay|oh|er|"
    r"erm|um|so|go on|(?:al(?:l )?right|fine|then|well)(?= ?[,.]| (?:then|it'?s|my|i'?m|if)\b)|"
    r"(?<=fine )then|(?<=right )then|(?<=okay )then|(?<=ok )then|(?<=on )then|(?<=well )then|"
    r"(?:if|since) (?:i|you) (?:must|have to|insist|really need it)(?: know)?|i suppose(?: so)?|"
    r"very well|here (?:you go|goes)|there you go|whatever|as you like|"
    r"well|sure|no|sorry|please|certainly|of course|right|that would be|that'd be|and)\b[ ,.!]*)*"
    r"(?:(?:my|me|the|his|her|their|our)(?: own| old| new| married| maiden| full| first| last|"
    r" partner's|"
    r" son's| daughter's| mum's| dad's)* ?(?:sur)?names?(?:'s| is| was| are|:| -)?|names?(?:'s|"
    r" is|:)"
    r"|(?:it|this|that)(?:'s| is| was| will be)?(?= )|it's|i'm|i am|im\b|you're speaking (?:to|"
    r"with)|"
    r"me,|(?:my|me|his|her|our)(?: late)? (?:husband|wife|partner|mum|mother|dad|father|"
    r"son|daughter|brother|sister|nan|gran|"
    r"grandad|uncle|aunt|auntie|friend|neighbour|landlord|landlady|carer)(?:,| is| was)? (?=\S)|"
    r"(?:you can )?call me|they call me|everyone calls me|known as|(?:he|she|they)(?:'s| is|"
    r" was| were|'re)?"
    r"(?: called| named)?|called|put|under|full name|speaking)?[ ,:]*(?:it's |it is |called |"
    r"just )?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[ ,]+(?:speaking|here|please|thanks|thank you|calling|ringing|cheers|mate|love|is my name|"
    r"that's me|is the name|by the way|ok|okay))+[.! ]*$",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[.;!?(]\s|[.;!?]$|\s-\s|,? (?:and|but|so|because|from|of|at|who|which) (?:i|i'm|i've|my|"
    r"we|we're|the|it|"
    r"number|flat|[0-9])\b|,? (?:from|of|at|on|about|for|calling|ringing|phoning|moving|living|"
    r"and i'?m?|"
    r"i'm|i am|i live|i'd|i've|i have|i need|i want)\b|,? with(?:out)? (?:an? |no )?[a-z]\b|"
    r"[ ,]+[a-z] (?:for|as in) [a-z]+\b|,? (?:that's |that is )?(?:spelt|"
    r"spelled|spelling)\b|, that's\b|[0-9]",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?<=\w)[ ,.(-]+(?:but |though |although |and )?(?:"
    r"(?:every(?:one|body)|(?:most )?people|(?:my )?(?:friends|family|mates)|they|folks?|all)"
    r"(?: all| just)? (?:calls?|knows?)|(?:just |please |you can )+call me|"
    r"(?:(?:also|better|usually|otherwise|commonly|mostly) )?known as|aka|goes by)\b.*$",
    re.IGNORECASE,
)
"""What they are called besides, behind the name itself: "but everyone calls me Mags"."""
_SAID_TWICE = re.compile(r"^([^\W\d_][\w'-]*)[,.]+ (?=\1 [^\W\d_])", re.IGNORECASE)
"""A first name that the whole name follows: "Sid, Sid Turner"."""
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*[.']?")
_NOT_WORD = re.compile(r"[ ,]+(?:and )?not ([^\W\d_]+)\W*$", re.IGNORECASE)
ALIKE = 50
"""How alike (0 to 100) a word of a name must be to the one that it puts right."""
_SURE = r"(?:my(?: full)? name(?:'s| is|:)|^(?:full )?name ?[:-]|the name(?:'s| is))"
_CUE = re.compile(
    rf"(?P<sure>{_SURE})|\b(?P<weak>i'm|i am|this is|it's|it is|you're speaking (?:to|with))(?= )",
    re.IGNORECASE,
)


def read_name(text: str, held: object = None) -> Reading | None:
    """A person's name in a reply to the question for it, without titles, in proper case.

    When `held` is a name of several words, one word alone puts the word right that it resembles.
    """
    plain = clean(text)
    if not plain or is_question(plain) or is_unsaid(plain) or "@" in plain:
        return None
    dropped = _NOT_WORD.search(plain) if isinstance(held, str) else None
    if dropped and dropped[1].lower() in str(held).lower().split():
        plain = plain[: dropped.start()]
    else:
        dropped = None
    both = _BOTH_NAMES.match(plain)
    name = _name_in(f"{both[1]} {both[2]}") if both and not held else None
    name = name or _name_in(_without_lead(plain))
    if name and dropped and " " not in name:
        words = [name if w.lower() == dropped[1].lower() else w for w in str(held).split()]
        return Read(" ".join(words))
    if name and isinstance(held, str) and " " in held and " " not in name:
        return Read(_put_right(held.split(), name, plain.lower()))
    return Read(name) if name else None


def _put_right(held: list[str], name: str, said: str) -> str:
    """The held name with the word replaced that is named ("surname") or that sounds alike."""
    if re.search(r"\b(?:surname|last name|family name)\b", said):
        return " ".join([*held[:-1], name])
    if re.search(r"\b(?:first name|forename|christian name)\b", said):
        return " ".join([name, *held[1:]])
    likeness = [fuzz.ratio(word.lower(), name.lower()) for word in held]
    best = max(likeness)
    if best < ALIKE:
        return name
    held[likeness.index(best)] = name
    return " ".join(held)


def find_own_name(text: str) -> str | None:
    """The name by which a speaker introduces themselves in a longer sentence.

    "My name is" is believed; "I'm" and "this is" only when the language model hears a person.
    """
    plain = clean(text)
    for match in _CUE.finditer(plain):
        rest = plain[match.end() :].lstrip(" :,")
        name = _name_in(rest)
        if not name:
            continue
        if match["sure"] or _is_person(plain, len(plain) - len(rest), rest):
            return name
    return None


def find_new_names(text: str) -> tuple[str, str] | None:
    """The old and the new name in "changed my name from Jane Smith to Jane Jones"."""
    match = re.search(
        r"\bname (?:changed |has changed )?from ([^,.]+?) to ([^,.]+)", clean(text), re.IGNORECASE
    )
    if not match:
        return None
    old, new = _name_in(match[1]), _name_in(match[2])
    return (old, new) if old and new else None


def _is_person(plain: str, start: int, rest: str) -> bool:
    first = _NAME_WORD.match(rest)
    if first is None or first.group().lower() in NOT_NAMES:
        return False
    return any(begin <= start + first.end() - 1 < end for begin, end in people(plain))


def _without_lead(plain: str) -> str:
    stripped = _LEAD.sub("", plain, count=1)
    return stripped if stripped else plain


def _name_in(text: str) -> str | None:
    """The name with which a text begins, or None where that is no name."""
    text = _TITLE.sub("", _TAIL.sub("", _CALLED.sub("", text.strip())))
    text = _SAID_TWICE.sub("", text)
    text = _cut(text).strip(' ,.-"')
    text = re.sub(r"^((?:[a-z][. -]+){2,}[a-z])\.?$", lambda m: re.sub(r"[. -]+", " ", m[1]), text,
                  flags=re.IGNORECASE)  # fmt: skip
    text = re.sub(r"^((?:[a-z] ){2,}[a-z])$", lambda m: spelt(m[1]), text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=[^\W\d_]{2})[ ,]+(?:[a-z][ ,-]+){2,}[a-z]$", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^(\w+), (?=\w+ \1$)", "", text)
    surname_first = re.fullmatch(r"([^\s,]+), ([^\s,]+)", text)
    if surname_first:
        text = f"{surname_first[2]} {surname_first[1]}"
    text = _TAIL.sub("", text.split(",")[0].strip()).replace("&", "and")
    tokens = text.split()
    while tokens and tokens[0].lower().rstrip(".") in _TITLES:
        tokens.pop(0)
    while len(tokens) > 1 and tokens[-1].lower().strip(".") in _LETTERS_AFTER:
        tokens.pop()
    # "An Nguyen" is a name, "an apology" is none.
    if len(tokens) > 1 and tokens[0].lower() == "an" and tokens[1][0].lower() in "aeiou":
        return None
    if not 1 <= len(tokens) <= 6 or not _are_name_words(tokens):
        return None
    return " ".join(_proper(token, first=at == 0) for at, token in enumerate(tokens))


def _cut(text: str) -> str:
    match = _CUT.search(text)
    # An initial's full stop ("J. Smith") does not end a name.
    while match and match.group()[0] == "." and re.search(r"\b[^\W\d_]$", text[: match.start()]):
        match = _CUT.search(text, match.end())
    if match and match.group().isdigit():
        # The letters of "PL4" belong to what follows.
        return re.sub(r"[^\W\d_]+$", "", text[: match.start()])
    return text[: match.start()] if match else text


def _are_name_words(tokens: list[str]) -> bool:
    for at, token in enumerate(tokens):
        word = token.lower().strip(".'")
        joins = word == "and" and 0 < at < len(tokens) - 1
        if not _NAME_WORD.fullmatch(token) or len(token) > 40:
            return False
        joins = joins or (word in _PARTICLES and 0 < at < len(tokens) - 1)
        if word in NOT_NAMES and not joins:
            return False
    if all(token.lower().strip(".'") in NUMBER_WORDS for token in tokens):
        return False
    return len("".join(tokens)) > 1 and could_be_name(tokens)


def _proper(token: str, first: bool) -> str:
    token = unicodedata.normalize("NFC", token)
    lower = token.lower()
    if lower == "and" or (lower in _PARTICLES and not first and not token[0].isupper()):
        return lower
    if not (token.islower() or (token.isupper() and len(token) > 2)):
        return token
    if lower in _PARTICLES and not first:
        return lower
    cased = re.sub(r"(^|[-'.])([^\W\d_])", lambda m: m[1] + m[2].upper(), lower)
    cased = re.sub(r"'S$", "'s", cased)
    return re.sub(r"^Mc([a-z])(?=[a-z]{2})", lambda m: "Mc" + m[1].upper(), cased)
