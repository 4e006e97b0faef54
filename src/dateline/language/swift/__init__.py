"""The same annotation as the spaCy pipeline gives, sooner.

The small English pipeline spends most of its time on work that can be done once a
word or once a batch instead of once a token: word embeddings (``words``), the
decisions of the entity recogniser (``entities``) and the rules from tags to parts of
speech (``attributes``). ``Backbone`` runs the pipeline with these parts in their
place where the pipeline is built of the layers they stand for, and leaves any other
pipeline, and any other part, to spaCy.
"""

from dateline.language.swift.backbone import Backbone

__all__ = ["Backbone"]
