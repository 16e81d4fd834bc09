"""Keys, envelopes, receipts, the key ring and sealed files.

The only package that imports `cryptography` and `argon2`. Everyone may seal; only the
handlers' desk may import `opening`, `identities`, `teams` and `recovery`. The formats are in
docs/sealing.md.
"""
