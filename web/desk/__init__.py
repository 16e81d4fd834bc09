"""The desk: where handlers read, answer and decide cases. The only package that opens envelopes.

Every address is under `/desk` and behind `web.inside.routes`. A handler's private key is in
memory alone (`key_cabinet`), for as long as they are signed in.
"""
