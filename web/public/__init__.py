"""The pages for reporters and participants. Nothing here can open what was sealed.

Every page works without script; one question stands on a screen; the same engine answers as in
chat (W6, W7).
"""
