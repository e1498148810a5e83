"""The index, kept up to date from changes, in builds."""
