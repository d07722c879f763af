"""Puts the rooms together: which adapter stands behind which port."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation import Conversations
from bot.engine import Engine, RasaEngine
from casework.adapters.clean_evidence import FileCleaner
from casework.adapters.council_checks import check_flat
from casework.adapters.council_files import load_council
from casework.adapters.csv_tables import CsvTables
from casework.adapters.demo_clock import DemoClock
from casework.adapters.event_hub import PollingEventHub, RedisEventHub
from casework.adapters.evidence_folder import EvidenceFolder
from casework.adapters.locks import InProcessLocks, RedisLocks
from casework.adapters.reading.gazetteer import CsvGazetteer
from casework.adapters.reading.reader import PlainReader
from casework.adapters.reading.screening import MatcherScreen, TokenPattern
from casework.adapters.sql_store import SqlStore
from casework.adapters.surroundings import GovUkHolidays, RandomIdentifiers, SystemClock
from casework.adapters.website_sign_in import WebsiteSignIn
from casework.adapters.yaml_lines import Source as YamlFile
from casework.domain.catalogue import Council
from casework.domain.errors import CouncilDataError
from casework.domain.safety import SafetyRule
from casework.ports.announcements import Announcements
from casework.ports.evidence import EvidenceRoom
from casework.ports.surroundings import Clock, Locks
from casework.use_cases.office import Office
from connectors.clamav import ClamAv
from server.aside import AsideCleaner
from server.carriers import make_recorder
from server.settings import Settings

if TYPE_CHECKING:
    from redis import Redis

REDIS_WITHIN = 2.0
"""Seconds after which Redis counts as out of reach: the resident hears so instead of waiting."""


@dataclass(frozen=True)
class Parts:
    """What a web process is made of."""

    settings: Settings
    office: Office
    engine: Engine
    conversations: Conversations
    announcements: Announcements
    locks: Locks


def make_office(settings: Settings, warm: bool = False) -> tuple[Office, SqlStore]:
    """The council at work on the database of the settings. `warm` loads at once what the first
    resident's sentence would otherwise wait for.

    Raises CouncilDataError for a council folder that is wrong.
    """
    council = load_council(settings.council_dir)
    gazetteer = make_gazetteer(settings.council_dir / "gazetteer.csv")
    store = SqlStore(settings.database_url)
    screen = make_screen(settings.council_dir, council)
    reader = PlainReader(
        gazetteer, council.account_ref_pattern, council.towns, council.reference_pattern
    )
    office = Office(
        council=council,
        store=store,
        reader=reader,
        screen=screen,
        gazetteer=gazetteer,
        clock=make_clock(settings),
        ids=RandomIdentifiers(),
        holidays=GovUkHolidays(council.bank_holidays),
        tables=CsvTables.from_folder(settings.council_dir / "tables"),
        address=settings.public_base_url,
        sign_in=make_sign_in(settings, council),
        code_key=settings.secret_key.encode(),
        evidence=make_evidence_room(settings),
        recorder=make_recorder(settings),
    )
    if warm:
        reader.warm(office.local_now)
    return office, store


def make_evidence_room(settings: Settings) -> EvidenceRoom:
    """Where photos and documents are taken in; nothing is written before the first comes."""
    scan = None if settings.clamav is None else ClamAv(settings.clamav)
    return EvidenceRoom(EvidenceFolder(settings.evidence_dir), AsideCleaner(FileCleaner()), scan)


def make_sign_in(settings: Settings, council: Council) -> WebsiteSignIn | None:
    """What reads the website's sign-ins; none without a secret to check them by."""
    if not settings.identity_secret:
        return None
    longest = timedelta(minutes=council.identity.sign_in_minutes)
    return WebsiteSignIn(settings.identity_secret, longest)


def make_screen(folder: Path, council: Council) -> MatcherScreen:
    """The council's safety rules, compiled. Raises CouncilDataError naming one that cannot be."""
    try:
        return MatcherScreen(council.safety_rules)
    except (ValueError, TypeError) as error:
        refused = error
    patterns: list[tuple[list[str | int], TokenPattern]] = [
        (["rules", place, key, number], pattern)
        for place, rule in enumerate(council.safety_rules)
        for key in ("patterns", "unless")
        for number, pattern in enumerate(getattr(rule, key))
    ]

    def fails(count: int) -> bool:
        first = tuple(tuple(pattern) for _, pattern in patterns[:count])
        return not _compiles(replace(council.safety_rules[0], patterns=first, unless=()))

    # There are hundreds, and compiling all of them takes a while.
    at = bisect_left(range(len(patterns)), True, key=fails)
    source = YamlFile(folder / "safety.yml", "safety")
    said = " ".join(str(refused).split())
    raise source.error(patterns[at - 1][0], f"spaCy's Matcher refuses this pattern: {said}")


def _compiles(rule: SafetyRule) -> bool:
    try:
        MatcherScreen([rule])
    except (ValueError, TypeError):
        return False
    return True


def make_gazetteer(file: Path) -> CsvGazetteer:
    """The council's properties. Raises CouncilDataError."""
    try:
        return CsvGazetteer.from_file(file)
    except FileNotFoundError:
        raise CouncilDataError(f"{file}: there is no such file; every council has one") from None
    except (KeyError, ValueError) as error:
        raise CouncilDataError(f"{file}: a column is missing or no number: {error}") from None


def make_clock(settings: Settings) -> Clock:
    """The demo's movable clock, or the real one."""
    return DemoClock(settings.clock_file) if settings.demo else SystemClock()


def make_parts(settings: Settings) -> Parts:
    """A web process's parts, on Redis where the settings name one."""
    office, store = make_office(settings)
    engine = RasaEngine(settings.rasa_url)
    client = make_redis(settings)
    locks = make_locks(client)
    announcements = make_announcements(office, store, client)
    conversations = Conversations(office, engine, locks)
    return Parts(settings, office, engine, conversations, announcements, locks)


def make_locks(client: Redis | None) -> Locks:
    """Turns of conversations: over all processes on Redis, else within this one."""
    return RedisLocks(client) if client else InProcessLocks()


def make_redis(settings: Settings) -> Redis | None:
    """The Redis that the settings name. It is connected to when first used."""
    if settings.redis_url is None:
        return None
    from redis import Redis
    from redis.backoff import ConstantBackoff
    from redis.retry import Retry

    return Redis.from_url(
        settings.redis_url,
        socket_timeout=REDIS_WITHIN,
        socket_connect_timeout=REDIS_WITHIN,
        retry=Retry(ConstantBackoff(0.05), 1),
    )


def make_announcements(office: Office, store: SqlStore, client: Redis | None) -> Announcements:
    """Hears of this process's commits and those of others, and tells others of its own."""
    if client is None:
        return PollingEventHub(store, clock=office.clock)
    return RedisEventHub(store, client, clock=office.clock)


def words(council_dir: Path, name: str, council: Council) -> dict[str, str]:
    """A flat file of wording of the council's folder. Raises CouncilDataError."""
    source = YamlFile(council_dir / f"{name}.yml", name)
    check_flat(source, council.facts)
    texts: dict[str, str] = source.data
    return texts


def check_folder(folder: Path) -> Council:
    """The council of a folder, every file of it checked. Raises CouncilDataError."""
    council = load_council(folder)
    make_gazetteer(folder / "gazetteer.csv")
    make_screen(folder, council)
    CsvTables.from_folder(folder / "tables")
    for name in ("webchat", "api", "telephony"):
        words(folder, name, council)
    return council
