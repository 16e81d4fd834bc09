"""Sends what is due. Runs beside the chores in every process; started by `service.running`.

Each line (all e-mail, or one webhook) is worked on by one process at a time: whoever has its lease
(`storage.leases`). A delivery is marked only after it was taken, so a process that is killed in
between leaves it to be sent again, under the same id: at least once, never lost.
"""

import asyncio
import random
import ssl
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from register.deliveries import (
    MAIL,
    Delivery,
    DeliveryFault,
    Notice,
    concerns_all,
    delivered,
    failed,
    in_turn,
    is_due,
    woken,
)
from register.webhooks import Webhook, body_of, headers_of
from sealing.identifiers import new_id
from service.delivering.addresses import read_server
from service.delivering.letters import letter
from service.delivering.mailing import hand_in
from service.delivering.spreading import (
    AT_ONCE,
    LEFT_ALONE,
    Spreading,
    address_of,
    spreading_in,
)
from service.wiring import House
from storage.errors import StorageError
from storage.transaction import SqlTransaction
from web.guarded import GuardedPoster, InnerAddressError

SECONDS_BETWEEN_LOOKS = 15.0
SECONDS_FOR_AN_ANSWER = 10.0
LEASE = timedelta(minutes=5)
"""After how long another process may take a line over from one that died."""
SECONDS_A_TURN = 120.0
"""No delivery is begun later in a turn, so that the last one ends well before the lease."""
_ALWAYS = "always"
"""The period of a lease that is given back after each turn."""
_TOO_MANY = 429
OPERATORS_LANGUAGE = "en"

_CHANCE = random.SystemRandom().random

Send = Callable[[Delivery], Awaitable[DeliveryFault | None]]

log = structlog.get_logger("service")


