"""Where people can turn besides us: the operator's file, read, checked and written."""
