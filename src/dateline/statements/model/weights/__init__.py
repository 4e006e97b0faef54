"""The weights of the cue reader and their card."""
