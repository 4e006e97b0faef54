"""The trained part of the event coder."""
