"""The emulated account as a web application, made to do two things as AWS does them.

`python -m hypercorn account:app` serves it.
"""

import os
import signal
import threading
import time

from ministack.core import iam_actions, lambda_runtime

# AWS has no actions for batches: whoever may send a message may send ten at once.
SINGLE_ACTIONS = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}
LONGEST_INVOCATION_SECONDS = 60

_extract_iam_action = iam_actions.extract_iam_action
_kill_workers = lambda_runtime.kill_workers


def extract_single_action(*args, **kwargs):
    action = _extract_iam_action(*args, **kwargs)
    return SINGLE_ACTIONS.get(action, action)


def kill_when_idle(workers):
    """On AWS an update of a function leaves the invocations under way to their end."""

    def finish(worker):
        worker._lock.acquire(timeout=LONGEST_INVOCATION_SECONDS)
        _kill_workers([worker])

    for worker in workers:
        threading.Thread(target=finish, args=(worker,), daemon=True).start()


def end_with(parent):
    """Whoever started it may be killed without a word; nothing of its process group is to outlive that."""
    while os.getppid() == parent:
        time.sleep(1)
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
iam_actions.extract_iam_action = extract_single_action
lambda_runtime.kill_workers = kill_when_idle
lambda_runtime.Worker.kill = lambda worker: _kill_workers([worker])

from ministack.app import app  # noqa: E402 (only now, so that it takes both)

__all__ = ["app"]
