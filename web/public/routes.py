"""Which address leads to which handler. Called by `web.app`."""

from aiohttp import web

from web.public import conversation, entrances, moving, receipts


def public_pages(app: web.Application) -> None:
    """Put the public pages on an application."""
    app.router.add_routes(
        (
            web.get("/", entrances.show_start),
            web.get("/s/{site_code:[\\w.-]{1,64}}", entrances.show_poster),
            web.get("/r/{token:[\\w-]{1,128}}", entrances.show_round),
            web.get("/about", entrances.show_about),
            web.get("/safety", entrances.show_safety),
            web.get("/leave", entrances.leave),
            web.post(entrances.LANGUAGE_PATH, entrances.switch_language),
            web.get(conversation.PATH, conversation.show_present),
            web.post(conversation.PATH, conversation.take_form),
            web.get(moving.PATH, moving.ask_for_code),
            web.post(moving.PATH, moving.take_over),
            web.get(receipts.PATH, receipts.ask_for_receipt),
            web.post(receipts.PATH, receipts.open_case),
            web.get(receipts.KEPT_PATH, receipts.show_kept),
            web.post(receipts.KEPT_PATH, receipts.confirm_kept),
        )
    )
