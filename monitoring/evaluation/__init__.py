"""How well a company does its due diligence, and what every point rests on.

A framework is data (`frameworks/*.yaml`, read by `framework_file`). What the register can show
(`register_facts`, `proofs`) and what the company states itself (`attestations`) become answers
(`answering`), answers become a score (`scoring`), and a score becomes a report (`report`).
Callers import these modules; the package itself gives no names.
"""
