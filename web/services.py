"""What an application is made of, and the keys under which handlers find it."""

from dataclasses import dataclass, field

from aiohttp import web

from web.ports import ChatLink, Part, Readiness, Reception, TelegramWebhook


async def _always_ready() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """What an operator decides about the pages."""

    service_name: str = "Gehoor"
    """Stands in the header and the tab. Neutral: it says nothing about complaints (W1)."""
    operator: str = ""
    """Who runs this installation, for "who reads this"; shown where it is set."""
    is_sample: bool = False
    """Every page says that nothing in it is real."""
    exit_address: str = "https://www.wikipedia.org/"
    """Where the quick exit leads: a page that anybody may have open (W2)."""
    is_https: bool = False
    """The pages are reached over https: cookies are Secure, and browsers are told to insist."""
    most_form_bytes: int = 1024 * 1024
    most_upload_bytes: int = 220 * 1024 * 1024
    """Of one form with files in it: ten of the largest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebServices:
    """Everything that the pages need from outside; made by `service.wiring`."""

    reception: Reception
    form_secret: bytes = field(repr=False)
    """32 bytes or more, the same in every process: form tokens are made under it."""
    settings: WebSettings = field(default_factory=WebSettings)
    telegram: TelegramWebhook | None = None
    chat_link: ChatLink | None = None
    """None where there is no chat."""
    is_ready: Readiness = _always_ready
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        if len(self.form_secret) < 32:
            raise ValueError("the form secret needs 32 bytes or more")


SERVICES = web.AppKey("services", WebServices)
