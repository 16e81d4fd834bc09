"""Somebody who tells a report on the pages, in whatever language, as far as a question."""

from tests.security.test_no_trace import CHOSEN
from tests.web.visiting import Visiting

STORY = "The dust is so thick that we cough blood."


async def comes_to(person: Visiting, question: str, *, begins: str = "/s/RJ3") -> None:
    """A new report, answered up to this question."""
    await person.goes(begins)
    await person.presses("report")
    for _ in range(60):
        asked = asked_of(person)
        if asked == question:
            return
        await answers(person, asked)
    raise AssertionError(f"nobody asked {question}")


async def answers(person: Visiting, asked: str) -> None:
    """Whatever is asked: a choice of ours, the story, and skipping the rest."""
    buttons = {value for form in person.page.forms for _, value, _ in form.buttons}
    if asked == "story":
        await person.presses("next", text=STORY)
    elif asked in CHOSEN:
        await person.presses("next", choice=CHOSEN[asked])
    else:
        await person.presses("skip" if "skip" in buttons else "next")


def asked_of(person: Visiting) -> str:
    """Which question the page asks."""
    form = next(each for each in person.page.forms if each.action == "/report")
    return dict(form.fields).get("asked", "")
