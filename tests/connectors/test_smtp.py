"""Mail over the wire to a real SMTP server, and what its replies mean for a message."""

from __future__ import annotations

import email
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from casework.domain.errors import SendingFailed
from casework.domain.outbox import Medium, Outgoing
from connectors.smtp import SmtpMail
from tests.office import NOW

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

SENDER = "no-reply@plymouth.example"
MESSAGE = Outgoing(
    id="0a1b", medium=Medium.EMAIL, to="amina@home.example", subject="Your report – 4829 1573",
    text="Dŵr: “booked”.\n\n.\nFrom here on, we write.\n" + "long " * 300,
    created_at=NOW, due_at=NOW, updated_at=NOW,
)  # fmt: skip


class Mailbox:
    """Keeps what it is sent; `says` replies to some commands in place of "250 OK"."""

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.kept: list[tuple[str | None, list[str], EmailMessage]] = []
        self.logins: list[LoginPassword] = []
        self.port = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.says.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.says.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = email.message_from_bytes(envelope.content, policy=default)
        self.kept.append((envelope.mail_from, envelope.rcpt_tos, mail))
        return self.says.get("DATA", "250 OK")

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.says.get("QUIT", "221 Bye")

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        self.logins.append(data)
        return AuthResult(success=data.password == b"right", handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Serve = Callable[..., Mailbox]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[Controller] = []

    def start(**options: Any) -> Mailbox:
        box = Mailbox()
        box.port = free_port()
        if options.pop("logins", False):
            options |= {"authenticator": box.authenticate, "auth_required": True,
                        "auth_require_tls": False}  # fmt: skip
        running.append(Controller(box, hostname="127.0.0.1", port=box.port, **options))
        running[-1].start()
        return box

    yield start
    for controller in running:
        controller.stop()


def mail(port: int, **more: Any) -> SmtpMail:
    chosen = {"starttls": False, "sender_name": "Plymouth City Council", **more}
    return SmtpMail("127.0.0.1", port, SENDER, **chosen)


def refused(sender: SmtpMail, message: Outgoing = MESSAGE) -> tuple[str, bool]:
    with pytest.raises(SendingFailed) as failure:
        sender.send(message)
    assert "amina" not in str(failure.value)
    assert failure.value.__cause__ is None
    return failure.value.code, failure.value.again


def test_a_mail_arrives_as_it_was_written(serve: Serve) -> None:
    box = serve()
    given = mail(box.port).send(MESSAGE)
    assert given == "<0a1b@plymouth.example>"
    (envelope_from, recipients, arrived), *others = box.kept
    assert (envelope_from, recipients, others) == (SENDER, ["amina@home.example"], [])
    assert arrived["From"] == f"Plymouth City Council <{SENDER}>"
    assert arrived["To"] == "amina@home.example"
    assert arrived["Subject"] == "Your report – 4829 1573"
    assert arrived["Date"].datetime == NOW
    assert arrived["Message-ID"] == given
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content_type() == "text/plain"
    assert arrived.get_content_charset() == "utf-8"
    assert arrived.get_content().replace("\r\n", "\n").rstrip("\n") == MESSAGE.text


def test_a_repeat_has_the_same_message_id(serve: Serve) -> None:
    box = serve()
    sender = mail(box.port)
    assert sender.send(MESSAGE) == sender.send(replace(MESSAGE, attempts=3))


@pytest.mark.parametrize(
    "subject", ["Hello\r\nBcc: eve@x.example", "Hello\nBcc: eve", "Hi\u2028x\0"]
)
def test_a_subject_stays_one_header(serve: Serve, subject: str) -> None:
    box = serve()
    mail(box.port).send(replace(MESSAGE, subject=subject))
    _, recipients, arrived = box.kept[0]
    assert recipients == ["amina@home.example"]
    assert arrived["Bcc"] is None
    assert arrived["Subject"].split() == subject.replace("\0", "").split()


@pytest.mark.parametrize(
    "address",
    ["amina@home.example\r\nBcc: eve@x.example", "amina@home.example, eve@x.example", "amina",
     "amina@", "@home.example", "Amina <amina@home.example>", "", "a b@home.example"],
)  # fmt: skip
def test_a_recipient_is_one_plain_address_or_none(serve: Serve, address: str) -> None:
    box = serve()
    assert refused(mail(box.port), replace(MESSAGE, to=address)) == ("bad_address", False)
    assert box.kept == []


def test_a_sender_that_is_no_address_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="no address"):
        SmtpMail("127.0.0.1", 25, "no reply@plymouth.example", "Plymouth")


