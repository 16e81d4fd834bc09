"""The framework worked out a second time, by hand, from the published Dutch text.

Imports nothing of the product and reads none of its files. Points are whole numbers of half
points, so nothing is rounded. Tests compare the product with this, over every mix of parts.
"""

ALL_THEMES = {
    "living_environment",
    "discrimination_gender",
    "child_labour",
    "forced_labour",
    "living_wage",
    "freedom_of_association",
    "health_safety",
    "land_rights",
}
THEMES_OF = {
    "1.1.1": {"living_environment"},
    "1.1.2": ALL_THEMES - {"living_environment", "land_rights"},
    "1.1.3": {"land_rights"},
}

# Published maxima. B is asked eighteen questions, C thirty-nine.
MAX_B = {
    "1.1.1": 1,
    "1.1.2": 6,
    "1.1.3": 1,
    "1.1.4": 2,
    "1.1.5": 4,
    "1.1.8": 4,
    "1.1.10": 4,
    "1.1.11": 4,
    "1.2.12": 6,
    "1.2.13": 4,
    "1.2.14": 4,
    "1.3.16": 4,
    "1.3.18": 4,
    "2.1.1a": 8,
    "2.1.1b": 10,
    "2.1.1c": 10,
    "5.1": 20,
    "5.2": 4,
}
MAX_C = MAX_B | {
    "2.1.2a": 4,
    "2.1.2b": 4,
    "2.1.3": 4,
    "2.2.4a": 8,
    "2.2.4b": 6,
    "2.2.5": 8,
    "2.3.7": 4,
    "2.4.8": 8,
    "2.4.9": 8,
    "3.1.1": 10,
    "3.1.2": 12,
    "3.2.3": 12,
    "3.2.5": 4,
    "3.3.7": 12,
    "4.1.1": 12,
    "4.2.3": 8,
    "4.2.4": 4,
    "6.1.1": 4,
    "6.2.3": 8,
    "6.2.4": 8,
    "6.2.5": 4,
}
MAXIMA = {"B": MAX_B, "C": MAX_C}

CORE_4 = {"3.1.1", "3.1.2", "3.3.7", "4.1.1"}
CORE_5 = CORE_4 | {"3.2.3", "3.2.5", "4.2.3"}

# The parts of each question that is judged by parts.
PARTS = {
    "1.1.4": "1 2 3",
    "1.1.5": "1 2 3",
    "1.1.8": "1 2",
    "1.1.10": "1 2 3",
    "1.1.11": "1 2 3",
    "1.2.12": "1 2 3 4 5",
    "1.2.13": "1 2 3",
    "1.2.14": "office_meetings office_training office_handbook"
    " workplace_meetings workplace_training workplace_handbook",
    "1.3.16": "1 2 3",
    "1.3.18": "1 2 3",
    "2.1.2a": "1 2 3 4",
    "2.1.2b": "1 2",
    "2.1.3": "1 2 3 on_time",
    "2.2.5": "1 2 3 4 5",
    "2.4.8": "1 2 3",
    "2.4.9": "1 2 3",
    "3.1.1": "1 2 3",
    "3.1.2": "1 2 3",
    "3.2.3": "1 2",
    "3.2.5": "1 2 3",
    "3.3.7": "1 2 3",
    "4.1.1": "1 2 3 4 5",
    "4.2.3": "1 2 3 4",
    "4.2.4": "1 2 3",
    "5.1": "1 2 3 4 5",
    "5.2": "1 2 3 4",
    "6.1.1": "1 2 3 4 5 6",
    "6.2.3": "legitimate accessible predictable equitable transparent"
    " rights_compatible learning dialogue",
    "6.2.4": "1 2 3",
    "6.2.5": "1 2 3",
}
PERCENT_QUESTIONS = ("2.1.1a", "2.1.1b", "2.1.1c", "2.2.4a", "2.2.4b", "2.3.7")

# Many questions share one pattern: larger companies need 1-3 for yes and 1-2 for partly, small
# ones 1-2 for yes and 1 for partly.
STAIRS = {
    "1.1.10",
    "1.2.13",
    "1.3.16",
    "1.3.18",
    "2.4.8",
    "2.4.9",
    "3.2.5",
    "3.3.7",
    "6.2.4",
    "6.2.5",
}


def halves(question, category, small, parts=frozenset(), percent=0, themes=frozenset()):
    """Half points of one question."""
    most = MAXIMA[category][question]
    if question in ("2.1.1a", "2.1.1b", "2.1.1c"):
        return 2 * band(question, category, percent)
    if question in THEMES_OF:
        count = len(themes & ALL_THEMES)
        return {8: 2, 7: 1, 6: 1, 5: 1}.get(count, 0) * most
    return grade(question, category, small, set(parts), percent) * most


def band(question, category, percent):
    if question == "2.1.1a":
        steps = [(100, 8), (75, 6), (50, 4)]
    elif question == "2.1.1b":
        steps = [(100, 10), (75, 7), (50, 4)]
    elif category == "B":
        steps = [(90, 10), (75, 8), (50, 6), (20, 3)]
    else:
        steps = [(90, 10), (75, 8), (60, 6), (40, 4), (20, 2)]
    for edge, points in steps:
        if percent >= edge:
            return points
    return 0


