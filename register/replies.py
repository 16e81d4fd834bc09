"""Letters that handlers write again and again, ready in every language of reporters.

Offered by the desk as a beginning, never sent by themselves: a handler reads, changes, and sends.
The texts are a reporter's, so they are translated with everything else that reporters read.
"""

from collections.abc import Mapping
from enum import StrEnum

from locales.marking import N_


class Reply(StrEnum):
    """Which letter it begins. Stands in an address, never with a case."""

    ACKNOWLEDGE = "acknowledge"
    ASK_MORE = "ask_more"
    LOOKING = "looking"
    DECISION = "decision"
    REMEDY = "remedy"
    BEFORE_CLOSING = "before_closing"


REPLIES: Mapping[Reply, str] = {
    # translators: a handler's letter to the reporter; ${day} is a date.
    Reply.ACKNOWLEDGE: N_(
        "Thank you for telling us. We have read it. By ${day} at the latest you will hear from us "
        "what we found. Are you safe now? Write back if anything changes."
    ),
    # translators: a handler's letter to the reporter.
    Reply.ASK_MORE: N_(
        "To look into this we need to know a little more. When did it happen, where exactly, and "
        "who saw it? Write only what is safe for you."
    ),
    # translators: a handler's letter to the reporter.
    Reply.LOOKING: N_(
        "We are looking into this now. We tell nobody who you are. You need not do anything."
    ),
    # translators: a handler's letter to the reporter; the dots are filled in by the handler.
    Reply.DECISION: N_(
        "We have come to a decision. Here it is, with our reasons: … If you do not agree, you can "
        "appeal here: other people will then look at it. You can go to court as well, always."
    ),
    # translators: a handler's letter to the reporter; the dots are filled in by the handler.
    Reply.REMEDY: N_(
        "This is what could be done to put it right: … Would this help you? What is missing?"
    ),
    # translators: a handler's letter to the reporter.
    Reply.BEFORE_CLOSING: N_(
        "We would like to close this case. Was it put right for you? Please tell us, also if it "
        "was not. You can write to us later as well."
    ),
}
