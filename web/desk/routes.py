"""Which address of the desk leads where. Every one of them is behind the handler's sign-in."""

from web.desk import (
    case_page,
    classifying,
    colleagues,
    conflicts,
    extract_page,
    files,
    identity_page,
    inbox,
    moves,
    papers,
    remedies,
    summaries,
    unlocking,
)
from web.inside.routes import Row, Show, Take

ROUTES: tuple[Row, ...] = (
    Show(path="/desk", handler=inbox.show),
    Show(path=unlocking.PATH, handler=unlocking.ask),
    Take(path=unlocking.PATH, handler=unlocking.unlock),
    Show(path="/desk/ties", handler=conflicts.show_ties),
    Take(path="/desk/ties", handler=conflicts.take_general_tie),
    Show(path=case_page.CASE, handler=case_page.show),
    Take(path=f"{case_page.CASE}/identity", handler=identity_page.show_identity),
    Take(path=f"{case_page.CASE}/move", handler=moves.take_move),
    Take(path=f"{case_page.CASE}/drop", handler=moves.drop),
    Take(path=f"{case_page.CASE}/paper", handler=papers.take_paper, words=("paper",)),
    Take(
        path=f"{case_page.CASE}/classify",
        handler=classifying.take_classification,
        words=("reasons",),
    ),
    Take(path=f"{case_page.CASE}/measure", handler=remedies.take_measure, words=("measure",)),
    Take(path=f"{case_page.CASE}/measure-step", handler=remedies.take_measure_step),
    Take(path=f"{case_page.CASE}/colleague", handler=colleagues.take_colleague),
    Take(path=f"{case_page.CASE}/relation", handler=colleagues.take_relation),
    Take(path=f"{case_page.CASE}/letter", handler=moves.take_letter, words=("letter",)),
    Take(path=f"{case_page.CASE}/summary", handler=summaries.take_draft, words=("summary",)),
    Take(path=f"{case_page.CASE}/summary-step", handler=summaries.take_step),
    Take(path=f"{case_page.CASE}/tie", handler=conflicts.take_tie),
    Take(path=f"{case_page.CASE}/hand-on", handler=conflicts.take_handover),
    Show(path=extract_page.EXTRACT, handler=extract_page.show),
    Show(path=files.FILE, handler=files.show_file),
    Show(path=files.ORIGINAL, handler=files.warn),
    Take(path=files.ORIGINAL, handler=files.show_original),
)
