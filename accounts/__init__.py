"""Who may sign in, as what, with which proofs: values, rules, ports. Pages are in `web.sign_in`."""
