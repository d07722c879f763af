"""How the desk words what casework holds: times, numbers, and what each word of a record means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from casework.domain.contact_wishes import ContactWishes
from casework.domain.outbox import Outgoing
from casework.domain.recordings import GONE, Recording
from casework.domain.staff import BROWSER

STATUSES = {
    "open": "Open",
    "for_triage": "For triage",
    "investigating": "Investigating",
    "action_scheduled": "Action scheduled",
    "in_progress": "In progress",
    "planned": "Planned",
    "no_further_action": "No further action",
    "not_councils_responsibility": "Not the council’s responsibility",
    "duplicate": "Duplicate",
    "internal_referral": "Internal referral",
    "cancelled": "Cancelled",
    "fixed": "Fixed",
    "closed": "Closed",
}
CHANNELS = {"voice": "Phone call", "sms": "Text", "web": "Web chat"}
CALL_STATES = {
    "waiting": "Waiting on the line",
    "keeps_place": "Hung up, to be rung back in turn",
    "ringing": "An agent’s phone is ringing",
    "talking": "Talking with an agent",
    "on_hold": "On hold",
    "rung_back": "Being rung back",
    "returned": "Went back to the assistant",
    "ended": "Ended by the agent, or by the caller while talking",
    "gone": "The caller hung up while waiting",
    "callback": "No person came: a call back was arranged",
}
RECORDINGS = {
    "asked": "Recording is being started. Treat this call as recorded.",
    "running": "This call is being recorded.",
    "paused": "Paused: nothing is being recorded.",
    "unsure": (
        "The telephone carrier has not confirmed the last change: this call may still be recorded. "
        "Take no card, bank or identity details. It is asked again by itself."
    ),
    "not_begun": "This call is not recorded.",
    "waits": (
        "This call is not recorded yet, because who they are is checked first or they may pay. "
        "Begin once that is done."
    ),
    "refused": "This call is not recorded: the caller said no.",
    "protected": "This call is not recorded: the caller may be in danger.",
    "not_told": "This call is not recorded: the caller was not told that it may be.",
    "off": "Calls are not recorded.",
}
PAUSES = {
    "identity": "You are checking who they are.",
    "payment": "They are paying.",
    "hold": "They are on hold. It goes on by itself when you talk again.",
}
RECORDED = {
    "over": "Being prepared by the telephone carrier",
    "kept": "Kept by the telephone carrier",
    "unwanted": "Being deleted at the telephone carrier",
    "none": "Nothing was recorded",
    "deleted": "Deleted",
}
REASONS = {
    "asked": "Asked for a person",
    "not_understood": "Not understood",
    "complex": "Needs a person",
    "danger": "Danger",
}
WHY = {
    "asked": "They asked for a person.",
    "not_understood": "The assistant did not understand them.",
    "complex": "This service needs a person.",
    "danger": "A sign of danger was recognised in what they said.",
}
SOURCES = {
    "said": "said",
    "keyed": "keyed",
    "typed": "typed",
    "looked_up": "looked up",
    "record": "from our records",
    "agent": "filled by an agent",
}
VERIFICATIONS = {
    "not_needed": "Not verified: this service needs none",
    "contact": "Contact details given, not verified",
    "unverified": "Not verified. Check who they are before you say anything of a record",
    "identity": "Identity verified",
}
HOW = {
    "questions": "By questions about their account",
    "website": "Signed in on the website",
    "declined": "They went on without the check",
    "not_known": "They did not know enough for the check",
    "failed": "Answers did not match, twice",
    "third_party": "They speak for somebody else",
}
HELD_NUMBER = (
    "The number they call from is held for an account. This proves nothing: do not tell them."
)
STATES = {
    "waiting": "Waiting in the queue",
    "ringing": "An agent’s phone is ringing",
    "taken": "With an agent",
    "returned": "Handed back to the assistant",
    "ended": "Closed by the agent",
    "gone": "The resident left",
    "callback": "Turned into a callback",
}
AUTHORS = {
    "resident": "Resident",
    "bot": "Assistant",
    "agent": "Agent",
    "system": "Notice",
}
DELIVERIES = {
    "queued": "Waiting to go",
    "sent": "Sent",
    "delivered": "Delivered",
    "undelivered": "Not delivered",
    "failed": "Failed",
    "opted_out": "Not sent: wants no texts",
}
MEDIUMS = {"text": "Text", "email": "E-mail"}
TOLD = {
    "text": "The resident is being told by text.",
    "email": "The resident is being told by e-mail.",
    "chat": "The resident was told in their open chat.",
    "post": "The resident was NOT sent this: they asked for a posted format. Send it by post.",
    "recorded": "The resident was NOT told: there is no safe way to reach them. It is in the case.",
}
REACHED = {
    "text": "By text",
    "email": "By e-mail",
    "post": "By post, by you: nothing goes out by text or e-mail",
    "recorded": "No way that is known and safe: updates stay in the case, or in their open chat",
}
HAPPENED = {
    "opened": "Opened",
    "left_waiting": "Opened for somebody who left before a person came. Nothing in it was agreed",
    "opened_unconfirmed": "Opened for somebody who left before saying yes",
    "applied": "Written into the resident’s record",
    "all_done": "Every team has finished its part",
    "part_reopened": "A part for another team was reopened",
    "joined": "Another case was joined with this one",
    "evidence_received": "A photo or a document came in",
    "evidence_opened": "Opened a photo or a document",
    "evidence_asked": "Asked the resident for photos or documents",
    "recording_heard": "Listened to the recording of the call",
    "recording_deleted": "Had the recording of the call deleted",
    "told_of_joined": "Told what the resident of the joined case was told",
}
MEDIA = {
    "image/jpeg": "Photo (JPEG)",
    "image/png": "Picture (PNG)",
    "application/pdf": "Document (PDF)",
}
SCANS = {"clean": "Checked for viruses", "not_scanned": "Not checked for viruses"}
COLUMNS = {
    "name": "Name",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Phone",
    "email": "E-mail",
    "registration": "Registration",
}
UNFIT = {
    "status": "A joined case is a duplicate: leave its status as it is.",
    "note": "This case is over. To reopen it, write in the note why, or tell the resident.",
    "assignee": "This colleague does not work cases of this team. Choose somebody else.",
    "evidence": "This is a part of another case. Ask for photos and documents there.",
    "duplicate_of": "There is no other case with this reference that it can be joined with.",
}
NOT_APPLIED = {
    "nothing": "This case has nothing that is written into a record.",
    "part": "This is a part of another case. Apply the change there.",
    "over": "This case is over. Reopen it first.",
    "done": "This change is in the record already.",
    "no_record": "No record was found. Write the account or claim reference of the right one.",
    "check": "Nobody has proved who reported this. Tick that you have checked, and write how.",
}
NO_BROWSER_PHONES = (
    "Calls ring on a telephone here. To take them in the browser, ask whoever runs CivicLine: it "
    "is not set up yet."
)
WRONG_DIGIT = "That reference is not quite right: a digit is wrong or swapped. Please check it."
AVAILABILITIES = {"available": "Available", "busy": "Busy", "away": "Away"}
ROLES = {"agent": "Agent", "back_office": "Back office", "supervisor": "Supervisor"}
FLAGS = {
    "safe_contact": "Safe contact only",
    "possible_duplicate": "May have been told before",
    "emergency": "Emergency",
    "crisis": "Crisis",
    "third_party": "Speaks for somebody else",
    "relay_uk": "Calls through Relay UK",
    "keypad": "Uses the keys of the phone",
    "slower": "Wants to be spoken to slowly",
    "louder": "Does not hear us well",
    "text_undelivered": "A text did not arrive",
}
LANGUAGES = {"en": "English", "cy": "Welsh"}


def worded(words: Mapping[str, str], key: str) -> str:
    """The words for a key; of one without words, the key made readable."""
    return words.get(key) or key.replace("_", " ").capitalize()


def waited(span: timedelta) -> str:
    """How long, as a person says it."""
    minutes = max(0, int(span.total_seconds())) // 60
    if minutes < 1:
        return "under a minute"
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute")]
    return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n)


def share(part: int, whole: int) -> str:
    """A part of a whole in words; a handful of a large whole is not nothing."""
    if not whole:
        return "None yet"
    percent = 100 * part / whole
    return "Under 1%" if 0 < percent < 0.5 else f"{percent:.0f}%"


def lasting(span: timedelta | None) -> str:
    """As `waited`, for a table."""
    return "Nobody waited" if span is None else waited(span).capitalize()


def phone(number: str | None) -> str:
    """A number as people in Britain write it; a browser has none."""
    if number == BROWSER:
        return ""
    found = re.fullmatch(r"\+44(\d{4})(\d{3})(\d{3})", number or "")
    return f"0{found[1]} {found[2]} {found[3]}" if found else number or ""


def sent_text(sent: Outgoing) -> str:
    """What was sent, but for a code or what a link opens: whoever has those can go on with it."""
    if (sent.key or "").startswith("code:"):
        return "A code to carry on with what they had begun"
    return re.sub(r"(https?://[^/\s]+)/\S*", r"\1/…", sent.text)


def grouped(ref: str) -> str:
    """A reference in groups of four, as it is spoken: 4829 1573."""
    return f"{ref[:4]} {ref[4:]}"


def size(count: int) -> str:
    """Bytes as people say them: 340 KB, 2.1 MB."""
    if count < 1_000_000:
        return f"{max(count // 1000, 1)} KB"
    return f"{count / 1_000_000:.1f} MB"


class Times:
    """Times on the council's clock, as GOV.UK writes them."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def clock(self, at: datetime) -> str:
        """Time of day: 9:05am."""
        local = at.astimezone(self._zone)
        return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"

    def day(self, at: datetime) -> str:
        """The date: 4 March 2026."""
        local = at.astimezone(self._zone)
        return f"{local.day} {local:%B %Y}"

    def when(self, at: datetime) -> str:
        """Date and time: 4 March 2026, 9:05am."""
        return f"{self.day(at)}, {self.clock(at)}"


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WAYS = {"phone": "by phone", "text": "by text", "email": "by e-mail", "post": "by post"}


def wishes(given: ContactWishes) -> list[str]:
    """How somebody wants to be contacted, a line each, their own words last."""
    lines = []
    if given.start:
        lines.append(f"From {given.start:%H:%M}")
    if given.end:
        lines.append(f"Until {given.end:%H:%M}")
    if given.days:
        lines.append("On " + ", ".join(DAYS[day] for day in sorted(given.days)))
    if given.only_by:
        lines.append(f"Only {WAYS[given.only_by]}")
    lines += [f"Not {WAYS[way]}" for way in sorted(given.not_by)]
    lines += [f"Not on their {place} number" for place in sorted(given.not_to)]
    if given.no_message:
        lines.append("Leave no voicemail")
    return [*lines, *(f"“{words}”" for words in given.said)]


def recorded(one: Recording, now: datetime) -> str:
    """What became of a recording."""
    going = one.state not in GONE and one.unwanted(now)
    return worded(RECORDED, "unwanted" if going else one.state.value)


def lasted(seconds: int) -> str:
    """How long a recording is."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d} minutes"
