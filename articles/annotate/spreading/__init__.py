"""The same names elsewhere and what recognisers suggest: jobs that make many tags."""
