"""What can be typed after `gehoor`, one module a subject: options in, words out, no rules.

Each command imports what it needs when it runs: `gehoor --help` waits for no database library.
"""
