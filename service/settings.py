"""What an operator sets, all of it from the environment (`GEHOOR_…`).

Every fault is reported in one go, each with the variable's name and what it should be. Read once,
at the start, by `service.command_line`.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from intake.clamd import read_address
from register.clocks import LONGEST, LONGEST_ACCOUNT_DAYS, RECORD_YEARS, Timetable
from register.spans import Span
from service.delivering.addresses import is_mail_address, read_server

PREFIX = "GEHOOR_"
WEBHOOK_PATH = "/telegram/"
"""Where the pages take Telegram's updates in (`web.app`)."""


class SettingsRefused(Exception):
    """The environment is not right; `faults` says each thing to mend."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    """The settings of one installation. Secrets print as ***."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    home: Path = Path.home() / ".gehoor"
    """Where the database, the keys and the sealed files are."""
    database_url: str = ""
    """SQLite in `home` when empty; otherwise an SQLAlchemy URL."""
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    metrics_port: int = Field(default=0, ge=0, le=65535)
    """Where this machine alone may ask `/metrics` and `/readyz`; 0 for nowhere."""
    web_public_url: str = ""
    """How people reach the pages from outside, for links on posters and in chats."""
    exit_url: str = "https://www.wikipedia.org/"
    """Where the quick exit leads: a page that anybody may have open (W2)."""
    telegram_token: SecretStr = SecretStr("")
    """From Telegram's BotFather; the bot stays off when empty."""
    telegram_base_url: str = "https://api.telegram.org/bot"
    telegram_webhook_url: str = ""
    """When set, updates come by webhook to this address, whose path begins with /telegram/."""
    telegram_webhook_secret: SecretStr = SecretStr("")
    smtp_url: SecretStr = SecretStr("")
    """The mail server, such as smtps://name:password@mail.example:465; no e-mail when empty."""
    mail_from: str = ""
    """The address that e-mail comes from."""
    mail_operator: str = ""
    """Where the operator is told that something needs them; empty: nowhere."""
    desk_url: str = ""
    """The link in e-mail; the desk under the public address when empty."""
    webhooks_to_loopback: bool = False
    """For trials: webhooks may lead to this machine, also without TLS."""
    key_ring: SecretStr = SecretStr("")
    """The key ring itself, instead of the file in `home`."""
    key_ring_command: Annotated[tuple[str, ...], NoDecode] = ()
    """A command that prints the key ring, instead of the file in `home`."""
    key_exchange: Literal["x-wing", "x25519"] = "x-wing"
    """How content keys are wrapped: hybrid post-quantum, or X25519 alone."""
    flows_folder: Path | None = None
    """A folder with flows of the operator's own, beside those that come with the product."""
    is_sample: bool = False
    """Every page says that nothing in it is real; `gehoor demo` sets it."""
    operator: str = Field(default="", max_length=120)
    """Who runs this installation, as the pages say it under "who reads this"."""
    largest_file_megabytes: int = Field(default=20, ge=1, le=100)
    ffmpeg: str = ""
    """The program that makes recordings anew: its path, `off`, or empty for one that is on PATH."""
    clamd: str = ""
    """Where ClamAV's daemon listens: the path of a socket, or a host and a port."""
    receipts_ready: int = Field(default=512, ge=0, le=5_000)
    """How many receipts lie made in memory for a crowd that sends at once; 2 kB each."""
    draft_days: int = Field(default=14, ge=1, le=90)
    """After how many idle days an unfinished conversation is wiped."""
    acknowledge_days: int = Field(default=7, ge=1, le=7)
    """L1: by when somebody has read a report. May only be sooner than the rules say."""
    feedback_months: int = Field(default=3, ge=1, le=3)
    """L1: by when the reporter hears what was found, after that."""
    erase_identity_days: int | None = Field(default=None, ge=1, le=59)
    """L4: how long after its closing a case keeps who told it; None: two calendar months."""
    keep_account_days: int = Field(default=LONGEST_ACCOUNT_DAYS, ge=1, le=LONGEST_ACCOUNT_DAYS)
    """How long after its closing a case keeps what was told; never shorter than who told it."""
    keep_record_years: int = Field(
        default=RECORD_YEARS[-1], ge=RECORD_YEARS[0], le=RECORD_YEARS[-1]
    )
    """L3, L4: how long after its closing the anonymised record of a case is kept."""
    score_denominator: Literal["declared", "sum"] = "declared"
    """Which total decides the level (S2); every report shows both."""
    smallest_cell: int = Field(default=5, ge=5)
    """K1: may only be raised."""
    smallest_sensitive_cell: int = Field(default=10, ge=10)
    """K1 for sensitive themes and groups: may only be raised."""
    stop_seconds: float = Field(default=10, ge=0, le=20)
    """How long a stop waits for what is still to be said in chats; all of it is kept anyway."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("key_ring_command", mode="before")
    @classmethod
    def _words_of_a_command(cls, value: object) -> object:
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator(
        "web_public_url", "exit_url", "desk_url", "telegram_base_url", "telegram_webhook_url"
    )
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and (
            urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc
        ):
            raise ValueError("should be an address that begins with http:// or https://")
        return value

    @field_validator("ffmpeg")
    @classmethod
    def _is_a_program(cls, value: str) -> str:
        if value not in {"", "off"} and not (value.startswith("/") and os.access(value, os.X_OK)):
            raise ValueError("should be the whole path of a program that may be run, or off")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_a_mail_server(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            read_server(value.get_secret_value())
        return value

    @field_validator("mail_from", "mail_operator")
    @classmethod
    def _is_a_mail_address(cls, value: str) -> str:
        if value and not is_mail_address(value):
            raise ValueError("should be one address, such as desk@speak.example")
        return value

    @field_validator("clamd")
    @classmethod
    def _is_a_socket(cls, value: str) -> str:
        if value:
            read_address(value)
        return value

    @property
    def timetable(self) -> Timetable:
        """What is promised to reporters, and what is kept for how long (design §7)."""
        identity = self.erase_identity_days
        return Timetable(
            acknowledge=Span(days=self.acknowledge_days),
            feedback=Span(months=self.feedback_months),
            erase_identity=LONGEST["erase_identity"] if identity is None else Span(days=identity),
            erase_account_after_days=self.keep_account_days,
            keep_record_years=self.keep_record_years,
        )

    @property
    def has_mail(self) -> bool:
        """Whether e-mail is sent."""
        return bool(self.smtp_url.get_secret_value() and self.mail_from)

    @property
    def desk_link(self) -> str:
        """What stands in e-mail."""
        return self.desk_url or f"{self.public_url}/desk"

    @property
    def company_link(self) -> str:
        """What stands in e-mail to officers: where they read what is asked."""
        return f"{self.public_url}/company/requests"

    @property
    def effective_database_url(self) -> str:
        """The URL to open."""
        return self.database_url or f"sqlite:///{self.home / 'gehoor.db'}"

    @property
    def key_ring_file(self) -> Path:
        """Where the key ring lies when neither a value nor a command gives it."""
        return self.home / "key-ring"

    @property
    def blob_folder(self) -> Path:
        """Where the sealed files lie."""
        return self.home / "blobs"

    @property
    def public_url(self) -> str:
        """The address for links, without a slash at the end."""
        return (self.web_public_url or f"http://{self.web_host}:{self.web_port}").rstrip("/")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings, or `SettingsRefused` with every fault.

    A variable that begins with GEHOOR_ and is not a setting is a fault too: it is a typing error
    that would otherwise go unseen.
    """
    named = os.environ if environment is None else environment
    faults = list(_unknown_variables(named))
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in named.items()
        if name.startswith(PREFIX)
    }
    known = {name: value for name, value in given.items() if name in Settings.model_fields}
    faults += _webhook_faults(known)
    if known.get("smtp_url") and not known.get("mail_from"):
        faults.append(f"{PREFIX}MAIL_FROM is needed with {PREFIX}SMTP_URL: e-mail comes from it")
    try:
        settings = Settings(**known)  # type: ignore[arg-type]  # validated by pydantic just here
    except ValidationError as refusal:
        faults += [_in_words(error["loc"], error["msg"]) for error in refusal.errors()]
        raise SettingsRefused(tuple(faults)) from None
    faults += _timetable_faults(settings)
    if faults:
        raise SettingsRefused(tuple(faults))
    return settings


