"""What happens to a proposal that breaks down. Qt-free, for workers."""

import logging
from collections.abc import Callable
from typing import TypeVar

from woundtrack.errors import WoundtrackError

LOG = logging.getLogger(__name__)
T = TypeVar("T")


def proposing(work: Callable[[], T]) -> Callable[[], T]:
    """Work whose unforeseen failure is logged by its kind and told as ui.proposal_failed.

    A proposal that breaks down must not stop the person's own work, nor leave it waiting.
    """

    def told() -> T:
        try:
            return work()
        except WoundtrackError:
            raise
        except Exception as failure:
            LOG.error("a proposal failed: %s", type(failure).__name__)
            raise WoundtrackError("ui.proposal_failed") from failure

    return told
