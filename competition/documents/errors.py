"""What the acts on an entrant's documents refuse.

Missing
└── DocumentGone
BadInput
└── BadDocument, TooManyDocuments
WrongState
└── BeingMarked, DocumentRead
"""

from competition.errors import BadInput, Missing, WrongState


class DocumentGone(Missing):
    """A document's file is not where it was kept."""


class BadDocument(BadInput):
    """Not a document of a kind and size that can be kept."""


class TooManyDocuments(BadInput):
    """An entrant has as many documents as it may."""


class BeingMarked(WrongState):
    """The entrant has marks in a round that is not certified: what judges read stays the same."""


class DocumentRead(WrongState):
    """A judge has given a mark with the document in view, so it stays."""
