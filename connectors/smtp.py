"""E-mail going out, by SMTP."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from casework.domain.errors import SendingFailed
from casework.domain.outbox import Outgoing

CREDENTIALS = frozenset({530, 534, 535, 538})
"""Replies about who we are (RFC 4954), which operators put right: no message is lost to them."""

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")


class SmtpMail:
    """Implements `Sender` for e-mail."""

    def __init__(
        self,
        host: str,
        port: int,
        sender: str,
        sender_name: str,
        user: str | None = None,
        password: str | None = None,
        starttls: bool = True,
        timeout: float = 10.0,
    ) -> None:
        """`sender` is the address that mail comes from, `sender_name` what is shown beside it.

        `timeout` is in seconds, for connecting and for each reply. Raises ValueError for a sender
        that is no address.
        """
        self._server = (host, port)
        self._sender = _address(sender, sender_name)
        self._user, self._password = user, password
        self._starttls = starttls
        self._timeout = timeout

    def send(self, message: Outgoing) -> str | None:
        """The Message-ID; the same for each attempt at one message, so that a mailbox can tell a
        repeat. Raises SendingFailed."""
        try:
            mail = self._written(message)
        except ValueError:
            raise SendingFailed("bad_address", again=False) from None
        plain = message.to.isascii() and self._sender.addr_spec.isascii()
        # Written out here: `send_message` would put a ">" before a line that begins with "From".
        written = mail.as_bytes(policy=SMTP.clone(utf8=not plain))
        connection = self._connected()
        try:
            connection.sendmail(
                self._sender.addr_spec,
                [message.to],
                written,
                () if plain else ("SMTPUTF8", "BODY=8BITMIME"),
            )
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise _failure(code) from None
        except smtplib.SMTPSenderRefused as refused:
            # Our own address is set wrong: mended by operators, and then this mail can go.
            raise SendingFailed(str(refused.smtp_code), again=True) from None
        except smtplib.SMTPResponseException as refused:
            raise _failure(refused.smtp_code) from None
        except smtplib.SMTPNotSupportedError:
            # An address in letters that the server does not take.
            raise SendingFailed("SMTPNotSupportedError", again=False) from None
        except OSError as fault:
            raise SendingFailed(type(fault).__name__, again=True) from None
        finally:
            _leave(connection)
        return str(mail["Message-ID"])

    def _written(self, message: Outgoing) -> EmailMessage:
        """The mail as sent. Raises ValueError for a bad recipient."""
        mail = EmailMessage(policy=SMTP)
        mail["From"] = self._sender
        mail["To"] = _address(message.to)
        mail["Subject"] = _on_one_line(message.subject)
        mail["Date"] = message.created_at
        mail["Message-ID"] = f"<{message.id}@{self._sender.domain}>"
        # RFC 3834: nobody's holiday notice answers it.
        mail["Auto-Submitted"] = "auto-generated"
        # Seven bits on the way: no server needs to offer more.
        mail.set_content(message.text, charset="utf-8", cte="quoted-printable")
        return mail

    def _connected(self) -> smtplib.SMTP:
        """A session that takes mail. Raises SendingFailed.

        Whatever fails here says nothing of the message: it is always worth another attempt.
        """
        connection = None
        try:
            # Our domain for a name: the machine's own may be nobody's, or take long to look up.
            connection = smtplib.SMTP(*self._server, self._sender.domain, self._timeout)
            if self._starttls:
                connection.starttls(context=ssl.create_default_context())
            if self._user is not None:
                connection.login(self._user, self._password or "")
        except (OSError, ValueError) as fault:
            if connection is not None:
                connection.close()
            code = getattr(fault, "smtp_code", type(fault).__name__)
            raise SendingFailed(str(code), again=True) from None
        return connection


def _failure(code: int) -> SendingFailed:
    return SendingFailed(str(code), again=not 500 <= code < 600 or code in CREDENTIALS)


def _leave(connection: smtplib.SMTP) -> None:
    """Ends the session. The message is taken or refused by now, and what fails here is no matter:
    counted as a failure, it would have a mail sent twice."""
    with suppress(OSError):
        connection.quit()
    connection.close()


def is_address(text: str) -> bool:
    """Whether a text is one plain address and nothing else: no name, no list, no line break."""
    return _ADDRESS.fullmatch(text) is not None and text.isprintable()


def _address(text: str, name: str = "") -> Address:
    if not is_address(text):
        raise ValueError("no address")
    username, domain = text.split("@")
    return Address(_on_one_line(name), username, domain)


def _on_one_line(text: str) -> str:
    """Printable characters only: a line break would begin another header."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
