"""One person's conversation on any channel: takes a move, keeps it, files what was submitted.

Channels call `intake.reception.Reception`; storage implements `intake.ports`. Nothing here can
open what it has sealed.
"""
