"""What officers see of their organisation: released figures, risks, involvement, the score.

Every page is made of a `monitoring.overview.company.CompanyView` or a score's report, which hold
nothing that may not be shown (K1-K7). Nothing here can open an envelope; a contract watches over
it (K10).
"""
