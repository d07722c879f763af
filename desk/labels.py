"""What the desk calls the words of casework's records, and the sentences that go with them."""

from __future__ import annotations

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
    "message_undelivered": "A message did not arrive",
}
LANGUAGES = {"en": "English", "cy": "Welsh"}