def test_an_address_in_other_letters_needs_a_server_that_takes_it(serve: Serve) -> None:
    message = replace(MESSAGE, to="ŵyn@home.example")
    assert refused(mail(serve(enable_SMTPUTF8=False).port), message) == (
        "SMTPNotSupportedError", False,
    )  # fmt: skip
    box = serve(enable_SMTPUTF8=True)
    mail(box.port).send(message)
    assert box.kept[0][1] == ["ŵyn@home.example"]


@pytest.mark.parametrize(
    ("command", "reply", "code", "again"),
    [
        ("RCPT", "550 No such user amina@home.example", "550", False),
        ("RCPT", "450 Greylisted", "450", True),
        ("MAIL", "553 Not yours", "553", True),
        ("MAIL", "530 Authentication required", "530", True),
        ("DATA", "554 Looks like spam", "554", False),
        ("DATA", "452 Disk full", "452", True),
        ("DATA", "421 Going down", "421", True),
    ],
)
def test_a_reply_says_whether_to_try_again(
    serve: Serve, command: str, reply: str, code: str, again: bool
) -> None:
    box = serve()
    box.says[command] = reply
    assert refused(mail(box.port)) == (code, again)


def test_a_mail_that_was_taken_is_sent_whatever_comes_after(serve: Serve) -> None:
    box = serve()
    box.says["QUIT"] = "421 Too late"
    assert mail(box.port).send(MESSAGE)


def test_a_login_is_used_and_a_wrong_one_is_for_operators(serve: Serve) -> None:
    box = serve(logins=True)
    mail(box.port, user="civicline", password="right").send(MESSAGE)
    assert [(one.login, one.password) for one in box.logins] == [(b"civicline", b"right")]
    wrong = mail(box.port, user="civicline", password="wrong")
    assert refused(wrong) == ("535", True)
    assert refused(mail(box.port)) == ("530", True)


def test_a_server_without_starttls_gets_nothing_in_the_clear(serve: Serve) -> None:
    box = serve(logins=True)
    sender = mail(box.port, starttls=True, user="civicline", password="right")
    assert refused(sender) == ("SMTPNotSupportedError", True)
    assert (box.kept, box.logins) == ([], [])


@pytest.fixture
def own_certificate(tmp_path: Path) -> ssl.SSLContext:
    """A certificate that nobody but itself vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(
    serve: Serve, own_certificate: ssl.SSLContext
) -> None:
    box = serve(tls_context=own_certificate)
    assert refused(mail(box.port, starttls=True)) == ("SSLCertVerificationError", True)
    assert box.kept == []


def test_with_starttls_mail_goes_encrypted(
    serve: Serve,
    own_certificate: ssl.SSLContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    box = serve(tls_context=own_certificate, require_starttls=True)
    mail(box.port, starttls=True).send(MESSAGE)
    assert len(box.kept) == 1


def test_a_server_out_of_reach_is_tried_again() -> None:
    assert refused(mail(free_port())) == ("ConnectionRefusedError", True)


@pytest.mark.parametrize(
    ("greeting", "code"),
    [(b"", "SMTPServerDisconnected"), (b"554 Closed\r\n", "554"), (b"what?\r\n", "-1")],
)
def test_a_server_that_does_not_talk_mail_is_tried_again(greeting: bytes, code: str) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()

        def greet() -> None:
            other, _ = silent.accept()
            with other:
                other.sendall(greeting)
                other.recv(1)

        threading.Thread(target=greet, daemon=True).start()
        assert refused(mail(silent.getsockname()[1], timeout=0.3)) == (code, True)