class Postman:
    """One process's share in sending."""

    def __init__(
        self,
        house: House,
        *,
        chance: Callable[[], float] = _CHANCE,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`tls` is whom to trust for e-mail; None: as the machine does."""
        self._house = house
        self._chance = chance
        self._tls = tls
        self._holder = new_id()
        self._poster = GuardedPoster(allows_loopback=house.settings.webhooks_to_loopback)

    async def keep_sending(self) -> None:
        """Send what is due, look again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    async def look(self) -> int:
        """Send what is due now; how many were taken. Faults are logged and tried again later."""
        database = self._house.database
        try:
            while await database.read(self._has_alerts):
                if await database.transaction(self._spreading().spread) < AT_ONCE:
                    break
            lines = await database.read(self._due_lines)
        except StorageError:
            log.warning("deliveries_not_looked_at", exc_info=True)
            return 0
        return sum(await asyncio.gather(*map(self._work_on, lines)))

    def _spreading(self) -> Spreading:
        return spreading_in(self._house, self._chance)

    def _has_alerts(self, tx: SqlTransaction) -> bool:
        return bool(tx.outbox.due(self._house.clock().date(), 1, but=LEFT_ALONE))

    def _due_lines(self, tx: SqlTransaction) -> list[str]:
        now, lines = self._house.clock(), tx.deliveries.lines()
        return [
            line
            for line in lines
            if (line != MAIL or self._house.settings.has_mail)
            and any(is_due(each, now) for each in tx.deliveries.waiting(line))
        ]

    async def _work_on(self, line: str) -> int:
        """One turn on a line, if nobody else is at it."""
        database, name, now = self._house.database, f"to.{line}", self._house.clock()
        take = partial(_take, name=name, holder=self._holder, now=now)
        try:
            if not await database.transaction(take):
                return 0
            try:
                return await self._turn(line)
            finally:
                await self._release(name)
        except Exception:
            log.exception("line_not_worked_on", line=_kind_of(line))
            return 0

    async def _release(self, name: str) -> None:
        await self._house.database.transaction(
            lambda tx: tx.leases.release(name, holder=self._holder)
        )

    async def _turn(self, line: str) -> int:
        """What is due on a line, one after the other; how many were taken."""
        database, now = self._house.database, self._house.clock()
        until = time.monotonic() + SECONDS_A_TURN
        queue = deque(in_turn(await database.read(lambda tx: tx.deliveries.waiting(line)), now))
        send = await self._sender(line)
        taken = 0
        while queue and time.monotonic() < until:
            delivery = queue.popleft()
            fault = await send(delivery)
            if fault is None:
                await database.transaction(
                    partial(self._mark, delivery=delivery, is_first=not taken)
                )
                taken += 1
                continue
            failing = [delivery, *(queue if concerns_all(fault) else ())]
            await database.transaction(partial(self._put_off, failing=failing, fault=fault))
            log.warning("not_delivered", line=_kind_of(line), reason=fault.value)
            if concerns_all(fault):
                break
        return taken

    def _mark(self, tx: SqlTransaction, delivery: Delivery, is_first: bool) -> None:
        """It was taken; the first that is wakes what waits for the other side to come back."""
        now = self._house.clock()
        tx.deliveries.replace(delivery, delivered(delivery, now.date()))
        if is_first:
            for each in tx.deliveries.waiting(delivery.line):
                if not is_due(each, now) and woken(each) != each:
                    tx.deliveries.replace(each, woken(each))

    def _put_off(
        self, tx: SqlTransaction, failing: Sequence[Delivery], fault: DeliveryFault
    ) -> None:
        now = self._house.clock()
        for each in failing:
            tx.deliveries.replace(each, failed(each, fault, now, self._chance()))

    async def _sender(self, line: str) -> Send:
        if line == MAIL:
            return self._mail
        webhook = await self._house.database.read(lambda tx: tx.webhooks.get(line))
        return partial(self._post, webhook=webhook)

    async def _mail(self, delivery: Delivery) -> DeliveryFault | None:
        settings = self._house.settings
        to = (settings.mail_operator, OPERATORS_LANGUAGE)
        if delivery.to is not None:
            known = await self._house.database.read(partial(address_of, person_id=delivery.to))
            to = known or ("", "")
        if not to[0]:
            return None  # nobody is left to say it to
        message = letter(
            delivery,
            to=to[0],
            sender=settings.mail_from,
            language=to[1],
            link=settings.company_link if delivery.notice is Notice.ASKED else settings.desk_link,
            now=self._house.clock(),
        )
        server = read_server(settings.smtp_url.get_secret_value())
        return await hand_in(server, message, tls=self._tls)

    async def _post(self, delivery: Delivery, webhook: Webhook | None) -> DeliveryFault | None:
        if webhook is None:
            return None  # it was removed just now, and its deliveries with it
        body = body_of(delivery)
        headers = headers_of(webhook, body, self._house.clock())
        try:
            status = await self._poster.post(webhook.address, body, headers, SECONDS_FOR_AN_ANSWER)
        except TimeoutError:
            return DeliveryFault.LATE
        except InnerAddressError:
            return DeliveryFault.INNER_ADDRESS
        except ConnectionError:
            return DeliveryFault.UNREACHABLE
        return answer_of(status)


def answer_of(status: int) -> DeliveryFault | None:
    """What a webhook's answer means; None: it was taken."""
    match status // 100:
        case 2:
            return None
        case 3:
            return DeliveryFault.REDIRECTED
        case 5:
            return DeliveryFault.UNWELL
        case _:
            return DeliveryFault.UNWELL if status == _TOO_MANY else DeliveryFault.REFUSED


def _take(tx: SqlTransaction, name: str, holder: str, now: datetime) -> bool:
    return tx.leases.take(name, period=_ALWAYS, holder=holder, now=now, lasts=LEASE)


def _kind_of(line: str) -> str:
    """For the log: which webhook it is stands on the desk's page alone."""
    return MAIL if line == MAIL else "webhook"
