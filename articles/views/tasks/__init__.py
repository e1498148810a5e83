"""Pages of codebooks and of tasks: the queue, agreement, settling."""
