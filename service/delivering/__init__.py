"""Tells people and systems outside that there is work: e-mail and webhooks.

What may be said and when it is tried again are rules of `register.deliveries`; here it is done.

    spreading   alerts of the outbox become deliveries, in one transaction
    postman     the loop: what is due goes, line by line, each line in one process at a time
    mailing     an e-mail, to the operator's mail server
    letters     its words
"""
