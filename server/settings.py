"""Every setting, read once from the environment. `docs/settings.md` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casework.domain.errors import CaseworkError
from connectors.clamav import address_of
from connectors.smtp import is_address

DEMO_TOKEN = "demo-twilio-token"  # noqa: S105 - refused outside the demo
DEMO_SECRET = "demo-secret-key"  # noqa: S105 - refused outside the demo
DEMO_IDENTITY = "demo-identity-secret-of-the-website"
DEMO_ACCOUNT = "AC" + "0" * 32
DEMO_NUMBER = "+441632960000"
"""One of the numbers that Ofcom keeps for drama."""
DEMO_SENDER = "no-reply@plymouth.example"
TWILIO = "https://api.twilio.com"


class SettingsError(CaseworkError):
    """A setting is missing or cannot be right; the message says which and what to write."""


@dataclass(frozen=True)
class Settings:
    """See `docs/settings.md` for each. Ports are TCP ports, addresses are URLs."""

    demo: bool
    port: int
    web_processes: int
    rasa_port: int
    actions_port: int
    host: str
    # Addresses can hold passwords; what is printed of settings holds none.
    database_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    public_base_url: str
    secret_key: str = field(repr=False)
    identity_secret: str = field(repr=False)
    metrics_token: str = field(repr=False)
    council_dir: Path
    var_dir: Path
    evidence_dir: Path
    clamav: str | None
    twilio_account_sid: str
    twilio_auth_token: str = field(repr=False)
    twilio_api_base: str
    twilio_from: str
    twilio_api_key_sid: str
    twilio_api_key_secret: str = field(repr=False)
    smtp_host: str | None
    smtp_port: int
    smtp_user: str | None
    smtp_password: str | None = field(repr=False)
    smtp_starttls: bool
    mail_from: str

    @property
    def ports(self) -> dict[str, int]:
        """The ports that are listened on, by the names of their settings."""
        return {
            "PORT": self.port,
            "RASA_PORT": self.rasa_port,
            "ACTIONS_PORT": self.actions_port,
        }

    @property
    def rasa_url(self) -> str:
        """Where the assistant answers: always this machine."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Where the actions answer: always this machine."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def own_demo(self) -> bool:
        """Whether the database is the file that only ever the demo uses."""
        return self.demo and self.database_url == _file_url(self.var_dir, demo=True)

    @property
    def own_twilio(self) -> bool:
        """Whether the demo's own stand-in takes what goes to Twilio."""
        return self.demo and self.twilio_api_base == f"{self.web_url}/demo/twilio"

    @property
    def web_url(self) -> str:
        """Where this machine itself reaches the web process."""
        return _web_url(self.host, self.port)

    @property
    def clock_file(self) -> Path:
        """Where the demo's clock is set."""
        return self.var_dir / "demo-clock"


def read_settings(environment: Mapping[str, str], home: Path) -> Settings:
    """Settings from environment variables; `home` is the top of the checkout.

    Raises SettingsError.
    """
    demo = environment.get("DEMO", "").lower() in {"1", "true", "yes"}
    var = Path(environment.get("CIVICLINE_VAR") or home / "var")
    port = _port(environment, "PORT", 8000)
    host = environment.get("HOST") or "127.0.0.1"
    account = environment.get("TWILIO_ACCOUNT_SID", "")
    # Without an account of one's own, the demo's texts go to its own stand-in for Twilio.
    twilio = f"{_web_url(host, port)}/demo/twilio" if demo and not account else TWILIO
    smtp_user = environment.get("SMTP_USER") or None
    return Settings(
        demo=demo,
        port=port,
        web_processes=_count(environment, "WEB_PROCESSES", 1),
        rasa_port=_port(environment, "RASA_PORT", 5005),
        actions_port=_port(environment, "ACTIONS_PORT", 5055),
        host=host,
        database_url=environment.get("DATABASE_URL") or _file_url(var, demo),
        redis_url=environment.get("REDIS_URL") or None,
        public_base_url=(environment.get("PUBLIC_BASE_URL") or f"http://localhost:{port}").rstrip(
            "/"
        ),
        secret_key=environment.get("SECRET_KEY") or (DEMO_SECRET if demo else ""),
        identity_secret=environment.get("IDENTITY_SECRET") or (DEMO_IDENTITY if demo else ""),
        metrics_token=environment.get("METRICS_TOKEN") or "",
        council_dir=Path(environment.get("COUNCIL_DIR") or home / "council"),
        var_dir=var,
        evidence_dir=Path(environment.get("EVIDENCE_DIR") or var / "evidence"),
        clamav=_scanner(environment),
        twilio_account_sid=account or (DEMO_ACCOUNT if demo else ""),
        twilio_auth_token=environment.get("TWILIO_AUTH_TOKEN") or (DEMO_TOKEN if demo else ""),
        twilio_api_base=(environment.get("TWILIO_API_BASE") or twilio).rstrip("/"),
        twilio_from=environment.get("TWILIO_FROM") or (DEMO_NUMBER if demo else ""),
        twilio_api_key_sid=_api_key(environment, account),
        twilio_api_key_secret=environment.get("TWILIO_API_KEY_SECRET", ""),
        smtp_host=environment.get("SMTP_HOST") or None,
        smtp_port=_port(environment, "SMTP_PORT", 587 if smtp_user else 25),
        smtp_user=smtp_user,
        smtp_password=environment.get("SMTP_PASSWORD") or None,
        smtp_starttls=_yes_or_no(environment, "SMTP_STARTTLS", smtp_user is not None),
        mail_from=_mail_address(environment, "MAIL_FROM", DEMO_SENDER if demo else ""),
    )


