"""What the desk's and the officers' pages share: the frame, the way in, forms, words.

Knows nothing of cases and opens nothing; `web.desk` and `web.company` stand on it.
"""
