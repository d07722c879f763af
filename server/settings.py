"""Every setting, read once from the environment. `docs/settings.md` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casework.domain.errors import CaseworkError

DEMO_TOKEN = "demo-twilio-token"  # noqa: S105 - refused outside the demo
DEMO_SECRET = "demo-secret-key"  # noqa: S105 - refused outside the demo


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
    database_url: str
    redis_url: str | None
    public_base_url: str
    secret_key: str
    council_dir: Path
    var_dir: Path
    twilio_account_sid: str
    twilio_auth_token: str
    twilio_api_base: str
    twilio_from: str

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
    def web_url(self) -> str:
        """Where this machine itself reaches the web process."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104
        return f"http://{host}:{self.port}"

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
    return Settings(
        demo=demo,
        port=port,
        web_processes=_count(environment, "WEB_PROCESSES", 1),
        rasa_port=_port(environment, "RASA_PORT", 5005),
        actions_port=_port(environment, "ACTIONS_PORT", 5055),
        host=environment.get("HOST") or "127.0.0.1",
        database_url=environment.get("DATABASE_URL") or _file_url(var, demo),
        redis_url=environment.get("REDIS_URL") or None,
        public_base_url=(environment.get("PUBLIC_BASE_URL") or f"http://localhost:{port}").rstrip(
            "/"
        ),
        secret_key=environment.get("SECRET_KEY") or (DEMO_SECRET if demo else ""),
        council_dir=Path(environment.get("COUNCIL_DIR") or home / "council"),
        var_dir=var,
        twilio_account_sid=environment.get("TWILIO_ACCOUNT_SID", ""),
        twilio_auth_token=environment.get("TWILIO_AUTH_TOKEN") or (DEMO_TOKEN if demo else ""),
        twilio_api_base=environment.get("TWILIO_API_BASE") or "https://api.twilio.com",
        twilio_from=environment.get("TWILIO_FROM", ""),
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
    if settings.twilio_auth_token == DEMO_TOKEN:
        raise SettingsError("TWILIO_AUTH_TOKEN: write the token of your own Twilio account")


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