def check_processes(settings: Settings) -> None:
    """Refuses processes that could not take turns or would share a port. Raises SettingsError."""
    taken: dict[int, str] = {}
    for name, port in settings.ports.items():
        if port in taken:
            raise SettingsError(
                f"{name}: {port} is the port of {taken[port]} too; give each its own"
            )
        taken[port] = name
    if settings.web_processes > 1 and settings.redis_url is None:
        raise SettingsError(
            "WEB_PROCESSES: several web processes keep their turns in Redis; set REDIS_URL too"
        )


def check_for_service(settings: Settings) -> None:
    """Refuses to serve residents on secrets that everybody knows. Raises SettingsError."""
    if settings.demo:
        raise SettingsError("DEMO is set; unset it to serve residents, or run make demo")
    if settings.secret_key in {"", DEMO_SECRET} or len(settings.secret_key) < 16:
        raise SettingsError("SECRET_KEY: write a random text of at least 16 characters")
    if settings.identity_secret and (
        settings.identity_secret == DEMO_IDENTITY or len(settings.identity_secret) < 32
    ):
        raise SettingsError("IDENTITY_SECRET: write a random text of at least 32 characters")
    if settings.twilio_auth_token == DEMO_TOKEN:
        raise SettingsError("TWILIO_AUTH_TOKEN: write the token of your own Twilio account")
    if settings.twilio_account_sid:
        if not settings.twilio_auth_token:
            raise SettingsError(
                "TWILIO_AUTH_TOKEN: write the token of the account in TWILIO_ACCOUNT_SID"
            )
        if not settings.twilio_from:
            raise SettingsError(
                "TWILIO_FROM: write the number, or the messaging service (MG...), that texts of "
                "the account in TWILIO_ACCOUNT_SID come from"
            )
    if settings.smtp_host and not settings.mail_from:
        raise SettingsError("MAIL_FROM: write the address that mail sent by SMTP_HOST comes from")
    if settings.smtp_user and not settings.smtp_password:
        raise SettingsError("SMTP_PASSWORD: write the password of SMTP_USER")


def _web_url(host: str, port: int) -> str:
    reached = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    return f"http://{reached}:{port}"


def _file_url(var: Path, demo: bool) -> str:
    return f"sqlite:///{var / ('demo.db' if demo else 'civicline.db')}"


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"{name}: write a port number from 1 to 65535, not '{text}'")
    return int(text)


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise SettingsError(f"{name}: write a number from 1 up, not '{text}'")
    return int(text)


def _yes_or_no(environment: Mapping[str, str], name: str, default: bool) -> bool:
    text = (environment.get(name) or ("1" if default else "0")).lower()
    if text not in {"1", "true", "yes", "0", "false", "no"}:
        raise SettingsError(f"{name}: write 1 or 0, not '{text}'")
    return text in {"1", "true", "yes"}


def _scanner(environment: Mapping[str, str]) -> str | None:
    written = environment.get("CLAMAV_SOCKET") or None
    if written is not None:
        try:
            address_of(written)
        except ValueError:
            raise SettingsError(
                "CLAMAV_SOCKET: write the path of clamd's socket, such as "
                "/run/clamav/clamd.ctl, or host:port"
            ) from None
    return written


def _api_key(environment: Mapping[str, str], account: str) -> str:
    """The id of the key that browsers are let in with, which is of no use alone."""
    sid = environment.get("TWILIO_API_KEY_SID", "")
    secret = environment.get("TWILIO_API_KEY_SECRET", "")
    if sid and not re.fullmatch(r"SK[0-9a-fA-F]{32}", sid):
        raise SettingsError("TWILIO_API_KEY_SID: write the SID of an API key, SK and 32 characters")
    if bool(sid) != bool(secret):
        missing = "TWILIO_API_KEY_SECRET" if sid else "TWILIO_API_KEY_SID"
        raise SettingsError(f"{missing}: an API key has a SID and a secret; write both or neither")
    if sid and not account:
        raise SettingsError("TWILIO_ACCOUNT_SID: write the account that TWILIO_API_KEY_SID is of")
    return sid


def _mail_address(environment: Mapping[str, str], name: str, default: str) -> str:
    text = environment.get(name) or default
    if text and not is_address(text):
        raise SettingsError(f"{name}: write one e-mail address, such as no-reply@example.gov.uk")
    return text
