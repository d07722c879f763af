"""What a Gather makes of the keys that a caller presses."""

from collections.abc import Mapping

KEYS = set("0123456789*#")


def entered(digits: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """The parameters that `digits` give a Gather with `attributes`; empty when none counts.

    Keys after the entry is complete are lost. A finishing key with nothing before it is ignored,
    as the documentation of finishOnKey says. Raises ValueError for what is no key.
    """
    if not set(digits) <= KEYS:
        raise ValueError(f"{digits!r} has characters that no keypad has")
    finish = attributes.get("finishOnKey", "#")
    most = int(attributes.get("numDigits", "0"))
    entry = ""
    for key in digits:
        if key == finish:
            if entry:
                return {"Digits": entry, "FinishedOnKey": key}
            continue
        entry += key
        if most and len(entry) == most:
            break
    return {"Digits": entry} if entry else {}
