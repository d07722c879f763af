"""What a British telephone number is for, by Ofcom's numbering plan."""

import re

_MOBILE = re.compile(r"\+447(?:[1-57-9][0-9]{8}|624[0-9]{6})")


def is_mobile(number: str) -> bool:
    """Whether a number (E.164) is a British mobile, which takes texts.

    070 are personal numbers and 076 pagers, but for 07624, mobiles on the Isle of Man
    (Ofcom, National Telephone Numbering Plan, part A). 07700 900xxx, kept for drama, counts.
    """
    return _MOBILE.fullmatch(number) is not None
