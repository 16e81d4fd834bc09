"""A sample installation, so that everything can be seen at work in a minute: `gehoor demo`.

    supply_chain.yaml, people.yaml, stories.yaml, courses.yaml,
    letters.yaml, papers.yaml, consultations.yaml, statements.yaml
        -> `script` reads and checks them
        -> `making` files, answers, rates and releases, by the same doors as real life
        -> `card` keeps what a visitor needs: addresses, pass phrases, receipts, links
        -> `command` serves it, and makes it first where there is none

Every person, company and site in it is invented, and says so where it is shown. Nothing here is
reached from a real installation, and a real installation is never written into.
"""
