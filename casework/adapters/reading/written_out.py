"""Words run together, cut short or misspelt, written out: what the safety rules are matched on."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

_NOT = {
    "cannot": "can", "cant": "can", "cnt": "can", "carnt": "can", "wont": "will", "dont": "do",
    "dnt": "do", "doesnt": "does", "dosent": "does", "didnt": "did", "isnt": "is", "arent": "are",
    "aint": "is", "wasnt": "was", "werent": "were", "havent": "have", "hasnt": "has",
    "hadnt": "had", "wouldnt": "would", "couldnt": "could", "shouldnt": "should",
}  # fmt: skip
_IS = (
    "he she it there that what where who someone somebody everyone everybody nobody "
    "something everything"
).split()
_JOINED = {
    "im": "i am", "ive": "i have", "iv": "i have", "theyre": "they are", "theyve": "they have",
    "theyll": "they will", "theyd": "they would", "weve": "we have", "youre": "you are",
    "youve": "you have", "youll": "you will", "itll": "it will", "hed": "he would",
    "wanna": "want to", "wana": "want to", "wunna": "want to", "gonna": "going to",
    "gunna": "going to", "gona": "going to", "gotta": "got to", "dunno": "do not know",
    "ahm": "i am", "dinnae": "do not", "cannae": "can not", "isnae": "is not", "wasnae": "was not",
    "willnae": "will not", "gonnae": "going to", "naewhere": "nowhere",
    "anymore": "any more", "nomore": "no more", "alot": "a lot", "kms": "kill myself",
}  # fmt: skip
_SPELT = {
    "ah": "i", "wi": "with", "tae": "to", "oot": "out", "doon": "down", "hame": "home",
    "masel": "myself", "masell": "myself", "aboot": "about",
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plse": "please",
    "2nite": "tonight", "tonite": "tonight", "2night": "tonight", "tonigt": "tonight",
    "2moro": "tomorrow", "tomoro": "tomorrow", "tomorow": "tomorrow", "2day": "today",
    "sum1": "someone", "some1": "someone", "m8": "mate", "meself": "myself", "mysel": "myself",
    "myslef": "myself", "himselve": "himself", "wiv": "with", "hav": "have", "havin": "having",
    "kil": "kill", "killin": "killing", "sucide": "suicide", "suicde": "suicide",
    "suiside": "suicide", "suacide": "suicide", "sucidal": "suicidal", "suisidal": "suicidal",
    "suicidle": "suicidal", "suacidal": "suicidal", "breth": "breath", "breeve": "breathe",
    "breathin": "breathing", "bleedin": "bleeding", "stabed": "stabbed", "stabd": "stabbed",
    "leek": "leak", "leeking": "leaking", "hart": "heart", "chid": "child", "chocking": "choking",
    "chokin": "choking", "nowere": "nowhere", "nowhare": "nowhere", "knowhere": "nowhere",
    "hiting": "hitting", "hittin": "hitting", "beatin": "beating", "abbuse": "abuse",
    "abuze": "abuse", "abusse": "abuse", "pedo": "paedophile", "peado": "paedophile",
    "paedo": "paedophile", "rappist": "rapist", "scard": "scared",
    "scaird": "scared", "afrade": "afraid", "frightend": "frightened", "knif": "knife",
    "ambulanc": "ambulance", "polis": "police", "pollice": "police", "polise": "police",
    "deid": "dead", "ded": "dead", "fier": "fire", "evictd": "evicted",
    "livin": "living", "sleepin": "sleeping", "homles": "homeless", "hurtin": "hurting",
    "bairn": "child", "bairns": "children", "wean": "child", "weans": "children",
    "livving": "living", "drownding": "drowning", "drownin": "drowning", "dieing": "dying",
    "dyin": "dying", "sezure": "seizure", "overdosd": "overdosed", "tabelts": "tablets",
    "paracetomol": "paracetamol", "hitt": "hit", "meds": "tablets",
}  # fmt: skip
_WORDS = {
    **{short: f"{verb} not" for short, verb in _NOT.items()},
    **{f"{who}s": f"{who} is" for who in _IS},
    **_JOINED,
    **_SPELT,
}
_ENDINGS = {
    "n't": " not", "'m": " am", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would",
    "'s": " is",
}  # fmt: skip
_ENDING = re.compile(r"(?<=[a-z])(n't|'m|'re|'ve|'ll|'d|'s)\b")
_WORD = re.compile(r"[a-z0-9]+")
_APART = (
    (re.compile(r"\b(do|ca|wo|is|did)'nt\b"), r"\1 not"),
    (re.compile(r"\bmon oxide\b"), "monoxide"),
    (re.compile(r"\bno where\b"), "nowhere"),
    (re.compile(r"\bmy self\b"), "myself"),
    (re.compile(r"\bca not\b"), "can not"),
    (re.compile(r"\bwo not\b"), "will not"),
    (re.compile(r"\b(some|every) (one|body)\b"), r"\1\2"),
)


def written_out(text: str) -> str:
    """A lower-case text with its short forms in full: "cant", "can't" and "cannot" are "can not".

    "'s" is always taken for "is".
    """
    text = _ENDING.sub(lambda found: _ENDINGS[found.group()], text)
    text = _WORD.sub(lambda found: _WORDS.get(found.group(), found.group()), text)
    for apart, together in _APART:
        text = apart.sub(together, text)
    return text


_DANGER = (
    "collapsed breathing ambulance unconscious unresponsive bleeding suicide suicidal homeless "
    "overdose overdosed paracetamol painkillers stabbed strangled strangling violence violent "
    "domestic abusive frightened terrified neglect neglected bruises children evicted eviction "
    "accommodation emergency drowning monoxide explosion seizure swallowed husband boyfriend "
    "girlfriend safeguarding vulnerable assaulted attacked threatened threatening kidnapped "
    "burglar intruder electrocuted paedophile sexually ourselves themselves"
).split()
_OTHERS = frozenset("hopeless attached breeding violet violets stabled".split())
"""Words of their own that are a letter away from one of danger."""
_NEARLY = 1
"""Letters left out, added, changed or swapped with the next one in a misspelt word."""
_LONG_WORD = re.compile(r"[a-z]{6,}")


def corrected_danger(text: str) -> str:
    """A text with each long word that is nearly one of danger written as that word."""

    def nearest(found: re.Match[str]) -> str:
        word = found.group()
        if word in _OTHERS:
            return word
        near = process.extractOne(word, _DANGER, scorer=OSA.distance, score_cutoff=_NEARLY)
        return near[0] if near else word

    return _LONG_WORD.sub(nearest, text)
