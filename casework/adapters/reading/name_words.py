"""Words that are no names, and those that are one beside a first name: Bill Smith, Dan Street."""

from __future__ import annotations

from collections.abc import Sequence

from casework.adapters.reading.language import people
from casework.adapters.reading.phrases import FILLERS

NOT_NAMES = FILLERS - {"may", "dear", "love", "good", "moment", "dal"} | frozenset(
    """yes no yeah yep yup nope nah none nothing nobody someone anyone something anything everything
    i me my mine you your yours he she it we they them us this that these those who what why when
    where how which whose is are am be was were been being do does did done don't dont doesn't
    didn't have has had having can can't cant could would should shall must might won't wouldn't
    not never always maybe perhaps if because but or to from of in on at by with about into out up
    down off over under again also only very really here there need want wants know think say
    said tell give get go going went come calling ringing phoning moving moved buying renting paying
    selling leaving living waiting reporting complaining asking thinking looking trying getting
    making taking doing using working speaking talking struggling applying registering changing
    names surname ref collection tax anonymous nevermind never mind already told just
    today tomorrow yesterday broken missed collected dumped disabled pregnant homeless
    next week month following
    sorry unhappy fed confused unemployed same different another other any some every all more
    full spelled spelt spelling died passed rather prefer refuse unknown badge""".split()
)
"""No part of anybody's name."""

NUMBER_WORDS = frozenset(
    """nought zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand double treble triple and""".split()
)
"""Words of a number: a name only beside another word."""

COMMON = frozenset(
    """phone number email address postcode name account reference council bin bins rubbish recycling
    pothole potholes road street lane pavement permit parking benefit benefits housing bill bills
    agent person human operator stop start cancel skip repeat help back quit exit menu main website
    online private business sure fine great perfect correct wrong true false monday tuesday
    wednesday thursday friday saturday sunday urgent polish british english muslim christian angry
    worried deaf blind retired alone single married divorced tenant landlord owner resident customer
    both first middle last capital new old secret light waste library school licence pass price
    early best right key""".split()
)
"""Nouns and the like that a council's matters are made of: a name only beside a first name."""

GIVEN = frozenset(
    """bill will mark may june april august rose grace faith hope joy christian penny sandy
    frank jack dean art chase rob sue mike pat drew grant guy bob ray gene dale glen heath
    robin jay miles max rich ernest earnest dawn eve summer autumn olive ivy lily daisy poppy
    violet hazel heather holly iris jade ruby amber pearl crystal melody harmony carol charity
    prudence patience constance precious gift blessing innocent happy sonny sunny angel star
    storm skye sky river brook cliff rusty sterling chance ace duke earl king prince baron
    bishop pope page skip buck tad woody harry tom dick peter nick colt lance wade wanda""".split()
)
"""First names that are words as well."""

_DESCRIBE = frozenset(
    """brown green black white blue grey gray red yellow big small large tall little garden food
    glass bus birth death marriage noise dog cat car van house home flat emergency street road
    traffic planning social care adult child children customer contact phone mobile""".split()
)
"""Words that say what kind of a thing the next one is."""


def could_be_name(tokens: Sequence[str]) -> bool:
    """Whether words, none of them in NOT_NAMES, may be a name: a common one needs a first name
    before it, which is known, is written as names are, or is one to the language model."""
    words = [token.lower().strip(".'") for token in tokens]
    if not COMMON & set(words):
        return True
    if len(words) < 2 or len(words) > 3 or words[0] in _DESCRIBE:
        return False
    if words[0] in GIVEN:
        return True
    if words[0] in COMMON:
        return False
    titled = all(token[:1].isupper() and not token.isupper() for token in tokens)
    whole = " ".join(word.capitalize() for word in words)
    return titled or any(begin == 0 for begin, _ in people(whole))
