"""Grievances from filing to closing, and the only way out for figures about them.

    particulars, sites, people       what is known in clear
    conflicts, routing, filing       who gets a case, and sealing it to exactly those
    case, transitions, clocks, log   its life, its days, and the proof of both
    letters, summary, handover       what is said, what is shared, who takes over
    release                          a quarter's figures, with every small number hidden for good
    ports                            what storage keeps

Pure values and rules: no database, no channel, no clock of its own, and nothing that opens.
"""
