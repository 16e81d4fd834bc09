"""Signing in: accounts of handlers and officers, their second factor, their sessions.

Imports nothing that opens an envelope: `web.company` stands on it. What a handler's pass phrase
unlocks besides is `web.desk`'s, which is told of each entry and each leaving.
"""
