"""Tables that come from outside, as CSV or XLSX: read within bounds, cell by cell, as text.

`read_table(path)` gives a `Table`; what a cell means is for whoever asked. Nothing of a workbook is
ever calculated, and what a spreadsheet would run is found (`cells.fault_of`). What companies take
along is written by `writing`.
"""
