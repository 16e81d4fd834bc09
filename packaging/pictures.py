"""Take the pictures of the README from the running sample installation.

    make demo | tee demo.log                                 # in one terminal
    .venv/bin/python packaging/pictures.py demo.log          # in another

Needs Chromium, and what `make test` installs. Called by nobody; kept so that pictures can be
taken again after a change.
"""

import asyncio
import re
import sys
from pathlib import Path

import pyotp
from playwright.async_api import Browser, Error, Page, async_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
ADDRESS = "http://127.0.0.1:8080"
PHONE = {"width": 360, "height": 720}
DESK = {"width": 1180, "height": 820}


def people(printed: str) -> dict[str, tuple[str, str]]:
    """The pass phrase and second factor's secret of each of the sample people, by name."""
    phrases = dict(re.findall(r"^  (\w+) +((?:\w{4}-){5}\w{4}) ", printed, re.M))
    secrets = dict(re.findall(r"^  (\w+) +\d{3} \d{3} +secret (\w+)", printed, re.M))
    return {name: (phrases[name], secrets[name]) for name in phrases.keys() & secrets.keys()}


async def main(known: dict[str, tuple[str, str]]) -> None:
    """Every face of the product, once."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        await worker(browser)
        await handler(browser, *known["asha"])
        await officer(browser, *known["marit"])
        await browser.close()


async def worker(browser: Browser) -> None:
    """The web form on an old phone, in Hindi and in Arabic."""
    for language, name in (("hi", "reporter-hindi"), ("ar", "reporter-arabic")):
        page = await opened(browser, PHONE)
        await page.goto(f"{ADDRESS}/s/RJ1")
        await page.click(f"button[name=language][value={language}]")
        await keep(page, f"{name}-start")
        await page.click("button[value=report]")
        for _ in range(2):
            await page.click("input[type=radio]")
            await page.click("button[value=next]")
        await keep(page, name)


async def handler(browser: Browser, phrase: str, secret: str) -> None:
    """The inbox and one case."""
    page = await signed_in(browser, "asha", phrase, secret)
    await keep(page, "handler-inbox")
    await page.click("main h2 a, main h3 a, main article a, main li a")
    await keep(page, "handler-case")


async def officer(browser: Browser, phrase: str, secret: str) -> None:
    """What a company sees."""
    page = await signed_in(browser, "marit", phrase, secret)
    await keep(page, "officer-overview")
    for name in ("register", "heat-map", "findings", "score"):
        await page.goto(f"{ADDRESS}/company/{name}")
        await keep(page, f"officer-{name}")


async def signed_in(browser: Browser, name: str, phrase: str, secret: str) -> Page:
    """A page of somebody who works with it."""
    page = await opened(browser, DESK)
    await page.goto(f"{ADDRESS}/sign-in")
    await page.fill("input[name=name]", name)
    await page.fill("input[name=passphrase]", phrase)
    await page.fill("input[name=code]", pyotp.TOTP(secret).now())
    await page.click("main form button")
    await page.wait_for_load_state()
    return page


async def opened(browser: Browser, size: dict[str, int]) -> Page:
    context = await browser.new_context(viewport=size)  # type: ignore[arg-type]  # a plain dict of two numbers
    return await context.new_page()


async def keep(page: Page, name: str) -> None:
    """A picture of what stands on the screen. Chromium without a graphics card fails at times."""
    for tries_left in (3, 2, 1, 0):
        try:
            await page.screenshot(path=PICTURES / f"{name}.png")
        except Error:
            if not tries_left:
                raise
            await asyncio.sleep(0.5)
        else:
            return


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(people(Path(sys.argv[1]).read_text("utf-8"))))
