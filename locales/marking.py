"""Marks texts for extraction where they are declared, far from where they are translated.

Called wherever a table holds words for people: `WORDS = {Reason.REQUIRED: N_("…")}`.
"""


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for "a msgid, translated elsewhere"
    """The msgid as it is; `locales.extraction` finds it by this name."""
    return msgid


def N_plural(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - beside `N_`
    """The two msgids of a text that counts, to be given to `Catalogue.plural`."""
    return one, many
