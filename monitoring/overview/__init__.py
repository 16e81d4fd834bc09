"""What turns what is kept into what is shown: at each change, each day and each quarter.

    a case is filed or moves   -> `changes.case_changed`
    a round takes ratings      -> `changes.refresh_findings`
    a quarter is over          -> `releasing.release_quarter`
    every day                  -> `organisations.refresh_organisation`
    an officer opens a page    -> `company.company_view`, `scores.score_of`

Each is a plain function of a transaction's shelves (`monitoring.ports`) and of today. Callers
import these modules; the package itself gives no names.
"""
