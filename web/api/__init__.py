"""What a company's own program may read: what the company's pages show, as JSON, by a token.

Nothing here can open an envelope, and nothing is written but the day on which a token was used. No
cookie opens anything here, and no token opens a page.
"""
