"""Tags out to files of other tools, and in from theirs."""
