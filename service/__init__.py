"""Settings, clock, wiring, scheduled rounds and the command line: the parts made into a whole."""