def _unknown_variables(named: Mapping[str, str]) -> list[str]:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    faults = []
    for name in sorted(named):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            faults.append(f"{name}: there is no such setting{hint}")
    return faults


def _webhook_faults(known: Mapping[str, str]) -> list[str]:
    """What is wrong with the two webhook settings together; looked at beside all other faults."""
    faults = []
    address = known.get("telegram_webhook_url", "")
    if address and not known.get("telegram_webhook_secret"):
        faults.append(
            f"{PREFIX}TELEGRAM_WEBHOOK_SECRET is needed with {PREFIX}TELEGRAM_WEBHOOK_URL: "
            "without it anybody could send made-up messages"
        )
    if address and not urlsplit(address).path.startswith(WEBHOOK_PATH):
        faults.append(
            f"{PREFIX}TELEGRAM_WEBHOOK_URL: its path should begin with {WEBHOOK_PATH}, such as "
            f"https://speak.example{WEBHOOK_PATH}updates"
        )
    return faults


def _timetable_faults(settings: Settings) -> list[str]:
    """What is wrong with the periods together: an account must outlive the identity in it."""
    try:
        _ = settings.timetable
    except ValueError:
        return [
            f"{PREFIX}KEEP_ACCOUNT_DAYS: shorter than the identity is kept "
            f"({PREFIX}ERASE_IDENTITY_DAYS, or two months): make it as long or longer"
        ]
    return []


def _in_words(location: tuple[int | str, ...], message: str) -> str:
    message = message.removeprefix("Value error, ")
    if not location:
        return message
    return f"{PREFIX}{str(location[0]).upper()}: {message[0].lower()}{message[1:]}"
