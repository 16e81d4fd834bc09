"""The web channel: public pages in this package's `public`, and the shell that all pages share.

The same flows and the same engine as in chat, without any script needed. `web.app.make_app` is
called by `service.wiring` and by tests.
"""
