"""What Gehoor ships with, as every test reads it: read once, for the files are long."""

from flows.library import FlowLibrary
from monitoring.evaluation.framework_file import load_framework

LIBRARY = FlowLibrary.load()
FRAMEWORK = load_framework()
