"""Hands an e-mail to the operator's mail server, over TLS.

`smtps://` speaks TLS from the first byte (RFC 8314); `smtp://` asks for it with STARTTLS and says
nothing more where it is not given. Only a mail server on this very machine may do without. Whatever
a server says is not quoted: it may hold addresses.
"""

import asyncio
import ssl
from email.message import EmailMessage

import aiosmtplib

from register.deliveries import DeliveryFault
from service.delivering.addresses import MailServer
from service.delivering.letters import domain_of

SECONDS_A_STEP = 10.0
SECONDS_IN_ALL = 60.0
_PERMANENT = 500


async def hand_in(
    server: MailServer, message: EmailMessage, *, tls: ssl.SSLContext | None = None
) -> DeliveryFault | None:
    """Hand it in; why it was not taken, or None. `tls` is whom to trust; None: as the machine."""
    try:
        async with asyncio.timeout(SECONDS_IN_ALL):
            await _hand_in(server, message, tls)
    except (aiosmtplib.SMTPTimeoutError, TimeoutError):
        return DeliveryFault.LATE
    except aiosmtplib.SMTPRecipientsRefused:
        return DeliveryFault.REFUSED
    except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused):
        return DeliveryFault.SIGN_IN
    except aiosmtplib.SMTPDataError as fault:
        return DeliveryFault.REFUSED if fault.code >= _PERMANENT else DeliveryFault.UNWELL
    except aiosmtplib.SMTPResponseException:
        return DeliveryFault.UNWELL
    except (aiosmtplib.SMTPException, OSError):
        return DeliveryFault.UNREACHABLE
    return None


async def _hand_in(server: MailServer, message: EmailMessage, tls: ssl.SSLContext | None) -> None:
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.name or None,
        password=server.password or None,
        local_hostname=domain_of(str(message["From"])),
        timeout=SECONDS_A_STEP,
        use_tls=server.is_tls_at_once,
        start_tls=server.asks_for_tls,
        tls_context=tls,
    )
    try:
        await client.connect()
        await client.send_message(message)
    finally:
        client.close()
