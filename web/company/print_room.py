"""Where reports wait to be printed: one at a time for a company, and one at a time in all.

Whoever asks again meanwhile is told so. A browser that goes away takes nothing along: what was
begun is finished, and only then is there room for the next.
"""

import asyncio

from web.ports import Printer, PrintingFault


class PrintRoom:
    """One for the application; used on its event loop alone."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._turn = asyncio.Lock()
        self._printing: dict[str, asyncio.Task[bytes | PrintingFault]] = {}

    async def printed(
        self, organisation_id: str, html: str, language: str
    ) -> bytes | PrintingFault:
        """The PDF of a page, or why there is none."""
        if organisation_id in self._printing:
            return PrintingFault.BUSY
        task = asyncio.create_task(self._print(html, language))
        self._printing[organisation_id] = task
        task.add_done_callback(lambda _: self._printing.pop(organisation_id, None))
        return await asyncio.shield(task)

    async def _print(self, html: str, language: str) -> bytes | PrintingFault:
        async with self._turn:
            return await self._printer(html, language)