def grade(question, category, small, has, percent):
    """0 for no, 1 for partly, 2 for yes."""

    def got(*names):
        return all(name in has for name in names)

    def yes_partly(yes, partly):
        return 2 if yes else 1 if partly else 0

    q = question
    if q in STAIRS:
        if small:
            return yes_partly(got("1", "2"), got("1"))
        return yes_partly(got("1", "2", "3"), got("1", "2"))
    if q == "1.1.4":
        return yes_partly(got("1", "2", "3"), got("1"))
    if q == "1.1.5":
        if category == "C" and not small:
            return yes_partly(got("1", "2", "3"), got("1", "2"))
        return yes_partly(got("1", "2"), got("1"))
    if q == "1.1.8":
        return yes_partly(got("1", "2"), got("1"))
    if q == "1.1.11":
        return yes_partly(got("2", "3"), "1" in has or "2" in has)
    if q == "1.2.12":
        if small:
            return yes_partly(got("1", "2", "3", "4"), got("1", "2"))
        return yes_partly(got("1", "2", "3", "4", "5"), got("1", "2", "3"))
    if q == "1.2.14":
        office = {each for each in ("meetings", "training", "handbook") if f"office_{each}" in has}
        work = {each for each in ("meetings", "training", "handbook") if f"workplace_{each}" in has}
        first_two = {"meetings", "training"}
        if small:
            return yes_partly(first_two <= office and "meetings" in work, first_two <= office)
        return yes_partly(
            len(office) == 3 and first_two <= work, first_two <= office and "meetings" in work
        )
    if q == "2.1.2a":
        if small:
            return yes_partly(got("1", "2", "3"), got("1", "2"))
        return yes_partly(got("1", "2", "3", "4"), got("1", "2", "3"))
    if q == "2.1.2b":
        return 2 * got("1") if small else yes_partly(got("1", "2"), got("1"))
    if q == "2.1.3":
        count = len(has & {"1", "2", "3"})
        return yes_partly(count == 3 and "on_time" in has, count >= (1 if small else 2))
    if q == "2.2.4a":
        return yes_partly(percent > (50 if small else 75), percent >= 25)
    if q == "2.2.4b":
        return yes_partly(percent > (50 if small else 60), percent >= (25 if small else 40))
    if q == "2.2.5":
        others = has & {"2", "3", "4", "5"}
        if small:
            return yes_partly("1" in has and others, "1" in has)
        return yes_partly(got("1", "5") and others - {"5"}, "1" in has and others)
    if q == "2.3.7":
        return yes_partly(percent > 50, percent >= 25)
    if q in ("3.1.1", "3.1.2"):
        return yes_partly(got("1", "2", "3"), has & {"1", "2", "3"})
    if q == "3.2.3":
        return yes_partly(got("1", "2"), got("1"))
    if q == "4.1.1":
        if small:
            return yes_partly(got("1", "2", "3", "4"), got("1", "2"))
        return yes_partly(got("1", "2", "3", "4", "5"), got("1", "2", "3"))
    if q == "4.2.3":
        someone = "1" in has or "2" in has
        if small:
            return yes_partly(someone and "3" in has, got("1", "3"))
        return yes_partly(someone and got("3", "4"), got("1", "3"))
    if q == "4.2.4":
        return yes_partly(got("1", "2") if small else got("1", "2", "3"), got("1"))
    if q == "5.1":
        if category == "B":
            return yes_partly(got("1", "2"), got("1"))
        return yes_partly(got("1", "2", "3", "4", "5"), got("1", "2"))
    if q == "5.2":
        if small:
            return yes_partly(got("1", "2", "3"), has & {"1", "2"})
        return yes_partly(got("1", "2", "3", "4"), got("1", "2"))
    if q == "6.1.1":
        yes = ("1", "2", "3", "4", "6") if small else ("1", "2", "3", "4", "5", "6")
        return yes_partly(got(*yes), got("1", "2", "3", "4"))
    if q == "6.2.3":
        count = len(has & set(PARTS[q].split()))
        return yes_partly(count == 8, count >= 1)
    raise AssertionError(q)


def level(category, total, halves_got, quarries, factories, core_met):
    """The highest level; `core_met` are the questions answered with a full yes."""

    def share(percent):
        return halves_got * 100 >= percent * 2 * total

    if category == "B":
        rows = [(4, 90, 100, 90), (3, 75, 100, 75), (2, 50, 75, 50), (1, 20, 50, 20)]
    else:
        rows = [
            (5, 90, 100, 90),
            (4, 75, 100, 75),
            (3, 60, 100, 60),
            (2, 40, 75, 40),
            (1, 20, 50, 20),
        ]
    for number, quarry, factory, score in rows:
        fits = quarries >= quarry and factories >= factory and share(score)
        if category == "C" and number == 5:
            fits = fits and halves_got > 400 and core_met >= CORE_5
        if category == "C" and number == 4:
            fits = fits and core_met >= CORE_4
        if fits:
            return number
    return 0
