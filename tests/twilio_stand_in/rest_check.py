"""Holds every request to Twilio's description of its API, and every answer of the stand-in too."""

from collections.abc import Mapping

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException

from tests.twilio_stand_in import faults
from tests.twilio_stand_in.rest_description import is_file, is_known, operation
from tests.twilio_stand_in.rest_errors import Refused, refusal

UNREADABLE = 20001
"""Twilio's code for parameters that it cannot read."""

CARRIED_OUT: Mapping[str, frozenset[str]] = {
    "POST /2010-04-01/Accounts/{AccountSid}/Calls.json": frozenset(
        "To From Url Method Timeout StatusCallback StatusCallbackEvent StatusCallbackMethod"
        " FallbackUrl FallbackMethod".split()
    ),
    "POST /2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json": frozenset(
        "Url Method Status FallbackUrl FallbackMethod".split()
    ),
    "POST /2010-04-01/Accounts/{AccountSid}/Messages.json": frozenset(
        "To From MessagingServiceSid Body MediaUrl StatusCallback".split()
    ),
}
"""Parameters that the stand-in does something about. With any other that Twilio knows, it would do
less than was asked of it, and a test would show nothing."""


def add_checks(app: Flask) -> None:
    """To be added after what checks the credentials, so that theirs come first."""
    app.before_request(check_request)
    app.after_request(complete_answer)
    for status in (404, 405):
        app.register_error_handler(status, nothing_there)


def check_request() -> None:
    """Raises Refused for parameters that Twilio's description does not have. What lacks and what
    should be an address is left to whoever carries the request out: Twilio has codes for that."""
    if is_file(request.path):
        return
    known = operation(request.method, request.path)
    if known is None:
        return
    query, form = (list(given.items(multi=True)) for given in (request.args, request.form))
    wrong = known.faults(query, form)
    unplayed = {name for name, _ in form} - CARRIED_OUT.get(str(known), {name for name, _ in form})
    played = [f"the stand-in does nothing about {name}" for name in sorted(unplayed)]
    for fault in (*wrong, *(f"{name} is missing" for name in known.lacking(form)), *played):
        faults.note(f"{known}: {fault}")
    if any(not fault.rule.endswith("format") for fault in wrong):
        raise Refused(UNREADABLE)


def nothing_there(error: HTTPException) -> Response:
    """The answer where there is nothing: for ids that Twilio never gave it is nobody's fault."""
    known = operation(request.method, request.path)
    if known is not None:
        faults.note(f"the stand-in does not play {known}")
    elif error.code == 405 or not is_known(request.path):
        faults.note(f"{request.method} {request.path}: Twilio's API has nothing there")
    return refusal(Refused(20004, 405) if error.code == 405 else Refused(20404, 404))


def complete_answer(answer: Response) -> Response:
    """An answer with all the fields that Twilio gives, none of its own and no other type."""
    known = operation(request.method, request.path)
    if known is None or answer.status_code >= 400 or not answer.is_json:
        return answer
    try:
        whole = known.completed(answer.status_code, answer.get_json())
    except AssertionError as fault:
        faults.note(str(fault))
        raise
    answer.set_data(json.dumps(whole))
    return answer
