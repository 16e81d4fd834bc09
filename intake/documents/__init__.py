"""Office documents taken apart and put together anew, without what they tell of their maker.

Read only in `intake.clean_room`'s process. `cleaning.cleaned` calls `open_xml` and `open_document`.
"""
