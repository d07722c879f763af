"""What the REST API answers when it refuses, and which numbers it takes for numbers.

Source: https://www.twilio.com/docs/api/errors.
"""

import re

from flask import Response, jsonify

MESSAGES = {
    20001: "Invalid parameter value",
    20003: "Authenticate",
    20004: "Method not allowed",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    20503: "Service Unavailable",
    21201: "No 'To' number is specified",
    21205: "Url is not a valid URL",
    21210: "'From' phone number not verified",
    21211: "Invalid 'To' Phone Number",
    21212: "Invalid 'From' Phone Number",
    21213: "'From' phone number is required",
    21220: "Call is not in-progress. Cannot redirect.",
    21266: "'To' and 'From' number cannot be the same",
    21602: "Message body is required",
    21603: "A 'From' phone number is required",
    21604: "A 'To' phone number is required",
    21606: "The 'From' phone number provided is not a valid message-capable Twilio phone number",
    21609: "The 'StatusCallback' URL is not a valid URL",
    21610: "Attempt to send to unsubscribed recipient",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21659: "'From' is not a Twilio phone number or Short Code country mismatch",
    21701: "The Messaging Service does not exist",
}


class Refused(Exception):
    """A request that Twilio answers with an error: Twilio's code and the HTTP status."""

    def __init__(self, code: int, status: int = 400) -> None:
        super().__init__(MESSAGES[code])
        self.code = code
        self.status = status


def is_number(value: str) -> bool:
    """E.164; British numbers also by length."""
    pattern = r"\+44[1-9][0-9]{8,9}" if value.startswith("+44") else r"\+[1-9][0-9]{6,14}"
    return re.fullmatch(pattern, value) is not None


def is_client(value: str) -> bool:
    """The address of a browser: a name that all of Twilio's SDKs take
    (https://www.twilio.com/docs/voice/twiml/client)."""
    return re.fullmatch(r"client:[A-Za-z0-9_]{1,256}", value) is not None


def refusal(refused: Refused) -> Response:
    return error(refused.code, str(refused), refused.status)


def error(code: int, message: str, status: int) -> Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    answer = jsonify({"code": code, "message": message, "more_info": more, "status": status})
    answer.status_code = status
    return answer
